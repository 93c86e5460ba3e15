"""What an account holds of one product, and the rules that keep its counts right in each mode."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from cpdesk.base.errors import UserError
from cpdesk.domain.modes import Mode

MOST_SEATS = 1_000_000
"""More seats of one product than this in one account is taken for a slip of the fingers."""


class LedgerKind(StrEnum):
    """Why seats or assignments of a product changed."""

    ASSIGN = "assign"
    UNASSIGN = "unassign"
    ADD = "add"
    REMOVE = "remove"
    RELEASE = "release"


@dataclass(frozen=True, slots=True)
class Holding:
    """An account's seats of one product: assigned + available = seats."""

    account_id: int
    product_id: int
    seats: int
    assigned: int

    @property
    def available(self) -> int:
        return self.seats - self.assigned


@dataclass(frozen=True, slots=True)
class Change:
    """One line for the ledger: by how much seats and assignments of a product change."""

    kind: LedgerKind
    seats: int
    assigned: int


def assign(mode: Mode, holding: Holding, count: int = 1, *, product: str) -> Change:
    """Assign `count` seats to users. Usage Mode: the tenant gains them. Purchase Mode: they come from the pool.

    Raises UserError `no_seats_available` in Purchase Mode when the pool has too few.
    """
    if mode is Mode.USAGE:
        return Change(LedgerKind.ASSIGN, seats=count, assigned=count)
    if count > holding.available:
        raise UserError(
            "no_seats_available",
            product=product,
            seats=holding.seats,
            available=holding.available,
            missing=count - holding.available,
        )
    return Change(LedgerKind.ASSIGN, seats=0, assigned=count)


def unassign(mode: Mode, count: int = 1) -> Change:
    """Take `count` seats from users. Usage Mode: they leave the tenant. Purchase Mode: back to the pool."""
    return Change(LedgerKind.UNASSIGN, seats=-count if mode is Mode.USAGE else 0, assigned=-count)


def add_seats(mode: Mode, holding: Holding, count: int, *, product: str) -> Change:
    """Buy `count` seats into the pool.

    Raises UserError `seats_follow_assignments` in Usage Mode, `bad_count` or `too_many_seats` for a count that
    makes no sense.
    """
    _require_pool(mode, product)
    _require_count(count)
    if holding.seats + count > MOST_SEATS:
        raise UserError("too_many_seats", product=product, most=MOST_SEATS)
    return Change(LedgerKind.ADD, seats=count, assigned=0)


def remove_seats(mode: Mode, holding: Holding, count: int, *, product: str) -> Change:
    """Give back `count` seats of the pool, never below the assigned ones.

    Raises UserError `seats_follow_assignments` in Usage Mode, `bad_count`, or `seats_below_assigned`.
    """
    _require_pool(mode, product)
    _require_count(count)
    if count > holding.available:
        raise UserError(
            "seats_below_assigned",
            product=product,
            seats=holding.seats,
            assigned=holding.assigned,
            available=holding.available,
            count=count,
        )
    return Change(LedgerKind.REMOVE, seats=-count, assigned=0)


def release(holding: Holding) -> Change | None:
    """What a change to Usage Mode takes away: every seat that nobody holds, so all seats of tenant products too."""
    if holding.available == 0:
        return None
    return Change(LedgerKind.RELEASE, seats=-holding.available, assigned=0)


def missing_seats(mode: Mode, holdings: Mapping[int, Holding], net: Mapping[int, int]) -> dict[int, int]:
    """Seats that the pool lacks for a netted change of assignments, by product id. Usage Mode never lacks any."""
    if mode is Mode.USAGE:
        return {}
    lacking = {}
    for product_id, change in net.items():
        held = holdings.get(product_id)
        available = held.available if held else 0
        if change > available:
            lacking[product_id] = change - available
    return lacking


def summed(counts: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Counts by part number or name: two products may share one."""
    total: dict[str, int] = {}
    for product, count in counts:
        total[product] = total.get(product, 0) + count
    return total


def _require_pool(mode: Mode, product: str) -> None:
    if mode is Mode.USAGE:
        raise UserError("seats_follow_assignments", product=product)


def _require_count(count: int) -> None:
    if count <= 0:
        raise UserError("bad_count", count=count)
    if count > MOST_SEATS:
        raise UserError("count_too_large", count=count, most=MOST_SEATS)
