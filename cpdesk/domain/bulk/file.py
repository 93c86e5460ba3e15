"""The text of a file that names users, or users and products: its rows, and everything that is wrong with their form.

Columns are found by their titles, as the admin center, PowerShell and our own lists call them; others are ignored.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

from cpdesk.base.errors import UserError
from cpdesk.base.progress import Tell, told
from cpdesk.domain import names, people
from cpdesk.domain.csv_records import header_key, likely_delimiter
from cpdesk.domain.csv_table import CsvTable, clean, truth

UPN: Final = "upn"
PRODUCT: Final = "product"
NEW_UPN: Final = "new_upn"
DISPLAY_NAME: Final = "display_name"
BLOCKED: Final = "blocked"
TEXTS: Final = (DISPLAY_NAME, "first_name", "last_name", "usage_location", "job_title", "department")

_TITLES: Final[Mapping[str, tuple[str, ...]]] = {
    UPN: ("UserPrincipalName", "user_principal_name", "UPN", "UserName"),
    PRODUCT: ("SkuPartNumber", "sku_part_number", "Part number", "part_number", "Product", "License", "SKU"),
    NEW_UPN: ("NewUserPrincipalName", "new_user_principal_name", "New UPN", "new_upn"),
    DISPLAY_NAME: ("DisplayName", "display_name", "Name"),
    "first_name": ("FirstName", "first_name", "Given name"),
    "last_name": ("LastName", "last_name", "Surname"),
    "usage_location": ("UsageLocation", "usage_location"),
    "job_title": ("Title", "Job title", "job_title"),
    "department": ("Department",),
    BLOCKED: ("Blocked", "Block credential", "Block sign-in", "Sign-in blocked"),
}
"""What a header may call a column, blanks apart; the first is how it is asked for where it is missing."""


class BulkChange(StrEnum):
    """What is done with every row of a file."""

    ADD = "add"
    EDIT = "edit"
    RESTORE = "restore"
    REMOVE = "remove"
    ASSIGN = "assign"
    UNASSIGN = "unassign"

    @property
    def reduces(self) -> bool:
        """Whether it only takes away, so that a suspended account allows it (rule 19)."""
        return self in {BulkChange.REMOVE, BulkChange.UNASSIGN}

    @property
    def of_licenses(self) -> bool:
        """Whether each row names a product."""
        return self in {BulkChange.ASSIGN, BulkChange.UNASSIGN}


_WANTED: Final[Mapping[BulkChange, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    BulkChange.ADD: ((UPN, DISPLAY_NAME), (*TEXTS, BLOCKED)),
    BulkChange.EDIT: ((UPN,), (NEW_UPN, *TEXTS, BLOCKED)),
    BulkChange.RESTORE: ((UPN,), ()),
    BulkChange.REMOVE: ((UPN,), ()),
    BulkChange.ASSIGN: ((UPN, PRODUCT), ()),
    BulkChange.UNASSIGN: ((UPN, PRODUCT), ()),
}
"""Which columns each change needs, and which it can do something with."""


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Something in a row that keeps the whole file from being carried out.

    `cpdesk.base.bulk_sentences.problem_sentence` has the words.
    """

    row: int
    """Line of the file as a spreadsheet numbers it; the header is usually 1."""
    column: str
    """Title of the column as the file spells it; where the form of the row is wrong, the one from which on."""
    code: str
    params: Mapping[str, Any]

    @classmethod
    def of(cls, row: int, column: str, refusal: UserError) -> "RowProblem":
        """A refusal, found in a row and column."""
        return cls(row, column, refusal.code, refusal.params)


@dataclass(frozen=True, slots=True)
class BulkRow:
    """A row of the file as it stands there."""

    row: int
    upn: str
    product: str
    """Part number, GUID or display name; nothing where the change is not about licenses."""
    fields: Mapping[str, str | bool]
    """By NEW_UPN, the names of TEXTS, and BLOCKED, of columns that the file has; an empty cell is an empty text."""
    problems: tuple[RowProblem, ...] = ()
    """What is wrong with its form."""


@dataclass(frozen=True, slots=True)
class BulkFile:
    """A file that could be read."""

    name: str
    """Without its folder."""
    encoding: str
    """How its bytes were read, by Python's name for it."""
    change: BulkChange
    titles: Mapping[str, str]
    """How the file calls its columns, by UPN, PRODUCT and so on."""
    rows: tuple[BulkRow, ...]

    def with_change(self, change: BulkChange) -> "BulkFile":
        """The same rows for another change that reads the same columns."""
        return replace(self, change=change)


