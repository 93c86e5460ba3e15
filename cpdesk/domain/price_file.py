"""A partner price list (new commerce, license-based): from its text to rows. Which of them count: `price_list`."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from cpdesk.base.errors import UserError
from cpdesk.domain.csv_records import header_key, likely_delimiter
from cpdesk.domain.csv_table import CsvTable, clean

PRODUCT, SKU, TERM, PLAN = "ProductId", "SkuId", "TermDuration", "BillingPlan"
MARKET, CURRENCY, PRICE, TIER = "Market", "Currency", "UnitPrice", "PricingTierRangeMin"
START, END, TAGS, SEGMENT = "EffectiveStartDate", "EffectiveEndDate", "Tags", "Segment"
TITLE, PRODUCT_TITLE = "SkuTitle", "ProductTitle"

_NEEDED: Final = (PRODUCT, SKU, TERM, PLAN, MARKET, CURRENCY, PRICE, TIER, START, END, TAGS, SEGMENT)
_COLUMNS: Final = {header_key(title): title for title in (*_NEEDED, TITLE, PRODUCT_TITLE)}
"""Both generations of the file have them; what else they have does not matter here."""

_ISO: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?")
_LOCAL: Final = re.compile(r"(\d{1,2})([/.])(\d{1,2})\2(\d{4})(?: .*)?")
"""As a spreadsheet writes it that has saved the file again."""
_MONTHS: Final = 12


@dataclass(frozen=True, slots=True)
class PriceListRow:
    """A row of the file, its values as they are written there but for the dates."""

    row: int
    """As a spreadsheet numbers it; the header is 1."""
    offer: str
    """ProductId:SkuId, with the zeros that the latter may have lost."""
    title: str
    term: str
    """Upper case: P1M one month, P1Y twelve, P3Y thirty-six."""
    plan: str
    """How it is billed, in lower case."""
    market: str
    """Upper case."""
    currency: str
    """Upper case."""
    unit_price: str
    """For the whole term."""
    tier: str
    """Number of seats from which on it counts."""
    start: date
    end: date
    """Inclusive."""
    tags: str
    """Lower case."""
    segment: str
    """Lower case."""


@dataclass(frozen=True, slots=True)
class PriceFile:
    """A price list that could be read."""

    name: str
    """Without its folder."""
    encoding: str
    """How its bytes were read, by Python's name for it."""
    titles: Mapping[str, str]
    """How the file spells its columns."""
    decimal_comma: bool
    """Whether numbers can have a comma where others have a point: it is no delimiter here."""
    rows: tuple[PriceListRow, ...]

    def row_refusal(self, code: str, row: PriceListRow, column: str, **facts: object) -> UserError:
        """Says of something where in the file it stands."""
        return UserError(code, file=self.name, row=row.row, column=self.titles[column], **facts)


def parse_price_list(text: str, file: str, encoding: str) -> PriceFile:
    """The rows of a price list.

    Raises UserError, each with `file`: `file_empty`, `columns_missing`, `column_twice`, `file_without_prices`, and
    with `row` and `column`: `unbalanced_quotes`, `value_too_long`, `row_too_short`, `row_too_long`,
    `date_not_readable`.
    """
    delimiter = likely_delimiter(text, _COLUMNS)
    table = CsvTable(text, file, delimiter, _COLUMNS)
    table.require([name for name in _NEEDED if name not in table.places])
    cells = list(_cells(table))
    if not cells:
        raise UserError("file_without_prices", file=file)
    titles = {column: table.title(place) for column, place in table.places.items()}
    day_first = _day_first(row[column] for _number, row in cells for column in (START, END))
    rows = tuple(_row(table, number, row, day_first) for number, row in cells)
    return PriceFile(file, encoding, titles, delimiter != ",", rows)


def _cells(table: CsvTable) -> Iterator[tuple[int, dict[str, str]]]:
    for number, fields in table.records:
        wrong = table.misshapen(number, fields)
        if wrong:
            raise wrong
        yield number, {name: clean(fields[place]) for name, place in table.places.items()}


def _row(table: CsvTable, number: int, cells: Mapping[str, str], day_first: bool) -> PriceListRow:
    def day(column: str, otherwise: date) -> date:
        found = _day(cells[column], otherwise, day_first=day_first)
        if found is None:
            title = table.title(table.places[column])
            raise table.row_refusal("date_not_readable", number, title, text=cells[column])
        return found

    return PriceListRow(
        row=number,
        offer=offer_key(cells[PRODUCT], cells[SKU]),
        title=cells.get(TITLE) or cells.get(PRODUCT_TITLE) or "",
        term=cells[TERM].upper(),
        plan=cells[PLAN].casefold(),
        market=cells[MARKET].upper(),
        currency=cells[CURRENCY].upper(),
        unit_price=cells[PRICE],
        tier=cells[TIER],
        start=day(START, date.min),
        end=day(END, date.max),
        tags=cells[TAGS].casefold(),
        segment=cells[SEGMENT].casefold(),
    )


def offer_key(product: str, sku: str) -> str:
    """ProductId:SkuId as the catalogue has it: spreadsheets make 1 of 0001."""
    return f"{product.upper()}:{sku.upper().zfill(4)}"


def _day(text: str, otherwise: date, *, day_first: bool) -> date | None:
    """A date with or without a time behind it; None where it is none."""
    if not text:
        return otherwise
    try:
        if iso := _ISO.fullmatch(text):
            return date(*map(int, iso.groups()))
        if local := _LOCAL.fullmatch(text):
            first, _mark, second, year = local.groups()
            day, month = (first, second) if day_first else (second, first)
            return date(int(year), int(month), int(day))
    except ValueError:
        pass
    return None


def _day_first(texts: Iterable[str]) -> bool:
    """Whether days stand before months: told by a number that can be no month, as in the open end, 30 November."""
    found = [local for text in set(texts) if (local := _LOCAL.fullmatch(text))]
    return any(int(local[1]) > _MONTHS or local[2] == "." for local in found)
