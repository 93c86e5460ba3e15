"""Telling the operator what was completed and carried out by the clock."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from cpdesk.base.formats import format_number
from cpdesk.base.i18n import _, ngettext
from cpdesk.domain.operators import Role, Session, sees_account
from cpdesk.domain.planned import PlannedChange, PlanState
from cpdesk.domain.settlements import Settlement
from cpdesk.ui.context import Action
from cpdesk.ui.texts import settled_texts

if TYPE_CHECKING:
    from cpdesk.ui.context import Navigate
    from cpdesk.ui.shell.window import Window


def tell(settled: Settlement, session: Session, window: "Window") -> Settlement:
    """Tell it as notices; returns what belongs to accounts that are not this operator's business."""
    seen, rest = settled.parted(partial(sees_account, session))
    for text in settled_texts(seen.switches):
        window.notices.success(text)
    if text := done_text(seen.plans):
        window.notices.success(text)
    if text := left_text(seen.plans):
        window.notices.pending(text, Action(_("Open Pending Changes"), _opening(session, window.navigate)))
    return rest


def done_text(plans: Sequence[PlannedChange]) -> str:
    """How many planned changes were carried out wholly; "" for none."""
    number = sum(one.state is PlanState.DONE for one in plans)
    if not number:
        return ""
    return ngettext(
        "{number} planned change was carried out.", "{number} planned changes were carried out.", number
    ).format(number=format_number(number))


def left_text(plans: Sequence[PlannedChange]) -> str:
    """How many left something undone; "" for none."""
    number = sum(one.alarms for one in plans)
    if not number:
        return ""
    return ngettext(
        "{number} planned change was skipped, wholly or in part. The reason stands in Pending Changes.",
        "{number} planned changes were skipped, wholly or in part. The reasons stand in Pending Changes.",
        number,
    ).format(number=format_number(number))


def _opening(session: Session, navigate: "Navigate") -> "partial[bool]":
    if session.role is Role.CUSTOMER:
        return partial(navigate, "account_changes", account=session.account_id)
    return partial(navigate, "pending_changes")
