"""Price Schedules: the list, the page of a schedule, and their dialogs."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from cpdesk.base.errors import KnownError, UserError
from cpdesk.domain import topics
from cpdesk.domain.operators import Session
from cpdesk.domain.rows import Done
from cpdesk.domain.schedules import PriceRow, ScheduleRow
from cpdesk.services.prices import Prices
from cpdesk.services.products import Products
from cpdesk.ui.context import PageContext
from cpdesk.ui.gallery import price_samples
from cpdesk.ui.gallery.price_samples import DEFAULT, EUROPE, SCHEDULES, SCHOOLS
from cpdesk.ui.gallery.samples import AUDITOR, RESELLER
from cpdesk.ui.gallery.scene import Picture, Stage, scene
from cpdesk.ui.gallery.stand_ins import StandIn, services
from cpdesk.ui.pages import all_pages
from cpdesk.ui.pages.prices.history_dialog import PriceHistoryDialog
from cpdesk.ui.pages.prices.price_dialog import SetPriceDialog
from cpdesk.ui.pages.prices.price_lines import ProductLine, product_lines
from cpdesk.ui.pages.prices.price_list import LACKING
from cpdesk.ui.pages.prices.proration_dialog import ProrationDialog
from cpdesk.ui.pages.prices.remove_price import RemovePriceDialog
from cpdesk.ui.pages.prices.schedule_dialogs import (
    CopyScheduleDialog,
    CreateScheduleDialog,
    MakeDefaultDialog,
    RenameScheduleDialog,
)
from cpdesk.ui.pages.prices.schedule_list import ScheduleListPage
from cpdesk.ui.pages.prices.schedule_page import SchedulePage
from cpdesk.ui.shell.window import Window

_ALL = ("german", "large_text", "rtl")


def price_services(
    schedules: Sequence[ScheduleRow] | Exception = SCHEDULES,
    rows: Sequence[PriceRow] | None = None,
    **answers: Any,
) -> Any:
    """Services that know these schedules and prices; `answers` replace methods of `Prices`."""
    shown = list(price_samples.prices() if rows is None else rows)
    known: dict[str, Any] = {
        "schedules": schedules if isinstance(schedules, Exception) else list(schedules),
        "rows": shown,
        "create": Done(SCHOOLS, topics.PRICES),
        "rename": Done(SCHOOLS, topics.PRICES),
        "set_default": Done(SCHOOLS, topics.PRICES),
        "set_proration": Done(DEFAULT, topics.PRICES),
        "set_price": Done(shown[0], topics.PRICES) if shown else None,
        "withdraw_price": Done(None, topics.PRICES),
        **answers,
    }
    products = StandIn(Products, by_id=price_samples.catalogue())
    return services(prices=StandIn(Prices, **known), products=products)


def list_window(stage: Stage, bundle: Any, session: Session = RESELLER) -> Window:
    """The list of schedules."""
    return stage.window(all_pages(), "prices", services=bundle, session=session)


def schedule_window(
    stage: Stage, bundle: Any, schedule: int = DEFAULT.id, session: Session = RESELLER, tab: str = "prices"
) -> Window:
    """The page of a schedule."""
    return stage.window(all_pages(), "price_schedule", services=bundle, session=session, schedule=schedule, tab=tab)


def list_page(window: Window) -> ScheduleListPage:
    """The page of the window."""
    assert isinstance(window.page, ScheduleListPage)
    return window.page


def schedule_page(window: Window) -> SchedulePage:
    """The page of the window."""
    assert isinstance(window.page, SchedulePage)
    return window.page


def sample_lines(rows: Sequence[PriceRow] | None = None) -> tuple[ProductLine, ...]:
    """The lines of the schedule Default."""
    return product_lines(price_samples.catalogue(), price_samples.prices() if rows is None else rows, "USD")


def _context(window: Window) -> PageContext:
    assert window.page is not None
    return window.page.context


# The list


@scene("prices", variants=_ALL)
def prices(stage: Stage) -> QWidget:
    """Three schedules, one selected."""
    window = list_window(stage, price_services())
    list_page(window).table.select(SCHOOLS.id)
    return window


@scene("prices_one", variants=("german",))
def prices_one(stage: Stage) -> QWidget:
    """Right after set-up."""
    return list_window(stage, price_services((DEFAULT,)))


@scene("prices_thousands")
def prices_thousands(stage: Stage) -> QWidget:
    """One for each customer."""
    return list_window(stage, price_services(price_samples.many_schedules(2000)))


@scene("prices_error")
def prices_error(stage: Stage) -> QWidget:
    """The list cannot be read."""
    return list_window(stage, price_services(KnownError("database_locked", path="/home/dana/.local/share/cpdesk")))


@scene("prices_auditor", variants=("german",))
def prices_auditor(stage: Stage) -> QWidget:
    """Reads everything, changes nothing."""
    return list_window(stage, price_services(), AUDITOR)


@scene("price_schedule_create", variants=_ALL)
def price_schedule_create(stage: Stage) -> Picture:
    """A new one; the name is somebody's already."""
    window = list_window(stage, price_services(create=UserError("schedule_name_taken", name="Default")))
    dialog = CreateScheduleDialog(window, _context(window), "USD")
    dialog.form.set_values({"name": "default"})
    dialog.go.click()
    return window, dialog


