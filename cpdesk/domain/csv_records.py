"""CSV text as numbered records, and where exactly a broken one is broken."""

import csv
import io
import itertools
import re
from collections.abc import Collection, Iterator

DELIMITERS = (",", ";", "\t")

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


def header_key(name: str) -> str:
    """What two spellings of a column name have in common: no case, no blanks, no byte order mark."""
    return "".join(name.replace("\ufeff", "").split()).casefold()


def records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """The records that hold anything, numbered from 1 with the blank ones counted.

    A record may span several lines of text. Raises BrokenRecordError.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    for row in itertools.count(1):
        first_line = reader.line_num
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error:
            code, column = _trouble(_from_line(text, first_line), delimiter)
            raise BrokenRecordError(code, row, column) from None
        if any(field.strip() for field in fields):
            yield row, fields


def likely_delimiter(text: str, columns: Collection[str]) -> str:
    """The delimiter that finds most of the wanted columns (as header keys) in the header."""
    return max(DELIMITERS, key=lambda delimiter: _columns_found(text, delimiter, columns))


def _columns_found(text: str, delimiter: str, columns: Collection[str]) -> int:
    try:
        _, header = next(records(text, delimiter), (0, []))
    except BrokenRecordError:
        return 0
    return sum(header_key(name) in columns for name in header)


def _from_line(text: str, line: int) -> str:
    return "".join(itertools.islice(io.StringIO(text, newline=""), line, None))


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