def parse_bulk(
    text: str, file: str, change: BulkChange, progress: Tell | None = None
) -> tuple[Mapping[str, str], tuple[BulkRow, ...]]:
    """The titles of the columns and the rows. `progress` is told the rows read, of as many as there are lines.

    A broken quotation mark ends the rows: what follows cannot be told apart. Raises UserError, each with `file`:
    `file_empty`, `columns_missing`, `column_twice`, `file_without_users`, `file_changes_nothing`.
    """
    table = _Table(text, file, change)
    rows = tuple(table.rows(text.count("\n") + 1, progress))
    if not rows:
        raise UserError("file_without_users", file=file)
    return table.titles, rows


class _Table(CsvTable):
    """The users of a file."""

    def __init__(self, text: str, file: str, change: BulkChange) -> None:
        needed, useful = _WANTED[change]
        columns = {header_key(title): name for name in {*needed, *useful} for title in _TITLES[name]}
        super().__init__(text, file, likely_delimiter(text, columns), columns)
        self.require([_TITLES[name][0] for name in needed if name not in self.places])
        if useful and len(self.places) == 1:
            raise UserError("file_changes_nothing", file=file, columns=[_TITLES[name][0] for name in useful])
        self.titles = {name: self.title(place) for name, place in self.places.items()}

    def rows(self, lines: int, progress: Tell | None) -> Iterator[BulkRow]:
        numbered = told(self.records, lines, progress)
        last = 1
        while True:
            try:
                last, fields = next(numbered)
            except StopIteration:
                return
            except UserError as broken:
                row, column = int(str(broken.params["row"])), str(broken.params["column"])
                yield BulkRow(row, "", "", {}, (RowProblem.of(row, column, broken),))
                return
            yield self._row(last, fields)

    def _row(self, row: int, fields: Sequence[str]) -> BulkRow:
        cells = {name: clean(fields[at]) if at < len(fields) else "" for name, at in self.places.items()}
        wrong = self.misshapen(row, fields)
        problems = [RowProblem.of(row, str(wrong.params["column"]), wrong)] if wrong else list(self._empty(row, cells))
        upn, product = cells.pop(UPN), cells.pop(PRODUCT, "")
        values: dict[str, str | bool] = dict(cells)
        # Whether sign-in is blocked is never nothing: an empty cell does not say.
        if blocked := str(values.pop(BLOCKED, "")):
            known = truth(blocked)
            values[BLOCKED] = bool(known)
            if known is None:
                refusal = self.row_refusal("not_true_or_false", row, self.titles[BLOCKED], value=blocked)
                problems.append(RowProblem.of(row, self.titles[BLOCKED], refusal))
        return BulkRow(row, upn, product, values, tuple(problems))

    def _empty(self, row: int, cells: Mapping[str, str]) -> Iterator[RowProblem]:
        """Cells without which a row says nothing."""
        if not cells[UPN]:
            yield RowProblem.of(row, self.titles[UPN], self.row_refusal("upn_missing", row, self.titles[UPN]))
        if cells.get(PRODUCT) == "":
            column = self.titles[PRODUCT]
            yield RowProblem.of(row, column, self.row_refusal("product_missing", row, column))


def cleaned_fields(
    row: BulkRow, titles: Mapping[str, str], known: Mapping[str, Any] | None = None
) -> tuple[dict[str, Any], tuple[RowProblem, ...]]:
    """What the cells of a row mean, by the names of `people.UserFields`, and what is wrong with them.

    What is as `known` has it stays as it is: an import may have brought what nobody would be allowed to type.
    """
    values: dict[str, Any] = {}
    problems: list[RowProblem] = []
    for name, value in row.fields.items():
        field = UPN if name == NEW_UPN else name
        try:
            same = known is not None and value == known[field]
            values[field] = value if same or isinstance(value, bool) else people.clean_field(field, value)
        except UserError as refusal:
            problems.append(RowProblem.of(row.row, titles[name], refusal))
    return values, tuple(problems)


def repeated(file: BulkFile) -> Iterator[tuple[BulkRow, BulkRow]]:
    """Rows that name a user of an earlier row, with that one."""
    first: dict[str, BulkRow] = {}
    for row in file.rows:
        if row.upn:
            earlier = first.setdefault(names.address_key(row.upn), row)
            if earlier is not row:
                yield row, earlier
