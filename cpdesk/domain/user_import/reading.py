"""From the text of an *Export users* file to its rows, whether of the old or the new header generation.

Every refusal names the file, the row as a spreadsheet numbers it, and the column.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from cpdesk.base.errors import UserError
from cpdesk.base.progress import Tell, told
from cpdesk.domain import names
from cpdesk.domain.user_import.records import BrokenRecordError, header_key, likely_delimiter, records
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

# A spreadsheet writes truth values in capitals and in its own language.
_TRUTH: Final = {
    **dict.fromkeys(("true", "1", "yes", "wahr", "vrai", "verdadero", "vero"), True),
    **dict.fromkeys(("false", "0", "no", "", "falsch", "faux", "falso"), False),
}
_UPN_FORM: Final = re.compile(r"[^@\s]+@[^@\s]+")
_NOT_TEXT: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_GUARDED: Final = re.compile(r"'[=+\-@\t\r]")
# What may follow a product name in the details of old files: how the license was given, never part of a name.
_HOW_ASSIGNED: Final = re.compile(
    r"\s*[-:=(\[|,]\s*(?:assigned|direct|directly|group|inherited|via)\b.*$", re.IGNORECASE
)


def parse_export(text: str, file: str, progress: Tell | None = None) -> tuple[str, tuple[ExportRow, ...]]:
    """The delimiter and the rows of an export, deleted users included.

    `progress` is told the rows read, of as many as there are lines.

    Raises UserError, each with `file`: `file_empty`, `columns_missing`, `column_twice`, `file_without_users`,
    `duplicate_upn_in_file`, `duplicate_object_id_in_file`, and with `row` and `column`: `unbalanced_quotes`,
    `value_too_long`, `value_not_text`, `row_too_short`, `row_too_long`, `upn_missing`, `upn_invalid`,
    `not_true_or_false`, `not_a_time`.
    """
    delimiter = likely_delimiter(text, _COLUMNS)
    table = _Table(text, file, delimiter)
    rows = tuple(table.rows(progress))
    if not rows:
        raise UserError("file_without_users", file=file)
    _refuse_duplicates(rows, file)
    return delimiter, rows


def clean(value: str) -> str:
    """A cell without blanks at its ends and without the apostrophe by which our own exports guard it."""
    value = value.strip()
    if not value.isascii():
        value = unicodedata.normalize("NFC", value.strip("\ufeff\u200b"))
    return value[1:] if _GUARDED.match(value) else value


class _Table:
    """The records of a file with its header understood."""

    def __init__(self, text: str, file: str, delimiter: str) -> None:
        self._file = file
        self._lines = text.count("\n") + 1
        self._header: list[str] = []
        self._check_text = _NOT_TEXT.search(text) is not None
        self._records = self._named(records(text, delimiter))
        _, self._header = next(self._records, (0, []))
        self._places = self._locate(self._header)

    def rows(self, progress: Tell | None) -> Iterator[ExportRow]:
        for row, fields in told(self._records, self._lines, progress):
            self._require_shape(row, fields)
            cells = {name: clean(fields[place]) for name, place in self._places.items()}
            self._require_short(row, cells)
            yield self._row(row, cells)

    def _row(self, row: int, cells: Mapping[str, str]) -> ExportRow:
        deleted = self._deleted(row, cells)
        return ExportRow(
            row=row,
            upn=cells[UPN] if deleted else self._upn(row, cells[UPN]),
            object_id=cells.get(OBJECT_ID, "").lower() or None,
            display_name=cells.get(DISPLAY_NAME) or None,
            first_name=cells.get(FIRST_NAME),
            last_name=cells.get(LAST_NAME),
            usage_location=cells[USAGE_LOCATION].upper() if USAGE_LOCATION in cells else None,
            job_title=cells.get(JOB_TITLE),
            department=cells.get(DEPARTMENT),
            blocked=self._blocked(row, cells),
            guest=names.is_guest(cells[UPN]),
            deleted=deleted,
            licenses_text=cells.get(LICENSES) or _without_details(cells.get(LICENSE_DETAILS, "")),
        )

    def _upn(self, row: int, upn: str) -> str:
        if not upn:
            raise self._refusal("upn_missing", row, UPN)
        if not _UPN_FORM.fullmatch(upn):
            raise self._refusal("upn_invalid", row, UPN, value=upn)
        return upn

    def _blocked(self, row: int, cells: Mapping[str, str]) -> bool | None:
        if BLOCKED not in cells:
            return None
        blocked = _TRUTH.get(cells[BLOCKED].casefold())
        if blocked is None:
            raise self._refusal("not_true_or_false", row, BLOCKED, value=cells[BLOCKED])
        return blocked

    def _deleted(self, row: int, cells: Mapping[str, str]) -> bool:
        stamp = cells.get(DELETED, "")
        # The form of the time depends on who saved the file, but a text here means shifted columns.
        if stamp and not stamp[0].isdigit():
            raise self._refusal("not_a_time", row, DELETED, value=stamp)
        return bool(stamp)

    def _require_shape(self, row: int, fields: Sequence[str]) -> None:
        """A record with too few or too many values may have its licenses cut off or under a wrong header."""
        if len(fields) < len(self._header):
            missing = self._column_name(len(fields))
            raise self._refusal("row_too_short", row, missing, count=len(fields), expected=len(self._header))
        if any(field.strip() for field in fields[len(self._header) :]):
            last = self._column_name(len(self._header) - 1)
            raise self._refusal("row_too_long", row, last, count=len(fields), expected=len(self._header))
        if self._check_text:
            for column, field in enumerate(fields):
                if _NOT_TEXT.search(field):
                    raise self._refusal("value_not_text", row, self._column_name(column))

    def _require_short(self, row: int, cells: Mapping[str, str]) -> None:
        for name, value in cells.items():
            if len(value) > names.LONGEST_TEXT and name not in {LICENSES, LICENSE_DETAILS}:
                raise self._refusal("value_too_long", row, name)

    def _locate(self, header: Sequence[str]) -> dict[str, int]:
        if not header:
            raise UserError("file_empty", file=self._file)
        places: dict[str, int] = {}
        for place, title in enumerate(header):
            name = _COLUMNS.get(header_key(title))
            if name in places:
                raise UserError("column_twice", file=self._file, column=name)
            if name:
                places[name] = place
        missing = [] if UPN in places else [UPN]
        if LICENSES not in places and LICENSE_DETAILS not in places:
            missing.append(LICENSES)
        if missing:
            raise UserError("columns_missing", file=self._file, columns=missing)
        return places

    def _named(self, numbered: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
        try:
            yield from numbered
        except BrokenRecordError as broken:
            column = self._column_name(broken.column)
            raise self._refusal(broken.code, broken.row, column) from None

    def _column_name(self, place: int) -> str:
        """The title of a column, or its number where it has none."""
        title = self._header[place].strip("\ufeff \t\xa0") if place < len(self._header) else ""
        return title or str(place + 1)

    def _refusal(self, code: str, row: int, column: str, **facts: object) -> UserError:
        return UserError(code, file=self._file, row=row, column=column, **facts)


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
        first = by_upn.setdefault(names.key(row.upn), row)
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
