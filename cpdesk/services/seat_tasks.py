"""What the use cases of one product have in common: its counts, and the entry with their lines."""

from dataclasses import dataclass
from datetime import date

from cpdesk.domain import topics
from cpdesk.domain.book import Book, counts_around
from cpdesk.domain.catalog import Product, find_product
from cpdesk.domain.modes import Mode
from cpdesk.domain.rows import AccountRow, Done
from cpdesk.domain.undo import reversal
from cpdesk.services import unit_prices
from cpdesk.services.base import Work, account_row, require_service
from cpdesk.services.undoing import undo_of
from cpdesk.store import holdings, journal, products


@dataclass(frozen=True, slots=True)
class SeatsResult:
    """The counts of a product after a change."""

    mode: Mode
    product: Product
    seats: int
    assigned: int
    falls_later: date | None = None
    """Account-local: from when seats that left are no longer billed (rule 11); None: from the same day on."""

    @property
    def available(self) -> int:
        return self.seats - self.assigned


@dataclass(frozen=True, slots=True)
class Task:
    """A licensing use case under way: the account, its counts, and the product in question."""

    work: Work
    account: AccountRow
    book: Book
    product_id: int
    product: Product

    def record(self, action: str, subject: str, *, user_id: int | None = None, **facts: str) -> Done[SeatsResult]:
        """Write the lines; `facts` say by name what `subject` says by number."""
        lines = self.book.take_lines()
        undo = undo_of(self.account.id, [reversal(journal.next_id(), lines, user_id=user_id)])
        before, after = counts_around(lines)
        named = {"product": self.product.part_number} | facts
        entry = journal.Entry(
            action=action,
            subject=subject,
            account_id=self.account.id,
            before=named | before,
            after=named | after,
            lines=lines,
            by=self.work.signs,
            reason=self.work.reason,
        )
        journal.append(self.work.now, entry)
        fewer = after["seats"] < before["seats"]
        falls_later = unit_prices.falls_later(self.account, self.work.now) if fewer else None
        result = SeatsResult(self.account.mode, self.product, after["seats"], after["assigned"], falls_later)
        return Done(result, topics.LICENSES, undo)


def begin(work: Work, account_id: int, product: str) -> Task:
    """Look up the account, its counts and a product (part number, GUID or display name).

    Raises UserError `unknown_product`, `ambiguous_product` or `service_not_active`.
    """
    account = account_row(account_id, work.now)
    require_service(account)
    known = products.by_id()
    found = find_product(known.values(), product)
    product_id = next(number for number, item in known.items() if item.guid == found.guid)
    book = Book(account_id, account.mode, holdings.of_account(account_id))
    return Task(work, account, book, product_id, found)
