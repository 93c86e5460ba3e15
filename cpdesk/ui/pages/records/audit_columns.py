"""The columns of the audit log."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from cpdesk.base.formats import format_instant
from cpdesk.base.i18n import _
from cpdesk.domain import switching
from cpdesk.domain.rows import AuditRow
from cpdesk.ui.pages.records.entry_texts import action_text, moment, subject_text
from cpdesk.ui.texts import operator_text
from cpdesk.ui.widgets.chips import ChipLook, pending_look
from cpdesk.ui.widgets.columns import Column, number_column


@dataclass(slots=True)
class Setting:
    """What the columns have to know, which is read later than they are made."""

    zone: str
    """IANA name of the zone that times are shown in."""
    products: Mapping[str, str] = field(default_factory=dict)
    """Display names by part number."""


def audit_columns(setting: Setting, *, with_account: bool) -> tuple[Column[AuditRow], ...]:
    """What is told of each entry; its account only in the log of all."""
    account = Column[AuditRow]("account", lambda: _("Account"), lambda row: row.account, soft=True, stretch=1)
    return (
        number_column("number", lambda: _("No."), lambda row: row.number, min_width=40),
        Column(
            "recorded",
            lambda: _("Recorded"),
            lambda row: row.recorded_at,
            text=lambda row: _day_then_time(moment(row.recorded_at, setting.zone)),
            badge=_late,
            copy=lambda row: format_instant(row.recorded_at, setting.zone),
        ),
        Column("change", lambda: _("Action"), action_text, strong=True),
        Column("subject", lambda: _("Subject"), lambda row: subject_text(row, setting.products), stretch=4),
        Column("operator", lambda: _("Operator"), lambda row: operator_text(row.operator), soft=True, stretch=3),
        *((account,) if with_account else ()),
    )


def _day_then_time(text: str) -> str:
    """A moment that goes on in a second line with its time, if anywhere."""
    day, blank, time = text.rpartition(" ")
    return day.replace(" ", "\u00a0") + blank + time


def _late(row: AuditRow) -> ChipLook | None:
    """Marks what was recorded long after it took effect."""
    return pending_look(_("late")) if switching.is_late(row.effective_at, row.recorded_at) else None
