"""What a change of mode would do, computed before it is confirmed (the product's rule 8)."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from cpdesk.base import zones
from cpdesk.domain import switching
from cpdesk.domain.modes import Mode, PendingSwitch
from cpdesk.domain.rows import AccountRow, SubscriptionRow


@dataclass(frozen=True, slots=True)
class AccountFacts:
    """What a forecast and a settlement need to know of an account."""

    id: int
    name: str
    domain: str
    mode: Mode
    time_zone: str


@dataclass(frozen=True, slots=True)
class ForecastLine:
    """One product in a forecast, in seats."""

    part_number: str
    name: str
    assignable_to: str
    """"user" or "tenant"."""
    seats: int
    """Before the change."""
    assigned: int
    released: int
    """Seats that the change takes away."""

    @property
    def seats_after(self) -> int:
        return self.seats - self.released

    @property
    def lost_with_tenant(self) -> bool:
        """A tenant product cannot be held in Usage Mode: all of it is lost."""
        return self.assignable_to == "tenant" and self.released > 0


@dataclass(frozen=True, slots=True)
class QueuedSwitch:
    """A pending change to Usage Mode among those of all accounts."""

    account: AccountRow
    switch: PendingSwitch
    released: tuple[ForecastLine, ...]
    """Products of which it releases seats, as things stand."""


@dataclass(frozen=True, slots=True)
class BlockedHolder:
    """A user whose sign-in is blocked and who still holds licenses."""

    upn: str
    display_name: str
    licenses: tuple[str, ...]
    """Part numbers."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """The computed consequences of a change of mode, as shown to the operator."""

    account_id: int
    account: str
    domain: str
    mode: Mode
    to: Mode
    effective_on: date
    """Local date in `time_zone`: today for Purchase Mode, a first of a month for Usage Mode."""
    due_at: datetime | None
    """UTC: the instant of completion; None where the change is immediate."""
    time_zone: str
    lines: tuple[ForecastLine, ...]
    blocked: tuple[BlockedHolder, ...]
    """Only for a change to Usage Mode: they keep their seats and stay billed."""
    earliest_return: date | None
    """Only for a change to Purchase Mode: the first date on which Usage Mode could be back."""

    @property
    def seats(self) -> int:
        return sum(line.seats for line in self.lines)

    @property
    def assigned(self) -> int:
        return sum(line.assigned for line in self.lines)

    @property
    def released(self) -> int:
        return sum(line.released for line in self.lines)

    @property
    def lost(self) -> tuple[ForecastLine, ...]:
        """Tenant products that the change takes away; each needs a tick."""
        return tuple(line for line in self.lines if line.lost_with_tenant)

    def as_plain(self) -> dict[str, Any]:
        """The forecast as JSON values: what was shown is kept with the audit entry."""
        plain = asdict(self)
        plain["effective_on"] = self.effective_on.isoformat()
        plain["due_at"] = self.due_at and _utc_text(self.due_at)
        plain["earliest_return"] = self.earliest_return and self.earliest_return.isoformat()
        return plain


@dataclass(frozen=True, slots=True)
class Difference:
    """One fact that changed between showing a forecast and accepting it."""

    what: str
    """"account", "effective_on", "mode", "seats", "assigned", "released", "blocked", "earliest_return"."""
    subject: str
    """The product's or user's name, or empty for the account as a whole."""
    shown: str
    now: str


def forecast(
    account: AccountFacts,
    to: Mode,
    now: datetime,
    subscriptions: Iterable[SubscriptionRow],
    blocked: Iterable[BlockedHolder] = (),
) -> Forecast:
    """Compute the consequences of changing the account's mode at `now` (UTC)."""
    zone = zones.zone(account.time_zone)
    today = switching.local_date(now, zone)
    next_first = switching.first_of_next_month(today)
    back = to is Mode.USAGE
    return Forecast(
        account_id=account.id,
        account=account.name,
        domain=account.domain,
        mode=account.mode,
        to=to,
        effective_on=next_first if back else today,
        due_at=switching.first_instant(next_first, zone) if back else None,
        time_zone=account.time_zone,
        lines=tuple(_line(row, back=back) for row in subscriptions if row.seats),
        blocked=tuple(blocked) if back else (),
        earliest_return=None if back else next_first,
    )


def release(row: SubscriptionRow) -> ForecastLine:
    """What a change to Usage Mode releases of a product."""
    return _line(row, back=True)


def differences(shown: Forecast, now: Forecast) -> tuple[Difference, ...]:
    """What changed since `shown` was computed: counts and the effective date, not the ticking clock."""
    found = [
        Difference(what, "", str(before), str(after))
        for what, before, after in (
            ("account", _account(shown), _account(now)),
            ("mode", shown.mode, now.mode),
            ("effective_on", shown.effective_on, now.effective_on),
            ("earliest_return", shown.earliest_return, now.earliest_return),
        )
        if before != after
    ]
    found += _line_differences(shown, now)
    before, after = _names(shown.blocked), _names(now.blocked)
    if before != after:
        found.append(Difference("blocked", "", before, after))
    return tuple(found)


def _line(row: SubscriptionRow, *, back: bool) -> ForecastLine:
    released = row.available if back else 0
    return ForecastLine(row.part_number, row.name, row.assignable_to, row.seats, row.assigned, released)


def _line_differences(shown: Forecast, now: Forecast) -> list[Difference]:
    before, after = _by_product(shown), _by_product(now)
    found = []
    for product in sorted(before.keys() | after.keys()):
        for what in ("seats", "assigned", "released"):
            was, is_now = (sum(getattr(line, what) for line in of.get(product, ())) for of in (before, after))
            if was != is_now:
                found.append(Difference(what, product[1], str(was), str(is_now)))
    return found


def _by_product(of: Forecast) -> dict[tuple[str, str], list[ForecastLine]]:
    """By part number and name: products may share either of them."""
    lines: dict[tuple[str, str], list[ForecastLine]] = {}
    for line in of.lines:
        lines.setdefault((line.part_number, line.name), []).append(line)
    return lines


def _account(of: Forecast) -> str:
    return f"{of.account} ({of.domain})"


def _names(holders: tuple[BlockedHolder, ...]) -> str:
    return ", ".join(holder.upn for holder in holders)


def _utc_text(instant: datetime) -> str:
    return instant.strftime("%Y-%m-%dT%H:%M:%SZ")
