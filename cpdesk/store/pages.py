"""The pages of a SQLite file, read without SQLite, which gives up at the first one that is damaged.

The format is https://www.sqlite.org/fileformat2.html. Nothing is taken from a page that is not wholly consistent: each
byte of it has to be accounted for, as SQLite's own integrity check wants it.
"""

import hashlib
import hmac
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from types import TracebackType

from cpdesk.domain.encryption import SALT_BYTES, Lock
from cpdesk.store import aes

MAGIC = b"SQLite format 3\x00"
INTERIOR_INDEX, INTERIOR_TABLE, LEAF_INDEX, LEAF_TABLE = 2, 5, 10, 13
_USUAL_SIZE = 4096
_VECTOR, _MAC = 16, 64
_MOST_KEPT = 50_000
"""Pages that are kept decrypted: 200 MB."""
_SIZES = frozenset(1 << bits for bits in range(9, 17))
_HEADER = 100
"""Bytes of the first page that come before everything else in it."""
_WAL_HEADER, _FRAME_HEADER = 32, 24
_WAL_MAGIC = 0x377F0682

Value = int | float | str | bytes | None
Record = tuple[Value, ...]


class DamagedPageError(Exception):
    """What stands there can be no page, or no record, of the kind that belongs there."""


@dataclass(frozen=True, slots=True)
class Cell:
    """An entry of a page."""

    rowid: int
    """Of a table; 0 in an index."""
    payload: bytes
    """What of the record stands on the page itself; empty on interior pages of tables."""
    size: int
    """Bytes of the whole record."""
    overflow: int
    """The page on which the record goes on; 0 where it does not."""
    child: int = 0
    """On interior pages: the page with what comes before."""


@dataclass(frozen=True, slots=True)
class Node:
    """A page of a table or of an index."""

    kind: int
    cells: tuple[Cell, ...]
    right: int = 0
    """On interior pages: the page with what comes after all cells."""

    @property
    def is_leaf(self) -> bool:
        """Whether no other page hangs on it."""
        return self.kind in (LEAF_INDEX, LEAF_TABLE)


