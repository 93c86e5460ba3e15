"""The dialogs of the services page: the confirmation of a change of mode, keeping it, and seats."""

from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtWidgets import QDialog, QWidget

from cpdesk.base.errors import KnownError, UserError
from cpdesk.domain import forecasts
from cpdesk.domain.forecasts import BlockedHolder
from cpdesk.domain.modes import Mode
from cpdesk.ui.gallery.samples import STRANGE
from cpdesk.ui.gallery.scene import Stage, scene
from cpdesk.ui.gallery.scenes_services import LONG, PENDING, PURCHASE, USAGE, open_page, services_window
from cpdesk.ui.gallery.service_samples import (
    CAPACITY,
    E3,
    IN_USE,
    MORGAN,
    POOL,
    PREMIUM,
    Failing,
    Sample,
    held,
    many_products,
)
from cpdesk.ui.pages.services.add_seats import AddSeatsDialog
from cpdesk.ui.pages.services.confirm_mode_switch import ConfirmModeSwitchDialog
from cpdesk.ui.pages.services.facts import read_facts
from cpdesk.ui.pages.services.remove_seats import RemoveSeatsDialog
from cpdesk.ui.parts.keep_purchase_mode import KeepPurchaseModeDialog
from cpdesk.ui.parts.plan_dialog import PlanReductionDialog

Picture = tuple[QWidget, QDialog]

_ALL = ("german", "large_text", "rtl")
_NAMES = (
    "Morgan Ellis",
    "Alex Wilber",
    "Nestor Wilke",
    "Lynne Robbins",
    "Isaiah Langer",
    "Megan Bowen",
    "Pradeep Gupta",
)
_BLOCKED = tuple(
    BlockedHolder(f"{name.lower().replace(' ', '.')}@contoso-freight.example", name, ("SPB",)) for name in _NAMES
)
_LOSING = replace(PURCHASE, rows=(*POOL, held(CAPACITY, 5, 0)), blocked=_BLOCKED)


def _confirm(stage: Stage, sample: Sample, **answers: Any) -> tuple[QWidget, ConfirmModeSwitchDialog]:
    window = services_window(stage, sample, "tools", **answers)
    dialog = ConfirmModeSwitchDialog(window, open_page(window).context, sample.account)
    dialog.ask()
    return window, dialog


@scene("confirm_to_purchase", variants=_ALL)
def confirm_to_purchase(stage: Stage) -> Picture:
    """Immediate, and one thing to understand."""
    return _confirm(stage, USAGE)


@scene("confirm_to_usage", variants=_ALL)
def confirm_to_usage(stage: Stage) -> Picture:
    """The sketch: a tenant product will be lost, one blocked user holds a license."""
    return _confirm(stage, replace(PURCHASE, blocked=(MORGAN,)))


@scene("confirm_to_usage_ticked")
def confirm_to_usage_ticked(stage: Stage) -> Picture:
    """Two tenant products, both ticked; seven blocked users."""
    window, dialog = _confirm(stage, _LOSING)
    assert dialog.view is not None
    for tick in dialog.view.ticks:
        tick.setChecked(True)
    return window, dialog


@scene("confirm_nothing_lost")
def confirm_nothing_lost(stage: Stage) -> Picture:
    """Nothing to tick."""
    return _confirm(stage, replace(PURCHASE, rows=(held(PREMIUM, 60, 54), held(E3, 20, 17))))


@scene("confirm_changed", variants=("german",))
def confirm_changed(stage: Stage) -> Picture:
    """Seats were added while the confirmation was open."""
    shown = PURCHASE.forecast(Mode.USAGE)
    now = replace(PURCHASE, rows=(held(PREMIUM, 61, 54), *POOL[1:])).forecast(Mode.USAGE)
    refusal = UserError("forecast_changed", differences=forecasts.differences(shown, now), forecast=now)
    window, dialog = _confirm(stage, PURCHASE, change=refusal)
    assert dialog.view is not None
    dialog.view.ticks[0].setChecked(True)
    dialog.yes.click()
    return window, dialog


@scene("confirm_many_products", variants=("large_text",))
def confirm_many_products(stage: Stage) -> Picture:
    """Forty products: the middle scrolls, the question and the answers stay."""
    return _confirm(stage, replace(PURCHASE, rows=many_products(40)))


@scene("confirm_long_names", variants=("rtl",))
def confirm_long_names(stage: Stage) -> Picture:
    """Names that do not fit."""
    return _confirm(stage, replace(LONG, is_pending=False))


