"""Schedules and prices as they are listed."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime

from cpdesk.base import zones
from cpdesk.base.errors import UserError
from cpdesk.domain.catalog import Product
from cpdesk.domain.price_changes import in_force_or_to_come
from cpdesk.domain.prices import AccountPricing, Price, PriceBook, in_force
from cpdesk.domain.schedules import PriceRow, ScheduleRow
from cpdesk.domain.statements import Proration
from cpdesk.domain.switching import local_date
from cpdesk.services.defaults import stored_defaults
from cpdesk.store import prices
from cpdesk.store.prices import AccountDay


def schedule_rows(now: datetime, only: int | None = None) -> list[ScheduleRow]:
    """All schedules at an instant (aware), by name; as if the account `only`, if one is given, were the only one."""
    return _Overview(now, only).rows()


def schedule_row(schedule_id: int, now: datetime) -> ScheduleRow:
    """One schedule. Raises UserError `unknown_schedule`."""
    for row in schedule_rows(now):
        if row.id == schedule_id:
            return row
    raise UserError("unknown_schedule", text=str(schedule_id))


class _Overview:
    """Who has which schedule at an instant."""

    def __init__(self, now: datetime, only: int | None) -> None:
        self._ids = prices.schedule_ids()
        self._books = prices.books(self._ids)
        self._defaults = prices.default_schedules()
        self._days = prices.account_days(now, only)
        self._pricing = prices.pricing_of(list(self._days))
        self._house_day = local_date(now, zones.zone(stored_defaults().time_zone))

    def rows(self) -> list[ScheduleRow]:
        counts = Counter(_schedules_today(self._pricing, self._days))
        latest = self._latest_days()
        return [self._row(self._books[schedule], latest, counts[schedule]) for schedule in self._ids]

    def _row(self, book: PriceBook, latest: Mapping[int, date], accounts: int) -> ScheduleRow:
        today = latest.get(book.schedule_id, self._house_day)
        later = [(day, schedule) for day, schedule in self._defaults if day > today]
        changes = [(day, proration) for day, proration in book.prorations if day > today]
        return ScheduleRow(
            id=book.schedule_id,
            name=book.name,
            currency=book.currency,
            is_default=in_force(self._defaults, today) == book.schedule_id,
            accounts=accounts,
            products=sum(_has_price(book, product, today) for product in book.prices),
            proration=in_force(book.prorations, today.replace(day=1)) or Proration.DAILY,
            earliest=today,
            next_default=next((day for day, schedule in later if schedule == book.schedule_id), None),
            next_proration=changes[0] if changes else None,
        )

    def _latest_days(self) -> dict[int, date]:
        """By schedule: the latest day that it is in any account that has it, had it or will have it."""
        latest: dict[int, date] = {}
        for account_id, pricing in self._pricing.items():
            day = self._days[account_id].day
            for _since, book in pricing.books:
                latest[book.schedule_id] = max(day, latest.get(book.schedule_id, day))
        return latest


def _schedules_today(pricing: Mapping[int, AccountPricing], days: Mapping[int, AccountDay]) -> Iterator[int]:
    """The schedule of each open account that pays by one in its currency."""
    for account_id, one in pricing.items():
        book = one.book_on(days[account_id].day)
        if book and days[account_id].is_open:
            yield book.schedule_id


def _has_price(book: PriceBook, product_id: int, day: date) -> bool:
    price = book.price_on(product_id, day)
    return price is not None and (price.usage, price.purchase) != (None, None)


def price_rows(book: PriceBook, products: Mapping[int, Product], today: date, *, history: bool) -> list[PriceRow]:
    """The prices of a schedule by product, in the order of `products`, then by date: with `history` all of them."""
    rows: list[PriceRow] = []
    for product_id, product in products.items():
        dated = book.prices.get(product_id, ())
        listed = dated if history else in_force_or_to_come(dated, today)
        rows += [price_row(book, product, price, today) for price in listed]
    return rows


def price_row(book: PriceBook, product: Product, price: Price, today: date) -> PriceRow:
    """A price as it is listed."""
    return PriceRow(
        product_id=price.product_id,
        part_number=product.part_number,
        guid=product.guid,
        product=product.name,
        currency=book.currency,
        usage_price=price.usage,
        purchase_price=price.purchase,
        effective_on=price.effective_on,
        usage_cost=price.usage_cost,
        purchase_cost=price.purchase_cost,
        in_force=book.price_on(price.product_id, today) is price,
        upcoming=price.effective_on > today,
        withdrawable=price.effective_on >= today,
    )