class Pages:
    """The committed pages of a database file: what stands in its write-ahead log comes before what is in itself."""

    def __init__(self, path: Path, lock: Lock | None = None) -> None:
        """`lock`: what it is encrypted with. Raises OSError where the file cannot be read at all."""
        self._file = path.open("rb")
        self._lock = lock
        self._mac = _mac_key(lock) if lock else b""
        self._kept: dict[int, bytes] = {}
        self._log: dict[int, bytes] = {}
        self._length = path.stat().st_size
        self.size = _USUAL_SIZE if lock else _page_size(self._file.read(_HEADER))
        """Bytes of a page."""
        log = path.with_name(f"{path.name}-wal")
        if log.exists():
            self._log = dict(_committed(log.read_bytes(), self.size))
        self.count = max(-(-self._length // self.size), max(self._log, default=0))
        """The number of the last page."""
        first = self.raw(1)
        intact = first[:16] == MAGIC and first[21:24] == b"\x40\x20\x20"
        self.header = first[:_HEADER] if intact else b""
        """Of the database; empty where that is damaged."""
        kept_free = _VECTOR + _MAC if lock else 0
        self.usable = self.size - (self.header[20] if self.header else kept_free)

    def __enter__(self) -> "Pages":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def raw(self, number: int) -> bytes:
        """A page as it stands there, or was before it was encrypted.

        Shorter, or empty, where the file ends, the disk cannot read it, or it is not what was encrypted.
        """
        if self._lock is None:
            return self._stored(number)
        if number not in self._kept:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            self._kept[number] = self._decrypted(self._lock, number)
        return self._kept[number]

    def _decrypted(self, lock: Lock, number: int) -> bytes:
        """SQLCipher 4: the text, the vector, and over both and the page's number an HMAC. The salt begins the file."""
        page = self._stored(number)
        begin = SALT_BYTES if number == 1 else 0
        end = self.size - _VECTOR - _MAC
        covered, mac = page[begin : end + _VECTOR], page[end + _VECTOR :]
        sealed = hmac.digest(self._mac, covered + struct.pack("<I", number), "sha512")
        if len(page) != self.size or not hmac.compare_digest(sealed, mac):
            return b""
        plain = aes.decrypted(lock.key, covered[-_VECTOR:], covered[:-_VECTOR])
        return (MAGIC if number == 1 else b"") + plain + bytes(_VECTOR + _MAC)

    def _stored(self, number: int) -> bytes:
        if number in self._log:
            return self._log[number]
        try:
            self._file.seek((number - 1) * self.size)
            return self._file.read(self.size)
        except OSError:
            return b""

    def node(self, number: int) -> Node:
        """A page of a table or an index. Raises DamagedPageError."""
        page = self.raw(number)
        if not 1 <= number <= self.count or len(page) != self.size:
            raise DamagedPageError(number)
        if number == 1 and not self.header:
            raise DamagedPageError(number)
        try:
            return _Reader(page[: self.usable], _HEADER if number == 1 else 0, self.usable).node()
        except (IndexError, struct.error) as error:
            raise DamagedPageError(number) from error

    def record(self, cell: Cell) -> tuple[Record, tuple[int, ...]]:
        """The record of a cell, and the pages on which it goes on. Raises DamagedPageError."""
        data, further, chain = cell.payload, cell.overflow, []
        parts = [data]
        missing = cell.size - len(data)
        while missing > 0:
            page = self.raw(further)
            if not 2 <= further <= self.count or further in chain or len(page) != self.size:
                raise DamagedPageError(further)
            chain.append(further)
            parts.append(page[4 : min(self.usable, missing + 4)])
            missing -= self.usable - 4
            further = int.from_bytes(page[:4], "big")
        if further and chain:
            raise DamagedPageError(further)
        return _record(b"".join(parts)), tuple(chain)

    def free(self) -> frozenset[int] | None:
        """The pages that are in no use any more: what stands on them was deleted. None where that cannot be told."""
        if not self.header:
            return None
        trunk, total = struct.unpack(">II", self.header[32:40])
        found: set[int] = set()
        while trunk:
            page = self.raw(trunk)
            if trunk in found or not 2 <= trunk <= self.count or len(page) != self.size:
                return None
            found.add(trunk)
            trunk, leaves = struct.unpack(">II", page[:8])
            if leaves > self.usable // 4 - 2:
                return None
            found.update(struct.unpack(f">{leaves}I", page[8 : 8 + 4 * leaves]))
        return frozenset(found) if len(found) == total else None


def _mac_key(lock: Lock) -> bytes:
    salt = bytes(byte ^ 0x3A for byte in lock.salt)
    return hashlib.pbkdf2_hmac("sha512", lock.key, salt, 2, len(lock.key))


def _page_size(header: bytes) -> int:
    if len(header) == _HEADER:
        named = int.from_bytes(header[16:18], "big")
        size = 65536 if named == 1 else named
        if size in _SIZES:
            return size
    return _USUAL_SIZE


def _committed(log: bytes, size: int) -> Iterator[tuple[int, bytes]]:
    """The pages of all transactions in a write-ahead log that were committed and are whole, oldest first."""
    if len(log) < _WAL_HEADER or int.from_bytes(log[:4], "big") & ~1 != _WAL_MAGIC:
        return
    order = ">" if log[3] & 1 else "<"
    sums = _checksum(log[:24], (0, 0), order)
    if sums != struct.unpack(">II", log[24:32]) or int.from_bytes(log[8:12], "big") != size:
        return
    salts, waiting = log[16:24], []
    for start in range(_WAL_HEADER, len(log) - _FRAME_HEADER - size + 1, _FRAME_HEADER + size):
        head, page = log[start : start + _FRAME_HEADER], log[start + _FRAME_HEADER : start + _FRAME_HEADER + size]
        sums = _checksum(page, _checksum(head[:8], sums, order), order)
        if head[8:16] != salts or sums != struct.unpack(">II", head[16:24]):
            return
        waiting.append((int.from_bytes(head[:4], "big"), page))
        if head[4:8] != b"\0\0\0\0":
            yield from waiting
            waiting = []


def _checksum(data: bytes, sums: tuple[int, int], order: str) -> tuple[int, int]:
    one, two = sums
    words = struct.unpack(f"{order}{len(data) // 4}I", data)
    for at in range(0, len(words), 2):
        one = (one + words[at] + two) & 0xFFFFFFFF
        two = (two + words[at + 1] + one) & 0xFFFFFFFF
    return one, two


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """A number of one to nine bytes, as two's complement, and where it ends."""
    value = 0
    for step in range(8):
        byte = data[at + step]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + step + 1
    value = value << 8 | data[at + 8]
    return value - (1 << 64) if value >> 63 else value, at + 9


class _Reader:
    """Takes one page apart."""

    def __init__(self, page: bytes, start: int, usable: int) -> None:
        self._page, self._start, self._usable = page, start, usable

    def node(self) -> Node:
        kind = self._page[self._start]
        if kind not in (INTERIOR_INDEX, INTERIOR_TABLE, LEAF_INDEX, LEAF_TABLE):
            raise DamagedPageError(kind)
        interior = kind in (INTERIOR_INDEX, INTERIOR_TABLE)
        free, count, content, fragments = struct.unpack_from(">HHHB", self._page, self._start + 1)
        begin = self._start + (12 if interior else 8)
        pointers = struct.unpack_from(f">{count}H", self._page, begin)
        body = begin + 2 * count
        taken: list[tuple[int, int]] = [*self._free_blocks(free)]
        cells = []
        for pointer in pointers:
            cell, end = self._cell(kind, pointer)
            # SQLite gives no cell fewer bytes than a free block needs.
            taken.append((pointer, max(end, pointer + 4)))
            cells.append(cell)
        self._require_accounted(sorted(taken), body, content or 65536, fragments)
        right = struct.unpack_from(">I", self._page, self._start + 8)[0] if interior else 0
        if kind in (INTERIOR_TABLE, LEAF_TABLE):
            rowids = [cell.rowid for cell in cells]
            if any(one >= other for one, other in pairwise(rowids)):
                raise DamagedPageError(kind)
        return Node(kind, tuple(cells), right)

    def _free_blocks(self, at: int) -> Iterator[tuple[int, int]]:
        while at:
            following, size = struct.unpack_from(">HH", self._page, at)
            if size < 4 or (following and following <= at):
                raise DamagedPageError(at)
            yield at, at + size
            at = following

    def _require_accounted(self, taken: list[tuple[int, int]], body: int, content: int, fragments: int) -> None:
        """Cells and free blocks lie one after the other up to the end of the page, but for so many single bytes."""
        end, lost = content, 0
        if content < body or content > self._usable:
            raise DamagedPageError(content)
        for begin, beyond in taken:
            if begin < end:
                raise DamagedPageError(begin)
            lost += begin - end
            end = beyond
        if end > self._usable or lost + self._usable - end != fragments:
            raise DamagedPageError(end)

    def _cell(self, kind: int, at: int) -> tuple[Cell, int]:
        child = 0
        if kind in (INTERIOR_INDEX, INTERIOR_TABLE):
            (child,) = struct.unpack_from(">I", self._page, at)
            at += 4
        if kind == INTERIOR_TABLE:
            rowid, end = _varint(self._page, at)
            return Cell(rowid, b"", 0, 0, child), end
        size, at = _varint(self._page, at)
        rowid = 0
        if kind == LEAF_TABLE:
            rowid, at = _varint(self._page, at)
        local = self._local(kind, size)
        end = at + local
        if size <= 0 or end > self._usable:
            raise DamagedPageError(at)
        overflow = 0
        if local < size:
            (overflow,) = struct.unpack_from(">I", self._page, end)
        return Cell(rowid, self._page[at:end], size, overflow, child), end + (4 if local < size else 0)

    def _local(self, kind: int, size: int) -> int:
        """How many bytes of a record stand on the page itself."""
        usable = self._usable
        most = usable - 35 if kind == LEAF_TABLE else (usable - 12) * 64 // 255 - 23
        if size <= most:
            return size
        least = (usable - 12) * 32 // 255 - 23
        fitting = least + (size - least) % (usable - 4)
        return fitting if fitting <= most else least


_INTEGERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
"""Bytes of whole numbers by their serial type."""


def _record(data: bytes) -> Record:
    try:
        header, at = _varint(data, 0)
        kinds = []
        while at < header:
            kind, at = _varint(data, at)
            kinds.append(kind)
        if at != header:
            raise DamagedPageError(at)
        values = []
        for kind in kinds:
            value, at = _value(data, kind, at)
            values.append(value)
    except (IndexError, struct.error, UnicodeDecodeError) as error:
        raise DamagedPageError(len(data)) from error
    if at != len(data):
        raise DamagedPageError(at)
    return tuple(values)


def _value(data: bytes, kind: int, at: int) -> tuple[Value, int]:
    if kind in (0, 8, 9):
        return (None, 0, 1)[max(0, kind - 7)], at
    if kind in _INTEGERS:
        end = at + _INTEGERS[kind]
        return int.from_bytes(data[at:end], "big", signed=True), end
    if kind == 7:
        return float(struct.unpack_from(">d", data, at)[0]), at + 8
    if kind < 12:
        raise DamagedPageError(kind)
    end = at + (kind - 12) // 2
    if end > len(data):
        raise DamagedPageError(end)
    if kind % 2 == 0:
        return data[at:end], end
    text = data[at:end].decode("utf-8")
    # Nobody can type one: where a part of a long text was wiped out they are all that is left.
    if "\0" in text:
        raise DamagedPageError(at)
    return text, end
