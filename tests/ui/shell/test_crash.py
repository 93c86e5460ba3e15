"""After a bug."""

import logging
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QtMsgType, QUrl, qInstallMessageHandler, qWarning
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from cpdesk.base import log, paths
from cpdesk.ui.shell.crash import CrashReporter, report_of
from cpdesk.ui.shell.crash_dialogs import CrashDialog, PastCrashDialog
from cpdesk.ui.shell.hooks import Hooks
from cpdesk.ui.shell.window import Window


@pytest.fixture
def reporter(window: Window) -> CrashReporter:
    made = CrashReporter(window)
    made.attach(window, window.close)
    return made


@pytest.fixture
def hooks(reporter: CrashReporter) -> Iterator[Hooks]:
    made = Hooks(reporter)
    made.install()
    yield made
    made.remove()


def caught() -> ZeroDivisionError:
    try:
        1 / 0  # noqa: B018 - what is to fail
    except ZeroDivisionError as error:
        return error
    raise AssertionError


def raise_in_hook(error: Exception) -> None:
    sys.excepthook(type(error), error, error.__traceback__)


def dialogs(window: Window) -> list[CrashDialog]:
    return [dialog for dialog in window.findChildren(CrashDialog) if dialog.isVisible()]


def test_a_report_says_where_and_with_what() -> None:
    error = caught()
    report = report_of(error)
    for part in ("cpdesk", "Python", "Qt", "MainThread", "ZeroDivisionError", "test_crash.py"):
        assert part in report


def another() -> KeyError:
    known: dict[str, int] = {}
    try:
        known["nothing"]
    except KeyError as error:
        return error
    raise AssertionError


def text_of(window: Window) -> str:
    return dialogs(window)[0].details.toPlainText()


def test_a_report_names_nobody() -> None:
    error = LookupError("no account 'Contoso Freight' of dana@contoso.example")
    error.add_note("Contoso Freight")
    assert "ontoso" not in report_of(error)


@pytest.mark.usefixtures("hooks")
def test_bugs_that_follow_each_other_share_a_dialog(window: Window, qtbot: QtBot) -> None:
    raise_in_hook(caught())
    assert dialogs(window) == []
    raise_in_hook(another())
    qtbot.waitUntil(lambda: len(dialogs(window)) == 1)
    qtbot.waitUntil(lambda: "KeyError" in text_of(window))
    assert "ZeroDivisionError" in text_of(window)
    dialogs(window)[0].close()


@pytest.mark.usefixtures("hooks")
def test_a_bug_that_happens_all_the_time_is_shown_once(window: Window, qtbot: QtBot) -> None:
    for _time in range(3):
        raise_in_hook(caught())
    qtbot.waitUntil(lambda: len(dialogs(window)) == 1)
    assert text_of(window).count("ZeroDivisionError") == 1
    dialogs(window)[0].reject()
    raise_in_hook(caught())
    raise_in_hook(another())
    qtbot.waitUntil(lambda: len(dialogs(window)) == 1)
    assert "ZeroDivisionError" not in text_of(window)
    dialogs(window)[0].close()


@pytest.mark.usefixtures("hooks")
def test_a_bug_is_shown_after_the_report_of_another_one_went_with_whoever_left(window: Window, qtbot: QtBot) -> None:
    raise_in_hook(caught())
    qtbot.waitUntil(lambda: len(dialogs(window)) == 1)
    window.lock.lock()
    window.lock.leave()
    qtbot.waitUntil(lambda: window.findChildren(CrashDialog) == [])
    raise_in_hook(another())
    qtbot.waitUntil(lambda: len(dialogs(window)) == 1)
    assert "KeyError" in text_of(window)
    dialogs(window)[0].close()


@pytest.mark.usefixtures("hooks")
def test_a_bug_on_another_thread_arrives_too(window: Window, qtbot: QtBot) -> None:
    thread = threading.Thread(target=lambda: 1 / 0, name="worker")
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: len(dialogs(window)) == 1)
    assert "thread: worker" in dialogs(window)[0].details.toPlainText()
    dialogs(window)[0].close()


