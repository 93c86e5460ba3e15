"""What a change of mode would do, computed before it is confirmed (the product's rule 8)."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from cpdesk.base import zones
from cpdesk.domain import switching
from cpdesk.domain.forecast_money import ForecastMoney, LineMoney, Period, forecast_money, line_money
from cpdesk.domain.modes import Mode, PendingSwitch
from cpdesk.domain.prices import AccountPricing
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
    """One product in a forecast, in seats and in money."""

    part_number: str
    name: str
    assignable_to: str
    """"user" or "tenant"."""
    seats: int
    """Before the change."""
    assigned: int
    released: int
    """Seats that the change takes away."""
    money: LineMoney | None = None
    """None where nothing was asked about prices."""

    @property
    def seats_after(self) -> int:
        return self.seats - self.released

    @property
    def lost_with_tenant(self) -> bool:
        """A tenant product cannot be held in Usage Mode: all of it is lost."""
        return self.assignable_to == "tenant" and self.released > 0

    def as_plain(self) -> dict[str, Any]:
        """The line as JSON values, money as text."""
        plain = asdict(self)
        amounts = plain.pop("money")
        return plain | ({"amounts": {name: _text(value) for name, value in amounts.items()}} if amounts else {})


@dataclass(frozen=True, slots=True)
class QueuedSwitch:
    """A pending change to Usage Mode among those of all accounts."""

    account: AccountRow
    switch: PendingSwitch
    released: tuple[ForecastLine, ...]
    """Products of which it releases seats, as things stand."""
    money: ForecastMoney | None = None
    """What it does to the bill, over all products of the account, as things stand."""


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
    money: ForecastMoney | None = None
    """None where nothing was asked about prices."""

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

    @property
    def unpriced(self) -> tuple[ForecastLine, ...]:
        """Products of which an amount is missing, because they have no price in one of the modes."""
        return tuple(line for line in self.lines if line.money and not line.money.is_priced)

    def as_plain(self) -> dict[str, Any]:
        """The forecast as JSON values: what was shown is kept with the audit entry."""
        plain = asdict(self)
        plain["effective_on"] = self.effective_on.isoformat()
        plain["due_at"] = self.due_at and _utc_text(self.due_at)
        plain["earliest_return"] = self.earliest_return and self.earliest_return.isoformat()
        plain["lines"] = [line.as_plain() for line in self.lines]
        plain["money"] = self.money and self.money.as_plain()
        return plain


@dataclass(frozen=True, slots=True)
class Difference:
    """One fact that changed between showing a forecast and accepting it."""

    what: str
    """"account", "effective_on", "mode", "seats", "assigned", "released", "blocked", "earliest_return"; of money
    "price_before" and "price_after" of a product, one of `AMOUNTS`, "unpriced".
    """
    subject: str
    """The product's or user's name, or empty for the account as a whole."""
    shown: str
    """Amounts as "12.50 USD"; nothing where there was none."""
    now: str


AMOUNTS = ("monthly_before", "monthly_after", "idle_monthly", "until_effective", "idle_until", "least_spend")
"""The amounts of a forecast that may differ, as `ForecastMoney.as_plain` names them."""


def forecast(
    account: AccountFacts,
    to: Mode,
    now: datetime,
    subscriptions: Iterable[SubscriptionRow],
    blocked: Iterable[BlockedHolder] = (),
    pricing: AccountPricing | None = None,
) -> Forecast:
    """Compute the consequences of changing the account's mode at `now` (UTC); without `pricing`, in seats alone."""
    zone = zones.zone(account.time_zone)
    today = switching.local_date(now, zone)
    next_first = switching.first_of_next_month(today)
    back = to is Mode.USAGE
    lines = tuple(_line(row, to, pricing, Period(today, next_first)) for row in subscriptions if row.seats)
    return Forecast(
        account_id=account.id,
        account=account.name,
        domain=account.domain,
        mode=account.mode,
        to=to,
        effective_on=next_first if back else today,
        due_at=switching.first_instant(next_first, zone) if back else None,
        time_zone=account.time_zone,
        lines=lines,
        blocked=tuple(blocked) if back else (),
        earliest_return=None if back else next_first,
        money=_sums(lines, to, pricing),
    )


