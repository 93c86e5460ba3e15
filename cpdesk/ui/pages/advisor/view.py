"""What the advisor's page says of an account. Plain Python: every decision of the page is here."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from cpdesk.base.advice_words import headline, percent, reason
from cpdesk.base.apart import beside
from cpdesk.base.formats import format_date, format_list, format_money, format_month, format_number
from cpdesk.base.i18n import _, ngettext
from cpdesk.base.money_words import is_unpriced, no_price_text
from cpdesk.domain.advice import Advice, MonthCost, Recommendation
from cpdesk.domain.modes import Mode
from cpdesk.domain.operators import Role, Session, may_change
from cpdesk.domain.rows import AccountRow
from cpdesk.domain.switching import first_of_next_month
from cpdesk.ui.charts import ChartSwitch, CostFigures, CostPoint
from cpdesk.ui.pages.advisor.facts import AdvisorFacts
from cpdesk.ui.pages.advisor.looks import recommendation_look
from cpdesk.ui.texts import seats_text
from cpdesk.ui.widgets.chips import ChipLook, mode_name

NOT_SAID = "\u2013"
"""Stands for a figure that cannot be told."""


@dataclass(frozen=True, slots=True)
class FigureText:
    """A key figure in words."""

    label: str
    figure: str
    note: str


@dataclass(frozen=True, slots=True)
class WayText:
    """A way on, and what the button to it says."""

    text: str
    to: str
    """Key of a page: "services" for the Tools tab, "prices" for Price Schedules."""


@dataclass(frozen=True, slots=True)
class AdvisorView:
    """Everything the page shows but the lists."""

    subtitle: str
    chip: ChipLook
    reason: str
    saving: str
    """The part of the reason that is the saving; "" where there is none."""
    way: WayText | None
    pending: str
    """What is said of a queued change; "" where none is."""
    tenant: str
    """What is said of products that force Purchase Mode, where the reason does not."""
    figures: tuple[FigureText, ...]
    """None where there are no complete months."""
    costs: CostFigures


def advisor_view(facts: AdvisorFacts, by: Session) -> AdvisorView:
    """Put an advice into words for an operator."""
    advice, account = facts.advice, facts.account
    return AdvisorView(
        subtitle=subtitle(advice),
        chip=recommendation_look(advice.recommended, headline(advice)),
        reason=reason_text(advice),
        saving=_a_month(advice.saving_per_month, advice) if advice.saving_per_month else "",
        way=_way(advice, account, by),
        pending=_pending(account),
        tenant=_tenant(advice),
        figures=_figures(advice) if advice.months else (),
        costs=_cost_figures(facts),
    )


def reason_text(advice: Advice) -> str:
    """The reason, in which no percentage is torn from its sign at the end of a line."""
    return reason(advice).replace(" %", "\u00a0%")


def subtitle(advice: Advice) -> str:
    """What is compared, and over which months."""
    if not advice.months:
        return _("What past months would have cost in each mode, from this account's own ledger")
    text = ngettext(
        "What the last {number} month ({period}) would have cost in each mode, from this account's own ledger",
        "What the last {number} months ({period}) would have cost in each mode, from this account's own ledger",
        advice.months,
    )
    return text.format(number=format_number(advice.months), period=period(advice))


def period(advice: Advice) -> str:
    """ "November 2025 to October 2026"."""
    months = [format_month(month.month) for month in advice.by_month]
    if len(months) < 2:
        return "".join(months)
    return _("{first} to {last}").format(first=months[0], last=months[-1])


def _cost_figures(facts: AdvisorFacts) -> CostFigures:
    """The months as the chart takes them, with the changes of mode between them."""
    points = tuple(map(_point, facts.advice.by_month))
    return CostFigures(facts.advice.currency, points, tuple(_switches(facts)))


def _point(month: MonthCost) -> CostPoint:
    # What lacks a price is never taken for nothing.
    known = not month.unpriced
    return CostPoint(
        month=month.month,
        usage=month.usage if known else None,
        purchase=month.purchase if known else None,
        actual=month.actual if known else None,
        mode=month.mode,
    )


def _switches(facts: AdvisorFacts) -> Iterator[ChartSwitch]:
    """Those in the months that are shown; the present month is not among them."""
    months = facts.advice.by_month
    for switch in facts.switches:
        if months and months[0].month < switch.day < first_of_next_month(months[-1].month):
            yield ChartSwitch(switch.day, switch.to)


def _way(advice: Advice, account: AccountRow, by: Session) -> WayText | None:
    """Where to go on: to prices that are missing, or to the change that is recommended."""
    if advice.recommended is Recommendation.UNPRICED:
        return WayText(_("Open Price Schedules"), "prices") if by.role is not Role.CUSTOMER else None
    if not may_change(by) or not account.service_active:
        return None
    if account.pending is not None:
        wrong = advice.recommended is Recommendation.PURCHASE
        return WayText(_("Review the pending change"), "services") if wrong else None
    wanted = {Recommendation.USAGE: Mode.USAGE, Recommendation.PURCHASE: Mode.PURCHASE}.get(advice.recommended)
    if wanted is None or wanted is account.mode:
        return None
    return WayText(_("Review the change to {mode}").format(mode=mode_name(wanted)), "services")


def _pending(account: AccountRow) -> str:
    if account.pending is None:
        return ""
    text = _("A change to Usage Mode is pending and will be completed on {date}. Until then every seat is billed.")
    return text.format(date=format_date(account.pending.effective_on))


def _tenant(advice: Advice) -> str:
    if not advice.tenant_products or advice.recommended is Recommendation.PURCHASE:
        return ""
    text = _("{products}: such products belong to the tenant and can be held in Purchase Mode only.")
    return text.format(products=format_list(advice.tenant_products))


def _figures(advice: Advice) -> tuple[FigureText, ...]:
    charged = ngettext("Charged in {number} month", "Charged in {number} months", advice.months)
    return (
        _cost(charged.format(number=format_number(advice.months)), advice.actual, advice),
        _cost(mode_name(Mode.USAGE), advice.usage_cost, advice),
        _cost(_("Purchase Mode, smallest pool"), advice.purchase_cost, advice),
        _turnover(advice),
    )


def _cost(label: str, amount: Decimal, advice: Advice) -> FigureText:
    missing = _missing(advice)
    if is_unpriced(amount, len(advice.unpriced)):
        return FigureText(label, no_price_text(), missing)
    note = _("{amount} a month").format(amount=_a_month(amount / advice.months, advice))
    return FigureText(label, _a_month(amount, advice), beside(note, missing))


def _missing(advice: Advice) -> str:
    """What the amounts leave out; "" where they leave nothing out."""
    number = len(advice.unpriced)
    if not number:
        return ""
    text = ngettext(
        "{number} product without a price is missing", "{number} products without a price are missing", number
    )
    return text.format(number=format_number(number))


def _turnover(advice: Advice) -> FigureText:
    label = _("Seats changing hands a month")
    if advice.turnover is None:
        return FigureText(label, NOT_SAID, _("no seat was assigned"))
    assigned = sum((product.average_assigned for product in advice.products), Decimal())
    moved = format_number((assigned * advice.turnover).quantize(Decimal("0.1")))
    note = _("about {moved} of {seats}").format(moved=moved, seats=seats_text(round(assigned)))
    return FigureText(label, percent(advice.turnover), note)


def _a_month(amount: Decimal, advice: Advice) -> str:
    return format_money(amount, advice.currency)
