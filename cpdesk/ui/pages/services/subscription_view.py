"""What the page of a subscription says. Plain Python."""

from dataclasses import dataclass

from cpdesk.base.apart import beside
from cpdesk.base.formats import format_number
from cpdesk.base.i18n import _, ngettext
from cpdesk.base.money_words import amount_text
from cpdesk.domain.modes import Mode
from cpdesk.domain.rows import SubscriptionRow
from cpdesk.ui.pages.services.subscription_columns import price_each_text
from cpdesk.ui.pages.services.subscription_facts import SubscriptionFacts

_NONE = "\u2013"


@dataclass(frozen=True, slots=True)
class Figure:
    """A key figure in words."""

    label: str
    figure: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class SubscriptionView:
    """Everything over the tabs."""

    subtitle: str
    figures: tuple[Figure, ...]
    """Seats, assigned, available, monthly cost."""
    may_warn: bool
    """Whether a low-seat warning has a meaning here."""


def subscription_view(facts: SubscriptionFacts) -> SubscriptionView:
    """Put the counts and the cost into words."""
    account, held, row = facts.service.account, facts.held, facts.held.row
    of_tenant = row.assignable_to == "tenant"
    counts = (_NONE, _NONE) if of_tenant else (format_number(row.assigned), format_number(row.available))
    belongs = _("It belongs to the tenant as a whole.") if of_tenant else ""
    figures = (
        Figure(_("Seats"), format_number(row.seats), _billable(account.mode)),
        Figure(_("Assigned"), counts[0], belongs),
        Figure(_("Available"), counts[1], belongs or _warning(account.mode, row)),
        Figure(_("Monthly cost"), amount_text(held.monthly, held.currency), price_each_text(held)),
    )
    return SubscriptionView(
        beside(account.domain, row.part_number), figures, account.mode is Mode.PURCHASE and not of_tenant
    )


def threshold_set_text(row: SubscriptionRow) -> str:
    """What was done."""
    if row.threshold is None:
        return _("{product}: no low-seat warning any more.").format(product=row.name)
    return beside(row.name, _warns_at(row.threshold), between=": ")


def _billable(mode: Mode) -> str:
    if mode is Mode.USAGE:
        return _("Usage Mode: a seat comes and leaves with its assignment.")
    return _("Purchase Mode: each is billable, assigned or not.")


def _warning(mode: Mode, row: SubscriptionRow) -> str:
    if mode is Mode.USAGE:
        if row.threshold is None:
            return _("In Usage Mode none is ever left over.")
        return _("The low-seat warning at {number} is silent in Usage Mode, where nothing runs short.").format(
            number=format_number(row.threshold)
        )
    return _("No low-seat warning is set.") if row.threshold is None else _warns_at(row.threshold)


def _warns_at(threshold: int) -> str:
    if threshold == 0:
        return _("Warns when none is available.")
    text = ngettext(
        "Warns when {number} is available, or none.", "Warns when {number} are available, or fewer.", threshold
    )
    return text.format(number=format_number(threshold))
