"""Hears everything that is said while the checks run: the program has nothing to say when all is well."""

import logging
import os
import re
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from io import TextIOWrapper
from tempfile import TemporaryFile
from typing import IO

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from cpdesk.selftest.results import Output

_STREAMS = (1, 2)

_NOT_OURS = re.compile(r"This plugin does not support |This plugin supports only")
"""What a plugin of Qt's says of things that its kind of screen does not have."""


class Listener:
    """A context in which nothing reaches the terminal; `take` gives what would have."""

    def __init__(self, give_up: Callable[[str], object]) -> None:
        """`give_up` is called with the last words of Qt, which ends the process after them."""
        self._give_up = give_up
        self._heard: list[Output] = []
        self._warned: list[warnings.WarningMessage] = []
        self._said: IO[bytes] | None = None
        self._read = 0
        self._stack = ExitStack()

    def __enter__(self) -> "Listener":
        with ExitStack() as stack:
            self._said = stack.enter_context(TemporaryFile())
            stack.enter_context(_streams_into(self._said))
            self._warned = stack.enter_context(_warnings())
            stack.enter_context(_logging(_Handler(self._heard)))
            stack.enter_context(_qt(self._heard, self._give_up))
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_error: object) -> None:
        self._stack.close()

    def take(self) -> tuple[Output, ...]:
        """What was said since the last time."""
        heard = [*self._heard, *map(_warning, self._warned), *self._lines()]
        self._heard.clear()
        self._warned.clear()
        return tuple(heard)

    def _lines(self) -> list[Output]:
        assert self._said is not None
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        self._said.seek(self._read)
        data = self._said.read()
        self._read += len(data)
        text = data.decode("utf-8", "backslashreplace").strip()
        return [Output("output", text)] if text else []


class _Handler(logging.Handler):
    def __init__(self, heard: list[Output]) -> None:
        super().__init__(logging.WARNING)
        self._heard = heard
        self.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))

    def emit(self, record: logging.LogRecord) -> None:
        if not _NOT_OURS.search(record.getMessage()):
            self._heard.append(Output("log", self.format(record)))


@contextmanager
def _streams_into(file: IO[bytes]) -> Iterator[None]:
    """Python's streams, and below them those of Qt and of all other libraries. A window's program has none."""
    before = sys.stdout, sys.stderr
    kept = list(_redirected(file))
    stream = TextIOWrapper(open(os.dup(file.fileno()), "wb", buffering=0), "utf-8", write_through=True)  # noqa: SIM115
    sys.stdout = sys.stderr = stream
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before
        stream.close()
        for number, copy in kept:
            os.dup2(copy, number)
            os.close(copy)


def _redirected(file: IO[bytes]) -> Iterator[tuple[int, int]]:
    for number in _STREAMS:
        with suppress(OSError):
            copy = os.dup(number)
            os.dup2(file.fileno(), number)
            yield number, copy


@contextmanager
def _warnings() -> Iterator[list[warnings.WarningMessage]]:
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        yield warned


@contextmanager
def _logging(handler: logging.Handler) -> Iterator[None]:
    root = logging.getLogger()
    root.addHandler(handler)
    try:
        yield
    finally:
        root.removeHandler(handler)


@contextmanager
def _qt(heard: list[Output], give_up: Callable[[str], object]) -> Iterator[None]:
    def hear(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
        if kind == QtMsgType.QtFatalMsg:
            give_up(text)
        elif not _NOT_OURS.search(text):
            heard.append(Output("qt", text))

    before = qInstallMessageHandler(hear)
    try:
        yield
    finally:
        qInstallMessageHandler(before)


def _warning(warned: warnings.WarningMessage) -> Output:
    return Output("warning", f"{warned.category.__name__}: {warned.message} ({warned.filename}:{warned.lineno})")
