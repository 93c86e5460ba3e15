"""A CSV file of accounts to be created: from its text to rows, and what is made of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from cpdesk.base.errors import UserError
from cpdesk.domain.modes import Mode
from cpdesk.domain.user_import.reading import clean
from cpdesk.domain.user_import.records import BrokenRecordError, header_key, likely_delimiter, records

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


class _Table:
    """The records of a file with its header understood."""

    def __init__(self, text: str, file: str) -> None:
        self._file = file
        self._header: list[str] = []
        self._records = self._named(records(text, likely_delimiter(text, _COLUMNS)))
        _, self._header = next(self._records, (0, []))
        self._places = self._locate()
        self.titles = {column: clean(self._header[place]) for column, place in self._places.items()}

    def lines(self) -> Iterator[AccountLine]:
        for row, fields in self._records:
            cells = {name: clean(fields[at]) if at < len(fields) else "" for name, at in self._places.items()}
            yield AccountLine(row, cells, tuple(self._misshapen(row, fields)))

    def _misshapen(self, row: int, fields: Sequence[str]) -> Iterator[Problem]:
        """A row with too few or too many values has some of them cut off or under a wrong header."""
        file, count, expected = self._file, len(fields), len(self._header)
        if count < expected:
            title = self._title(count)
            short = UserError("row_too_short", file=file, row=row, column=title, count=count, expected=expected)
            yield Problem.of(title, short)
        elif any(field.strip() for field in fields[expected:]):
            title = self._title(expected - 1)
            long = UserError("row_too_long", file=file, row=row, column=title, count=count, expected=expected)
            yield Problem.of(title, long)

    def _locate(self) -> dict[str, int]:
        if not self._header:
            raise UserError("file_empty", file=self._file)
        places: dict[str, int] = {}
        for place, title in enumerate(self._header):
            name = _COLUMNS.get(header_key(title))
            if name in places:
                raise UserError("column_twice", file=self._file, column=clean(title))
            if name:
                places[name] = place
        missing = [name for name in (NAME, DOMAIN) if name not in places]
        if missing:
            raise UserError("columns_missing", file=self._file, columns=missing)
        return places

    def _named(self, numbered: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
        try:
            yield from numbered
        except BrokenRecordError as broken:
            column = self._title(broken.column)
            raise UserError(broken.code, file=self._file, row=broken.row, column=column) from None

    def _title(self, place: int) -> str:
        """The title of a column, or its number where it has none."""
        title = clean(self._header[place]) if place < len(self._header) else ""
        return title or str(place + 1)