@scene("confirm_strange_names", variants=("rtl",))
def confirm_strange_names(stage: Stage) -> Picture:
    """Names that would turn round what is asked, or be something else."""
    turning, override, markup, *_rest = STRANGE
    rows = (held(replace(PREMIUM, name=turning), 60, 54), held(replace(CAPACITY, name=override), 5, 0))
    blocked = tuple(BlockedHolder(name, name, ("SPB",)) for name in (override, markup, turning))
    return _confirm(stage, replace(PURCHASE, name=turning, rows=rows, blocked=blocked))


@scene("confirm_no_seats")
def confirm_no_seats(stage: Stage) -> Picture:
    """A pool that opens empty."""
    return _confirm(stage, Sample(mode=Mode.USAGE, rows=(), users=0))


@scene("confirm_error")
def confirm_error(stage: Stage) -> Picture:
    """The forecast cannot be computed."""
    error = KnownError("database_locked", path="cpdesk.sqlite3")
    return _confirm(stage, USAGE, forecast=Failing(USAGE.forecast(Mode.PURCHASE), error))


@scene("keep_purchase_mode", variants=_ALL)
def keep_purchase_mode(stage: Stage) -> Picture:
    """Withdrawing."""
    window = services_window(stage, PENDING, "tools")
    money = PENDING.outlook().money
    return window, KeepPurchaseModeDialog(window, open_page(window).context, PENDING.account, money)


def _add_seats(stage: Stage, sample: Sample, chosen: str, **answers: Any) -> tuple[QWidget, AddSeatsDialog]:
    window = services_window(stage, sample, "subscriptions", **answers)
    context = open_page(window).context
    facts = read_facts(context.services, context.by, sample.account.id)
    return window, AddSeatsDialog(window, context, facts, chosen)


@scene("add_seats", variants=_ALL)
def add_seats(stage: Stage) -> Picture:
    """The result spelled out."""
    window, dialog = _add_seats(stage, PURCHASE, PREMIUM.guid)
    dialog.form.set_values({"count": 3})
    return window, dialog


@scene("add_seats_pending")
def add_seats_pending(stage: Stage) -> Picture:
    """Nothing chosen yet, and a change is pending."""
    return _add_seats(stage, PENDING, "")


@scene("add_seats_refused", variants=("german",))
def add_seats_refused(stage: Stage) -> Picture:
    """A count that makes no sense."""
    refusal = UserError("too_many_seats", product=PREMIUM.name, most=1_000_000)
    window, dialog = _add_seats(stage, PURCHASE, PREMIUM.guid, add_seats=refusal)
    dialog.form.set_values({"count": 999_990})
    dialog.add.click()
    return window, dialog


@scene("remove_seats", variants=_ALL)
def remove_seats(stage: Stage) -> Picture:
    """How many can be removed, and what is left."""
    window = services_window(stage, PURCHASE, "subscriptions")
    dialog = RemoveSeatsDialog(window, open_page(window).context, PURCHASE.account, PURCHASE.held(POOL[0]))
    dialog.form.set_values({"count": 4})
    return window, dialog


@scene("remove_seats_whole_months", variants=_ALL)
def remove_seats_whole_months(stage: Stage) -> Picture:
    """The price schedule charges whole months: the bill falls from the first of the next one on."""
    window = services_window(stage, PURCHASE, "subscriptions")
    later = replace(PURCHASE.held(POOL[0]), falls_later=date(2026, 12, 1))
    dialog = RemoveSeatsDialog(window, open_page(window).context, PURCHASE.account, later)
    dialog.form.set_values({"count": 4})
    return window, dialog


@scene("plan_reduction", variants=_ALL)
def plan_reduction(stage: Stage) -> Picture:
    """Seats to be removed on a date, after a change to Usage Mode: there is a word about that."""
    window = services_window(stage, PENDING, "subscriptions")
    page = open_page(window)
    dialog = PlanReductionDialog(page, page.context, PENDING.account, PENDING.held(POOL[0]).row)
    dialog.form.set_values({"count": 4})
    dialog.open()
    return window, dialog


@scene("remove_seats_none")
def remove_seats_none(stage: Stage) -> Picture:
    """All seats are assigned."""
    window = services_window(stage, replace(PURCHASE, rows=IN_USE), "subscriptions")
    return window, RemoveSeatsDialog(window, open_page(window).context, PURCHASE.account, PURCHASE.held(IN_USE[0]))
