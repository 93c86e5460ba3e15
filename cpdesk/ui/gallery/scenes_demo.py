"""The demo: its banner, and the steps of its tour."""

from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog, QWidget

from cpdesk.base.errors import KnownError
from cpdesk.domain import topics
from cpdesk.domain.modes import Mode
from cpdesk.domain.operators import Session
from cpdesk.services.accounts import Accounts
from cpdesk.services.statements import Statements
from cpdesk.ui.gallery.samples import ACCOUNTS, AUDITOR, RESELLER, costs_of
from cpdesk.ui.gallery.scene import Stage, scene
from cpdesk.ui.gallery.service_samples import BOUGHT, IN_USE, POOL, Sample, prices_of
from cpdesk.ui.gallery.stand_ins import StandIn, services
from cpdesk.ui.pages import all_pages
from cpdesk.ui.pages.services.confirm_mode_switch import ConfirmModeSwitchDialog
from cpdesk.ui.shell.demo_banner import DemoBanner
from cpdesk.ui.shell.tour import Tour
from cpdesk.ui.shell.window import Window

_ALL = ("german", "large_text", "rtl")
_ZONE = "America/New_York"

POOLED = Sample(rows=POOL, completed=BOUGHT)
PENDING = replace(POOLED, is_pending=True)
DONE = Sample(mode=Mode.USAGE, rows=IN_USE)


def demo_window(
    stage: Stage, sample: Sample, key: str, *, session: Session | None = RESELLER, **params: Any
) -> tuple[Window, Tour]:
    """The window of a demo, and its tour, not begun: of the sample's account, which was in Purchase Mode at first."""
    account = sample.account
    areas = sample.services()
    before = replace(account, mode=Mode.PURCHASE, pending=None)
    rows = sorted([before, *(row for row in ACCOUNTS if row.name != account.name)], key=lambda row: row.name)
    accounts = StandIn(Accounts, rows=rows, show=account)
    statements = StandIn(Statements, costs=costs_of(rows), prices_of=prices_of(sample.rows), falls_later=None)
    known = {"modes": areas.modes, "licenses": areas.licenses, "prices": areas.prices}
    bundle = services(accounts=accounts, statements=statements, **known)  # type: ignore[arg-type]
    window = stage.window(all_pages(), key, services=bundle, session=session, **params)
    banner = DemoBanner(stage.clock, _ZONE, "demo")
    window.banners.put("demo", banner)
    if session is None:
        banner.set_signed_out()
    else:
        banner.set_signed_in(session)
    tour = Tour(window, bundle, stage.jobs, banner.next_month, account.domain)
    banner.tour_asked.connect(lambda: tour.start(session or RESELLER))
    return window, tour


def _toured(stage: Stage, sample: Sample, key: str, **params: Any) -> Window:
    """The step of the tour that is next where the window is; it looks once the window is seen."""
    window, tour = demo_window(stage, sample, key, **params)
    tour.start(RESELLER)
    stage.jobs.announce(topics.MODES)
    window.navigate(key, **params)
    _look_often(tour)
    return window


def _look_often(tour: Tour, times: int = 4) -> None:
    """Where things stand is known when all layouts have come to rest."""
    tour.look()
    if times:
        QTimer.singleShot(0, tour, partial(_look_often, tour, times - 1))


@scene("demo", variants=_ALL)
def demo(stage: Stage) -> QWidget:
    """As it is when it has been started."""
    return demo_window(stage, POOLED, "customers")[0]


@scene("demo_auditor")
def demo_auditor(stage: Stage) -> QWidget:
    """Tried as somebody who changes nothing: there is no tour of a change."""
    return demo_window(stage, POOLED, "customers", session=AUDITOR)[0]


@scene("demo_signed_out", variants=_ALL)
def demo_signed_out(stage: Stage) -> QWidget:
    """Who to try it as."""
    return demo_window(stage, POOLED, "sign_in", session=None)[0]


@scene("demo_preparing", variants=_ALL)
def demo_preparing(stage: Stage) -> QWidget:
    """The seconds of the first start."""
    window = stage.window(all_pages(), "preparing", session=None)
    window.banners.put("demo", DemoBanner(stage.clock, _ZONE, "demo"))
    return window


@scene("trouble_demo")
def trouble_demo(stage: Stage) -> QWidget:
    """Somebody has copied the database of a demo into a data folder."""
    error = KnownError("demo_database", path="/home/dana/.local/share/cpdesk/cpdesk.db")
    return stage.window(all_pages(), "trouble", session=None, error=error, retry=stage.jobs.close)


@scene("tour_open_customer", variants=_ALL)
def tour_open_customer(stage: Stage) -> QWidget:
    """The first step."""
    return _toured(stage, POOLED, "customers")


@scene("tour_tools", variants=("rtl",))
def tour_tools(stage: Stage) -> QWidget:
    """On the way to the Tools tab."""
    return _toured(stage, POOLED, "services", account=7, tab="subscriptions")


@scene("tour_edit", variants=_ALL)
def tour_edit(stage: Stage) -> QWidget:
    """Before the confirmation."""
    return _toured(stage, POOLED, "services", account=7, tab="tools")


@scene("tour_confirm", variants=_ALL)
def tour_confirm(stage: Stage) -> tuple[QWidget, QDialog]:
    """The confirmation lets nobody act outside of it, so the tour goes in."""
    window = _toured(stage, POOLED, "services", account=7, tab="tools")
    page = window.page
    assert page is not None
    dialog = ConfirmModeSwitchDialog(page, page.context, POOLED.account)
    dialog.ask()
    return window, dialog


@scene("tour_pending", variants=_ALL)
def tour_pending(stage: Stage) -> QWidget:
    """What is left is to wait, or to move the clock."""
    return _toured(stage, PENDING, "services", account=7, tab="tools")


@scene("tour_completed", variants=_ALL)
def tour_completed(stage: Stage) -> QWidget:
    """The last step."""
    return _toured(stage, DONE, "services", account=7, tab="tools")
