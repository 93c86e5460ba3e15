"""Text files that people give us: from bytes to text, whatever wrote them."""

import codecs
import io
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple

from cpdesk.base.errors import UserError
from cpdesk.base.i18n import _
from cpdesk.domain.csv_table import place_of_end

LARGEST_FILE: Final = 100_000_000
"""Bytes; an export of 100,000 users has about a third of it."""

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WORKBOOKS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
_SAMPLE: Final = 512
_CONTROLS: Final = re.compile(rb"[\x00-\x08\x0e-\x1f]")


class TextFile(NamedTuple):
    """A file that could be read."""

    name: str
    """Without its folder."""
    encoding: str
    """How its bytes were read, by Python's name for it."""
    text: str


class TextLines(NamedTuple):
    """A file that could be read, for going through it line by line: of a large one the text needs much room."""

    name: str
    """Without its folder."""
    encoding: str
    """How its bytes were read, by Python's name for it."""
    lines: Iterable[str]
    """With their ends, as often as they are asked for; `operator.length_hint` knows about how many there are."""


def read_text(path: Path, encoding: str | None = None) -> TextFile:
    """Read a text file as a whole. See `open_text`."""
    return _whole(open_text(path, encoding))


def open_text(path: Path, encoding: str | None = None) -> TextLines:
    """Read a text file; `encoding` overrules what the bytes say about themselves.

    Raises UserError, each with the name of the `file`: `file_missing`, `file_is_folder`, `file_not_permitted`,
    `file_unreadable`, `file_too_large`, `file_empty`, `file_is_workbook`, `file_binary`, `encoding_not_known`, and
    with the `row` and the `column` from which on it is no text: `file_encoding_unknown` and `file_not_in_encoding`.
    """
    return _lines_of(_read_bytes(path), path.name, encoding)


def read_standard_input(encoding: str | None = None) -> TextFile:
    """Read what is piped into the program, by the same rules as a file.

    Raises what `open_text` raises of what is in a file, and UserError `standard_input_closed`.
    """
    name = _("standard input")
    if sys.stdin is None:
        raise UserError("standard_input_closed")
    # Bytes, not the text that the system's own encoding would make of them.
    data = sys.stdin.buffer.read(LARGEST_FILE + 1)
    _require_size(data, name)
    return _whole(_lines_of(data, name, encoding))


def _whole(file: TextLines) -> TextFile:
    return TextFile(file.name, file.encoding, "".join(file.lines))


def _lines_of(data: bytes, file: str, encoding: str | None) -> TextLines:
    if not data:
        raise UserError("file_empty", file=file)
    if data.startswith(_WORKBOOKS):
        raise UserError("file_is_workbook", file=file)
    name = encoding or _encoding_of(data, file)
    lines = _Lines(data, _with_order(name, data))
    if not _is_readable(lines, name):
        row, column = _where_it_ends(data, name)
        if encoding or name != "utf-8":
            raise UserError("file_not_in_encoding", file=file, encoding=name, row=row, column=column)
        # Statistics misjudge real files, so nothing is guessed.
        raise UserError("file_encoding_unknown", file=file, suggestion="windows-1252", row=row, column=column)
    return TextLines(_storable(file), name, lines)


class _Lines:
    """The lines of bytes, decoded as they are asked for: as a text they can take four times the room."""

    def __init__(self, data: bytes, encoding: str) -> None:
        self._data = data
        self._encoding = encoding

    def __iter__(self) -> Iterator[str]:
        with io.TextIOWrapper(io.BytesIO(self._data), self._encoding, newline="") as lines:
            for line in lines:
                yield line.removeprefix("\ufeff")
                break
            yield from lines

    def __length_hint__(self) -> int:
        return self._data.count(b"\n") + 1


def _with_order(encoding: str, data: bytes) -> str:
    """UTF-16 without a mark says nothing about the order of its bytes."""
    with suppress(LookupError, ValueError):
        if codecs.lookup(encoding).name == "utf-16" and not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return _unmarked_utf16(data[:_SAMPLE]) or "utf-16-le"
    return encoding


def _is_readable(lines: _Lines, encoding: str) -> bool:
    try:
        for _line in lines:
            pass
    except UnicodeError:
        return False
    except (LookupError, ValueError):
        raise UserError("encoding_not_known", encoding=encoding) from None
    return True


def _where_it_ends(data: bytes, encoding: str) -> tuple[int, str]:
    """Row and column up to which bytes can be decoded."""
    text = ""
    with suppress(UnicodeError):
        text = data[: _bad_byte(data, encoding)].decode(encoding)
    return place_of_end(text.removeprefix("\ufeff"))


def _bad_byte(data: bytes, encoding: str) -> int | None:
    try:
        data.decode(encoding)
    except UnicodeDecodeError as error:
        return error.start
    return None


def _storable(name: str) -> str:
    """A file's name is bytes on some systems; what is no text of it arrives as lone surrogates."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def _read_bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise UserError("file_is_folder", file=path.name or str(path))
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    # A path with a NUL in it, which no file can have, is a ValueError.
    except (FileNotFoundError, NotADirectoryError, ValueError):
        raise UserError("file_missing", file=str(path)) from None
    except PermissionError:
        raise UserError("file_not_permitted", file=str(path)) from None
    except OSError as error:
        raise UserError("file_unreadable", file=str(path), reason=error.strerror or str(error)) from error
    _require_size(data, path.name)
    return data


def _require_size(data: bytes, file: str) -> None:
    if len(data) > LARGEST_FILE:
        raise UserError("file_too_large", file=file, most_megabytes=LARGEST_FILE // 1_000_000)


def _encoding_of(data: bytes, file: str) -> str:
    """How the bytes are to be read: by their mark, else as UTF-16 by its pattern of NULs, else as strict UTF-8.

    The pattern goes first because UTF-16 of plain English would pass for UTF-8 full of NULs.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name
    wide = _unmarked_utf16(data[:_SAMPLE])
    if wide:
        return wide
    if _looks_binary(data[:_SAMPLE]):
        raise UserError("file_binary", file=file)
    return "utf-8"


def _unmarked_utf16(sample: bytes) -> str | None:
    """Which UTF-16 it is: headers are ASCII, so nearly every other byte of the beginning is NUL."""
    half = len(sample) // 2
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > half * 0.9 and even < half * 0.1:
        return "utf-16-le"
    if even > half * 0.9 and odd < half * 0.1:
        return "utf-16-be"
    return None


def _looks_binary(sample: bytes) -> bool:
    """More than a stray control character in the beginning; a stray one is found where it stands."""
    return len(_CONTROLS.findall(sample)) > len(sample) // 50
