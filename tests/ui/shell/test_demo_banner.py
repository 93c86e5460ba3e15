"""The banner of the demo."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from cpdesk.base.clock import MovableClock
from cpdesk.domain.operators import Role
from cpdesk.ui.shell.demo_banner import DemoBanner
from tests.ui.shell.conftest import AUDITOR, RESELLER

NINE = datetime(2026, 11, 20, 14, tzinfo=UTC)


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(NINE)


@pytest.fixture
def banner(qtbot: QtBot, clock: MovableClock) -> DemoBanner:
    made = DemoBanner(clock, "America/New_York", "demo")
    made.resize(1000, 60)
    qtbot.addWidget(made)
    made.show()
    return made


def offered(banner: DemoBanner) -> list[str]:
    return [button.text() for button in banner.findChildren(QPushButton) if button.isVisible()]


def test_it_says_what_this_is_and_what_its_clock_says(banner: DemoBanner, clock: MovableClock) -> None:
    assert (
        banner.text
        == "Demo: sample data. Every password is “demo”. Its clock says November 20, 2026, 09:00 America/New_York."
    )
    clock.advance(timedelta(minutes=1))
    banner.tick()
    assert "09:01" in banner.text


def test_it_offers_what_is_of_use(banner: DemoBanner) -> None:
    assert offered(banner) == []
    banner.set_signed_in(RESELLER)
    assert offered(banner) == ["Next day", "First of next month", "Start tour"]
    banner.set_signed_in(AUDITOR)
    assert offered(banner) == ["Next day", "First of next month"]
    banner.set_signed_out()
    assert len(offered(banner)) == 3


def test_it_asks_for_what_is_pressed(banner: DemoBanner, qtbot: QtBot) -> None:
    banner.set_signed_in(RESELLER)
    for button, signal in (
        (banner.next_day, banner.next_day_asked),
        (banner.next_month, banner.next_month_asked),
        (banner.tour, banner.tour_asked),
    ):
        with qtbot.waitSignal(signal):
            button.click()
    banner.set_signed_out()
    login = next(button for button in banner.findChildren(QPushButton) if button.text() == "Log in as auditor")
    with qtbot.waitSignal(banner.role_asked, check_params_cb=lambda role: role is Role.AUDITOR):
        login.click()


def test_everything_on_it_has_a_name(banner: DemoBanner, assert_accessible: Callable[[QWidget], None]) -> None:
    banner.set_signed_in(RESELLER)
    assert_accessible(banner)
    banner.set_signed_out()
    assert_accessible(banner)


def test_in_a_narrow_window_the_buttons_go_under_the_text(banner: DemoBanner, qtbot: QtBot) -> None:
    banner.set_signed_in(RESELLER)
    qtbot.waitUntil(lambda: banner.next_day.x() > banner._text.geometry().right())
    banner.resize(560, 120)
    qtbot.waitUntil(lambda: banner.next_day.y() > banner._text.geometry().bottom())
