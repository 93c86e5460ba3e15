"""My Services: into the service, or on to The Catalog."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from cpdesk.base.errors import UserError
from cpdesk.domain.modes import Mode
from cpdesk.domain.operators import Session
from cpdesk.services.accounts import Accounts
from cpdesk.ui.gallery.samples import AUDITOR, CONTOSO, CUSTOMER, RESELLER, account
from cpdesk.ui.gallery.scene import Stage
from cpdesk.ui.gallery.stand_ins import StandIn, services
from cpdesk.ui.shell.window import Window
from cpdesk.ui.widgets.band import Band
from cpdesk.ui.widgets.chips import ModeChip, PendingChip
from tests.ui.pages.conftest import Navigations

OpenPage = Callable[..., Window]

_FRESH = account("Relecloud", "relecloud.example", active=False)


@pytest.fixture
def contoso() -> StandIn:
    return StandIn(Accounts, show=CONTOSO, rows=[CONTOSO])


@pytest.fixture
def relecloud() -> StandIn:
    return StandIn(Accounts, show=_FRESH)


@pytest.fixture
def window(open_page: OpenPage, contoso: StandIn) -> Window:
    return open_page("my_services", services(accounts=contoso), account=CONTOSO.id)


@pytest.fixture
def fresh(open_page: OpenPage, relecloud: StandIn) -> Window:
    return open_page("my_services", services(accounts=relecloud), account=_FRESH.id)


def band(window: Window) -> Band:
    found = window.findChild(Band)
    assert isinstance(found, Band)
    return found


def button(widget: QWidget, text: str) -> QPushButton | None:
    return next((one for one in widget.findChildren(QPushButton) if one.text() == text and one.isVisible()), None)


def texts(window: Window) -> list[str]:
    return [label.text() for label in window.findChildren(QLabel) if label.isVisible()]


def test_every_widget_has_a_name(window: Window, fresh: Window, assert_accessible: Callable[[QWidget], None]) -> None:
    assert_accessible(window)
    assert_accessible(fresh)


def test_the_band_tells_what_the_account_has(window: Window) -> None:
    assert band(window).accessibleName() == "Microsoft Office 365"
    assert "contoso-freight.example · 74 users · 82 seats" in texts(window)
    assert band(window).accessibleDescription().endswith("Purchase Mode · Usage Mode on December 1, 2026")
    pending = band(window).findChild(PendingChip)
    assert isinstance(pending, PendingChip)
    assert pending.isVisible()
    assert pending.text() == "Usage Mode on December 1, 2026"
    chip = band(window).findChild(ModeChip)
    assert isinstance(chip, ModeChip)
    assert chip.text() == "Purchase Mode"


def test_the_account_stands_in_the_bar_with_its_mode_and_what_is_pending(window: Window) -> None:
    bar = [label.text() for label in window.top_bar.findChildren(QLabel) if label.isVisible()]
    assert "Contoso Freight" in bar
    assert "contoso-freight.example" in bar
    assert "Purchase Mode" in bar
    assert "Usage Mode on December 1, 2026" in bar


def test_the_band_has_the_focus_and_enter_opens_the_service(window: Window, navigations: Navigations) -> None:
    gone = navigations(window.page)
    assert band(window).hasFocus()
    QTest.keyClick(band(window), Qt.Key.Key_Return)
    assert gone == [("services", {"account": CONTOSO.id})]


def test_what_changes_elsewhere_is_seen(window: Window, contoso: StandIn, stage: Stage) -> None:
    contoso.answers["show"] = replace(CONTOSO, mode=Mode.USAGE, pending=None, seats=71)
    stage.jobs.changed.emit(frozenset({"modes"}), None)
    assert "contoso-freight.example · 74 users · 71 seats" in texts(window)
    assert band(window).accessibleDescription().endswith("Usage Mode")
    pending = band(window).findChild(PendingChip)
    assert isinstance(pending, PendingChip)
    assert not pending.isVisible()


def test_without_a_service_the_way_leads_to_the_catalog(fresh: Window, navigations: Navigations) -> None:
    gone = navigations(fresh.page)
    assert not band(fresh).isVisible()
    assert "No service is active for Relecloud" in texts(fresh)
    way_in = button(fresh, "Open The Catalog")
    assert way_in is not None
    assert way_in.hasFocus()
    way_in.click()
    assert gone == [("catalog", {"account": _FRESH.id})]


def test_nothing_sends_people_to_the_command_line(fresh: Window) -> None:
    assert not any("cpdesk" in text for text in texts(fresh) if text != "cpdesk")


def test_an_auditor_reads_why_there_is_nothing_to_press(open_page: OpenPage, relecloud: StandIn) -> None:
    window = open_page("my_services", services(accounts=relecloud), session=AUDITOR, account=_FRESH.id)
    assert button(window, "Open The Catalog") is None
    assert "You are signed in as an auditor, who reads everything and changes nothing." in texts(window)


@pytest.mark.parametrize(("session", "offered"), [(RESELLER, True), (AUDITOR, True), (CUSTOMER, False)])
def test_only_who_sees_other_accounts_is_offered_the_way_to_them(
    open_page: OpenPage, contoso: StandIn, session: Session, *, offered: bool
) -> None:
    window = open_page("my_services", services(accounts=contoso), session=session, account=CONTOSO.id)
    assert (button(window, "Return to Customer List") is not None) is offered


def test_an_account_that_is_gone_is_said(open_page: OpenPage) -> None:
    accounts = StandIn(Accounts, show=UserError("unknown_account", text="4711"))
    window = open_page("my_services", services(accounts=accounts), account=4711)
    assert 'There is no account "4711".' in texts(window)
