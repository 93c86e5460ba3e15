"""What changes of schedules and prices write: rows, and an audit entry for each change."""

from datetime import date
from typing import Any

from cpdesk.base.errors import UserError
from cpdesk.domain import names
from cpdesk.domain.catalog import Product
from cpdesk.domain.prices import Price, PriceBook
from cpdesk.domain.schedules import plain_price
from cpdesk.services.base import Work
from cpdesk.store import journal, prices

Facts = dict[str, Any]


def book_of(schedule_id: int) -> PriceBook:
    """A schedule with its prices. Raises UserError `unknown_schedule`."""
    found = prices.books((schedule_id,)).get(schedule_id)
    if found is None:
        raise UserError("unknown_schedule", text=str(schedule_id))
    return found


def named(text: str) -> PriceBook:
    """The schedule that a name means, whatever its case. Raises UserError `unknown_schedule`."""
    schedule_id = prices.schedule_named(text)
    if schedule_id is None:
        raise UserError("unknown_schedule", text=text)
    return book_of(schedule_id)


def free_name(name: str, schedule_id: int | None = None) -> str:
    """A name that no other schedule has. Raises UserError `schedule_name_taken`, and what a bad name gets."""
    cleaned = names.clean_text(name, "name")
    if prices.schedule_named(cleaned) not in (None, schedule_id):
        raise UserError("schedule_name_taken", name=cleaned)
    return cleaned


def entry(work: Work, action: str, book: PriceBook, before: Facts | None, after: Facts) -> journal.Entry:
    """An audit entry about a schedule."""
    name = {"name": book.name}
    return journal.Entry(
        action=action,
        subject=f"price schedule {book.schedule_id}",
        before=None if before is None else name | before,
        after=name | after,
        by=work.by,
        reason=work.reason,
    )


def put(work: Work, book: PriceBook, new: Price, product: Product) -> None:
    """Add a price to a schedule."""
    present = book.price_on(new.product_id, new.effective_on)
    before = plain_price(present, product) if present else None
    journal.append(work.now, entry(work, "prices.changed", book, before, plain_price(new, product)))
    prices.put_prices(book.schedule_id, [new])


def withdraw(work: Work, book: PriceBook, price: Price, product: Product) -> None:
    """Take a price back."""
    before = plain_price(price, product)
    facts = {name: before[name] for name in ("product", "guid", "effective_on")}
    journal.append(work.now, entry(work, "prices.withdrawn", book, before, facts))
    prices.delete_price(book.schedule_id, price.product_id, price.effective_on)


def assign(work: Work, account_id: int, book: PriceBook | None, day: date, before: str | None) -> None:
    """Give an account a schedule from a day on; `before` is the name of the one that it would have then."""
    was = None if before is None else {"schedule": before}
    facts = {"schedule": book.name if book else None, "effective_on": day.isoformat()}
    made = journal.Entry(
        action="prices.schedule_assigned",
        subject=f"account {account_id}",
        account_id=account_id,
        before=was,
        after=facts,
        by=work.by,
        reason=work.reason,
    )
    journal.append(work.now, made)
    prices.put_account_schedule(account_id, day, book.schedule_id if book else None, work.now)
