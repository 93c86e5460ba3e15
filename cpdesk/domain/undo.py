"""Taking back a change of users, licenses or seats: a new change dated now, never a rewritten history (rule 16)."""

from collections.abc import Iterable
from dataclasses import dataclass

from cpdesk.domain.book import LedgerLine
from cpdesk.domain.modes import Mode


@dataclass(frozen=True, slots=True)
class Reversal:
    """The inverse of one entry of the audit log."""

    entry: int
    """Number of the audit entry that is to be taken back."""
    user_id: int | None
    """Whose licenses or existence it was about; None for seats of the pool."""
    restores: bool
    """Whether it deleted the user, who is brought back first."""
    unassign: tuple[int, ...] = ()
    """Ids of products that the user is to lose."""
    assign: tuple[int, ...] = ()
    """Ids of products that the user is to get."""
    seats: tuple[tuple[int, int], ...] = ()
    """Product id and seats to add to the pool, negative ones to take out: at most one product."""

    @property
    def adds(self) -> bool:
        """Whether there will be more users, assignments or seats than before."""
        return self.restores or bool(self.assign) or any(count > 0 for _product_id, count in self.seats)


@dataclass(frozen=True, slots=True)
class Undo:
    """How to take back what was just done. Screens keep it and hand it to `Licenses.undo`."""

    account_id: int
    switch_id: int | None
    """The account's latest completed mode switch at that time, None where there was none: Undo ends with another."""
    reversals: tuple[Reversal, ...]


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo did."""

    mode: Mode
    restored: tuple[str, ...]
    """User principal names of those who were brought back, sorted."""
    assigned: tuple[tuple[str, int], ...]
    """Part number and users who got it, sorted."""
    removed: tuple[tuple[str, int], ...]
    """Part number and users who lost it, sorted."""
    seats: tuple[tuple[str, int], ...]
    """Part number and seats added to the pool, negative ones taken out, sorted."""


def reversal(
    entry: int, lines: Iterable[LedgerLine], *, user_id: int | None = None, restores: bool = False
) -> Reversal:
    """The inverse of an audit entry with these ledger lines."""
    listed = tuple(lines)
    held = [line for line in listed if line.user_id is not None]
    return Reversal(
        entry=entry,
        user_id=user_id,
        restores=restores,
        unassign=tuple(line.product_id for line in held if line.assigned > 0),
        assign=tuple(line.product_id for line in held if line.assigned < 0),
        seats=tuple((line.product_id, -line.seats) for line in listed if line.user_id is None),
    )
