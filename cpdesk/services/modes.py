"""The billing mode of an account: forecast, change, the queue, and keeping Purchase Mode."""

from dataclasses import replace
from typing import Any

from cpdesk.base.errors import UserError
from cpdesk.domain import forecasts, topics
from cpdesk.domain.forecasts import AccountFacts, Forecast
from cpdesk.domain.modes import CompletedSwitch, Mode, SettlingReport, SwitchState
from cpdesk.domain.operators import Session
from cpdesk.domain.rows import AccountRow, Done
from cpdesk.services.base import UseCases, Work, account_row, require_service
from cpdesk.store import accounts, holdings, journal, switches, users
from cpdesk.store.fields import utc_text


class Modes(UseCases):
    """Rules 1 to 8: nobody, at any role, completes a change to Usage Mode early; there is no such method."""

    def show(self, by: Session, account_id: int) -> tuple[AccountRow, CompletedSwitch | None]:
        """The account with its mode and pending switch, and the switch that led to the present mode."""
        with self._reading(by, account_id):
            return account_row(account_id), switches.latest_completed(account_id)

    def forecast(self, by: Session, account_id: int, to: Mode) -> Forecast:
        """What changing the mode now would do, in seats and dates.

        Raises UserError `service_not_active`, `already_in_mode` or `switch_pending`.
        """
        with self._reading(by, account_id) as work:
            return _forecast(work, account_row(account_id), to)

    def outlook(self, by: Session, account_id: int) -> Forecast | None:
        """What the pending switch will do as things stand; None where nothing is pending."""
        with self._reading(by, account_id) as work:
            account = account_row(account_id)
            if account.pending is None:
                return None
            computed = _computed(work, account, account.pending.to)
            return replace(computed, effective_on=account.pending.effective_on, due_at=account.pending.due_at)

    def change(self, by: Session, account_id: int, to: Mode, shown: Forecast, *, reason: str = "") -> Done[AccountRow]:
        """Change the mode: to Purchase Mode at once, to Usage Mode on the first of the next month.

        `shown` is the forecast that the operator accepted; it is kept with the
        audit entry. Raises UserError `forecast_changed` (with `differences`
        and the new `forecast`) if it no longer holds, and what `forecast` raises.
        """
        with self._changing(by, account_id, reason) as work:
            account = account_row(account_id)
            computed = _forecast(work, account, to)
            differing = forecasts.differences(shown, computed)
            if differing:
                raise UserError("forecast_changed", differences=differing, forecast=computed)
            self._write_switch(work, account, computed, shown)
            return Done(account_row(account_id), topics.MODES)

    def keep(self, by: Session, account_id: int, *, reason: str = "") -> Done[AccountRow]:
        """Withdraw the pending change to Usage Mode.

        Raises UserError `nothing_pending`, also when it has just become due: it is completed then.
        """
        with self._changing(by, account_id, reason) as work:
            row = switches.pending_row(account_id)
            if row is None:
                raise UserError("nothing_pending", account=account_row(account_id).name)
            before = switches.plain(row)
            after = before | {
                "state": str(SwitchState.WITHDRAWN),
                "ended_at": utc_text(work.now),
                "ended_by": work.by.email,
            }
            self._record(work, "mode.withdrawn", {"switch": before}, {"switch": after})
            return Done(account_row(account_id), topics.MODES)

    def apply_due(self) -> SettlingReport:
        """Complete the switches that are due. Needs no operator: their time was fixed at the request."""
        return self._settler.apply_due()

    def _write_switch(self, work: Work, account: AccountRow, forecast: Forecast, accepted: Forecast) -> None:
        due_at = forecast.due_at or work.now
        immediate = forecast.due_at is None
        switch = {
            "id": switches.next_id(),
            "account_id": account.id,
            "from_mode": str(account.mode),
            "to_mode": str(forecast.to),
            "state": str(SwitchState.DONE if immediate else SwitchState.PENDING),
            "requested_at": utc_text(work.now),
            "requested_by": work.by.email,
            "effective_on": forecast.effective_on.isoformat(),
            "time_zone": account.time_zone,
            "due_at": utc_text(due_at),
            "ended_at": utc_text(work.now) if immediate else None,
            "ended_by": work.by.email if immediate else None,
        }
        action = "mode.completed" if immediate else "mode.requested"
        shown: dict[str, Any] = {"switch": switch, "shown": accepted.as_plain()}
        self._record(work, action, {"mode": str(account.mode)}, shown)
        if immediate:
            accounts.set_modes([(account.id, forecast.to)])

    def _record(self, work: Work, action: str, before: dict[str, Any], after: dict[str, Any]) -> None:
        switch = after["switch"] | {"audit_id": journal.next_id()}
        entry = journal.Entry(
            action=action,
            subject=f"switch {switch['id']}",
            account_id=switch["account_id"],
            before=before,
            after=after | {"switch": switch},
            by=work.by,
            reason=work.reason,
        )
        journal.append(work.now, entry)
        switches.save([tuple(switch.values())])


def _forecast(work: Work, account: AccountRow, to: Mode) -> Forecast:
    require_service(account)
    if account.mode is to:
        until = account.pending and account.pending.effective_on
        raise UserError("already_in_mode", account=account.name, account_id=account.id, mode=to, pending=until)
    if account.pending is not None:
        raise UserError("switch_pending", account=account.name, effective_on=account.pending.effective_on)
    return _computed(work, account, to)


def _computed(work: Work, account: AccountRow, to: Mode) -> Forecast:
    facts = AccountFacts(account.id, account.name, account.domain, account.mode, account.time_zone)
    return forecasts.forecast(facts, to, work.now, holdings.listed(account.id), users.blocked_holders(account.id))
