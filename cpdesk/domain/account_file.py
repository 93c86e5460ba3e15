"""A CSV file of accounts to be created: from its text to rows, and what is made of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from cpdesk.base.errors import UserError
from cpdesk.domain.csv_records import header_key, likely_delimiter
from cpdesk.domain.csv_table import CsvTable, clean
from cpdesk.domain.modes import Mode

NAME, DOMAIN, MODE, COUNTRY, ZONE, CURRENCY = "name", "domain", "mode", "country", "zone", "currency"

_COLUMNS: Final = {
    **{header_key(title): NAME for title in ("name", "account", "account name", "company", "customer")},
    **{header_key(title): DOMAIN for title in ("domain", "primary domain")},
    **{header_key(title): MODE for title in ("mode", "billing mode", "billing model")},
    **{header_key(title): COUNTRY for title in ("country", "country code")},
    **{header_key(title): ZONE for title in ("zone", "time zone", "time_zone")},
    **{header_key(title): CURRENCY for title in ("currency", "currency code")},
}
"""The columns by what a header may call them; what is exported from the Customer List can be read again."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a row that keeps the whole file from being imported.

    `cpdesk.base.messages.sentence(code, **params)` has the words.
    """

    column: str
    """Title of the column as the file spells it; where the form of the row is wrong, the one from which on."""
    code: str
    params: Mapping[str, object]

    @classmethod
    def of(cls, column: str, refusal: UserError) -> "Problem":
        """A refusal, found in a column."""
        return cls(column, refusal.code, refusal.params)


@dataclass(frozen=True, slots=True)
class AccountDraft:
    """A row of the file as the account that it would become. What cannot be understood stands as it was written."""

    row: int
    """Line of the file as a spreadsheet numbers it; the header is 1."""
    name: str
    domain: str
    mode: Mode
    """Usage Mode where the file says nothing, or nothing that can be understood."""
    country: str
    time_zone: str
    currency: str
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class AccountImportReport:
    """What an import of accounts would create, or has created."""

    file: str
    """Name without its folder."""
    drafts: tuple[AccountDraft, ...]
    """In the order of the file."""

    @property
    def problems(self) -> int:
        """How many problems all rows have together; with one or more nothing is imported."""
        return sum(len(draft.problems) for draft in self.drafts)


@dataclass(frozen=True, slots=True)
class AccountLine:
    """A row of the file as it stands there."""

    row: int
    cells: Mapping[str, str]
    """By NAME, DOMAIN and so on; of columns that the file has."""
    problems: tuple[Problem, ...]
    """What is wrong with its form."""


@dataclass(frozen=True, slots=True)
class AccountFile:
    """A file of accounts that could be read."""

    name: str
    """Without its folder."""
    encoding: str
    """How its bytes were read, by Python's name for it."""
    titles: Mapping[str, str]
    """How the file calls its columns, by NAME, DOMAIN and so on."""
    lines: tuple[AccountLine, ...]


def parse_accounts(text: str, file: str) -> tuple[Mapping[str, str], tuple[AccountLine, ...]]:
    """The titles of the columns and the rows of a file of accounts.

    Raises UserError, each with `file`: `file_empty`, `columns_missing`, `column_twice`, `file_without_accounts`,
    and with `row` and `column`: `unbalanced_quotes`, `value_too_long`.
    """
    table = _Table(text, file)
    lines = tuple(table.lines())
    if not lines:
        raise UserError("file_without_accounts", file=file)
    return table.titles, lines


class _Table(CsvTable):
    """The accounts of a file."""

    def __init__(self, text: str, file: str) -> None:
        super().__init__(text, file, likely_delimiter(text, _COLUMNS), _COLUMNS)
        self.require([name for name in (NAME, DOMAIN) if name not in self.places])
        self.titles = {column: self.title(place) for column, place in self.places.items()}

    def lines(self) -> Iterator[AccountLine]:
        for row, fields in self.records:
            cells = {name: clean(fields[at]) if at < len(fields) else "" for name, at in self.places.items()}
            wrong = self.misshapen(row, fields)
            problems = (Problem.of(str(wrong.params["column"]), wrong),) if wrong else ()
            yield AccountLine(row, cells, problems)
