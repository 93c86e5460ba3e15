"""What the Billing tab says. Plain Python."""

from dataclasses import dataclass

from cpdesk.base.formats import format_date, format_days, format_money, format_month, format_number
from cpdesk.base.i18n import _, ngettext
from cpdesk.base.money_words import no_price_text
from cpdesk.domain.advice import MonthCost
from cpdesk.domain.billing import MonthRow, Statement
from cpdesk.domain.modes import PendingSwitch
from cpdesk.domain.operators import Session
from cpdesk.domain.rows import AccountRow
from cpdesk.domain.timelines import SeatTimeline
from cpdesk.ui.charts import ChartSwitch, CostFigures, CostPoint, SeatFigures, SeatPoint
from cpdesk.ui.pages.services.billing_facts import BillingFacts, ChartFacts
from cpdesk.ui.parts.unpriced import unpriced_text
from cpdesk.ui.widgets.chips import mode_name


@dataclass(frozen=True, slots=True)
class BillingFigure:
    """A key figure in words."""

    label: str
    figure: str
    note: str


@dataclass(frozen=True, slots=True)
class BillingView:
    """Everything over the charts."""

    figures: tuple[BillingFigure, ...]
    """This month so far, to its end, and the next month."""
    unpriced: str
    """What is missing in the amounts; "" where nothing is."""


def billing_view(facts: BillingFacts, account: AccountRow, by: Session) -> BillingView:
    """Put the amounts into words."""
    figures = (
        _figure(_("This month so far"), facts.so_far, _so_far_note(facts.so_far)),
        _figure(
            _("To the end of {month}").format(month=format_month(facts.forecast.month)),
            facts.forecast,
            _("A forecast: with the seats as they are now."),
        ),
        _figure(
            _("Next month, {month}").format(month=format_month(facts.next_month.month)),
            facts.next_month,
            _next_note(facts.next_month, account),
        ),
    )
    longest = max((facts.so_far, facts.forecast, facts.next_month), key=lambda statement: statement.unpriced)
    return BillingView(figures, unpriced_text(longest.lines, by))


def cost_figures(facts: ChartFacts) -> CostFigures:
    """The complete months as the chart takes them."""
    points = tuple(map(_cost_point, facts.advice.by_month))
    switches = _switches(facts.timeline)
    if not points:
        return CostFigures(facts.advice.currency)
    inside = tuple(switch for switch in switches if points[0].month < switch.day <= facts.timeline.through)
    return CostFigures(facts.advice.currency, points, inside)


def seat_figures(timeline: SeatTimeline) -> SeatFigures:
    """The days as the chart takes them."""
    points = tuple(SeatPoint(day.day, day.seats, day.assigned, day.mode) for day in timeline.days)
    return SeatFigures(timeline.through, points, _switches(timeline))


def month_text(row: MonthRow) -> str:
    """ "November 2026"."""
    return format_month(row.month)


def unpriced_lines_text(count: int) -> str:
    """ "2 lines", or nothing."""
    return ngettext("{number} line", "{number} lines", count).format(number=format_number(count)) if count else ""


def _figure(label: str, statement: Statement, note: str) -> BillingFigure:
    missing = statement.unpriced
    if missing and not statement.total:
        return BillingFigure(label, no_price_text(), note)
    lacking = ngettext(
        "Without {number} line that has no price.", "Without {number} lines that have no price.", missing
    )
    told = f"{note} {lacking.format(number=format_number(missing))}" if missing else note
    return BillingFigure(label, format_money(statement.total, statement.currency), told)


def _so_far_note(statement: Statement) -> str:
    days = format_days(statement.month, statement.through)
    return _("{days}. Provisional: the month is not over.").format(days=days)


def _next_note(statement: Statement, account: AccountRow) -> str:
    pending = account.pending
    if pending is not None and _counts(pending, statement):
        return _("A forecast: after the change to Usage Mode on {date}, with the seats that are assigned now.").format(
            date=format_date(pending.effective_on)
        )
    return _("A forecast: in {mode}, with the seats as they are now.").format(mode=mode_name(account.mode))


def _counts(pending: PendingSwitch, statement: Statement) -> bool:
    return pending.effective_on <= statement.through


def _cost_point(month: MonthCost) -> CostPoint:
    # What lacks a price is never taken for nothing.
    known = not month.unpriced
    return CostPoint(
        month=month.month,
        usage=month.usage if known else None,
        purchase=month.purchase if known else None,
        actual=month.actual if known else None,
        mode=month.mode,
    )


def _switches(timeline: SeatTimeline) -> tuple[ChartSwitch, ...]:
    return tuple(ChartSwitch(switch.day, switch.to) for switch in timeline.switches)
