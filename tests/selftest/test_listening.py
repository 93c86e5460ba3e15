"""Whatever is said is heard, and nothing reaches the terminal."""

import logging
import os
import sys
import threading
import warnings

import pytest
from PySide6.QtCore import qWarning

from cpdesk.selftest.listening import Listener


def sources(listener: Listener) -> list[tuple[str, str]]:
    return [(output.source, output.text) for output in listener.take()]


def test_silence(listener: Listener) -> None:
    with listener:
        logging.getLogger("cpdesk").info("all is well")
        assert listener.take() == ()


def test_what_python_prints(listener: Listener) -> None:
    with listener:
        sys.stdout.write("one\n")
        sys.stderr.write("two\n")
        assert sources(listener) == [("output", "one\ntwo")]


def test_what_libraries_print_below_python(listener: Listener) -> None:
    with listener:
        os.write(2, b"a library is unhappy\n")
        os.write(1, b"\xff\n")
        assert sources(listener) == [("output", "a library is unhappy\n\\xff")]


def test_a_traceback_of_a_thread(listener: Listener) -> None:
    with listener:
        thread = threading.Thread(target=lambda: 1 // 0)
        hook, threading.excepthook = threading.excepthook, threading.__excepthook__
        try:
            thread.start()
            thread.join()
        finally:
            threading.excepthook = hook
        ((source, text),) = sources(listener)
        assert source == "output"
        assert "ZeroDivisionError" in text


def test_what_qt_says(listener: Listener) -> None:
    with listener:
        qWarning("something odd")
        assert sources(listener) == [("qt", "something odd")]


def test_what_the_screens_plugin_cannot_do_is_no_fault(listener: Listener) -> None:
    with listener:
        qWarning("This plugin does not support propagateSizeHints()")
        logging.getLogger("qt").warning("This plugin does not support raise()")
        assert listener.take() == ()


@pytest.mark.parametrize("kind", [DeprecationWarning, ResourceWarning, UserWarning])
def test_warnings_of_every_kind(listener: Listener, kind: type[Warning]) -> None:
    with listener:
        warnings.warn("old", kind, stacklevel=1)
        ((source, text),) = sources(listener)
        assert source == "warning"
        assert text.startswith(f"{kind.__name__}: old (")


def test_what_is_logged_as_a_fault(listener: Listener) -> None:
    with listener:
        logging.getLogger("cpdesk.jobs").warning("%d left", 3)
        assert sources(listener) == [("log", "WARNING cpdesk.jobs: 3 left")]


def test_each_thing_is_told_once(listener: Listener) -> None:
    with listener:
        sys.stderr.write("one\n")
        qWarning("two")
        assert len(listener.take()) == 2
        assert listener.take() == ()
        sys.stderr.write("three\n")
        assert sources(listener) == [("output", "three")]


def test_afterwards_everything_is_as_before(capfd: pytest.CaptureFixture[str]) -> None:
    before = sys.stdout, sys.stderr, list(logging.getLogger().handlers)
    with Listener(pytest.fail):
        os.write(1, b"inside\n")
    os.write(1, b"outside\n")
    assert (sys.stdout, sys.stderr, logging.getLogger().handlers) == before
    assert capfd.readouterr().out == "outside\n"


def test_a_program_without_a_terminal_is_heard_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    with Listener(pytest.fail) as listener:
        print("one")  # noqa: T201 - what is to be heard
        assert sources(listener) == [("output", "one")]
    assert sys.stderr is None
