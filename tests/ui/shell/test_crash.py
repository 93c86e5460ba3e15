"""After a bug."""

import logging
import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import qWarning
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from cpdesk.ui.shell.crash import CrashDialog, CrashReporter, report_of
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
    report = report_of(type(error), error, error.__traceback__)
    for part in ("cpdesk", "Python", "Qt", "MainThread", "ZeroDivisionError", "test_crash.py"):
        assert part in report


@pytest.mark.usefixtures("hooks")
def test_a_bug_opens_one_dialog_however_often(window: Window, qtbot: QtBot) -> None:
    raise_in_hook(caught())
    assert dialogs(window) == []
    raise_in_hook(caught())
    qtbot.waitUntil(lambda: len(dialogs(window)) == 1)
    dialog = dialogs(window)[0]
    qtbot.waitUntil(lambda: dialog.details.toPlainText().count("ZeroDivisionError") >= 2)
    dialog.close()


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


def test_the_report_can_be_copied_and_the_program_started_anew(window: Window, qtbot: QtBot) -> None:
    restarted: list[int] = []
    dialog = CrashDialog(window, "the report", lambda: restarted.append(1))
    qtbot.addWidget(dialog)
    dialog.open()
    buttons = {button.text(): button for button in dialog.findChildren(QPushButton)}
    buttons["Copy the report"].click()
    assert QGuiApplication.clipboard().text() == "the report"
    buttons["Restart cpdesk"].click()
    assert restarted == [1]


def test_hooks_are_given_back(reporter: CrashReporter) -> None:
    before = (sys.excepthook, threading.excepthook)
    hooks = Hooks(reporter)
    hooks.install()
    assert sys.excepthook != before[0]
    hooks.remove()
    assert (sys.excepthook, threading.excepthook) == before
