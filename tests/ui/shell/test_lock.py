"""The locked window: nothing of what was open is seen, heard or reached, and all of it is there afterwards."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, cast

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QKeyEvent, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from cpdesk.base.clock import MovableClock
from cpdesk.base.errors import UserError
from cpdesk.domain.operators import Role, Session
from cpdesk.services.operators import Operators
from cpdesk.ui.context import MemorySettings
from cpdesk.ui.gallery.scene import NOW
from cpdesk.ui.gallery.stand_ins import StandIn, services
from cpdesk.ui.shell.idle import CHOICES, Idleness, idle_limit, set_idle_limit
from cpdesk.ui.shell.lock_sheet import LockSheet
from cpdesk.ui.shell.window import Window, WindowParts
from cpdesk.ui.theme import Theme
from cpdesk.ui.widgets.dialog import ModalDialog
from cpdesk.ui.widgets.labels import Label
from tests.ui.shell.conftest import RESELLER, a_registry, home

SECRET = "Zanzibar Spices"
"""Nothing else that is open in this process is called so."""


class Desk:
    """A window with somebody at it."""

    def __init__(self, qtbot: QtBot, theme: Theme) -> None:
        from cpdesk.jobs import InlineJobs

        self.clock = MovableClock(NOW)
        self.settings = MemorySettings()
        self.operators = StandIn(Operators, sign_in=self._sign_in)
        self.session = RESELLER
        self.window = Window(self.settings, theme)
        parts = WindowParts(
            registry=a_registry(),
            services=services(operators=self.operators),
            jobs=InlineJobs(),
            clock=self.clock,
            home=home,
        )
        self.window.furnish(cast("Any", parts))
        qtbot.addWidget(self.window)
        self.window.resize(1280, 800)
        self.window.show()
        self.window.sign_in(RESELLER)
        self.window.navigate("my_services", account=7)

    def _sign_in(self, email: str, password: str) -> Session:
        if (email, password) != (RESELLER.email, "correct horse"):
            raise UserError("wrong_credentials")
        return self.session

    @property
    def sheet(self) -> LockSheet:
        sheet = self.window.centralWidget()
        assert isinstance(sheet, LockSheet)
        return sheet

    def unlock(self, password: str = "correct horse") -> None:
        self.sheet.entry.form.set_values({"password": password})
        self.sheet.entry.form.submitted.emit()

    def dialog(self, title: str = SECRET) -> "Typed":
        dialog = Typed(self.window, title)
        dialog.open()
        return dialog


class Typed(ModalDialog):
    """A dialog into which somebody has typed, scrolled down."""

    def __init__(self, parent: QWidget, title: str) -> None:
        super().__init__(parent, title)
        self.first, self.line = QLineEdit(), QLineEdit("half a sent")
        for line in (self.first, self.line):
            line.setAccessibleName("Line")
            self.content.addWidget(line)
        for number in range(60):
            self.content.addWidget(Label(f"{SECRET} {number}"))


@pytest.fixture
def desk(qtbot: QtBot, theme: Theme) -> Desk:
    return Desk(qtbot, theme)


def heard(interface: QAccessibleInterface | None = None) -> list[str]:
    """Every name in the tree that a screen reader walks."""
    app = QApplication.instance()
    assert app is not None
    here = interface or QAccessible.queryAccessibleInterface(app)
    names = [here.text(QAccessible.Text.Name), here.text(QAccessible.Text.Value)]
    for place in range(here.childCount()):
        child = here.child(place)
        names += heard(child) if child is not None else []
    return names


def seen() -> list[QWidget]:
    return [window for window in QApplication.topLevelWidgets() if window.isVisible()]


def test_a_locked_window_shows_and_tells_nothing(desk: Desk) -> None:
    desk.dialog()
    assert any(SECRET in name for name in heard())
    desk.window.lock.lock()
    assert seen() == [desk.window]
    assert not any(SECRET in name for name in heard())
    assert desk.window.windowTitle() == "cpdesk"
    assert RESELLER.email in " ".join(label.text() for label in desk.sheet.findChildren(Label))
    assert desk.window.findChildren(Typed) == []


def test_the_password_leads_back_to_exactly_where_one_was(desk: Desk) -> None:
    page, place, title = desk.window.page, desk.window.place, desk.window.windowTitle()
    dialog = desk.dialog()
    dialog.line.setFocus()
    bar = dialog.findChildren(QScrollArea)[0].verticalScrollBar()
    bar.setValue(bar.maximum())
    scrolled = bar.value()
    assert scrolled
    desk.window.lock.lock()
    desk.unlock()
    assert (desk.window.page, desk.window.place, desk.window.windowTitle()) == (page, place, title)
    assert (dialog.isVisible(), dialog.isModal(), dialog.line.text()) == (True, True, "half a sent")
    assert (dialog.focusWidget(), bar.value()) == (dialog.line, scrolled)
    assert not desk.window.lock.is_locked
    dialog.reject()


def test_a_dialog_over_a_dialog_comes_back_over_it(desk: Desk) -> None:
    under = desk.dialog("Under")
    over = Typed(under, "Over")
    over.open()
    desk.window.lock.lock()
    assert seen() == [desk.window]
    desk.unlock()
    assert (under.isVisible(), over.isVisible(), over.parentWidget()) == (True, True, under)
    over.reject()
    under.reject()


def test_a_wrong_password_shows_nothing(desk: Desk) -> None:
    desk.window.lock.lock()
    desk.unlock("not this one")
    assert desk.window.lock.is_locked
    assert desk.sheet.entry.refusal.text == "This is not your present password."


def test_what_opens_meanwhile_is_seen_afterwards_only(desk: Desk, qtbot: QtBot) -> None:
    desk.window.lock.lock()
    late = desk.dialog()
    qtbot.waitUntil(lambda: seen() == [desk.window])
    assert not any(SECRET in name for name in heard())
    desk.unlock()
    assert late.isVisible()
    late.reject()


def test_a_title_that_changes_meanwhile_is_not_told(desk: Desk) -> None:
    desk.window.lock.lock()
    assert desk.window.page is not None
    desk.window.page.set_title(SECRET)
    assert desk.window.windowTitle() == "cpdesk"
    desk.unlock()
    assert SECRET in desk.window.windowTitle()


def test_notices_that_arrive_meanwhile_wait(desk: Desk) -> None:
    desk.window.lock.lock()
    desk.window.notices.success(SECRET)
    assert not any(SECRET in name for name in heard())
    desk.unlock()
    assert desk.window.notices.texts() == [SECRET]


def test_no_key_leads_anywhere_but_out_of_the_program(desk: Desk) -> None:
    desk.window.lock.lock()
    keys = [one.key().toString() for one in desk.window.findChildren(QShortcut) if one.isEnabled()]
    assert keys == ["Ctrl+Q"]
    for event in (QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_F6, Qt.KeyboardModifier.NoModifier),):
        QApplication.sendEvent(desk.window, event)
    QTest.mouseClick(desk.window, Qt.MouseButton.BackButton, pos=QPoint(5, 5))
    assert desk.window.lock.is_locked
    desk.unlock()
    assert len([one for one in desk.window.findChildren(QShortcut) if one.isEnabled()]) > 5


def test_somebody_else_may_sign_in_and_finds_nothing(desk: Desk) -> None:
    desk.dialog()
    desk.window.lock.lock()
    desk.sheet.left.emit()
    assert desk.window.session is None
    assert desk.window.place is not None
    assert desk.window.place.key == "sign_in"
    assert seen() == [desk.window]
    desk.window.back()
    assert desk.window.place.key == "sign_in"


def test_who_has_another_role_by_now_begins_anew_with_it(desk: Desk) -> None:
    dialog = desk.dialog()
    desk.window.lock.lock()
    desk.session = Session(RESELLER.operator_id, RESELLER.email, Role.AUDITOR, None)
    desk.unlock()
    assert not dialog.isVisible(), "of the former role"
    assert desk.window.session == desk.session
    assert desk.window.place is not None
    assert desk.window.place.key == "customers"


def test_with_nobody_signed_in_there_is_nothing_to_lock(desk: Desk) -> None:
    desk.window.sign_out()
    desk.window.lock.lock()
    assert not desk.window.lock.is_locked


def test_it_locks_by_itself_after_the_minutes_that_are_set(desk: Desk) -> None:
    lock = desk.window.lock
    desk.clock.advance(timedelta(minutes=14))
    lock.look()
    assert not lock.is_locked
    desk.clock.advance(timedelta(minutes=1))
    lock.look()
    assert lock.is_locked


def test_a_key_puts_it_off(desk: Desk) -> None:
    desk.clock.advance(timedelta(minutes=14))
    handle = desk.window.windowHandle()
    assert handle is not None
    desk.window.lock._uses.watch(handle)
    QTest.keyClick(handle, Qt.Key.Key_A)
    desk.clock.advance(timedelta(minutes=14))
    desk.window.lock.look()
    assert not desk.window.lock.is_locked


def test_who_wakes_the_computer_has_to_prove_who_it_is(desk: Desk) -> None:
    """The key that is pressed first comes before the next look at the clocks."""
    handle = desk.window.windowHandle()
    assert handle is not None
    desk.window.lock._uses.watch(handle)
    desk.clock.advance(timedelta(hours=3))
    QTest.keyClick(handle, Qt.Key.Key_A)
    assert desk.window.lock.is_locked
    assert desk.sheet.entry.form.values()["password"] == "", "what was pressed reaches nothing"
    QTest.keyClick(handle, Qt.Key.Key_A)
    assert desk.sheet.entry.form.values()["password"] == "a"


def test_off_means_never(desk: Desk) -> None:
    set_idle_limit(desk.settings, timedelta())
    desk.clock.advance(timedelta(days=3))
    desk.window.lock.look()
    assert not desk.window.lock.is_locked


def test_the_keys_lock_over_a_dialog_too(desk: Desk) -> None:
    dialog = desk.dialog()
    handle = dialog.windowHandle()
    assert handle is not None
    desk.window.lock._uses.watch(handle)
    QTest.keyClick(handle, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert desk.window.lock.is_locked
    assert seen() == [desk.window]


def test_the_sheet_is_accessible(desk: Desk, assert_accessible: Callable[[QWidget], None]) -> None:
    desk.window.lock.lock()
    assert_accessible(desk.window)
    assert desk.sheet.entry.form.editor("password").hasFocus()


# How long nobody was there


def test_sleep_and_a_clock_set_back_count_as_absence() -> None:
    clock, seconds = MovableClock(NOW), [0.0]
    idleness = Idleness(clock, lambda: seconds[0])
    clock.advance(timedelta(hours=3))
    assert idleness.duration() == timedelta(hours=3), "asleep, while the other clock stood still"
    idleness.used()
    clock.advance(timedelta(hours=-5))
    seconds[0] = 600.0
    assert idleness.duration() == timedelta(minutes=10)


def test_the_usual_limit_is_a_quarter_of_an_hour_and_choices_are_kept() -> None:
    settings = MemorySettings()
    assert idle_limit(settings) == timedelta(minutes=15)
    for choice in CHOICES:
        set_idle_limit(settings, choice)
        assert idle_limit(settings) == choice
    settings.setValue("lock/minutes", "7")
    assert idle_limit(settings) == timedelta(minutes=15)
