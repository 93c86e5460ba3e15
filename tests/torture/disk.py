"""A disk that writes down what is done to it, and fails where it is told to: `disk.c`, loaded before the C library.

with_disk = disk.environment(log=..., root=...)     for a program that is started
disk.control().arm(...)                             inside of one that was started so
disk.read_log(log)                                  what it did to the files under the root, in its order
"""

import ctypes
import errno
import hashlib
import os
import shutil
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from enum import IntEnum
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tests.torture.trial import SkippedError

_SOURCE = Path(__file__).with_name("disk.c")
_HEAD = struct.Struct("=IiiIIIq")
_FOR_EVER = 1 << 30


class Op(IntEnum):
    """What is done to a file; the numbers are those of `disk.c`."""

    OPEN = 0
    CLOSE = 1
    DUP = 2
    WRITE = 3
    TRUNCATE = 4
    SYNC = 5
    RENAME = 6
    LINK = 7
    UNLINK = 8
    MKDIR = 9
    RMDIR = 10
    READ = 11
    MARK = 12
    FAULT = 13
    UNSYNCED = 14
    """A synchronisation that failed."""


class Record(NamedTuple):
    """One line of the log. Names are relative to the root, which is "."."""

    op: Op
    file: int
    other: int
    offset: int
    data: bytes
    name: str
    target: str


class Fault(NamedTuple):
    """An error of the disk: which operations fail, how, after how many of them, and on which files."""

    ops: frozenset[Op]
    error: int
    after: int = 0
    times: int = _FOR_EVER
    match: str = ""
    """A part of the names of the files; empty for all."""

    @property
    def mask(self) -> int:
        """As `disk.c` takes the operations."""
        return sum(1 << op for op in self.ops)

    @property
    def text(self) -> str:
        """For people, to see it again."""
        ops = "/".join(sorted(op.name.lower() for op in self.ops))
        where = f" of *{self.match}*" if self.match else ""
        once = " once" if self.times == 1 else ""
        return f"{errno.errorcode[self.error]} at {ops}{where}{once} after {self.after}"


@cache
def library() -> Path:
    """`disk.c`, compiled. Raises SkippedError where that cannot be done."""
    if not sys.platform.startswith("linux"):
        raise SkippedError("what a program does to files can be recorded on Linux only")
    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler is None:
        raise SkippedError("there is no C compiler: apt-get install gcc libc6-dev")
    source = _SOURCE.read_bytes()
    made = Path(tempfile.gettempdir()) / f"cpdesk-disk-{os.getuid()}-{hashlib.sha256(source).hexdigest()[:16]}.so"
    # What somebody else has put there is not loaded.
    if not made.exists() or made.stat().st_uid != os.getuid():
        _compile(compiler, made)
    return made


def _compile(compiler: str, made: Path) -> None:
    part = made.with_name(f"{made.name}.{os.getpid()}")
    words = [compiler, "-shared", "-fPIC", "-O2", "-Wall", "-o", str(part), str(_SOURCE), "-ldl", "-lpthread"]
    done = subprocess.run(words, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        raise SkippedError(f"the C compiler cannot make the library: {done.stderr.strip().splitlines()[:1]}")
    part.replace(made)


def environment(root: Path, log: Path | None = None, fault: Fault | None = None) -> dict[str, str]:
    """What loads it into a program that is started; without log and fault it waits for `control`.

    Raises SkippedError.
    """
    found = {"LD_PRELOAD": str(library()), "CPDESK_TORTURE_ROOT": str(root)}
    if log is not None:
        found["CPDESK_TORTURE_LOG"] = str(log)
    if fault is not None:
        limits = f"{fault.mask}:{fault.error}:{fault.after}:{fault.times}:"
        found["CPDESK_TORTURE_FAULT"] = limits + fault.match
    return found


class Control:
    """The disk of this process, which was started with `environment`."""

    def __init__(self) -> None:
        self._library = ctypes.CDLL(None)
        for name in ("torture_hits", "torture_seen"):
            getattr(self._library, name).restype = ctypes.c_long

    def record(self, root: Path, log: Path | None = None) -> None:
        """From now on these files are meant; what is done to them is written down if there is a log."""
        self._library.torture_record(os.fsencode(log) if log else b"", os.fsencode(root))

    def mark(self, text: str) -> None:
        """A word of ours between two operations."""
        self._library.torture_mark(text.encode())

    def arm(self, fault: Fault) -> None:
        """Let the disk fail from now on."""
        after, times = ctypes.c_long(fault.after), ctypes.c_long(fault.times)
        self._library.torture_arm(ctypes.c_uint(fault.mask), fault.error, after, times, os.fsencode(fault.match))

    def heal(self) -> int:
        """Let it fail no more; how often it did."""
        hits = int(self._library.torture_hits())
        self._library.torture_arm(ctypes.c_uint(0), 0, ctypes.c_long(0), ctypes.c_long(0), b"")
        return hits

    def seen(self) -> int:
        """How many operations the fault was asked about, until it began to fail."""
        return int(self._library.torture_seen())


def control() -> Control:
    """Raises AttributeError in a process that was started without `environment`."""
    return Control()


def read_log(log: Path) -> list[Record]:
    """What was written down."""
    return list(_records(log.read_bytes()))


def _records(content: bytes) -> Iterator[Record]:
    place = 0
    while place < len(content):
        op, file, other, first, second, _unused, offset = _HEAD.unpack_from(content, place)
        place += _HEAD.size
        data, target = content[place : place + first], content[place + first : place + first + second]
        place += first + second
        named = op != Op.WRITE
        name = os.fsdecode(data) if named else ""
        yield Record(Op(op), file, other, offset, b"" if named else data, name, os.fsdecode(target))
