"""What the Tools tab says of an account's billing mode. Plain Python: every decision of the tab is here."""

from dataclasses import dataclass
from datetime import datetime

from cpdesk.base import zones
from cpdesk.base.formats import (
    format_date,
    format_duration,
    format_instant,
    format_relative,
    format_time,
)
from cpdesk.base.i18n import _
from cpdesk.domain import switching
from cpdesk.domain.modes import CompletedSwitch, Mode, PendingSwitch
from cpdesk.domain.operators import Session, may_change
from cpdesk.domain.rows import AccountRow
from cpdesk.ui.pages.services.consequences import blocked_note
from cpdesk.ui.pages.services.facts import ServiceFacts
from cpdesk.ui.pages.services.tools_figures import FigureText, figures
from cpdesk.ui.texts import read_only_reason


@dataclass(frozen=True, slots=True)
class PendingText:
    """What is said of a queued change."""

    title: str
    text: str
    may_keep: bool
    """Whether this operator can withdraw it now."""


@dataclass(frozen=True, slots=True)
class ToolsView:
    """Everything the tab shows but the table of what will happen."""

    mode: Mode
    meaning: str
    status: str
    since: str
    """Goes on after the status, with how late that was; empty where the account always was in this mode."""
    edit_reason: str
    """Why Edit is off; empty where it is on."""
    pending: PendingText | None
    figures: tuple[FigureText, ...]
    """How many seats, what they cost now, and what they would cost in the other mode."""
    offers_licenses: bool
    offers_advice: bool
    """Whether the advisor has something to look at."""
    outlook_title: str
    blocked: str
    """Who will stay billed though blocked; empty where nobody will."""


def tools_view(facts: ServiceFacts, by: Session, now: datetime) -> ToolsView:
    """Put the facts into words as they read at `now` (UTC)."""
    account = facts.account
    pending = account.pending
    return ToolsView(
        mode=account.mode,
        meaning=_meaning(account.mode),
        status=_status(account),
        since=_since(facts.completed) if account.service_active else "",
        edit_reason=_edit_reason(account, by, now),
        pending=_pending(pending, by, now) if pending else None,
        figures=figures(facts) if account.service_active else (),
        offers_licenses=account.service_active and account.mode is Mode.PURCHASE and may_change(by),
        offers_advice=account.service_active,
        outlook_title=_outlook_title(pending, now) if pending else "",
        blocked=blocked_note(facts.outlook) if facts.outlook else "",
    )


def _meaning(mode: Mode) -> str:
    if mode is Mode.USAGE:
        return _("Seats come and go with the assignments; only what is assigned is billable.")
    return _("All seats in the pool are billable, assigned or not.")


def _status(account: AccountRow) -> str:
    if not account.service_active:
        return _("Microsoft 365 is not active for this account.")
    return _("Usage Mode is active") if account.mode is Mode.USAGE else _("Purchase Mode is active")


def _since(completed: CompletedSwitch | None) -> str:
    if completed is None:
        return ""
    since = _("since {instant}").format(instant=format_instant(completed.due_at, completed.time_zone))
    if completed.to is Mode.PURCHASE or not switching.is_late(completed.due_at, completed.applied_at):
        return since
    if completed.reopened:
        reopened = _("completed when the account was reopened; effective {date}")
        return f"{since}; {reopened.format(date=format_date(completed.effective_on))}"
    late = _("completed {duration} late because cpdesk was not running; effective {date}").format(
        duration=format_duration(completed.applied_at - completed.due_at), date=format_date(completed.effective_on)
    )
    return f"{since}; {late}"


def _edit_reason(account: AccountRow, by: Session, now: datetime) -> str:
    if not may_change(by):
        return read_only_reason(by)
    if not account.service_active:
        return _("The billing model can be edited once Microsoft 365 is activated in The Catalog.")
    if account.pending is None:
        return ""
    if account.pending.is_due(now):
        return _("Edit is off until the change to Usage Mode is completed.")
    return _("Edit is off while the change to Usage Mode is pending. Nobody can complete it earlier.")


def _pending(pending: PendingSwitch, by: Session, now: datetime) -> PendingText:
    facts = {
        "date": format_date(pending.effective_on),
        "time": format_time(pending.due_at, pending.time_zone),
        "distance": _distance(pending, now),
    }
    if pending.is_due(now):
        text = _(
            "since {date} ({time}, {distance}). It will be completed, effective that date, "
            "as soon as the database can be written."
        )
        return PendingText(_("Change to Usage Mode is due, not yet completed"), text.format(**facts), may_keep=False)
    text = _("and will be completed on {date} ({time}, {distance}).")
    return PendingText(_("Change to Usage Mode is pending"), text.format(**facts), may_keep=may_change(by))


def _distance(pending: PendingSwitch, now: datetime) -> str:
    """How far off it is; in days of the account's calendar, as people count them."""
    left = pending.due_at - now
    if abs(left.days) < 1 or pending.is_due(now):
        return format_relative(left)
    today = switching.local_date(now, zones.zone(pending.time_zone))
    return format_relative(pending.effective_on - today)


def _outlook_title(pending: PendingSwitch, now: datetime) -> str:
    date = format_date(pending.effective_on)
    if pending.is_due(now):
        return _("What happens when it is completed, effective {date}").format(date=date)
    return _("What happens on {date}").format(date=date)
