"""Text files that people give us: from bytes to text, whatever wrote them."""

import codecs
import re
from pathlib import Path
from typing import Final, NamedTuple

from cpdesk.base.errors import UserError

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


def read_text(path: Path, encoding: str | None = None) -> TextFile:
    """Read a text file; `encoding` overrules what the bytes say about themselves.

    Raises UserError, each with the name of the `file`: `file_missing`, `file_is_folder`,
    `file_not_permitted`, `file_unreadable`, `file_too_large`, `file_empty`, `file_is_workbook`,
    `file_binary`, `file_encoding_unknown`, `file_not_in_encoding` and `encoding_not_known`.
    """
    data = _read_bytes(path)
    if not data:
        raise UserError("file_empty", file=path.name)
    if data.startswith(_WORKBOOKS):
        raise UserError("file_is_workbook", file=path.name)
    name = encoding or _encoding_of(data, path.name)
    return TextFile(_storable(path.name), name, _decode(data, name, path.name))


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
    if len(data) > LARGEST_FILE:
        raise UserError("file_too_large", file=path.name, most_megabytes=LARGEST_FILE // 1_000_000)
    return data


def _encoding_of(data: bytes, file: str) -> str:
    """How the bytes are to be read: by their mark, else as UTF-16 by its pattern of NULs, else strict UTF-8.

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
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        # Statistics misjudge real files, so nothing is guessed.
        raise UserError("file_encoding_unknown", file=file, suggestion="windows-1252") from None
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


def _decode(data: bytes, encoding: str, file: str) -> str:
    try:
        codecs.lookup(encoding)
        return data.decode(encoding).removeprefix("\ufeff")
    except UnicodeError:
        raise UserError("file_not_in_encoding", file=file, encoding=encoding) from None
    except (LookupError, ValueError):
        raise UserError("encoding_not_known", encoding=encoding) from None
