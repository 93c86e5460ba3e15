"""What a partner price list makes of a schedule: the rows that count, and the prices of a month that follow.

Usage price: the price of the monthly term. Purchase price: a twelfth of the annual term that is billed monthly. Each
with the margin, and rounded once. Where the list has no such term of a product, the schedule keeps what it has.
"""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final

from cpdesk.base.errors import UserError
from cpdesk.domain.catalog import Product
from cpdesk.domain.modes import Mode
from cpdesk.domain.price_changes import HIGHEST, plain_decimal
from cpdesk.domain.price_file import CURRENCY, MARKET, PRICE, START, TIER, PriceFile, PriceListRow
from cpdesk.domain.price_reports import PriceChange, PriceLine, SkippedRow, SkipReason
from cpdesk.domain.prices import Price, PriceBook

LOWEST_MARGIN: Final = Decimal(-100)
HIGHEST_MARGIN: Final = Decimal(1000)
_MONTHS: Final = {Mode.USAGE: 1, Mode.PURCHASE: 12}
_DECIMAL_COMMA: Final = re.compile(r"[+-]?[0-9]+,(?![0-9]{3}$)[0-9]+")
"""With three digits behind it a comma might as well separate thousands."""
_THOUSANDS: Final = re.compile(r"[+-]?[1-9][0-9]{0,2}(\.[0-9]{3})+")
"""Where the decimal sign may be a comma, such a point might as well separate thousands."""


@dataclass(frozen=True, slots=True)
class Terms:
    """By what a price list is read."""

    margin: Decimal
    """Percent on top of the partner's price."""
    market: str
    """ISO 3166 code, upper case."""
    day: date
    """From when the prices count: rows have to cover it."""
    minor_digits: int
    """Decimals of the currency."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A price of the list for a product in a mode."""

    row: int
    price: Decimal
    cost: Decimal


def checked_margin(given: Decimal | str) -> Decimal:
    """A margin in percent. Raises UserError `margin_not_a_number` or `margin_out_of_range`."""
    text = f"{given:f}" if isinstance(given, Decimal) else given.strip()
    margin = plain_decimal(text)
    if margin is None:
        raise UserError("margin_not_a_number", text=text)
    if not LOWEST_MARGIN <= margin <= HIGHEST_MARGIN:
        raise UserError("margin_out_of_range", margin=text, lowest=LOWEST_MARGIN, highest=HIGHEST_MARGIN)
    return margin


def market_of(file: PriceFile, wanted: str | None) -> str:
    """The market whose rows count. Raises UserError `several_markets` or `market_not_in_file`."""
    first_rows: dict[str, PriceListRow] = {}
    for row in file.rows:
        first_rows.setdefault(row.market, row)
    markets = sorted(first_rows)
    if wanted:
        market = wanted.strip().upper()
        if market not in first_rows:
            column = file.titles[MARKET]
            raise UserError("market_not_in_file", file=file.name, column=column, market=wanted, markets=markets)
        return market
    if len(markets) > 1:
        second = list(first_rows.values())[1]
        raise file.row_refusal("several_markets", second, MARKET, markets=markets)
    return markets[0]


def lines_and_skipped(
    file: PriceFile, book: PriceBook, products: Mapping[int, Product], terms: Terms
) -> tuple[tuple[PriceLine, ...], tuple[SkippedRow, ...]]:
    """What becomes of each product of the list, by name, and the rows that give no price, in their order.

    Raises UserError, each with `file`, `row` and `column`: `price_not_a_number`, `price_ambiguous`,
    `price_negative`, `price_too_large`, `tier_not_a_number`, `price_twice`, `price_list_currency_differs`,
    `price_list_not_begun`; and `no_prices_in_file`.
    """
    reading = _Reading(file, book.currency, _offers(products), terms)
    found = reading.found()
    if not found:
        raise reading.nothing_found()
    lines = [_line(products[product], book.price_on(product, terms.day), product, has) for product, has in found]
    ordered = sorted(lines, key=lambda line: (line.product.casefold(), line.part_number))
    return tuple(ordered), tuple(sorted(reading.skipped, key=lambda skipped: skipped.row))


def _offers(products: Mapping[int, Product]) -> dict[str, list[int]]:
    offers: dict[str, list[int]] = {}
    for number, product in products.items():
        if product.offer:
            offers.setdefault(product.offer.upper(), []).append(number)
    return offers


