"""The License Assignment dialog."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from cpdesk.base.errors import UserError
from cpdesk.base.progress import Tell
from cpdesk.domain.modes import Mode
from cpdesk.ui.gallery.service_samples import E3, PLANNER, PREMIUM, UNDO, VISIO, held
from cpdesk.ui.gallery.user_samples import ALEX, LEE, MEGAN, People
from cpdesk.ui.parts.license_assignment import LicenseAssignmentDialog
from cpdesk.ui.shell.window import Window
from cpdesk.ui.widgets.notice import Notice

PURCHASE = People()
USAGE = People(mode=Mode.USAGE)


class Opened:
    """The dialog over the User List, and what the services were asked."""

    def __init__(self, window: Window, bundle: Any) -> None:
        self.window = window
        self.licenses = bundle.licenses
        self.dialog = next(iter(window.findChildren(LicenseAssignmentDialog)))

    def toggle(self, guid: str) -> None:
        rows = self.dialog.products.rows
        self.dialog.products.toggled.emit(rows.row(rows.find(guid)))

    def notices(self) -> list[Notice]:
        notices = self.dialog.findChildren(Notice)
        return [notice for notice in notices if notice.isVisible() and notice is not self.dialog.refusal]


Ask = Callable[..., Opened]


@pytest.fixture
def ask(open_page: Callable[..., Window], qtbot: QtBot) -> Ask:
    def ask(people: People, *ids: int, **answers: Any) -> Opened:
        bundle = people.services(**answers)
        window = open_page("users", bundle, account=7)
        page = window.page
        assert page is not None
        LicenseAssignmentDialog(page, page.context, people.account, ids).ask()
        opened = Opened(window, bundle)
        qtbot.waitUntil(opened.dialog.isActiveWindow)
        return opened

    return ask


def test_a_long_assignment_says_how_far_it_is(ask: Ask) -> None:
    said: list[str] = []

    def change(*_args: Any, progress: Tell, **_named: Any) -> None:
        progress(0, 40_000)
        opened.dialog.show_line()
        progress(12_400, 40_000)
        QCoreApplication.processEvents()
        said.append(opened.dialog.line.text.text())
        opened.dialog.line.cancel.click()
        progress(12_600, 40_000)

    opened = ask(USAGE, LEE.id, change=change)
    opened.toggle(VISIO.guid)
    opened.dialog.apply.click()
    assert said == ["12,400 of 40,000 users changed. All are changed, or none."]
    assert opened.dialog.refusal.text == "Cancelled. Nothing was changed."
    assert opened.dialog.apply.text() == "Assign 1 license"
    assert opened.dialog.apply.isEnabled()


def test_a_product_is_found_ticked_and_assigned_by_keyboard(ask: Ask) -> None:
    opened = ask(USAGE, LEE.id)
    dialog = opened.dialog
    assert dialog.search.hasFocus()
    assert not dialog.apply.isEnabled()
    QTest.keyClicks(dialog.search, "visio")
    QTest.keyClick(dialog.search, Qt.Key.Key_Down)
    assert dialog.products.hasFocus()
    QTest.keyClick(dialog.products, Qt.Key.Key_Space)
    assert dialog.apply.text() == "Assign 1 license"
    dialog.form.set_values({"reason": "T-1"})
    QTest.keyClick(dialog.form.editor("reason"), Qt.Key.Key_Return)
    ((_name, args, named),) = [call for call in opened.licenses.calls if call[0] == "change"]
    assert args[1:] == (7, (LEE.id,))
    assert (named["assign"], named["remove"], named["reason"]) == ((VISIO.guid,), (), "T-1")
    assert not dialog.isVisible()
    assert opened.window.notices.texts() == ["Lee Gu: assigned Visio Plan 2."]


def test_what_was_done_can_be_undone(ask: Ask) -> None:
    opened = ask(PURCHASE, MEGAN.id, ALEX.id)
    opened.toggle(E3.guid)
    opened.dialog.apply.click()
    assert opened.window.notices.texts() == ["2 users: assigned Office 365 E3 (2)."]
    (undo,) = (button for button in opened.window.notices.findChildren(QPushButton) if button.text() == "Undo")
    undo.click()
    assert opened.licenses.called("undo") == [(UNDO,)]
    assert "taken away again" not in opened.window.notices.texts()[0]
    assert opened.window.notices.texts()[0] == "Undone: assigned again: Microsoft 365 Business Premium (1)."


def test_available_seats_count_down_and_what_lacks_is_offered(ask: Ask) -> None:
    opened = ask(PURCHASE, MEGAN.id, ALEX.id, LEE.id)
    opened.toggle(VISIO.guid)
    assert not opened.dialog.apply.isEnabled()
    (notice,) = opened.notices()
    assert "the pool lacks 1 seat" in notice.text
    (add,) = notice.buttons()
    assert add.text() == "Add 1 seat ($15.00 a month)"
    add.click()
    assert opened.licenses.called("add_seats") == [(7, VISIO.guid, 1)]
    assert len(opened.licenses.called("sheet")) == 2
    assert opened.window.notices.texts() == ["Visio Plan 2: now 4 seats in the pool."]


def test_once_the_seats_are_there_the_ticks_can_be_applied(ask: Ask) -> None:
    opened = ask(PURCHASE, MEGAN.id, ALEX.id, LEE.id)
    opened.toggle(VISIO.guid)
    more = People(rows=(held(VISIO, 10, 2),))
    opened.licenses.answers["sheet"] = more.sheet((MEGAN.id, ALEX.id, LEE.id))
    (notice,) = opened.notices()
    notice.buttons()[0].click()
    assert opened.notices() == []
    assert opened.dialog.apply.isEnabled()
    assert opened.dialog.apply.text() == "Assign 2 licenses"


def test_a_refusal_is_told_and_the_counts_are_read_again(ask: Ask) -> None:
    refusal = UserError("no_seats_available", product=PLANNER.name, seats=4, available=0, missing=1)
    opened = ask(PURCHASE, LEE.id, change=refusal)
    opened.toggle(PLANNER.guid)
    opened.dialog.apply.click()
    assert "No seat of Planner Plan 1 is available" in opened.dialog.refusal.text
    assert opened.dialog.isVisible()
    assert len(opened.licenses.called("sheet")) == 2
    opened.toggle(PLANNER.guid)
    assert not opened.dialog.refusal.isVisible()


def test_a_click_on_a_row_ticks_it(ask: Ask) -> None:
    dialog = ask(USAGE, LEE.id).dialog
    place = dialog.products.rows.find(PREMIUM.guid)
    middle = dialog.products.visualRect(dialog.products.rows.index(place, 0)).center()
    QTest.mouseClick(dialog.products.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    cell = dialog.products.rows.index(place, 0)
    assert cell.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
    assert dialog.summary.text() == "The account gains 1 seat ($26.40 a month), billable from today."


def test_a_sheet_that_cannot_be_read_is_told_on_the_page(open_page: Callable[..., Window]) -> None:
    bundle = PURCHASE.services(sheet=UserError("unknown_user", upn="megan"))
    window = open_page("users", bundle, account=7)
    page = window.page
    assert page is not None
    dialog = LicenseAssignmentDialog(page, page.context, PURCHASE.account, (1,))
    dialog.ask()
    assert not dialog.isVisible()
    assert window.notices.texts() == ["The account has no user megan."]


def test_an_empty_pool_says_what_to_do(ask: Ask) -> None:
    dialog = ask(People(rows=()), LEE.id).dialog
    assert dialog.products.empty.title == "No seats in the pool yet"


def test_everything_has_a_name(ask: Ask, assert_accessible: Callable[[QWidget], None]) -> None:
    opened = ask(PURCHASE, MEGAN.id, ALEX.id, LEE.id)
    opened.toggle(VISIO.guid)
    assert_accessible(opened.dialog)


def test_what_takes_long_opens_before_it_is_read(open_page: Callable[..., Window], qtbot: QtBot) -> None:
    window = open_page("users", PURCHASE.services(), account=7)
    page = window.page
    assert page is not None
    dialog = LicenseAssignmentDialog(page, _Slow(page.context), PURCHASE.account, (LEE.id,))  # type: ignore[arg-type]
    dialog.ask()
    assert not dialog.isVisible()
    qtbot.waitUntil(dialog.isVisible)
    assert dialog.people.text() == "Reading who has what…"
    assert not dialog.apply.isEnabled()
    dialog.reject()


class _Slow:
    """A context whose jobs are never done."""

    def __init__(self, context: Any) -> None:
        self._context = context
        self.jobs = self

    def __getattr__(self, name: str) -> Any:
        return getattr(self._context, name)

    def run(self, *_what: Any, **_more: Any) -> None:
        """Nothing comes of it."""
