"""What services hand to screens and to the command line."""

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from cpdesk.domain.accounts import Status, ZoneChange
from cpdesk.domain.modes import Mode, PendingSwitch
from cpdesk.domain.undo import Undo

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """The result of a use case that changed something, and the topics whose screens are stale now."""

    value: T
    topics: frozenset[str]
    undo: Undo | None = None
    """How to take it back by `Licenses.undo`; None where that cannot be done."""


@dataclass(frozen=True, slots=True)
class AccountRow:
    """A customer account with the figures of the Customer List."""

    id: int
    name: str
    domain: str
    country: str
    """ISO 3166 alpha-2."""
    currency: str
    """ISO 4217."""
    time_zone: str
    """IANA name of the zone in force now."""
    mode: Mode
    service_active: bool
    """Whether Microsoft 365 is enabled."""
    pending: PendingSwitch | None
    users: int
    """Active users."""
    seats: int
    assigned: int
    status: Status = Status.ACTIVE
    aliases: tuple[str, ...] = ()
    """Alias domains."""
    next_zone: ZoneChange | None = None
    """A time zone that waits for the first of the next month."""


@dataclass(frozen=True, slots=True)
class SubscriptionRow:
    """An account's seats of one product."""

    product_id: int
    part_number: str
    guid: str
    name: str
    assignable_to: str
    """"user" or "tenant"."""
    seats: int
    assigned: int
    threshold: int | None = None
    """At how many available seats somebody wants to be warned; None: never."""
    low: bool = False
    """Whether to warn now (`low_seats.is_low`)."""

    @property
    def available(self) -> int:
        return self.seats - self.assigned


@dataclass(frozen=True, slots=True)
class UserRow:
    """An active user of an account."""

    id: int
    upn: str
    display_name: str
    blocked: bool
    guest: bool
    licenses: tuple[str, ...]
    """Part numbers, sorted."""


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One entry of the audit log."""

    number: int
    """Counts from 1; for a customer administrator within the own account only."""
    recorded_at: datetime
    """UTC: when it was written."""
    effective_at: datetime
    """UTC: from when it counts; earlier than recorded only for a late settlement."""
    operator: str
    """E-mail address, or "cpdesk" for what the program did by itself."""
    role: str
    account: str | None
    """Account name."""
    action: str
    subject: str
    before: dict[str, object] | None
    after: dict[str, object] | None
    reason: str
    account_id: int | None = None
    """The account that it belongs to, None for the whole program."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that `check` found."""

    code: str
    severity: str
    """"error" or "information"."""
    where: str
    """Table and row, for example "subscription 12"."""
    detail: str
