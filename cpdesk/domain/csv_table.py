"""A CSV file with a header, and which of its columns are which."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from operator import length_hint
from typing import Final

from cpdesk.base.errors import UserError
from cpdesk.domain.csv_records import BrokenRecordError, Text, end_of, header_key, lines_of, records

_GUARDED: Final = re.compile(r"'[=+\-@\t\r]")
# A spreadsheet writes truth values in capitals and in its own language.
_TRUTH: Final = {
    **dict.fromkeys(("true", "1", "yes", "wahr", "vrai", "verdadero", "vero"), True),
    **dict.fromkeys(("false", "0", "no", "", "falsch", "faux", "falso"), False),
}


def clean(value: str) -> str:
    """A cell without blanks at its ends and without the apostrophe by which our own exports guard it."""
    value = value.strip()
    if not value.isascii():
        value = unicodedata.normalize("NFC", value.strip("\ufeff\u200b"))
    return value[1:] if value.startswith("'") and _GUARDED.match(value) else value


def place_of_end(text: str) -> tuple[int, str]:
    """Row, as a spreadsheet numbers it, and title of the column in which a text breaks off."""
    row, column, header = end_of(text)
    # What the header itself says breaks off there.
    return row, _title(header if row > 1 else (), column)


def truth(cell: str) -> bool | None:
    """What a cell says that is true or false; None where it is neither."""
    return _TRUTH.get(cell.casefold())


class CsvTable:
    """The records of a file with its header understood.

    `columns` has what the reader calls a column, by the header keys that stand for it. Raises UserError, each with
    `file`: `file_empty`, `column_twice`, and while records are read, with `row` and `column`: `unbalanced_quotes`,
    `value_too_long`.
    """

    def __init__(self, text: Text, file: str, delimiter: str, columns: Mapping[str, str]) -> None:
        self.file = file
        """Name without its folder."""
        self.header: list[str] = []
        lines = lines_of(text)
        self.expected = length_hint(lines)
        """About how many records there are."""
        self.records = self._told(records(lines, delimiter))
        """What follows the header, each with its line as a spreadsheet numbers it."""
        _, self.header = next(self.records, (0, []))
        self.places = self._locate(columns)
        """Where the known columns stand, counted from 0."""

    def title(self, place: int) -> str:
        """The title of a column, or its number where it has none."""
        return _title(self.header, place)

    def row_refusal(self, code: str, row: int, column: str, **facts: object) -> UserError:
        """Says of something where in the file it stands."""
        return UserError(code, file=self.file, row=row, column=column, **facts)

    def misshapen(self, row: int, fields: Sequence[str]) -> UserError | None:
        """`row_too_short` or `row_too_long` where a record has too few or too many values.

        Some of them may be cut off, or under a wrong header.
        """
        count, expected = len(fields), len(self.header)
        if count < expected:
            return self.row_refusal("row_too_short", row, self.title(count), count=count, expected=expected)
        if any(field.strip() for field in fields[expected:]):
            return self.row_refusal("row_too_long", row, self.title(expected - 1), count=count, expected=expected)
        return None

    def require(self, missing: Sequence[str]) -> None:
        """Raise UserError `columns_missing` where columns are missing."""
        if missing:
            raise UserError("columns_missing", file=self.file, columns=list(missing))

    def _locate(self, columns: Mapping[str, str]) -> dict[str, int]:
        if not self.header:
            raise UserError("file_empty", file=self.file)
        places: dict[str, int] = {}
        for place, title in enumerate(self.header):
            name = columns.get(header_key(title))
            if name in places:
                raise UserError("column_twice", file=self.file, column=clean(title))
            if name:
                places[name] = place
        return places

    def _told(self, numbered: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
        """The records; of one that is broken it is told where."""
        try:
            yield from numbered
        except BrokenRecordError as broken:
            raise self.row_refusal(broken.code, broken.row, self.title(broken.column)) from None


def _title(header: Sequence[str], place: int) -> str:
    title = clean(header[place]) if place < len(header) else ""
    return title or str(place + 1)