class _Reading:
    """One reading of a file for one schedule."""

    def __init__(self, file: PriceFile, currency: str, offers: Mapping[str, Sequence[int]], terms: Terms) -> None:
        self._file = file
        self._currency = currency
        self._offers = offers
        self._terms = terms
        self.skipped: list[SkippedRow] = []

    def found(self) -> list[tuple[int, dict[Mode, _Found]]]:
        """The prices by product id and mode."""
        prices: dict[int, dict[Mode, _Found]] = {}
        for (offer, mode), rows in self._counting():
            row = self._chosen(rows)
            for product in self._offers[offer]:
                prices.setdefault(product, {})[mode] = self._priced(row, mode)
        return list(prices.items())

    def nothing_found(self) -> UserError:
        """Why the file has no price for the schedule."""
        rows = {row.row: row for row in self._file.rows}
        early = [row for row in self._rows_skipped(SkipReason.DATE, rows) if row.start > self._terms.day]
        if early:
            first = min(early, key=lambda row: row.start)
            return self._file.row_refusal("price_list_not_begun", first, START, date=self._terms.day, start=first.start)
        for row in self._rows_skipped(SkipReason.CURRENCY, rows):
            return self._file.row_refusal(
                "price_list_currency_differs", row, CURRENCY, currency=row.currency, wanted=self._currency
            )
        return UserError("no_prices_in_file", file=self._file.name, currency=self._currency, date=self._terms.day)

    def _rows_skipped(self, reason: SkipReason, rows: Mapping[int, PriceListRow]) -> list[PriceListRow]:
        return [rows[one.row] for one in self.skipped if one.reason is reason]

    def _counting(self) -> Iterator[tuple[tuple[str, Mode], list[PriceListRow]]]:
        """The rows that count for an offer and a mode."""
        groups: dict[tuple[str, Mode], list[PriceListRow]] = {}
        for row in self._file.rows:
            reason, mode = self._reason_against(row), _mode(row)
            if reason is None and mode is not None:
                groups.setdefault((row.offer, mode), []).append(row)
            else:
                self._skip(row, reason or SkipReason.TERM)
        return iter(groups.items())

    def _reason_against(self, row: PriceListRow) -> SkipReason | None:
        reasons = (
            (row.market != self._terms.market, SkipReason.MARKET),
            (row.segment != "commercial", SkipReason.SEGMENT),
            ("trial" in row.tags, SkipReason.TRIAL),
            (_mode(row) is None, SkipReason.TERM),
            (row.currency != self._currency, SkipReason.CURRENCY),
            (row.offer not in self._offers, SkipReason.PRODUCT),
            (not row.start <= self._terms.day <= row.end, SkipReason.DATE),
        )
        return next((reason for holds, reason in reasons if holds), None)

    def _chosen(self, rows: Sequence[PriceListRow]) -> PriceListRow:
        """Of the rows for one price: the lowest tier, and of that the latest start."""
        tiers = {row.row: self._tier(row) for row in rows}
        lowest = min(tiers.values())
        in_tier = [row for row in rows if tiers[row.row] == lowest]
        latest = max(row.start for row in in_tier)
        first, *others = [row for row in in_tier if row.start == latest]
        for row in others:
            if self._amount(row) != self._amount(first):
                raise self._file.row_refusal(
                    "price_twice", row, PRICE, other_row=first.row, product=row.title or row.offer
                )
        for row in rows:
            if row is not first:
                self._skip(row, SkipReason.SUPERSEDED if tiers[row.row] == lowest else SkipReason.TIER)
        return first

    def _priced(self, row: PriceListRow, mode: Mode) -> _Found:
        month = Fraction(self._amount(row)) / _MONTHS[mode]
        digits = self._terms.minor_digits
        price = half_up(month * (1 + Fraction(self._terms.margin) / 100), digits)
        return _Found(row.row, price, half_up(month, digits))

    def _amount(self, row: PriceListRow) -> Decimal:
        text = row.unit_price
        if self._file.decimal_comma and _DECIMAL_COMMA.fullmatch(text):
            text = text.replace(",", ".")
        amount = plain_decimal(text)
        if amount is None:
            raise self._file.row_refusal("price_not_a_number", row, PRICE, price=row.unit_price)
        if self._file.decimal_comma and _THOUSANDS.fullmatch(row.unit_price):
            raise self._file.row_refusal("price_ambiguous", row, PRICE, price=row.unit_price)
        if amount < 0:
            raise self._file.row_refusal("price_negative", row, PRICE, price=row.unit_price)
        if amount > HIGHEST:
            raise self._file.row_refusal("price_too_large", row, PRICE, price=row.unit_price, most=HIGHEST)
        return amount

    def _tier(self, row: PriceListRow) -> Decimal:
        tier = plain_decimal(row.tier or "0")
        if tier is None:
            raise self._file.row_refusal("tier_not_a_number", row, TIER, text=row.tier)
        return tier

    def _skip(self, row: PriceListRow, reason: SkipReason) -> None:
        self.skipped.append(SkippedRow(row.row, row.title or row.offer, reason))


def half_up(exact: Fraction, minor_digits: int) -> Decimal:
    """An amount that is not negative, rounded half up."""
    return Decimal(math.floor(exact * 10**minor_digits + Fraction(1, 2))).scaleb(-minor_digits)


def _mode(row: PriceListRow) -> Mode | None:
    """For which mode the term of a row is the price."""
    if row.term == "P1M":
        return Mode.USAGE
    return Mode.PURCHASE if (row.term, row.plan) == ("P1Y", "monthly") else None


def _line(product: Product, before: Price | None, product_id: int, has: Mapping[Mode, _Found]) -> PriceLine:
    usage, purchase = has.get(Mode.USAGE), has.get(Mode.PURCHASE)
    usage_before, purchase_before = (before.usage, before.purchase) if before else (None, None)
    usage_cost, purchase_cost = (before.usage_cost, before.purchase_cost) if before else (None, None)
    line = PriceLine(
        product_id=product_id,
        part_number=product.part_number,
        product=product.name,
        change=PriceChange.NEW,
        usage_before=usage_before,
        purchase_before=purchase_before,
        usage=usage.price if usage else usage_before,
        purchase=purchase.price if purchase else purchase_before,
        usage_cost=usage.cost if usage else usage_cost,
        purchase_cost=purchase.cost if purchase else purchase_cost,
        usage_kept=usage is None and usage_before is not None,
        purchase_kept=purchase is None and purchase_before is not None,
        usage_row=usage.row if usage else None,
        purchase_row=purchase.row if purchase else None,
    )
    return replace(line, change=_change(line, before))


def _change(line: PriceLine, before: Price | None) -> PriceChange:
    if before is None or (before.usage, before.purchase) == (None, None):
        return PriceChange.NEW
    had = (before.usage, before.purchase, before.usage_cost, before.purchase_cost)
    has = (line.usage, line.purchase, line.usage_cost, line.purchase_cost)
    return PriceChange.UNCHANGED if had == has else PriceChange.CHANGED
