"""The columns of the advice for all accounts."""

from decimal import Decimal

from cpdesk.base.formats import format_money
from cpdesk.base.i18n import _
from cpdesk.domain.advice import Recommendation
from cpdesk.domain.modes import Mode
from cpdesk.ui.pages.advisor.advice_lines import AdviceLine, Outcome
from cpdesk.ui.pages.advisor.looks import recommendation_look
from cpdesk.ui.widgets.chips import ChipLook, mode_look, mode_name
from cpdesk.ui.widgets.columns import Align, Column, number_column


def advice_columns() -> tuple[Column[AdviceLine], ...]:
    """What is told of each account."""
    return (
        Column(
            "account", lambda: _("Account"), lambda line: line.advice.account, strong=True, stretch=1, min_width=112
        ),
        Column(
            "domain",
            lambda: _("Domain"),
            lambda line: line.advice.domain,
            soft=True,
            stretch=8,
            min_width=64,
            yields=True,
        ),
        Column(
            "mode",
            lambda: _("Billing mode"),
            lambda line: line.advice.mode,
            text=lambda line: mode_name(line.advice.mode),
            chip=lambda line: mode_look(line.advice.mode),
            tooltip=_pending,
            min_width=128,
        ),
        Column(
            "recommended",
            lambda: _("Recommended"),
            recommended_text,
            chip=_look,
            tooltip=lambda line: line.headline,
            min_width=144,
        ),
        Column(
            "saving",
            lambda: _("Saving a month"),
            lambda line: line.saving or Decimal(),
            text=_saving,
            align=Align.END,
            strong=True,
            min_width=120,
        ),
        number_column("months", lambda: _("Months"), lambda line: line.advice.months, min_width=72),
        Column(
            "reason",
            lambda: _("Reason"),
            lambda line: line.reason,
            tooltip=lambda line: line.reason,
            soft=True,
            stretch=20,
            min_width=56,
            yields=True,
        ),
    )


def recommended_text(line: AdviceLine) -> str:
    """The mode that is recommended, or why none is."""
    modes = {Recommendation.USAGE: Mode.USAGE, Recommendation.PURCHASE: Mode.PURCHASE}
    mode = modes.get(line.advice.recommended)
    return line.headline if mode is None else mode_name(mode)


def _saving(line: AdviceLine) -> str:
    return format_money(line.saving, line.advice.currency) if line.saving else ""


def _look(line: AdviceLine) -> ChipLook | None:
    """A chip only where something is to be done: what may stay is quiet."""
    if line.outcome is Outcome.KEEP:
        return None
    return recommendation_look(line.advice.recommended, recommended_text(line))


def _pending(line: AdviceLine) -> str:
    return _("A change to Usage Mode is pending.") if line.advice.pending else ""
