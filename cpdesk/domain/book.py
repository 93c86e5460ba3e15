"""A working copy of an account's counts: use cases change it by the rules, the store then writes its lines."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from cpdesk.domain import seats
from cpdesk.domain.modes import Mode
from cpdesk.domain.seats import Change, Holding, LedgerKind


class LedgerLine(NamedTuple):
    """One entry of the ledger before it has a number: what changed, and the counts after it."""

    account_id: int
    product_id: int
    user_id: int | None
    """Who gained or lost the seat; None where the pool itself changed."""
    kind: LedgerKind
    seats: int
    assigned: int
    seats_after: int
    assigned_after: int


def counts_around(lines: Sequence[LedgerLine]) -> tuple[dict[str, int], dict[str, int]]:
    """Seats and assigned of a product before the first and after the last of its lines, for the audit log."""
    first, last = lines[0], lines[-1]
    before = {"seats": first.seats_after - first.seats, "assigned": first.assigned_after - first.assigned}
    return before, {"seats": last.seats_after, "assigned": last.assigned_after}


class Book:
    """The holdings of one account under its present mode, and the ledger lines made so far."""

    def __init__(self, account_id: int, mode: Mode, holdings: Iterable[Holding]) -> None:
        self.account_id = account_id
        self._mode = mode
        self._holdings = {held.product_id: held for held in holdings}
        self.lines: list[LedgerLine] = []

    def holding(self, product_id: int) -> Holding:
        """The present counts; zeros for a product that the account never held."""
        return self._holdings.get(product_id) or Holding(self.account_id, product_id, 0, 0)

    def assign(self, product_id: int, user_id: int, *, product: str) -> None:
        """Give a seat to a user. Raises UserError `no_seats_available` (Purchase Mode)."""
        self._apply(product_id, user_id, seats.assign(self._mode, self.holding(product_id), product=product))

    def require_free(self, product_id: int, count: int, *, product: str) -> None:
        """Raise UserError `no_seats_available` unless so many seats can be assigned one after the other."""
        seats.assign(self._mode, self.holding(product_id), count, product=product)

    def unassign(self, product_id: int, user_id: int) -> None:
        """Take the seat from a user who has it."""
        self._apply(product_id, user_id, seats.unassign(self._mode))

    def assign_each(self, product_id: int, user_ids: Sequence[int], *, product: str) -> None:
        """Give a seat to each of many users, who have none: all of them or, with `no_seats_available`, nobody."""
        self.require_free(product_id, len(user_ids), product=product)
        if user_ids:
            self._apply_each(product_id, user_ids, seats.assign(self._mode, self.holding(product_id), product=product))

    def unassign_each(self, product_id: int, user_ids: Sequence[int]) -> None:
        """Take the seat from each of many users who have it."""
        self._apply_each(product_id, user_ids, seats.unassign(self._mode))

    def add_seats(self, product_id: int, count: int, *, product: str) -> None:
        """Buy seats into the pool. Raises the UserErrors of `seats.add_seats`."""
        self._apply(product_id, None, seats.add_seats(self._mode, self.holding(product_id), count, product=product))

    def remove_seats(self, product_id: int, count: int, *, product: str) -> None:
        """Give back seats of the pool. Raises the UserErrors of `seats.remove_seats`."""
        change = seats.remove_seats(self._mode, self.holding(product_id), count, product=product)
        self._apply(product_id, None, change)

    def release_idle(self) -> dict[int, int]:
        """Let go of every seat that nobody holds, as a change to Usage Mode does.

        Returns seats released by product id, products without any left out.
        """
        released = {}
        for product_id, held in sorted(self._holdings.items()):
            change = seats.release(held)
            if change:
                released[product_id] = -change.seats
                self._apply(product_id, None, change)
        return released

    def take_lines(self) -> tuple[LedgerLine, ...]:
        """Hand over the lines made so far and begin anew, so that each audit entry gets its own."""
        lines, self.lines = tuple(self.lines), []
        return lines

    def _apply(self, product_id: int, user_id: int | None, change: Change) -> None:
        self._apply_each(product_id, (user_id,), change)

    def _apply_each(self, product_id: int, user_ids: Iterable[int | None], change: Change) -> None:
        """The same change for each, with a line for each."""
        held = self.holding(product_id)
        seats_after, assigned_after = held.seats, held.assigned
        for user_id in user_ids:
            seats_after += change.seats
            assigned_after += change.assigned
            self.lines.append(
                LedgerLine(
                    account_id=self.account_id,
                    product_id=product_id,
                    user_id=user_id,
                    kind=change.kind,
                    seats=change.seats,
                    assigned=change.assigned,
                    seats_after=seats_after,
                    assigned_after=assigned_after,
                )
            )
        self._holdings[product_id] = Holding(self.account_id, product_id, seats_after, assigned_after)
