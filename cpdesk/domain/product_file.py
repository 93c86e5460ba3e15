"""Microsoft's *Product names and service plan identifiers for licensing*: from its text to products and their plans.

The file has a row for each product and service plan. A product is known by its GUID; part number and name are
attributes, and the file says some of them twice.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from cpdesk.base.errors import UserError
from cpdesk.domain.catalog import Product, Scope, clean_guid
from cpdesk.domain.csv_records import header_key, likely_delimiter
from cpdesk.domain.csv_table import CsvTable, clean
from cpdesk.domain.names import clean_text

NAME, PART_NUMBER, GUID = "Product_Display_Name", "String_Id", "GUID"
PLAN_NAME, PLAN_GUID, PLAN_TITLE = (
    "Service_Plan_Name",
    "Service_Plan_Id",
    "Service_Plans_Included_Friendly_Names",
)

COLUMNS: Final = (NAME, PART_NUMBER, GUID, PLAN_NAME, PLAN_GUID, PLAN_TITLE)
_KEYS: Final = {header_key(title): title for title in COLUMNS}


@dataclass(frozen=True, slots=True)
class ServicePlan:
    """A part of products that can be switched on and off by itself, as Exchange Online."""

    guid: str
    """Lower case."""
    name: str
    """As programs call it: EXCHANGE_S_ENTERPRISE."""
    title: str
    """As people call it: Exchange Online (Plan 2)."""


@dataclass(frozen=True, slots=True)
class PublishedProduct:
    """A product as the file describes it."""

    row: int
    """Its first one, as a spreadsheet numbers rows; the header is 1."""
    guid: str
    """Lower case."""
    part_numbers: tuple[str, ...]
    """In the order of the file; nearly always one."""
    names: tuple[str, ...]
    """In the order of the file; nearly always one."""
    plans: frozenset[str]
    """GUIDs of its service plans, lower case."""

    def product(self, known: Product | None) -> Product:
        """The product in the catalogue: what it is called there stays where that is one of the file's ways.

        The file does not say what a product belongs to. A new one stands as assignable to users until an operator
        knows better; one that is known keeps its scope and its offer.
        """
        part_number, name = self.part_numbers[0], self.names[0]
        if known is None:
            return Product(part_number, self.guid, name, "user", Scope.USER, "")
        return Product(
            known.part_number if known.part_number in self.part_numbers else part_number,
            self.guid,
            known.name if known.name in self.names else name,
            known.assignable_to,
            known.scope,
            known.offer,
        )


@dataclass(frozen=True, slots=True)
class ProductFile:
    """A file that could be read."""

    name: str
    """Without its folder."""
    encoding: str
    """How its bytes were read, by Python's name for it."""
    rows: int
    """Without the header and blank ones."""
    products: tuple[PublishedProduct, ...]
    """In the order of the file."""
    plans: Mapping[str, ServicePlan]
    """By GUID."""


@dataclass(slots=True)
class _Product:
    """A product while its rows are read."""

    row: int
    part_numbers: dict[str, None] = field(default_factory=dict)
    names: dict[str, None] = field(default_factory=dict)
    plans: set[str] = field(default_factory=set)


def parse_product_file(text: str, file: str, encoding: str) -> ProductFile:
    """The products of the file, each once, whatever the file does to their spelling.

    Raises UserError, each with `file`: `file_empty`, `columns_missing`, `column_twice`, `file_without_products`, and
    with `row` and `column`: `unbalanced_quotes`, `value_too_long`, `row_too_short`, `row_too_long`, `value_missing`,
    `value_not_text`, `guid_not_readable`.
    """
    table = CsvTable(text, file, likely_delimiter(text, _KEYS), _KEYS)
    table.require([name for name in COLUMNS if name not in table.places])
    products: dict[str, _Product] = {}
    called: dict[str, Counter[tuple[str, str]]] = {}
    count = 0
    for count, (number, cells) in enumerate(_cells(table), start=1):  # noqa: B007 - told afterwards
        _read_row(table, number, cells, products, called)
    if not products:
        raise UserError("file_without_products", file=file)
    # Where rows differ about a plan, as by a stray bracket, most of them are right.
    plans = {guid: ServicePlan(guid, *names.most_common(1)[0][0]) for guid, names in called.items()}
    return ProductFile(file, encoding, count, tuple(_published(products)), plans)


def _published(products: Mapping[str, _Product]) -> Iterator[PublishedProduct]:
    for guid, read in products.items():
        plans = frozenset(read.plans)
        yield PublishedProduct(read.row, guid, tuple(read.part_numbers), tuple(read.names), plans)


def _cells(table: CsvTable) -> Iterator[tuple[int, dict[str, str]]]:
    for number, fields in table.records:
        wrong = table.misshapen(number, fields)
        if wrong:
            raise wrong
        # Blanks stand around values, some of them non-breaking or tabs, and non-breaking ones within part numbers.
        yield number, {name: " ".join(clean(fields[place]).split()) for name, place in table.places.items()}


def _read_row(
    table: CsvTable,
    number: int,
    cells: Mapping[str, str],
    products: dict[str, _Product],
    called: dict[str, Counter[tuple[str, str]]],
) -> None:
    product = products.setdefault(_guid(table, number, cells, GUID), _Product(number))
    product.part_numbers[_text(table, number, cells, PART_NUMBER)] = None
    product.names[_text(table, number, cells, NAME)] = None
    if not any(cells[column] for column in (PLAN_GUID, PLAN_NAME, PLAN_TITLE)):
        return
    plan = _guid(table, number, cells, PLAN_GUID)
    product.plans.add(plan)
    name = _text(table, number, cells, PLAN_NAME)
    called.setdefault(plan, Counter())[name, cells[PLAN_TITLE] or name] += 1


def _guid(table: CsvTable, number: int, cells: Mapping[str, str], column: str) -> str:
    if not cells[column]:
        raise table.row_refusal("value_missing", number, _title(table, column))
    try:
        return clean_guid(cells[column])
    except UserError:
        raise table.row_refusal("guid_not_readable", number, _title(table, column), text=cells[column]) from None


def _text(table: CsvTable, number: int, cells: Mapping[str, str], column: str) -> str:
    try:
        return clean_text(cells[column], column)
    except UserError as error:
        raise table.row_refusal(_TEXT_CODES[error.code], number, _title(table, column)) from None


_TEXT_CODES: Final = {
    "text_empty": "value_missing",
    "text_too_long": "value_too_long",
    "text_not_printable": "value_not_text",
}


def _title(table: CsvTable, column: str) -> str:
    """How the file spells a column."""
    return table.title(table.places[column])