def test_a_bug_carried_here_is_shown(reporter: CrashReporter, window: Window, qtbot: QtBot) -> None:
    reporter.report_error(caught())
    qtbot.waitUntil(lambda: len(dialogs(window)) == 1)
    dialogs(window)[0].close()


@pytest.mark.usefixtures("hooks")
def test_what_qt_says_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, logger="qt"):
        qWarning("something odd")
    assert "something odd" in caplog.text


def buttons(dialog: QWidget) -> dict[str, QPushButton]:
    return {button.text(): button for button in dialog.findChildren(QPushButton)}


def test_the_report_can_be_copied_and_the_program_started_anew(window: Window, qtbot: QtBot) -> None:
    restarted: list[int] = []
    dialog = CrashDialog(window, "the report", lambda: restarted.append(1))
    qtbot.addWidget(dialog)
    dialog.open()
    buttons(dialog)["Copy the report"].click()
    assert QGuiApplication.clipboard().text() == "the report"
    assert "Copied" in buttons(dialog)
    buttons(dialog)["Restart cpdesk"].click()
    assert restarted == [1]


def test_nothing_starts_anew_by_itself(window: Window, qtbot: QtBot) -> None:
    restarted: list[int] = []
    dialog = CrashDialog(window, "the report", lambda: restarted.append(1))
    qtbot.addWidget(dialog)
    dialog.open()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert restarted == []


def test_the_log_folder_can_be_opened(window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []

    def open_url(url: QUrl) -> bool:
        opened.append(url.toLocalFile())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    paths.log_dir().mkdir(parents=True)
    dialog = CrashDialog(window, "the report", window.close)
    qtbot.addWidget(dialog)
    buttons(dialog)["Open the log folder"].click()
    assert [Path(folder) for folder in opened] == [paths.log_dir()]


def test_a_log_folder_that_cannot_be_opened_is_named(window: Window, qtbot: QtBot) -> None:
    dialog = CrashDialog(window, "the report", window.close)
    qtbot.addWidget(dialog)
    buttons(dialog)["Open the log folder"].click()
    assert str(paths.log_dir()) in "".join(label.text() for label in dialog.findChildren(QLabel))


def test_a_crash_of_an_earlier_run_is_told(
    reporter: CrashReporter, window: Window, qtbot: QtBot, assert_accessible: Callable[[QWidget], None]
) -> None:
    reporter.tell_past("Fatal Python error: Segmentation fault")
    dialog = window.findChild(PastCrashDialog)
    assert isinstance(dialog, PastCrashDialog)
    assert_accessible(dialog)
    assert "Segmentation fault" in dialog.details.toPlainText()
    assert "cpdesk" in dialog.details.toPlainText()
    assert "Restart cpdesk" not in buttons(dialog)
    buttons(dialog)["Go on"].click()
    qtbot.waitUntil(lambda: not dialog.isVisible())


def test_a_bug_without_a_log_is_shown_all_the_same(
    hooks: Hooks, window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("CPDESK_DATA", str(tmp_path / "file"))
    assert hooks is not None
    assert log.start() is None
    raise_in_hook(caught())
    qtbot.waitUntil(lambda: len(dialogs(window)) == 1)
    dialogs(window)[0].close()


def test_hooks_are_given_back(reporter: CrashReporter) -> None:
    before = (sys.excepthook, threading.excepthook)
    hooks = Hooks(reporter)
    hooks.install()
    assert sys.excepthook != before[0]
    hooks.remove()
    assert (sys.excepthook, threading.excepthook) == before


def test_whoever_listened_to_qt_before_does_so_again(reporter: CrashReporter) -> None:
    heard: list[str] = []

    def hear(_kind: QtMsgType, _context: object, text: str) -> None:
        heard.append(text)

    before = qInstallMessageHandler(hear)
    try:
        hooks = Hooks(reporter)
        hooks.install()
        hooks.remove()
        qWarning("something odd")
    finally:
        qInstallMessageHandler(before)
    assert heard == ["something odd"]
