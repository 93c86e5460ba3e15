"""Price schedules: what seats cost from when, and which accounts pay by which schedule."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from cpdesk.base import zones
from cpdesk.base.regions import minor_digits
from cpdesk.domain import operators as roles
from cpdesk.domain import price_changes, topics
from cpdesk.domain.accounts import Status
from cpdesk.domain.operators import Role, Session
from cpdesk.domain.price_changes import Given
from cpdesk.domain.price_list import checked_margin
from cpdesk.domain.price_reports import PriceImportReport
from cpdesk.domain.prices import Price
from cpdesk.domain.regional import checked_currency
from cpdesk.domain.rows import Done
from cpdesk.domain.schedules import AccountSchedules, PriceRow, ScheduleRow
from cpdesk.domain.statements import Proration
from cpdesk.domain.switching import local_date
from cpdesk.services import price_imports, price_rows, price_writing, schedule_writing
from cpdesk.services.base import UseCases, Work, account_row
from cpdesk.services.price_imports import ReadPriceList, Wanted
from cpdesk.services.price_rows import schedule_row
from cpdesk.services.settling import Settler
from cpdesk.store import prices, products
from cpdesk.store.store import Store


class Prices(UseCases):
    """Reseller administrators change schedules, auditors read them; a customer administrator sees the own prices."""

    def __init__(self, store: Store, settler: Settler, read_price_list: ReadPriceList) -> None:
        super().__init__(store, settler)
        self._read = read_price_list

    def schedules(self, by: Session) -> list[ScheduleRow]:
        """All schedules by name. Raises UserError `not_allowed` for customer administrators."""
        with self._reading(by) as work:
            roles.require_overview(work.by)
            return price_rows.schedule_rows(work.now)

    def find(self, by: Session, name: str | None = None) -> ScheduleRow:
        """The schedule with a name, whatever its case; without one that which is the default today.

        Raises UserError `unknown_schedule`, and `not_allowed` for customer administrators.
        """
        with self._reading(by) as work:
            roles.require_overview(work.by)
            if name is not None:
                return schedule_row(price_writing.named(name).schedule_id, work.now)
            rows = price_rows.schedule_rows(work.now)
            return next((row for row in rows if row.is_default), rows[0])

    def rows(self, by: Session, schedule_id: int, *, history: bool = False) -> list[PriceRow]:
        """Prices of a schedule by product name, then by date: those in force today and those to come, or all.

        Raises UserError `unknown_schedule`, and `not_allowed` for customer administrators.
        """
        with self._reading(by) as work:
            roles.require_overview(work.by)
            today = schedule_row(schedule_id, work.now).earliest
            book = price_writing.book_of(schedule_id)
            return price_rows.price_rows(book, products.by_id(), today, history=history)

    def of_account(self, by: Session, account_id: int) -> list[PriceRow]:
        """What an account pays today, by product name; without cost for customer administrators."""
        with self._reading(by, account_id) as work:
            today = _today(account_id, work)
            book = prices.pricing_of([account_id])[account_id].book_on(today)
            if book is None:
                return []
            rows = price_rows.price_rows(book, products.by_id(), today, history=False)
            return [_for_eyes(work, row) for row in rows if row.in_force]

    def schedule_of(self, by: Session, account_id: int) -> AccountSchedules:
        """Which schedule an account has, and which it will have, the latter without names for a customer administrator.

        A schedule in another currency than the account's has no prices for it.
        """
        with self._reading(by, account_id) as work:
            return schedule_writing.schedules_of(account_id, _today(account_id, work), work)

    def create(
        self, by: Session, name: str, currency: str, *, copy_of: int | None = None, reason: str = ""
    ) -> Done[ScheduleRow]:
        """Add a schedule, empty or with the present and coming prices and the proration of another one.

        Raises UserError `schedule_name_taken`, `unknown_currency`, `unknown_schedule`, `schedule_currency_differs`
        where the copied one has another currency, and what a bad name gets.
        """
        with self._managing(by, reason) as work:
            made = schedule_writing.create(work, price_writing.free_name(name), checked_currency(currency), copy_of)
            return Done(schedule_row(made, work.now), topics.PRICES)

    def rename(self, by: Session, schedule_id: int, name: str, *, reason: str = "") -> Done[ScheduleRow]:
        """Give a schedule another name. Raises UserError `schedule_name_taken` or `unknown_schedule`."""
        with self._managing(by, reason) as work:
            schedule_writing.rename(work, price_writing.book_of(schedule_id), name)
            return Done(schedule_row(schedule_id, work.now), topics.PRICES)

    def set_price(  # noqa: PLR0913 - each is a fact of its own, and most have a default
        self,
        by: Session,
        schedule_id: int,
        product_id: int,
        effective_on: date,
        usage: Given,
        purchase: Given,
        *,
        usage_cost: Given = None,
        purchase_cost: Given = None,
        reason: str = "",
    ) -> Done[PriceRow]:
        """What a seat of a product costs a month from a day on; None or "": no price in that mode.

        Raises UserError `price_not_a_number`, `price_negative`, `price_too_precise`, `price_too_large`,
        `price_missing` (neither price, and none that would end), `date_in_the_past`, `price_exists`,
        `unknown_schedule` or `unknown_product`.
        """
        with self._managing(by, reason) as work:
            today = schedule_row(schedule_id, work.now).earliest
            book, product = price_writing.book_of(schedule_id), schedule_writing.product_of(product_id)
            digits = minor_digits(book.currency)
            given = (usage, purchase, usage_cost, purchase_cost)
            amounts = [price_changes.checked_amount(amount, digits) for amount in given]
            new = Price(product_id, effective_on, amounts[0], amounts[1], work.now, amounts[2], amounts[3])
            price_changes.check_new_price(book, new, product.name, today)
            price_writing.put(work, book, new, product)
            row = price_rows.price_row(price_writing.book_of(schedule_id), product, new, today)
            return Done(row, topics.PRICES)

    def withdraw_price(
        self, by: Session, schedule_id: int, product_id: int, effective_on: date, *, reason: str = ""
    ) -> Done[None]:
        """Take back a price by which no day that is over was charged: one to come, or one of today.

        Raises UserError `price_has_begun`, `unknown_price`, `unknown_schedule` or `unknown_product`.
        """
        with self._managing(by, reason) as work:
            today = schedule_row(schedule_id, work.now).earliest
            book, product = price_writing.book_of(schedule_id), schedule_writing.product_of(product_id)
            price = price_changes.check_withdrawal(book, product_id, effective_on, product.name, today)
            price_writing.withdraw(work, book, price, product)
            return Done(None, topics.PRICES)

    def set_proration(
        self, by: Session, schedule_id: int, effective_on: date, proration: Proration, *, reason: str = ""
    ) -> Done[ScheduleRow]:
        """How months are charged from a day on: a month by what holds on its first day.

        Raises UserError `date_in_the_past` or `unknown_schedule`.
        """
        with self._managing(by, reason) as work:
            price_changes.check_day(effective_on, schedule_row(schedule_id, work.now).earliest)
            schedule_writing.set_proration(work, price_writing.book_of(schedule_id), effective_on, proration)
            return Done(schedule_row(schedule_id, work.now), topics.PRICES)

    def set_default(self, by: Session, schedule_id: int, effective_on: date, *, reason: str = "") -> Done[ScheduleRow]:
        """Which schedule counts from a day on for accounts without one of their own.

        Raises UserError `date_in_the_past` or `unknown_schedule`.
        """
        with self._managing(by, reason) as work:
            book = price_writing.book_of(schedule_id)
            price_changes.check_day(effective_on, max(row.earliest for row in price_rows.schedule_rows(work.now)))
            schedule_writing.set_default(work, book, effective_on)
            return Done(schedule_row(schedule_id, work.now), topics.PRICES)

    def assign(
        self, by: Session, account_id: int, schedule_id: int | None, effective_on: date, *, reason: str = ""
    ) -> Done[AccountSchedules]:
        """Give an account a schedule from a day on; None: the default one.

        Raises UserError `schedule_currency_differs`, `date_in_the_past`, `unknown_schedule`, `not_allowed` or
        `account_closed`.
        """
        with self._changing(by, account_id, reason, even=Status.SUSPENDED) as work:
            roles.require_reseller(work.by)
            today = _today(account_id, work)
            book = None if schedule_id is None else price_writing.book_of(schedule_id)
            schedule_writing.assign(work, account_id, book, effective_on, today)
            return Done(schedule_writing.schedules_of(account_id, today, work), topics.PRICES)

    def preview(
        self,
        by: Session,
        schedule_id: int,
        path: Path,
        *,
        margin: Decimal | str = "0",
        market: str | None = None,
        effective_on: date | None = None,
        encoding: str | None = None,
    ) -> PriceImportReport:
        """What the import of a partner price list would change; nothing is changed.

        `margin` in percent; without `effective_on` the prices count from today on. Raises UserError
        `several_markets`, `market_not_in_file`, `no_prices_in_file`, `price_list_currency_differs`,
        `price_list_not_begun`, `price_twice`, `price_not_a_number`, `price_negative`, `price_too_large`,
        `tier_not_a_number`, `margin_not_a_number`, `margin_out_of_range`, `date_in_the_past`, `price_exists`,
        `unknown_schedule`, `not_allowed`, and everything that reading the file raises.
        """
        file = self._read(path, encoding)
        wanted = Wanted(schedule_id, checked_margin(margin), market, effective_on)
        with self._reading(by) as work:
            roles.require_overview(work.by)
            return price_imports.report(work, file, wanted)

    def import_prices(  # noqa: PLR0913 - each is a fact of its own, and most have a default
        self,
        by: Session,
        schedule_id: int,
        path: Path,
        *,
        margin: Decimal | str = "0",
        market: str | None = None,
        effective_on: date | None = None,
        encoding: str | None = None,
        shown: PriceImportReport | None = None,
        reason: str = "",
    ) -> Done[PriceImportReport]:
        """Take over the prices of a partner price list, all or nothing.

        `shown` is the preview that was seen: raises UserError `prices_changed_since` where that no longer holds,
        and what `preview` raises.
        """
        file = self._read(path, encoding)
        wanted = Wanted(schedule_id, checked_margin(margin), market, effective_on)
        with self._managing(by, reason) as work:
            return Done(price_imports.write(work, shown, file, wanted), topics.PRICES)


def _today(account_id: int, work: Work) -> date:
    """The account's."""
    return local_date(work.now, zones.zone(account_row(account_id, work.now).time_zone))


def _for_eyes(work: Work, row: PriceRow) -> PriceRow:
    """Without cost for customer administrators (rule 17)."""
    return replace(row, usage_cost=None, purchase_cost=None) if work.by.role is Role.CUSTOMER else row