@scene("price_schedule_copy", variants=_ALL)
def price_schedule_copy(stage: Stage) -> Picture:
    """A copy of Default."""
    window = list_window(stage, price_services())
    dialog = CopyScheduleDialog(window, _context(window), DEFAULT)
    dialog.form.set_values({"name": "Default for hotels"})
    return window, dialog


@scene("price_schedule_rename", variants=("german",))
def price_schedule_rename(stage: Stage) -> Picture:
    """Another name."""
    window = list_window(stage, price_services())
    return window, RenameScheduleDialog(window, _context(window), SCHOOLS)


@scene("price_schedule_default", variants=_ALL)
def price_schedule_default(stage: Stage) -> Picture:
    """From when it counts for everybody without one."""
    window = list_window(stage, price_services())
    return window, MakeDefaultDialog(window, _context(window), SCHOOLS, DEFAULT.name)


# The page of a schedule


@scene("price_schedule", variants=_ALL)
def price_schedule(stage: Stage) -> QWidget:
    """All products of the catalogue, without costs."""
    window = schedule_window(stage, price_services(rows=price_samples.prices(costs=False)))
    schedule_page(window).prices.table.selectRow(2)
    return window


@scene("price_schedule_costs", variants=_ALL)
def price_schedule_costs(stage: Stage) -> QWidget:
    """What the reseller pays, and what is left."""
    return schedule_window(stage, price_services(), tab="costs")


@scene("price_schedule_proration", variants=_ALL)
def price_schedule_proration(stage: Stage) -> QWidget:
    """Whole months, and by the day from December on."""
    return schedule_window(stage, price_services(), SCHOOLS.id, tab="proration")


@scene("price_schedule_empty", variants=_ALL)
def price_schedule_empty(stage: Stage) -> QWidget:
    """A new schedule: no product has a price."""
    return schedule_window(stage, price_services(rows=()), EUROPE.id)


@scene("price_schedule_lacking")
def price_schedule_lacking(stage: Stage) -> QWidget:
    """Only what lacks a price, in a schedule that charges otherwise from December on."""
    window = schedule_window(stage, price_services(rows=price_samples.prices(costs=False)), SCHOOLS.id)
    schedule_page(window).prices.chips[LACKING].click()
    return window


@scene("price_schedule_thousands")
def price_schedule_thousands(stage: Stage) -> QWidget:
    """Every product that Microsoft names."""
    many = price_samples.many_products(3000)
    bundle = price_services(rows=price_samples.prices_of(many))
    bundle.products.answers["by_id"] = many
    return schedule_window(stage, bundle)


@scene("price_schedule_auditor", variants=("german",))
def price_schedule_auditor(stage: Stage) -> QWidget:
    """Reads everything, changes nothing."""
    return schedule_window(stage, price_services(), DEFAULT.id, AUDITOR)


@scene("price_schedule_gone")
def price_schedule_gone(stage: Stage) -> QWidget:
    """There is no such schedule any more."""
    return schedule_window(stage, price_services(), 99)


def _price_dialog(stage: Stage, line: ProductLine, **answers: Any) -> tuple[Window, SetPriceDialog]:
    window = schedule_window(stage, price_services(**answers))
    return window, SetPriceDialog(window, _context(window), DEFAULT, line)


@scene("price_set", variants=_ALL)
def price_set(stage: Stage) -> Picture:
    """A product that has a price, and one that waits."""
    return _price_dialog(stage, next(line for line in sample_lines() if line.next))


@scene("price_set_first", variants=("german",))
def price_set_first(stage: Stage) -> Picture:
    """A product of the tenant that has no price yet."""
    line = next(line for line in sample_lines() if line.product.assignable_to == "tenant")
    return _price_dialog(stage, replace(line, now=None, next=None))


@scene("price_set_refused", variants=_ALL)
def price_set_refused(stage: Stage) -> Picture:
    """No number, and a date that is past."""
    refusal = UserError("date_in_the_past", date=price_samples.PRICED, earliest=price_samples.TODAY)
    window, dialog = _price_dialog(stage, next(line for line in sample_lines() if line.now), set_price=refusal)
    dialog.day.set_values({"effective_on": price_samples.PRICED})
    dialog.save.click()
    dialog.usage.set_values({"usage_price": "twelve"})
    dialog.usage.validate()
    return window, dialog


@scene("price_history", variants=_ALL)
def price_history(stage: Stage) -> Picture:
    """Before, today, and from December on."""
    line = next(line for line in sample_lines() if line.next)
    assert line.now is not None
    window = schedule_window(stage, price_services(rows=price_samples.history(line.now)))
    dialog = PriceHistoryDialog(window, _context(window), DEFAULT, line)
    dialog.table.selectRow(0)
    return window, dialog


@scene("price_history_empty")
def price_history_empty(stage: Stage) -> Picture:
    """It never had one."""
    window = schedule_window(stage, price_services(rows=()), EUROPE.id)
    return window, PriceHistoryDialog(window, _context(window), EUROPE, sample_lines(())[0])


@scene("price_remove", variants=_ALL)
def price_remove(stage: Stage) -> Picture:
    """A price that has not begun."""
    line = next(line for line in sample_lines() if line.next)
    assert line.next is not None
    window = schedule_window(stage, price_services())
    return window, RemovePriceDialog(window, _context(window), DEFAULT, line.next, line.now)


@scene("price_proration", variants=_ALL)
def price_proration(stage: Stage) -> Picture:
    """By the day, or whole months."""
    window = schedule_window(stage, price_services())
    return window, ProrationDialog(window, _context(window), DEFAULT)
