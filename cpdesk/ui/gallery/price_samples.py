"""Price schedules of the imagined reseller, with the products of the shipped catalogue."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from cpdesk.composition import starting_catalogue
from cpdesk.domain.catalog import CatalogProduct, Product, Scope, Term
from cpdesk.domain.price_reports import PriceChange, PriceImportReport, PriceLine, SkippedRow, SkipReason
from cpdesk.domain.schedules import AccountSchedules, PriceRow, ScheduleRow
from cpdesk.domain.statements import Proration
from cpdesk.services.prices import Prices
from cpdesk.ui.gallery.stand_ins import StandIn

TODAY = date(2026, 11, 23)
FIRST = date(2026, 12, 1)
FILE = "NewCommerce_December2026.csv"
PRICED = date(2025, 11, 1)
_CENT = Decimal("0.01")
_MARGIN = Decimal("1.15")
_GUID = "{:08x}-0000-4000-8000-000000000000"

DEFAULT = ScheduleRow(1, "Default", "USD", True, 21, 78, Proration.DAILY, TODAY)
SCHOOLS = ScheduleRow(
    2, "Non-profits and schools", "USD", False, 3, 42, Proration.NONE, TODAY, None, (FIRST, Proration.DAILY)
)
EUROPE = ScheduleRow(3, "Europe 2027", "EUR", False, 0, 0, Proration.DAILY, TODAY, date(2027, 1, 1))
SCHEDULES = (DEFAULT, EUROPE, SCHOOLS)


def schedule_answers(**answers: Any) -> StandIn:
    """What an account's page asks of `Prices`."""
    known = {"schedule_of": AccountSchedules(DEFAULT, own=False), "schedules": list(SCHEDULES)}
    return StandIn(Prices, **(known | answers))


def many_schedules(number: int) -> tuple[ScheduleRow, ...]:
    """As many as a distributor has who agrees on prices with each customer."""
    return (
        DEFAULT,
        *(replace(SCHOOLS, id=place + 10, name=f"Agreement {place:04d}", accounts=1) for place in range(1, number)),
    )


@cache
def catalogue() -> dict[int, Product]:
    """The products of the shipped catalogue by id, as services hand them out."""
    return {number: entry.product for number, entry in enumerate(_entries(), 1)}


def many_products(number: int) -> dict[int, Product]:
    """As many products as Microsoft names."""
    return {
        place: Product(
            f"PRODUCT_{place:05d}",
            f"{place:08x}-0000-4000-8000-000000000000",
            f"Product {place:05d}",
            "user",
            Scope.USER,
            "",
        )
        for place in range(1, number + 1)
    }


def prices(*, costs: bool = True) -> tuple[PriceRow, ...]:
    """What the catalogue's products cost, a few of them something else from December on."""
    rows: list[PriceRow] = []
    for number, entry in enumerate(_entries(), 1):
        found = {price.term: price.amount for price in entry.prices if price.effective_on == PRICED}
        if found:
            row = price_row(number, entry.product, found.get(Term.MONTHLY), found.get(Term.ANNUAL_MONTHLY), costs=costs)
            rows.append(row)
            rows += [_raised(row)] if number % 8 == 3 else []
    return tuple(rows)


def prices_of(products: dict[int, Product]) -> tuple[PriceRow, ...]:
    """A price for each product."""
    return tuple(
        price_row(number, one, Decimal(number % 60 + 5), Decimal(number % 60 + 4)) for number, one in products.items()
    )


def price_row(
    number: int, product: Product, usage: Decimal | None, purchase: Decimal | None, *, costs: bool = True
) -> PriceRow:
    """A price since November 2025."""
    return PriceRow(
        number,
        product.part_number,
        product.guid,
        product.name,
        "USD",
        usage,
        purchase,
        PRICED,
        _cost(usage) if costs else None,
        _cost(purchase) if costs else None,
    )


def history(row: PriceRow) -> tuple[PriceRow, ...]:
    """The price of a product before, now and from December on."""
    before = replace(row, effective_on=date(2024, 1, 1), in_force=False, usage_price=Decimal("14.40"))
    return before, row, _raised(row)


def report(*, skipped: int = 9) -> PriceImportReport:
    """What the price list of December changes in the schedule Default."""
    rows = [row for row in prices() if row.in_force]
    lines = tuple(_line(place, row) for place, row in enumerate(rows))
    reasons = tuple(SkipReason)
    left_out = tuple(
        SkippedRow(place * 3 + 2, _TITLES[place % len(_TITLES)], reasons[place % len(reasons)])
        for place in range(skipped)
    )
    return PriceImportReport(
        "NewCommerce_December2026.csv", "utf-8-sig", "Default", "USD", "US", Decimal(15), FIRST, lines, left_out
    )


_TITLES: Sequence[str] = (
    "Microsoft 365 Business Basic (Education)",
    "Dynamics 365 Sales Enterprise Trial",
    "Office 365 E1 (no Teams) Three-Year",
    "Power BI Premium P5",
)


def _line(place: int, row: PriceRow) -> PriceLine:
    if place % 5 == 4:
        return _changed(place, row, PriceChange.NEW, None, None)
    if place % 3 == 0:
        return _changed(place, row, PriceChange.UNCHANGED, row.usage_price, row.purchase_price)
    return _changed(place, row, PriceChange.CHANGED, _less(row.usage_price), _less(row.purchase_price))


def _changed(
    place: int, row: PriceRow, change: PriceChange, usage: Decimal | None, purchase: Decimal | None
) -> PriceLine:
    return PriceLine(
        row.product_id,
        row.part_number,
        row.product,
        change,
        usage,
        purchase,
        row.usage_price,
        row.purchase_price,
        row.usage_cost,
        row.purchase_cost,
        usage_row=place * 4 + 2 if row.usage_price is not None else None,
        purchase_row=place * 4 + 3 if row.purchase_price is not None else None,
    )


def _raised(row: PriceRow) -> PriceRow:
    return replace(
        row,
        usage_price=_times(row.usage_price, Decimal("1.08")),
        purchase_price=_times(row.purchase_price, Decimal("1.08")),
        effective_on=FIRST,
        in_force=False,
        upcoming=True,
        withdrawable=True,
    )


def _less(amount: Decimal | None) -> Decimal | None:
    return _times(amount, Decimal("0.95"))


def _cost(amount: Decimal | None) -> Decimal | None:
    return _times(amount, 1 / _MARGIN)


def _times(amount: Decimal | None, factor: Decimal) -> Decimal | None:
    return None if amount is None else (amount * factor).quantize(_CENT)


@cache
def _entries() -> tuple[CatalogProduct, ...]:
    return starting_catalogue()
