"""Seats and who holds them."""

from dataclasses import dataclass

from cpdesk.base.errors import UserError
from cpdesk.domain import topics
from cpdesk.domain.book import Book
from cpdesk.domain.catalog import Product, find_product
from cpdesk.domain.modes import Mode
from cpdesk.domain.operators import Session
from cpdesk.domain.rows import AccountRow, Done, SubscriptionRow
from cpdesk.services.base import UseCases, Work, account_row, require_service
from cpdesk.store import holdings, journal, products, users


@dataclass(frozen=True, slots=True)
class SeatsResult:
    """The counts of a product after a change."""

    mode: Mode
    product: Product
    seats: int
    assigned: int

    @property
    def available(self) -> int:
        return self.seats - self.assigned


@dataclass(frozen=True, slots=True)
class _Task:
    """A licensing use case under way: the account, its counts, and the product in question."""

    work: Work
    account: AccountRow
    book: Book
    product_id: int
    product: Product

    def result(self) -> Done[SeatsResult]:
        held = self.book.holding(self.product_id)
        return Done(SeatsResult(self.account.mode, self.product, held.seats, held.assigned), topics.LICENSES)

    def record(self, action: str, subject: str, **facts: str) -> None:
        """Write the lines; `facts` say by name what `subject` says by number."""
        lines = tuple(self.book.lines)
        before = {
            "seats": lines[0].seats_after - lines[0].seats,
            "assigned": lines[0].assigned_after - lines[0].assigned,
        }
        after = {"seats": lines[-1].seats_after, "assigned": lines[-1].assigned_after}
        named = {"product": self.product.part_number} | facts
        entry = journal.Entry(
            action=action,
            subject=subject,
            account_id=self.account.id,
            before=named | before,
            after=named | after,
            lines=lines,
            by=self.work.by,
            reason=self.work.reason,
        )
        journal.append(self.work.now, entry)


class Licenses(UseCases):
    """Rules 2 and 3: assigning, taking away, buying into the pool and giving back."""

    def rows(self, by: Session, account_id: int) -> list[SubscriptionRow]:
        """What the account holds, by product name."""
        with self._reading(by, account_id):
            return holdings.listed(account_id)

    def products(self) -> list[Product]:
        """The catalogue by name; it holds no secret of any account."""
        with self._store.read():
            return list(products.by_id().values())

    def assign(self, by: Session, account_id: int, upn: str, product: str, *, reason: str = "") -> Done[SeatsResult]:
        """Give a user a seat of a product (part number, GUID or display name).

        Raises UserError `unknown_user`, `unknown_product`, `ambiguous_product`, `not_assignable` (a tenant
        product; `tenant_needs_purchase_mode` in Usage Mode), `already_assigned`, `no_seats_available` or
        `service_not_active`.
        """
        with self._changing(by, account_id, reason) as work:
            task = _begin(work, account_id, product)
            user_id = _user(account_id, upn)
            _require_assignable(task)
            if task.product_id in users.held_products(user_id):
                raise UserError("already_assigned", upn=upn, product=task.product.name)
            task.book.assign(task.product_id, user_id, product=task.product.name)
            task.record("license.assigned", f"user {user_id}", upn=users.details(user_id)["upn"])
            return task.result()

    def remove(self, by: Session, account_id: int, upn: str, product: str, *, reason: str = "") -> Done[SeatsResult]:
        """Take a seat from a user: in Usage Mode it leaves the tenant, in Purchase Mode it stays billable.

        Raises UserError `unknown_user`, `unknown_product`, `ambiguous_product`, `not_assigned` or
        `service_not_active`.
        """
        with self._changing(by, account_id, reason) as work:
            task = _begin(work, account_id, product)
            user_id = _user(account_id, upn)
            if task.product_id not in users.held_products(user_id):
                raise UserError("not_assigned", upn=upn, product=task.product.name)
            task.book.unassign(task.product_id, user_id)
            task.record("license.removed", f"user {user_id}", upn=users.details(user_id)["upn"])
            return task.result()

    def add_seats(
        self, by: Session, account_id: int, product: str, count: int, *, reason: str = ""
    ) -> Done[SeatsResult]:
        """Buy seats into the pool.

        Raises UserError `tenant_needs_purchase_mode` or `seats_follow_assignments` in Usage Mode, `bad_count`,
        `count_too_large`, `too_many_seats`, `unknown_product`, `ambiguous_product` or `service_not_active`.
        """
        with self._changing(by, account_id, reason) as work:
            task = _begin(work, account_id, product)
            _require_holdable(task)
            task.book.add_seats(task.product_id, count, product=task.product.name)
            task.record("seats.added", f"product {task.product.part_number}")
            return task.result()

    def remove_seats(
        self, by: Session, account_id: int, product: str, count: int, *, reason: str = ""
    ) -> Done[SeatsResult]:
        """Give seats of the pool back, never below the assigned ones.

        Raises UserError `tenant_needs_purchase_mode` or `seats_follow_assignments` in Usage Mode,
        `seats_below_assigned`, `bad_count`, `count_too_large`, `unknown_product`, `ambiguous_product` or
        `service_not_active`.
        """
        with self._changing(by, account_id, reason) as work:
            task = _begin(work, account_id, product)
            _require_holdable(task)
            task.book.remove_seats(task.product_id, count, product=task.product.name)
            task.record("seats.removed", f"product {task.product.part_number}")
            return task.result()


def _begin(work: Work, account_id: int, product: str) -> _Task:
    account = account_row(account_id)
    require_service(account)
    known = products.by_id()
    found = find_product(known.values(), product)
    product_id = next(number for number, item in known.items() if item.guid == found.guid)
    book = Book(account_id, account.mode, holdings.of_account(account_id))
    return _Task(work, account, book, product_id, found)


def _require_assignable(task: _Task) -> None:
    _require_holdable(task)
    if task.product.assignable_to == "tenant":
        raise UserError("not_assignable", product=task.product.name)


def _require_holdable(task: _Task) -> None:
    """Rule 2: in Usage Mode the answer to any wish for a tenant product is that it needs Purchase Mode."""
    if task.product.assignable_to == "tenant" and task.account.mode is Mode.USAGE:
        raise UserError("tenant_needs_purchase_mode", product=task.product.name)


def _user(account_id: int, upn: str) -> int:
    user_id = users.find(account_id, upn)
    if user_id is None:
        raise UserError("unknown_user", upn=upn)
    return user_id