def outlook(
    account: AccountFacts,
    pending: PendingSwitch,
    now: datetime,
    subscriptions: Iterable[SubscriptionRow],
    blocked: Iterable[BlockedHolder] = (),
    pricing: AccountPricing | None = None,
) -> Forecast:
    """What a pending change will do as things stand at `now` (UTC). Date and zone were fixed at its request."""
    period = pending_period(pending, now)
    lines = tuple(_line(row, pending.to, pricing, period) for row in subscriptions if row.seats)
    return Forecast(
        account_id=account.id,
        account=account.name,
        domain=account.domain,
        mode=account.mode,
        to=pending.to,
        effective_on=pending.effective_on,
        due_at=pending.due_at,
        time_zone=pending.time_zone,
        lines=lines,
        blocked=tuple(blocked),
        earliest_return=None,
        money=_sums(lines, pending.to, pricing),
    )


def pending_period(pending: PendingSwitch, now: datetime) -> Period:
    """The days from `now` (UTC) until a pending change; none are left of one that is overdue."""
    return Period(switching.local_date(now, zones.zone(pending.time_zone)), pending.effective_on)


def queued(
    account: AccountRow,
    pending: PendingSwitch,
    now: datetime,
    subscriptions: Iterable[SubscriptionRow],
    pricing: AccountPricing,
) -> QueuedSwitch:
    """A pending change with what it will release, and do to the bill, as things stand at `now` (UTC)."""
    period = pending_period(pending, now)
    lines = [_line(row, pending.to, pricing, period) for row in subscriptions]
    money = _sums(lines, pending.to, pricing)
    return QueuedSwitch(account, pending, tuple(line for line in lines if line.released), money)


def differences(shown: Forecast, now: Forecast) -> tuple[Difference, ...]:
    """What changed since `shown` was computed: counts, amounts and the effective date, not the ticking clock."""
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
    return (*found, *_price_differences(shown, now), *_amount_differences(shown, now))


def _line(row: SubscriptionRow, to: Mode, pricing: AccountPricing | None, period: Period) -> ForecastLine:
    released = row.available if to is Mode.USAGE else 0
    money = line_money(row, to, pricing, period) if pricing else None
    return ForecastLine(row.part_number, row.name, row.assignable_to, row.seats, row.assigned, released, money)


def _sums(lines: Iterable[ForecastLine], to: Mode, pricing: AccountPricing | None) -> ForecastMoney | None:
    return forecast_money([line.money for line in lines if line.money], to, pricing.currency) if pricing else None


def _line_differences(shown: Forecast, now: Forecast) -> list[Difference]:
    before, after = _by_product(shown), _by_product(now)
    found = []
    for product in sorted(before.keys() | after.keys()):
        for what in ("seats", "assigned", "released"):
            was, is_now = (sum(getattr(line, what) for line in of.get(product, ())) for of in (before, after))
            if was != is_now:
                found.append(Difference(what, product[1], str(was), str(is_now)))
    return found


def _price_differences(shown: Forecast, now: Forecast) -> Iterator[Difference]:
    """Unit prices of products on both sides: of one that came or went the seats tell."""
    before, after = _by_product(shown), _by_product(now)
    for product in sorted(before.keys() & after.keys()):
        for what in ("price_before", "price_after"):
            was, is_now = _prices(shown, before[product], what), _prices(now, after[product], what)
            if was != is_now:
                yield Difference(what, product[1], was, is_now)


def _prices(of: Forecast, lines: Iterable[ForecastLine], what: str) -> str:
    amounts = (getattr(line.money, what, None) for line in lines)
    return ", ".join(_money(amount, of.money.currency) for amount in amounts if amount is not None and of.money)


def _amount_differences(shown: Forecast, now: Forecast) -> Iterator[Difference]:
    before, after = _amounts(shown), _amounts(now)
    for what in before:
        if before[what] != after[what]:
            yield Difference(what, "", before[what], after[what])


def _amounts(of: Forecast) -> dict[str, str]:
    plain = of.money.as_plain() if of.money else {}
    amounts = {what: _money(plain[what], plain["currency"]) if plain.get(what) else "" for what in AMOUNTS}
    return amounts | {"unpriced": str(of.money.unpriced) if of.money else ""}


def _money(amount: Decimal | str, currency: str) -> str:
    return f"{amount} {currency}"


def _text(value: Decimal | str | None) -> str | None:
    return None if value is None else str(value)


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
