"""Files to move to another computer with, made worse: the archive, its manifest, and each file that is in it.

What is inside is given the right size and digest most of the time: otherwise nothing would be read but those.
"""

import hashlib
import json
import random
import struct
import zipfile
import zlib
from collections.abc import Sequence
from io import BytesIO
from typing import Any, NamedTuple

from cpdesk.domain.moving import DATABASE, MANIFEST, WINDOW, Manifest, MovedFile
from tests.support.stored import SCHEMA
from tests.support.world import START
from tests.torture.fuzzing.backups import worsened_backup
from tests.torture.fuzzing.dirt import dirty_cell, worsened
from tests.torture.fuzzing.facts import worsened_facts

_ENDS = 400
"""Bytes at the end of an archive in which stands what is inside, and where."""
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
_NAMES = ("../cpdesk.db", "/tmp/cpdesk.db", "cpdesk.db-wal", "C:\\cpdesk.db", "CPDESK.DB", "window.ini/", "", "\u202e")
_BROKEN = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError, struct.error)


class Entry(NamedTuple):
    """A file in an archive."""

    name: str
    content: bytes


def packed(database: bytes, window: bytes | None = None) -> bytes:
    """A file that can be brought in."""
    files = [Entry(DATABASE, database)] + ([Entry(WINDOW, window)] if window is not None else [])
    listed = tuple(MovedFile(name, len(data), hashlib.sha256(data).hexdigest()) for name, data in files)
    manifest = Manifest(1, START, "1.0", SCHEMA, "laptop", 2, 10, listed)
    return _zipped([Entry(MANIFEST, manifest.as_text().encode()), *files])


def worsened_move(data: bytes, dice: random.Random, others: Sequence[bytes] = ()) -> bytes:
    """Such a file with something done to it."""
    entries = _entries(data)
    if not entries or dice.random() < 0.2:
        return _worse_archive(data, dice) if dice.random() < 0.9 else worsened(data, dice, others)
    at = dice.randrange(len(entries))
    name, content = entries[at]
    entries[at] = Entry(name, _worse_content(name, content, dice))
    if dice.random() < 0.9:
        entries = _sealed(entries)
    if dice.random() < 0.15:
        dice.choice((_repeat, _add, _rename, _lose))(entries, dice)
    return _zipped(entries, dice.choice(_METHODS) if dice.random() < 0.2 else zipfile.ZIP_DEFLATED)


def _worse_content(name: str, content: bytes, dice: random.Random) -> bytes:
    if name == MANIFEST:
        return worsened_facts(content, dice)
    return worsened_backup(content, dice) if name == DATABASE else worsened(content, dice)


def _sealed(entries: list[Entry]) -> list[Entry]:
    """With the sizes and digests of what is in it by now, as far as there is a manifest that can hold them."""
    contents = dict(entries)
    try:
        facts: Any = json.loads(contents[MANIFEST])
        for one in facts["files"]:
            content = contents[one["name"]]
            one.update(size=len(content), sha256=hashlib.sha256(content).hexdigest())
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return entries
    text = json.dumps(facts).encode()
    return [Entry(name, text if name == MANIFEST else content) for name, content in entries]


def _repeat(entries: list[Entry], dice: random.Random) -> None:
    entries.append(dice.choice(entries))


def _add(entries: list[Entry], dice: random.Random) -> None:
    entries.append(Entry(dice.choice(_NAMES), dirty_cell(dice).encode("utf-8", "replace")))


def _rename(entries: list[Entry], dice: random.Random) -> None:
    at = dice.randrange(len(entries))
    entries[at] = entries[at]._replace(name=dice.choice(_NAMES))


def _lose(entries: list[Entry], dice: random.Random) -> None:
    del entries[dice.randrange(len(entries))]


def _worse_archive(data: bytes, dice: random.Random) -> bytes:
    """Changed where an archive says what is in it; or anywhere."""
    worse = bytearray(data)
    for _change in range(dice.randrange(1, 6)):
        if not worse:
            break
        begins = dice.choice((0, max(0, len(worse) - _ENDS), None))
        at = dice.randrange(len(worse)) if begins is None else begins + dice.randrange(min(_ENDS, len(worse)))
        width = dice.choice((1, 1, 2, 4))
        value = dice.choice((0, 1, 0xFF, 0x7FFFFFFF, 0xFFFFFFFF, dice.getrandbits(32)))
        worse[at : at + width] = value.to_bytes(4, "little")[:width]
    if dice.random() < 0.1:
        del worse[dice.randrange(len(worse) + 1) :]
    return bytes(worse)


def _entries(data: bytes) -> list[Entry]:
    """What is in an archive; nothing where it is none."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return [Entry(info.filename, archive.read(info)) for info in archive.infolist() if info.file_size < 1 << 24]
    except (*_BROKEN, NotImplementedError, MemoryError):
        return []


def _zipped(entries: Sequence[Entry], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", method, compresslevel=1) as archive:
        for name, content in entries:
            info = zipfile.ZipInfo(name)
            info.compress_type = method
            archive.writestr(info, content)
    return made.getvalue()
