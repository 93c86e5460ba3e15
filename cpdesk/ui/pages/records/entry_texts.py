"""What an entry says in a line."""

from collections.abc import Mapping
from datetime import datetime

from cpdesk.base import zones
from cpdesk.base.anchor_words import chain_text, compared_text
from cpdesk.base.apart import beside
from cpdesk.base.audit_words import action_name, subject_name
from cpdesk.base.formats import format_instant, format_number, format_short_date
from cpdesk.base.i18n import _, ngettext
from cpdesk.base.messages import role_name
from cpdesk.domain.anchors import Comparison
from cpdesk.domain.audit_query import ChangeGroup, Period
from cpdesk.domain.rows import AuditRow
from cpdesk.services.audit import ChainReport
from cpdesk.ui.texts import operator_text


def action_text(row: AuditRow) -> str:
    """What happened, as the beginning of a line."""
    name = action_name(row.action)
    return name[:1].upper() + name[1:]


def subject_text(row: AuditRow, products: Mapping[str, str]) -> str:
    """What it is about; `products` are display names by part number."""
    return subject_name(row.before, row.after, _plain_subject(row), products)


def _plain_subject(row: AuditRow) -> str:
    """What an entry is about whose facts name nothing."""
    if row.account and row.subject.startswith("account "):
        return row.account
    names = {
        "defaults": _("new accounts"),
        "clock": _("clock of the computer"),
        "schedule": _("scheduler of the computer"),
    }
    return names.get(row.subject, row.subject)


def moment(instant: datetime, zone: str) -> str:
    """Day and time of an instant in a zone that is named beside it: "Dec 1, 2026, 00:00"."""
    local = instant.astimezone(zones.zone(zone))
    return f"{format_short_date(local.date())}, {local:%H:%M}"


def about(row: AuditRow, zone: str) -> tuple[str, ...]:
    """Who, when, where and why, a line each."""
    who = operator_text(row.operator)
    if row.operator != row.role:
        who = beside(who, role_name(row.role))
    lines = [who, _("Recorded {instant}").format(instant=format_instant(row.recorded_at, zone))]
    if row.effective_at != row.recorded_at:
        lines.append(_("Effective {instant}").format(instant=format_instant(row.effective_at, zone)))
    if row.account:
        lines.append(_("Account: {account}").format(account=row.account))
    if row.reason:
        lines.append(_("Reason: {reason}").format(reason=row.reason))
    return tuple(lines)


def group_name(group: ChangeGroup) -> str:
    """A kind of changes."""
    names = {
        ChangeGroup.MODES: _("Billing modes"),
        ChangeGroup.LICENSES: _("Licenses and seats"),
        ChangeGroup.USERS: _("Users"),
        ChangeGroup.ACCOUNTS: _("Accounts"),
        ChangeGroup.BILLING: _("Prices and statements"),
        ChangeGroup.OPERATORS: _("Operators"),
        ChangeGroup.PROGRAM: _("The program"),
    }
    return names[group]


def period_name(period: Period) -> str:
    """A stretch of days."""
    names = {
        Period.TODAY: _("Today"),
        Period.WEEK: _("Last 7 days"),
        Period.MONTH: _("Last 30 days"),
        Period.THIS_MONTH: _("This month"),
        Period.LAST_MONTH: _("Last month"),
    }
    return names[period]


def verified_text(report: ChainReport) -> str:
    """What came of verifying the chain."""
    if report.findings:
        return ngettext(
            "The log was changed behind the program's back: {number} finding, the first at {where}.",
            "The log was changed behind the program's back: {number} findings, the first at {where}.",
            len(report.findings),
        ).format(number=format_number(len(report.findings)), where=_place(report.findings[0].where))
    return ngettext(
        "The chain is verified: the one entry is as it was written.",
        "The chain is verified: all {number} entries are as they were written.",
        report.entries,
    ).format(number=format_number(report.entries))


def comparison_text(result: Comparison, zone: str) -> str:
    """What came of comparing the log with an anchor that was made at some time."""
    parts = [compared_text(result)]
    if result.contains:
        parts.append(chain_text(holds=result.holds))
    if result.findings:
        parts.append(verified_text(ChainReport(result.last, result.findings)))
    made = _("The anchor is of {instant}.").format(instant=format_instant(result.anchor.recorded_at, zone))
    return " ".join((*parts, made))


def state_text(entries: int, at: datetime, where: str, zone: str) -> str:
    """What the latest verification found, and when: it stays on the page."""
    instant = format_instant(at, zone)
    if where:
        return _("The chain is broken at {where}: verified {instant}.").format(where=_place(where), instant=instant)
    return _("Verified through entry No. {number}, {instant}.").format(number=format_number(entries), instant=instant)


def _place(where: str) -> str:
    """Where a finding is; entries by the number that the list shows."""
    number = where.removeprefix("audit entry ")
    return _("No. {number}").format(number=format_number(int(number))) if number.isdecimal() else where
