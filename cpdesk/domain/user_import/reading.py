"""From the text of an *Export users* file to its rows, whether of the old or the new header generation.

Every refusal names the file, the row as a spreadsheet numbers it, and the column.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Final

from cpdesk.base import regions
from cpdesk.base.errors import UserError
from cpdesk.base.progress import Tell, told
from cpdesk.domain import names
from cpdesk.domain.csv_records import Text, header_key, likely_delimiter
from cpdesk.domain.csv_table import CsvTable, clean, truth
from cpdesk.domain.user_import.rows import ExportRow

UPN: Final = "User principal name"
OBJECT_ID: Final = "Object Id"
DISPLAY_NAME: Final = "Display name"
FIRST_NAME: Final = "First name"
LAST_NAME: Final = "Last name"
USAGE_LOCATION: Final = "Usage location"
JOB_TITLE: Final = "Title"
DEPARTMENT: Final = "Department"
BLOCKED: Final = "Block credential"
DELETED: Final = "Soft deletion time stamp"
LICENSES: Final = "Licenses"
LICENSE_DETAILS: Final = "License assignment details"

_COLUMNS: Final = {
    header_key(name): name
    for name in (
        UPN,
        OBJECT_ID,
        DISPLAY_NAME,
        FIRST_NAME,
        LAST_NAME,
        USAGE_LOCATION,
        JOB_TITLE,
        DEPARTMENT,
        BLOCKED,
        DELETED,
        LICENSES,
        LICENSE_DETAILS,
    )
}

_LISTS: Final = {LICENSES, LICENSE_DETAILS}
"""Columns of products: long, and in old files a line for each."""
_PLAIN: Final = {UPN, OBJECT_ID}
"""What people are told apart by."""

_UPN_FORM: Final = re.compile(r"[^@\s]+@[^@\s]+")
_NOT_TEXT: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
# What may follow a product name in the details of old files: how the license was given, never part of a name.
_HOW_ASSIGNED: Final = re.compile(
    r"\s*[-:=(\[|,]\s*(?:assigned|direct|directly|group|inherited|via)\b.*$", re.IGNORECASE
)


def parse_export(text: Text, file: str, progress: Tell | None = None) -> tuple[str, tuple[ExportRow, ...]]:
    """The delimiter and the rows of an export, deleted users included.

    `progress` is told the rows read, of as many as there are lines.

    Raises UserError, each with `file`: `file_empty`, `columns_missing`, `column_twice`, `file_without_users`,
    `duplicate_upn_in_file`, `duplicate_object_id_in_file`, and with `row` and `column`: `unbalanced_quotes`,
    `value_too_long`, `value_not_text`, `value_unseen`, `row_too_short`, `row_too_long`, `upn_missing`, `upn_invalid`,
    `usage_location_unknown`, `not_true_or_false`, `not_a_time`.
    """
    delimiter = likely_delimiter(text, _COLUMNS)
    table = _Table(text, file, delimiter)
    rows = tuple(table.rows(progress))
    if not rows:
        raise UserError("file_without_users", file=file)
    _refuse_duplicates(rows, file)
    return delimiter, rows


class _Table(CsvTable):
    """The users of a file."""

    def __init__(self, text: Text, file: str, delimiter: str) -> None:
        super().__init__(text, file, delimiter, _COLUMNS)
        self.require([name for name, found in self._needed() if not found])
        # At least two, so that a tuple comes.
        self._pick = itemgetter(*self.places.values())
        self._known: dict[str, str] = {}

    def rows(self, progress: Tell | None) -> Iterator[ExportRow]:
        for row, fields in told(self.records, self.expected, progress):
            wrong = self.misshapen(row, fields)
            if wrong:
                raise wrong
            yield self._row(row, self._cells(row, fields))

    def _cells(self, row: int, fields: Sequence[str]) -> Mapping[str, str]:
        """What the record says in the columns that are known."""
        wanted = self._pick(fields)
        text = "".join(wanted)
        # Looked at as a whole: with nearly every one of a hundred thousand records nothing is wrong.
        plain = text.isascii() and "'" not in text
        values = list(map(str.strip if plain else clean, wanted))
        # The same text for the same text: thousands share a department, and need not hold one each.
        cells = dict(zip(self.places, map(self._known.setdefault, values, values), strict=True))
        if not "".join(fields).isprintable():
            self._require_text(row, fields)
            self._require_seen(row, cells)
        if len(text) > names.LONGEST_TEXT:
            self._require_short(row, cells)
        return cells

    def _row(self, row: int, cells: Mapping[str, str]) -> ExportRow:
        deleted = self._deleted(row, cells)
        return ExportRow(
            row=row,
            upn=cells[UPN] if deleted else self._upn(row, cells[UPN]),
            object_id=cells.get(OBJECT_ID, "").lower() or None,
            display_name=cells.get(DISPLAY_NAME) or None,
            first_name=cells.get(FIRST_NAME),
            last_name=cells.get(LAST_NAME),
            usage_location=self._location(row, cells, deleted=deleted),
            job_title=cells.get(JOB_TITLE),
            department=cells.get(DEPARTMENT),
            blocked=self._blocked(row, cells),
            guest=names.is_guest(cells[UPN]),
            deleted=deleted,
            licenses_text=cells.get(LICENSES) or _without_details(cells.get(LICENSE_DETAILS, "")),
        )

    def _location(self, row: int, cells: Mapping[str, str], *, deleted: bool) -> str | None:
        """The code of the country: the file has it, or its English name where another program wrote the file."""
        if not cells.get(USAGE_LOCATION):
            return cells.get(USAGE_LOCATION)
        code = regions.country_code(cells[USAGE_LOCATION])
        if not code and not deleted:
            raise self.row_refusal("usage_location_unknown", row, USAGE_LOCATION, value=cells[USAGE_LOCATION])
        return code

    def _upn(self, row: int, upn: str) -> str:
        if not upn:
            raise self.row_refusal("upn_missing", row, UPN)
        if not _UPN_FORM.fullmatch(upn):
            raise self.row_refusal("upn_invalid", row, UPN, value=upn)
        return upn

    def _blocked(self, row: int, cells: Mapping[str, str]) -> bool | None:
        if BLOCKED not in cells:
            return None
        blocked = truth(cells[BLOCKED])
        if blocked is None:
            raise self.row_refusal("not_true_or_false", row, BLOCKED, value=cells[BLOCKED])
        return blocked

    def _deleted(self, row: int, cells: Mapping[str, str]) -> bool:
        stamp = cells.get(DELETED, "")
        # The form of the time depends on who saved the file, but a text here means shifted columns.
        if stamp and not stamp[0].isdigit():
            raise self.row_refusal("not_a_time", row, DELETED, value=stamp)
        return bool(stamp)

    def _require_text(self, row: int, fields: Sequence[str]) -> None:
        for column, field in enumerate(fields):
            if _NOT_TEXT.search(field):
                raise self.row_refusal("value_not_text", row, self.title(column))

    def _require_seen(self, row: int, cells: Mapping[str, str]) -> None:
        """What somebody could not type for a user does not come in by a file either."""
        for name, value in cells.items():
            if name not in _LISTS and names.unseen(value, plain=name in _PLAIN):
                raise self.row_refusal("value_unseen", row, name)

    def _require_short(self, row: int, cells: Mapping[str, str]) -> None:
        for name, value in cells.items():
            if len(value) > names.LONGEST_TEXT and name not in _LISTS:
                raise self.row_refusal("value_too_long", row, name)

    def _needed(self) -> Iterator[tuple[str, bool]]:
        """What a file cannot do without, and whether it has it."""
        yield UPN, UPN in self.places
        yield LICENSES, LICENSES in self.places or LICENSE_DETAILS in self.places


def _without_details(text: str) -> str:
    """The product names alone, joined by `+`."""
    products = (
        _HOW_ASSIGNED.sub("", name).strip()
        for entry in re.split(r"[;\r\n]+", text)
        for name in re.split(r"(?<!\s)\+(?!\s)", entry)
    )
    return "+".join(name for name in products if name)


def _refuse_duplicates(rows: Iterable[ExportRow], file: str) -> None:
    by_upn: dict[str, ExportRow] = {}
    by_object: dict[str, ExportRow] = {}
    for row in rows:
        if row.deleted:
            continue
        first = by_upn.setdefault(names.address_key(row.upn), row)
        if first is not row:
            raise UserError(
                "duplicate_upn_in_file", file=file, column=UPN, upn=row.upn, row=first.row, other_row=row.row
            )
        first = by_object.setdefault(row.object_id, row) if row.object_id else row
        if first is not row:
            raise UserError(
                "duplicate_object_id_in_file",
                file=file,
                column=OBJECT_ID,
                object_id=row.object_id,
                row=first.row,
                other_row=row.row,
            )
