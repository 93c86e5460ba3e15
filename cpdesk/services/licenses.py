"""Seats and who holds them."""

from collections.abc import Callable, Collection, Mapping, Sequence
from types import MappingProxyType

from cpdesk.base.errors import UserError
from cpdesk.base.progress import Tell
from cpdesk.domain.accounts import Status
from cpdesk.domain.catalog import Product
from cpdesk.domain.license_plan import LicensePlan, LicensesChanged
from cpdesk.domain.license_wish import LicenseWish
from cpdesk.domain.operators import Session
from cpdesk.domain.people import AssignmentSheet
from cpdesk.domain.rows import Done, SubscriptionRow
from cpdesk.domain.seat_limits import SeatLimit
from cpdesk.domain.undo import Undo, Undone
from cpdesk.services import assigning, undoing
from cpdesk.services.assigning import require_assignable, require_holdable
from cpdesk.services.base import UseCases
from cpdesk.services.known_users import known_user
from cpdesk.services.seat_tasks import SeatsResult, begin
from cpdesk.services.settling import Settler
from cpdesk.store import holdings, products, users
from cpdesk.store.store import Store

_NOTHING: Mapping[str, str] = MappingProxyType({})


class Licenses(UseCases):
    """Rules 2 and 3: assigning, taking away, buying into the pool and giving back."""

    def __init__(
        self, store: Store, settler: Settler, seat_limits: Callable[[], tuple[SeatLimit, ...]] = tuple
    ) -> None:
        super().__init__(store, settler)
        self._seat_limits = seat_limits

    def rows(self, by: Session, account_id: int) -> list[SubscriptionRow]:
        """What the account holds, by product name."""
        with self._reading(by, account_id):
            return holdings.listed(account_id)

    def products(self) -> list[Product]:
        """The catalogue by name; it holds no secret of any account."""
        with self._store.read():
            return list(products.by_id().values())

    def limits(self) -> tuple[SeatLimit, ...]:
        """The families of products of which a tenant may have only so many seats: for warnings, nothing is refused."""
        return self._seat_limits()

    def sheet(self, by: Session, account_id: int, user_ids: Sequence[int]) -> AssignmentSheet:
        """Every product that may be ticked for these users, and how many of them hold it.

        In Purchase Mode those with seats; in Usage Mode all that can be assigned to users, first what the account
        has. Raises UserError `unknown_user` or `service_not_active`.
        """
        with self._reading(by, account_id) as work:
            return assigning.sheet(work, account_id, user_ids)

    def plan(self, by: Session, account_id: int, user_ids: Sequence[int], wish: LicenseWish) -> LicensePlan:
        """What a change of licenses would come to, for each user and each product; nothing is changed.

        Raises what `change` raises, but never for missing seats: the plan names them.
        """
        with self._reading(by, account_id) as work:
            return assigning.plan(work, account_id, user_ids, wish, self._seat_limits())

    def change(  # noqa: PLR0913 - each is a choice of its own, and most callers make none
        self,
        by: Session,
        account_id: int,
        user_ids: Sequence[int],
        *,
        assign: Collection[str] = (),
        remove: Collection[str] = (),
        replace: Mapping[str, str] = _NOTHING,
        as_far_as_seats_go: bool = False,
        shown: LicensePlan | None = None,
        reason: str = "",
        progress: Tell | None = None,
    ) -> Done[LicensesChanged]:
        """Give products (GUIDs) to those of the users who lack them, take others from those who have them.

        replace: who holds the first gets the second in its place; who holds both just loses the first.
        as_far_as_seats_go: in Purchase Mode assign to as many as there are seats for, in the order of `user_ids`;
        each gets every product that is left, nobody loses what nothing is left in the place of, and who goes without
        is in the result and in the audit log.
        shown: the plan that the operator accepted.

        All of it or nothing, unless chosen otherwise. Raises UserError `unknown_user`, `unknown_product`,
        `not_assignable` (a tenant product; `tenant_needs_purchase_mode` in Usage Mode), `assign_and_remove` for a
        product that is to come and to go, `licenses_changed` (with `differences` and the new `plan`) if what was
        shown no longer holds, `no_seats_available` (with `product` and `missing` seats), or `service_not_active`.
        `progress` is told of the users whose licenses change; what it raises ends the change, and nothing is changed.
        """
        wish = LicenseWish(tuple(assign), tuple(remove), replace, as_far_as_seats_go)
        even = Status.ACTIVE if wish.coming else Status.SUSPENDED
        with self._changing(by, account_id, reason, even=even) as work:
            return assigning.change(work, account_id, user_ids, wish, shown=shown, progress=progress)

    def undo(self, by: Session, undo: Undo, *, reason: str = "") -> Done[Undone]:
        """Take back what a use case of users or licenses did, dated now; it has no undo of its own (rule 16).

        All of it or nothing. Raises UserError `undo_ended` when the account's mode has changed since,
        `undone_already`, `changed_since` where a license came or went again meanwhile, and what the opposite use
        case raises: `not_assigned`, `already_assigned`, `unknown_user`, `no_seats_available`,
        `seats_below_assigned`, `too_many_seats`, `restore_too_late`, `upn_taken`.
        """
        with self._changing(by, undo.account_id, reason, even=Status.SUSPENDED) as work:
            return undoing.take_back(work, undo)

    def assign(self, by: Session, account_id: int, upn: str, product: str, *, reason: str = "") -> Done[SeatsResult]:
        """Give a user a seat of a product (part number, GUID or display name).

        Raises UserError `unknown_user`, `unknown_product`, `ambiguous_product`, `not_assignable` (a tenant
        product; `tenant_needs_purchase_mode` in Usage Mode), `already_assigned`, `no_seats_available` or
        `service_not_active`.
        """
        with self._changing(by, account_id, reason) as work:
            task = begin(work, account_id, product)
            user_id = known_user(account_id, upn)
            require_assignable(task.account.mode, task.product)
            if task.product_id in users.held_by([user_id])[user_id]:
                raise UserError("already_assigned", upn=upn, product=task.product.name)
            task.book.assign(task.product_id, user_id, product=task.product.name)
            return task.record("license.assigned", f"user {user_id}", user_id=user_id, upn=_upn(account_id, user_id))

    def remove(self, by: Session, account_id: int, upn: str, product: str, *, reason: str = "") -> Done[SeatsResult]:
        """Take a seat from a user: in Usage Mode it leaves the tenant, in Purchase Mode it stays billable.

        Raises UserError `unknown_user`, `unknown_product`, `ambiguous_product`, `not_assigned` or
        `service_not_active`.
        """
        with self._changing(by, account_id, reason, even=Status.SUSPENDED) as work:
            task = begin(work, account_id, product)
            user_id = known_user(account_id, upn)
            if task.product_id not in users.held_by([user_id])[user_id]:
                raise UserError("not_assigned", upn=upn, product=task.product.name)
            task.book.unassign(task.product_id, user_id)
            return task.record("license.removed", f"user {user_id}", user_id=user_id, upn=_upn(account_id, user_id))

    def add_seats(
        self, by: Session, account_id: int, product: str, count: int, *, reason: str = ""
    ) -> Done[SeatsResult]:
        """Buy seats into the pool.

        Raises UserError `tenant_needs_purchase_mode` or `seats_follow_assignments` in Usage Mode, `bad_count`,
        `count_too_large`, `too_many_seats`, `unknown_product`, `ambiguous_product` or `service_not_active`.
        """
        with self._changing(by, account_id, reason) as work:
            task = begin(work, account_id, product)
            require_holdable(task.account.mode, task.product)
            task.book.add_seats(task.product_id, count, product=task.product.name)
            return task.record("seats.added", f"product {task.product.part_number}")

    def remove_seats(
        self, by: Session, account_id: int, product: str, count: int, *, reason: str = ""
    ) -> Done[SeatsResult]:
        """Give seats of the pool back, never below the assigned ones.

        Raises UserError `tenant_needs_purchase_mode` or `seats_follow_assignments` in Usage Mode,
        `seats_below_assigned`, `bad_count`, `count_too_large`, `unknown_product`, `ambiguous_product` or
        `service_not_active`.
        """
        with self._changing(by, account_id, reason, even=Status.SUSPENDED) as work:
            task = begin(work, account_id, product)
            require_holdable(task.account.mode, task.product)
            task.book.remove_seats(task.product_id, count, product=task.product.name)
            return task.record("seats.removed", f"product {task.product.part_number}")


def _upn(account_id: int, user_id: int) -> str:
    """As it is spelled in the tenant, not as the operator typed it."""
    return str(users.details(account_id, [user_id])[user_id]["upn"])
