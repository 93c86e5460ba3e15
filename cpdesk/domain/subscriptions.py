"""The history of a subscription: an account's seats of one product, as the ledger has them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Showing(StrEnum):
    """Which ledger entries somebody looks for."""

    ALL = "all"
    POOL = "pool"
    """What changed the pool itself: bought, removed, released."""
    USERS = "users"
    """What was assigned to users and taken from them."""


@dataclass(frozen=True, slots=True)
class LedgerQuery:
    """Which entries of a subscription, and in what order."""

    text: str = ""
    """Each of its words stands in operator, reason, or in name or UPN of the user, whatever the case."""
    showing: Showing = Showing.ALL
    oldest_first: bool = False

    @property
    def narrows(self) -> bool:
        """Whether it leaves anything out."""
        return bool(self.text.strip()) or self.showing is not Showing.ALL


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A ledger entry with who made it, and why."""

    number: int
    """Counts the entries of the subscription from 1: it says nothing about other accounts."""
    effective_at: datetime
    """UTC."""
    recorded_at: datetime
    """UTC; later than effective only for a late settlement."""
    operator: str
    """E-mail address, or "cpdesk" for what the program did by itself."""
    role: str
    action: str
    """Of the audit entry that it belongs to."""
    reason: str
    kind: str
    """A member of LedgerKind."""
    upn: str
    """Whom a license was assigned to or taken from; empty where there is none."""
    name: str
    """The same person's display name."""
    seats: int
    """By how much the seats changed."""
    assigned: int
    """By how much the assigned seats changed."""
    seats_after: int
    assigned_after: int

    @property
    def available_after(self) -> int:
        return self.seats_after - self.assigned_after
