"""The opening balance of a customer who is in Purchase Mode already."""

from collections.abc import Sequence
from typing import Any

from cpdesk.base import zones
from cpdesk.base.errors import UserError
from cpdesk.domain import forecasts, switching
from cpdesk.domain.accounts import OpeningLine
from cpdesk.domain.book import Book
from cpdesk.domain.catalog import Product, find_product
from cpdesk.domain.forecasts import AccountFacts
from cpdesk.domain.modes import Mode
from cpdesk.domain.rows import AccountRow
from cpdesk.services import account_writing, mode_changes
from cpdesk.services.base import Work, require_service
from cpdesk.store import accounts, journal, products, switches


def open_pool(work: Work, account: AccountRow, lines: Sequence[OpeningLine]) -> None:
    """Write the change to Purchase Mode and then the pool, both as of now; `since` is kept for the record."""
    require_service(account)
    if account.mode is not Mode.USAGE or accounts.has_ledger(account.id) or switches.any_of(account.id):
        raise UserError("opening_balance_too_late", account=account.name)
    known = products.by_id()
    book = Book(account.id, Mode.PURCHASE, ())
    plain = [_add(work, account, book, known, line) for line in lines]
    facts = AccountFacts(account.id, account.name, account.domain, account.mode, account.time_zone)
    forecast = forecasts.forecast(facts, Mode.PURCHASE, work.now, ())
    mode_changes.write(work, account, forecast, forecast)
    opened = account_writing.entry(
        work, "account.opening_balance", account.id, after={"pool": plain}, lines=tuple(book.lines)
    )
    journal.append(work.now, opened)


def _add(work: Work, account: AccountRow, book: Book, known: dict[int, Product], line: OpeningLine) -> dict[str, Any]:
    """Add the seats of a line to the book, and return what the audit log keeps of it."""
    product = find_product(known.values(), line.product)
    product_id = next(number for number, one in known.items() if one.guid == product.guid)
    if book.holding(product_id).seats:
        raise UserError("product_twice", product=product.name)
    if line.since > switching.local_date(work.now, zones.zone(account.time_zone)):
        raise UserError("since_in_future", product=product.name, since=line.since)
    book.add_seats(product_id, line.seats, product=product.name)
    return {
        "product": product.part_number,
        "guid": product.guid,
        "seats": line.seats,
        "since": line.since.isoformat(),
    }
