"""The guided tour over a window of stand-ins: it follows the person, and never is in the way."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from cpdesk.domain import topics
from cpdesk.ui.gallery.samples import RESELLER
from cpdesk.ui.gallery.scene import Stage
from cpdesk.ui.gallery.scenes_demo import DONE, PENDING, POOLED, demo_window
from cpdesk.ui.gallery.service_samples import Sample
from cpdesk.ui.pages.services.confirm_mode_switch import ConfirmModeSwitchDialog
from cpdesk.ui.shell.tour import Tour
from cpdesk.ui.shell.tour_steps import STEPS
from cpdesk.ui.shell.window import Window
from cpdesk.ui.theme import Theme
from cpdesk.ui.widgets.labels import Label

TOOLS = {"account": 7, "tab": "tools"}


class Toured:
    """A window with a tour begun."""

    def __init__(self, window: Window, tour: Tour, stage: Stage, qtbot: QtBot) -> None:
        self.window = window
        self.tour = tour
        self.stage = stage
        self._qtbot = qtbot

    def go(self, key: str, **params: object) -> None:
        self.window.navigate(key, **params)
        self.tour.look()

    def press(self, text: str) -> None:
        assert self.tour.callout is not None
        buttons = self.tour.callout.findChildren(QPushButton)
        next(one for one in buttons if one.text() == text and one.isVisible()).click()

    def offered(self) -> list[str]:
        assert self.tour.callout is not None
        buttons = self.tour.callout.findChildren(QPushButton)
        return [one.text() for one in buttons if one.isVisible() and one.isEnabled()]

    def title(self) -> str:
        return self.tour.callout.accessibleName() if self.tour.callout is not None else ""

    def wait_for(self, title: str) -> None:
        self._qtbot.waitUntil(lambda: self.title() == title)


@pytest.fixture
def begin(theme: Theme, qtbot: QtBot) -> Callable[..., Toured]:
    def begin(sample: Sample = POOLED) -> Toured:
        stage = Stage(theme)
        window, tour = demo_window(stage, sample, "customers")
        qtbot.addWidget(window)
        window.resize(1280, 800)
        with qtbot.waitActive(window):
            window.show()
        tour.start(RESELLER)
        stage.jobs.announce(topics.MODES)
        tour.look()
        return Toured(window, tour, stage, qtbot)

    return begin


@pytest.fixture
def toured(begin: Callable[..., Toured]) -> Toured:
    return begin()


def test_it_begins_at_the_customer_list_with_a_customer_in_purchase_mode(toured: Toured) -> None:
    assert toured.title() == "Open a customer"
    assert toured.window.place is not None
    assert toured.window.place.key == "customers"
    assert toured.offered() == ["End tour", "Show me"]
    assert toured.tour.callout is not None
    said = " ".join(label.text() for label in toured.tour.callout.findChildren(Label))
    assert "Contoso Freight is in Purchase Mode" in said
    assert "Tour: step 1 of 7" in said


def test_it_follows_who_goes_alone(toured: Toured) -> None:
    toured.go("my_services", account=7)
    assert toured.title() == "Open its Microsoft 365 services"
    toured.go("services", **TOOLS)
    assert toured.title() == "Change the billing mode"


def test_it_goes_back_with_who_wanders_off(toured: Toured) -> None:
    toured.go("services", **TOOLS)
    toured.window.navigate("customers")
    toured.wait_for("Open a customer")


def test_another_account_is_not_the_one_it_is_about(toured: Toured) -> None:
    toured.go("my_services", account=8)
    assert toured.title() == "Open a customer"


def test_it_does_what_it_asks_for_if_asked_to(toured: Toured) -> None:
    for title in ("Open its Microsoft 365 services", "Go to Tools", "Change the billing mode"):
        toured.press("Show me")
        toured.wait_for(title)
    toured.press("Show me")
    toured.wait_for("Read what will happen, and confirm")


def test_earlier_steps_can_be_read_again(toured: Toured) -> None:
    toured.go("services", **TOOLS)
    toured.press("Back")
    assert toured.title() == "Go to Tools"
    assert toured.offered() == ["End tour", "Back", "Next"]
    toured.press("Next")
    assert toured.title() == "Change the billing mode"
    assert "Show me" in toured.offered()


def test_in_the_confirmation_it_goes_into_the_dialog_and_changes_nothing_there(toured: Toured) -> None:
    toured.go("services", **TOOLS)
    toured.press("Show me")
    toured.wait_for("Read what will happen, and confirm")
    (dialog,) = toured.window.findChildren(ConfirmModeSwitchDialog)
    assert toured.tour.callout is not None
    assert dialog.isAncestorOf(toured.tour.callout)
    assert not dialog.yes.isEnabled(), "what is lost has to be ticked"
    dialog.no.click()
    toured.wait_for("Change the billing mode")


@pytest.mark.parametrize(("sample", "title"), [(PENDING, "The change is pending"), (DONE, "Usage Mode is active")])
def test_it_knows_what_has_become_of_the_account(begin: Callable[..., Toured], sample: Sample, title: str) -> None:
    toured = begin(sample)
    assert toured.title() == title


def test_the_last_step_only_ends(begin: Callable[..., Toured]) -> None:
    toured = begin(DONE)
    assert toured.offered() == ["End tour", "Back"]
    assert toured.tour.callout is not None
    assert toured.tour.callout.next.isHidden(), "a button that can never do anything"
    toured.press("End tour")
    assert toured.tour.callout is None


def test_what_was_pending_is_read_again_as_past(begin: Callable[..., Toured]) -> None:
    toured = begin(DONE)
    toured.press("Back")
    assert toured.title() == "The change is pending"
    assert toured.tour.callout is not None
    assert "It takes effect on" not in toured.tour.callout.accessibleDescription()


def test_it_can_be_left_at_any_time_by_escape(toured: Toured) -> None:
    assert toured.tour.callout is not None
    assert toured.tour.callout.has_focus()
    QTest.keyClick(toured.window.focusWidget(), Qt.Key.Key_Escape)
    assert toured.tour.callout is None
    assert not toured.tour._frame.isVisible()


def test_f6_goes_from_the_callout_into_the_page_and_round_to_it_again(toured: Toured) -> None:
    callout = toured.tour.callout
    assert callout is not None
    toured.tour._leading = 0
    assert callout.has_focus()
    QTest.keyClick(toured.window.focusWidget(), Qt.Key.Key_F6)
    assert toured.window.page is not None
    assert toured.window.page.isAncestorOf(toured.window.focusWidget())
    for _part in range(5):
        QTest.keyClick(toured.window.focusWidget(), Qt.Key.Key_F6)
        if callout.has_focus():
            return
    raise AssertionError("F6 does not lead back to the tour")


def test_it_is_in_nobodys_way(toured: Toured) -> None:
    """The frame lets clicks through, and the callout does not hide what it points at."""
    toured.go("services", **TOOLS)
    edit = next(one for one in toured.window.findChildren(QPushButton) if one.text() == "Edit" and one.isVisible())
    middle = edit.mapTo(toured.window, edit.rect().center())
    assert toured.window.childAt(middle) is edit
    assert toured.tour._frame.isVisible()
    ground = toured.window.centralWidget()
    assert ground is not None
    corner = edit.mapTo(ground, QPoint())
    assert toured.tour._frame.geometry().contains(corner)


def test_without_an_account_to_switch_it_says_so(theme: Theme, qtbot: QtBot) -> None:
    stage = Stage(theme)
    window, tour = demo_window(stage, POOLED, "customers")
    qtbot.addWidget(window)
    tour._services.accounts.answers["rows"] = []  # type: ignore[attr-defined]
    tour.start(RESELLER)
    assert tour.callout is None
    assert "needs a customer in Purchase Mode" in window.notices.texts()[0]


def test_everything_in_it_has_a_name(toured: Toured, assert_accessible: Callable[[QWidget], None]) -> None:
    assert toured.tour.callout is not None
    assert_accessible(toured.tour.callout)


def test_the_steps_are_few() -> None:
    assert 5 <= len(STEPS) <= 7
