"""Dialogs over the window."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cpdesk.ui.theme import Theme
from cpdesk.ui.widgets import buttons
from cpdesk.ui.widgets.dialog import ModalDialog, Side
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.scrim import Scrim


@pytest.fixture
def window(qtbot: QtBot, theme: Theme) -> QWidget:  # noqa: ARG001 - painted in the theme
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1024, 640)
    made.show()
    return made


@pytest.fixture
def dialog(window: QWidget, qtbot: QtBot) -> ModalDialog:
    made = ModalDialog(window, "Change to Usage Mode?", "Contoso Freight · contoso-freight.example")
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    made.content.addWidget(Label("Until then all 82 seats stay billable", wrap=True))
    made.add_button(buttons.secondary("Copy summary"), Side.START)
    made.add_button(buttons.secondary("Yes, Change")).clicked.connect(made.accept)
    made.set_safe(made.add_button(buttons.primary("No, Keep Purchase Mode")))
    qtbot.addWidget(made)
    return made


def test_it_stands_in_the_middle_and_dims_the_window(dialog: ModalDialog, window: QWidget) -> None:
    dialog.open()
    assert dialog.isModal()
    assert dialog.width() == 680
    assert abs(dialog.geometry().center().x() - window.geometry().center().x()) <= 1
    scrim = window.findChild(Scrim)
    assert scrim is not None
    assert scrim.isVisible()
    assert scrim.size() == window.size()
    dialog.close()
    assert not scrim.isVisible()


def test_escape_is_the_safe_answer(dialog: ModalDialog, qtbot: QtBot) -> None:
    dialog.open()
    with qtbot.waitSignal(dialog.rejected):
        QTest.keyClick(dialog, Qt.Key.Key_Escape)


def test_enter_gives_the_safe_answer_too(dialog: ModalDialog, qtbot: QtBot) -> None:
    dialog.open()
    with qtbot.waitSignal(dialog.rejected):
        QTest.keyClick(dialog, Qt.Key.Key_Return)


def test_the_other_answer_accepts(dialog: ModalDialog, qtbot: QtBot) -> None:
    dialog.open()
    yes = next(button for button in dialog.findChildren(type(buttons.primary())) if "Yes" in button.text())
    with qtbot.waitSignal(dialog.accepted):
        QTest.mouseClick(yes, Qt.MouseButton.LeftButton)


def test_long_contents_scroll_in_a_small_window(dialog: ModalDialog, window: QWidget) -> None:
    for number in range(60):
        dialog.content.addWidget(Label(f"Line {number}"))
    window.resize(800, 480)
    dialog.open()
    assert dialog.height() <= window.height() - 64


def test_it_follows_its_window(dialog: ModalDialog, window: QWidget, qtbot: QtBot) -> None:
    dialog.open()
    window.resize(720, 640)
    qtbot.waitUntil(lambda: dialog.width() == 720 - 64)


def test_dialogs_are_accessible(dialog: ModalDialog, assert_accessible: Callable[[QWidget], None]) -> None:
    dialog.open()
    assert dialog.accessibleName() == "Change to Usage Mode?"
    assert_accessible(dialog)


def test_on_x_its_corners_are_cut_not_translucent(
    window: QWidget, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: "xcb")
    made = ModalDialog(window, "Change to Usage Mode?")
    qtbot.addWidget(made)
    made.open()
    assert not made.testAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
    for corner in (made.rect().topLeft(), made.rect().topRight(), made.rect().bottomLeft(), made.rect().bottomRight()):
        assert not made.mask().contains(corner)
    assert made.mask().contains(made.rect().center())
    assert made.mask().boundingRect() == made.rect()
