"""The two billing modes of an account and the switch between them."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Mode(StrEnum):
    """How an account is billed."""

    USAGE = "usage"
    """Seats follow the assignments: seats == assigned, always."""
    PURCHASE = "purchase"
    """A bought pool: 0 <= assigned <= seats, every seat is billable."""

    @property
    def other(self) -> "Mode":
        return Mode.PURCHASE if self is Mode.USAGE else Mode.USAGE


class SwitchState(StrEnum):
    """Where a mode switch stands. Only a pending one changes, and one that ended with its account when that reopens."""

    PENDING = "pending"
    DONE = "done"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"
    """Ended by closing the account. Reopening takes it up again as it was."""


@dataclass(frozen=True, slots=True)
class PendingSwitch:
    """A queued change to Usage Mode. It can be withdrawn until `due_at`, never moved."""

    id: int
    account_id: int
    to: Mode
    effective_on: date
    """First of a month, in `time_zone`, fixed at the request."""
    time_zone: str
    due_at: datetime
    """UTC: the first instant of `effective_on` in `time_zone`."""
    requested_at: datetime
    """UTC."""
    requested_by: str
    """The operator's e-mail address."""

    def is_due(self, now: datetime) -> bool:
        """Whether the switch has to be settled at `now` (UTC); the due instant itself counts."""
        return self.due_at <= now


@dataclass(frozen=True, slots=True)
class CompletedSwitch:
    """The latest switch of an account that took effect."""

    id: int
    account_id: int
    to: Mode
    effective_on: date
    time_zone: str
    due_at: datetime
    """UTC: when the change took effect."""
    applied_at: datetime
    """UTC: when it was recorded; later than `due_at` if cpdesk was not running then."""
    requested_at: datetime
    requested_by: str
    released: tuple[tuple[str, int], ...]
    """Part number and seats that left the tenant, products without released seats left out."""
    reopened: bool = False
    """Whether it is late because the account was closed then, and was opened again later."""


@dataclass(frozen=True, slots=True)
class SettledSwitch:
    """A due switch that has just been completed."""

    id: int
    account_id: int
    account: str
    domain: str
    effective_on: date
    time_zone: str
    due_at: datetime
    """UTC: from when it counts."""
    applied_at: datetime
    """UTC: when it was recorded."""
    released: tuple[tuple[str, int], ...]
    """Part number and seats that left the tenant."""
    reopened: bool = False
    """Whether it is late because the account was closed then, and has just been opened again."""


@dataclass(frozen=True, slots=True)
class ClockWarning:
    """The system clock disagrees with the database (the product's rule 9)."""

    code: str
    """"clock_behind" or "clock_leapt"."""
    system: datetime
    """UTC."""
    last_recorded: datetime
    """UTC: the time of the latest entry."""
