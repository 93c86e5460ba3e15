"""Schedules as such: made, renamed, made the default, given to accounts."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise

from cpdesk.base import zones
from cpdesk.base.errors import UserError
from cpdesk.domain import price_changes
from cpdesk.domain.accounts import NewAccount
from cpdesk.domain.catalog import Product
from cpdesk.domain.operators import Role
from cpdesk.domain.prices import Price, PriceBook, in_force
from cpdesk.domain.schedules import BEGINNING, AccountSchedules, ScheduleRow, plain_schedule
from cpdesk.domain.statements import Proration
from cpdesk.domain.switching import local_date
from cpdesk.services import price_writing
from cpdesk.services.base import Work
from cpdesk.services.price_rows import schedule_row, schedule_rows
from cpdesk.store import journal, prices, products


def product_of(product_id: int) -> Product:
    """Raises UserError `unknown_product`."""
    product = products.by_id().get(product_id)
    if product is None:
        raise UserError("unknown_product", text=str(product_id))
    return product


def create(work: Work, name: str, currency: str, copy_of: int | None) -> int:
    """Add a schedule whose name and currency were checked, and return its id."""
    source = None if copy_of is None else price_writing.book_of(copy_of)
    if source is not None and source.currency != currency:
        raise UserError("schedule_currency_differs", schedule=source.name, currency=source.currency, wanted=currency)
    made = prices.insert_schedule(name, currency, work.now)
    today = schedule_row(made, work.now).earliest
    prices.put_proration(made, BEGINNING, Proration.DAILY)
    if source is not None:
        _copy(source, made, today, work)
    book = price_writing.book_of(made)
    facts = plain_schedule(book, products.by_id()) | ({"copy_of": source.name} if source else {})
    journal.append(work.now, price_writing.entry(work, "prices.schedule_added", book, None, facts))
    return made


def _copy(source: PriceBook, schedule_id: int, today: date, work: Work) -> None:
    """Give a new schedule what another one has from today on."""
    first_month = today.replace(day=1)
    present = in_force(source.prorations, first_month) or Proration.DAILY
    later = [(day, proration) for day, proration in source.prorations if day > first_month]
    for day, proration in [(BEGINNING, present), *later]:
        prices.put_proration(schedule_id, day, proration)
    prices.put_prices(schedule_id, _copied(source, today, work))


def _copied(source: PriceBook, today: date, work: Work) -> Iterator[Price]:
    """The present and the coming prices, as entered now."""
    for rows in source.prices.values():
        for price in price_changes.in_force_or_to_come(rows, today):
            yield replace(price, recorded_at=work.now)


def rename(work: Work, book: PriceBook, name: str) -> None:
    """Give a schedule another name, if it is another one."""
    cleaned = price_writing.free_name(name, book.schedule_id)
    if cleaned == book.name:
        return
    prices.rename_schedule(book.schedule_id, cleaned)
    renamed = replace(book, name=cleaned)
    entry = price_writing.entry(work, "prices.schedule_renamed", renamed, {"name": book.name}, {})
    journal.append(work.now, entry)


def set_proration(work: Work, book: PriceBook, day: date, proration: Proration) -> None:
    """How a schedule charges months from a day on."""
    present = in_force(book.prorations, day)
    before = None if present is None else {"proration": str(present)}
    facts = {"proration": str(proration), "effective_on": day.isoformat()}
    journal.append(work.now, price_writing.entry(work, "prices.proration_set", book, before, facts))
    prices.put_proration(book.schedule_id, day, proration)


def set_default(work: Work, book: PriceBook, day: date) -> None:
    """Make a schedule the default from a day on."""
    present = in_force(prices.default_schedules(), day)
    before = {"schedule": price_writing.book_of(present).name} if present is not None else None
    facts = {"schedule": book.name, "effective_on": day.isoformat()}
    journal.append(work.now, price_writing.entry(work, "prices.default_set", book, before, facts))
    prices.put_default(day, book.schedule_id)


def assign(work: Work, account_id: int, book: PriceBook | None, day: date, today: date) -> None:
    """Give an account a schedule from a day on, unless it has that one then anyway; `today` is the account's own."""
    pricing = prices.pricing_of([account_id])[account_id]
    price_changes.check_assignment(pricing, book, day, today)
    if in_force(_given(account_id), day) == (book.schedule_id if book else None):
        return  # an entry more would change nothing now, and undo what is given for an earlier day later on
    present = in_force(pricing.books, day)
    price_writing.assign(work, account_id, book, day, present.name if present else None)


def assign_first(work: Work, new: NewAccount, book: PriceBook) -> None:
    """Give a new account a schedule. Raises UserError `schedule_currency_differs`."""
    today = local_date(work.now, zones.zone(new.time_zone))
    assign(work, new.id, book, today, today)


def schedules_of(account_id: int, today: date, work: Work) -> AccountSchedules:
    """Which schedule an account has today and later."""
    own = _given(account_id)
    books = prices.pricing_of([account_id])[account_id].books
    now = in_force(books, today)
    rows = {row.id: row for row in schedule_rows(work.now, work.only)}
    shown = _for_eyes(work, rows[now.schedule_id], today) if now else None
    # Another default makes no difference while an account has a schedule of its own.
    changes = [(day, book) for (_day, before), (day, book) in pairwise(books) if book is not before]
    named = work.by.role is not Role.CUSTOMER
    coming = tuple((day, book.name if named else "") for day, book in changes if day > today)
    return AccountSchedules(shown, in_force(own, today) is not None, coming, own)


def _given(account_id: int) -> tuple[tuple[date, int | None], ...]:
    """What was given to an account from when, oldest first."""
    return tuple(prices.own_schedules([account_id]).get(account_id, ()))


def _for_eyes(work: Work, row: ScheduleRow, today: date) -> ScheduleRow:
    """Nothing tells a customer administrator that there are other accounts: it is not counted who has it."""
    return replace(row, accounts=0, earliest=today) if work.by.role is Role.CUSTOMER else row
