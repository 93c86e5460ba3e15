"""CSV text as numbered records, and where exactly a broken one is broken."""

import csv
import itertools
import re
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress

DELIMITERS = (",", ";", "\t")

_LINE = re.compile(r"[^\r\n]*+(?:\r\n|\r|\n)|[^\r\n]++")
_QUOTED = re.compile(r'"(?:[^"]++|"")*+"')


class BrokenRecordError(Exception):
    """A record that is no CSV."""

    def __init__(self, code: str, row: int, column: int) -> None:
        super().__init__(code, row, column)
        self.code = code
        """`unbalanced_quotes` or `value_too_long`."""
        self.row = row
        """Numbered as a spreadsheet does."""
        self.column = column
        """Counted from 0."""


Text = str | Iterable[str]
"""A text, or its lines with their ends, to be gone through more than once: those of a large file need less room."""


class _Lines:
    """The lines of a text that is there as a whole. No line end is translated, and nothing copied but the line."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __iter__(self) -> Iterator[str]:
        return (line.group() for line in _LINE.finditer(self._text))

    def __length_hint__(self) -> int:
        return self._text.count("\n") + 1


def lines_of(text: Text) -> Iterable[str]:
    """The lines of a text; `operator.length_hint` knows about how many there are."""
    return _Lines(text) if isinstance(text, str) else text


def header_key(name: str) -> str:
    """What two spellings of a column name have in common: no case, no blanks, no byte order mark."""
    return "".join(name.replace("\ufeff", "").split()).casefold()


def records(text: Text, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """The records that hold anything, numbered from 1 with the blank ones counted.

    A record may span several lines of text. Raises BrokenRecordError.
    """
    lines = lines_of(text)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    for row in itertools.count(1):
        first_line = reader.line_num
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error:
            code, column = _trouble("".join(itertools.islice(lines, first_line, None)), delimiter)
            raise BrokenRecordError(code, row, column) from None
        if any(map(str.strip, fields)):
            yield row, fields


def likely_delimiter(text: Text, columns: Collection[str]) -> str:
    """The delimiter that finds most of the wanted columns (as header keys) in the header."""
    return max(DELIMITERS, key=lambda delimiter: _columns_found(text, delimiter, columns))


def end_of(text: str) -> tuple[int, int, list[str]]:
    """Row (from 1) and column (from 0) in which a text breaks off, and the header as far as it is there."""
    first_line = next(iter(_Lines(text)), "")
    reader = csv.reader(_Lines(text), delimiter=max(DELIMITERS, key=first_line.count))
    header, last, row = list[str](), list[str](), 0
    with suppress(csv.Error):
        for row, last in enumerate(reader, 1):  # noqa: B007 - the last ones are what is looked for
            header = header or last
    if not text or text.endswith(("\r", "\n")):
        return row + 1, 0, header
    return row, max(len(last) - 1, 0), header


def _columns_found(text: Text, delimiter: str, columns: Collection[str]) -> int:
    try:
        _, header = next(records(text, delimiter), (0, []))
    except BrokenRecordError:
        return 0
    return sum(header_key(name) in columns for name in header)


def _trouble(text: str, delimiter: str) -> tuple[str, int]:
    """Code and column of what is wrong with the first record of the text."""
    unquoted = re.compile(f"[^\r\n{delimiter}]*")
    at = 0
    for column in itertools.count():
        quoted = text.startswith('"', at)
        value = (_QUOTED if quoted else unquoted).match(text, at)
        if value is None or text[value.end() : value.end() + 1] not in {delimiter, "\r", "\n", ""}:
            return "unbalanced_quotes", column
        if len(value.group()) > csv.field_size_limit():
            return "value_too_long", column
        if not text.startswith(delimiter, value.end()):
            break
        at = value.end() + 1
    return "unbalanced_quotes", column
