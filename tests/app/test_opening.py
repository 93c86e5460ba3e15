"""The window is seen, empty, before what goes into it is loaded."""

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from cpdesk import opening
from cpdesk.app import Desktop
from cpdesk.base.clock import MovableClock
from cpdesk.ui.shell.window import Window
from tests.app.conftest import a_window
from tests.support.world import START


@pytest.fixture
def window(qapp: QApplication) -> Window:
    return a_window(qapp)


def test_little_is_loaded_for_it() -> None:
    """In a process of its own: here everything has been loaded long ago."""
    script = (
        "import sys, cpdesk.opening\n"
        "later = {'cpdesk.app', 'cpdesk.database', 'cpdesk.jobs', 'cpdesk.ui.context', 'cpdesk.ui.pages',\n"
        "         'cpdesk.ui.shell.page_host', 'cpdesk.ui.shell.side_menu', 'cpdesk.ui.shell.top_bar'}\n"
        "print(','.join(sorted(later & set(sys.modules))))"
    )
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=Path.cwd())
    assert told.stdout.strip() == ""


def test_it_is_seen_before_it_is_furnished(qapp: QApplication, window: Window, tmp_path: Path) -> None:
    seen: list[bool] = []

    def furnish() -> Desktop:
        seen.append(window.isVisible())
        desktop = Desktop(qapp, window, tmp_path / "none", MovableClock(START))
        desktop.painted.connect(lambda: QTimer.singleShot(0, window.close))
        return desktop

    assert opening.run(qapp, window, furnish) == 0
    assert seen == [True]
    assert window.place is not None
    assert window.place.key == "setup"


def test_what_fails_on_the_way_ends_the_program(qapp: QApplication, window: Window) -> None:
    def furnish() -> Desktop:
        raise LookupError("a part is missing")

    with pytest.raises(LookupError, match="a part is missing"):
        opening.run(qapp, window, furnish)
    window.close()


def test_it_can_be_closed_at_once(qapp: QApplication, window: Window) -> None:
    furnished: list[bool] = []

    def furnish() -> Desktop:
        furnished.append(True)
        raise AssertionError("nobody wants it any more")

    QTimer.singleShot(0, window, window.close)
    assert opening.run(qapp, window, furnish) == 0
    assert furnished == []


def test_keys_and_sizes_do_nothing_yet(window: Window) -> None:
    window.resize(900, 600)
    for key in (Qt.Key.Key_F6, Qt.Key.Key_F1, Qt.Key.Key_Escape):
        QTest.keyClick(window, key)
    QTest.mouseClick(window, Qt.MouseButton.BackButton)
    QApplication.sendEvent(window, QEvent(QEvent.Type.LanguageChange))
    event = QCloseEvent()
    QApplication.sendEvent(window, event)
    assert event.isAccepted()
