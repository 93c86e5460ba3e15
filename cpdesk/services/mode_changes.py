"""Writing mode switches: requested, completed, withdrawn, ended by closing, taken up again.

Each state of a switch has the audit entry that describes it whole; settling alone writes its own.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cpdesk.domain.forecasts import Forecast
from cpdesk.domain.modes import SwitchState
from cpdesk.domain.rows import AccountRow
from cpdesk.services.base import Work
from cpdesk.store import accounts, journal, switches
from cpdesk.store.fields import utc_text


@dataclass(frozen=True, slots=True)
class Wanted:
    """A change of mode as it is about to be written."""

    account_id: int
    forecast: Forecast
    accepted: Forecast | None = None
    """What the operator was shown; kept with the audit entry."""


def write(work: Work, account: AccountRow, forecast: Forecast, accepted: Forecast) -> None:
    """Complete a change to Purchase Mode, or queue one to Usage Mode, as the forecast has it."""
    wanted = Wanted(account.id, forecast, accepted)
    entry, switch = request(work, wanted, switches.next_id(), journal.next_id())
    journal.append(work.now, entry)
    switches.save([tuple(switch.values())])
    if switch["state"] == SwitchState.DONE:
        accounts.set_modes([(account.id, forecast.to)])


def request(work: Work, wanted: Wanted, switch_id: int, audit_id: int) -> tuple[journal.Entry, dict[str, Any]]:
    """The audit entry, which will have the number `audit_id`, and the stored row of a change of mode."""
    forecast = wanted.forecast
    immediate = forecast.due_at is None
    switch = {
        "id": switch_id,
        "account_id": wanted.account_id,
        "from_mode": str(forecast.mode),
        "to_mode": str(forecast.to),
        "state": str(SwitchState.DONE if immediate else SwitchState.PENDING),
        "requested_at": utc_text(work.now),
        "requested_by": work.by.email,
        "effective_on": forecast.effective_on.isoformat(),
        "time_zone": forecast.time_zone,
        "due_at": utc_text(forecast.due_at or work.now),
        **_ended(work.now if immediate else None, work),
        "audit_id": audit_id,
    }
    shown = {"shown": wanted.accepted.as_plain()} if wanted.accepted else {}
    action = "mode.completed" if immediate else "mode.requested"
    return _entry(work, action, {"mode": str(forecast.mode)}, {"switch": switch} | shown), switch


def withdraw(work: Work, row: switches.Row) -> None:
    """End a pending switch because somebody keeps Purchase Mode."""
    _move(work, row, "mode.withdrawn", SwitchState.WITHDRAWN)


def end_by_closing(work: Work, row: switches.Row) -> None:
    """End a pending switch because its account is closed."""
    _move(work, row, "mode.closed", SwitchState.CLOSED)


def take_up_again(work: Work, row: switches.Row) -> None:
    """Make a switch pending again that was ended by closing its account, with its old date, instant and zone."""
    _move(work, row, "mode.reopened", SwitchState.PENDING)


def _move(work: Work, row: switches.Row, action: str, to: SwitchState) -> None:
    before = switches.plain(row)
    ended = _ended(None if to is SwitchState.PENDING else work.now, work)
    after = before | {"state": str(to)} | ended | {"audit_id": journal.next_id()}
    journal.append(work.now, _entry(work, action, {"switch": before}, {"switch": after}))
    switches.save([tuple(after.values())])


def _ended(at: datetime | None, work: Work) -> dict[str, str | None]:
    return {"ended_at": utc_text(at) if at else None, "ended_by": work.by.email if at else None}


def _entry(work: Work, action: str, before: dict[str, Any], after: dict[str, Any]) -> journal.Entry:
    return journal.Entry(
        action=action,
        subject=f"switch {after['switch']['id']}",
        account_id=after["switch"]["account_id"],
        before=before,
        after=after,
        by=work.by,
        reason=work.reason,
    )
