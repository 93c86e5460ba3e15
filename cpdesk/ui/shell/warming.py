"""Loading what pages are made of before somebody asks for them."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from importlib import import_module
from pkgutil import walk_packages
from threading import Thread
from time import monotonic

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from cpdesk.base import i18n
from cpdesk.ui import choices

_ROOMS = ("cpdesk.ui.widgets", "cpdesk.ui.charts", "cpdesk.ui.parts", "cpdesk.ui.shell.jump", "cpdesk.ui.pages")
"""What builds on others comes after them, so that each step loads little."""
_STEP_MS = 20
"""Between two steps: whoever clicks or types meanwhile is answered first."""
_CALM = 0.5
"""Seconds without a key or a click after which there is time for it again."""
_INPUT = frozenset({QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel, QEvent.Type.TouchBegin})


class Warmer(QObject):
    """Loads all pages and languages bit by bit, while nobody uses the window: a first visit is as quick as others."""

    def __init__(self, window: QWidget, steps: Iterable[Callable[[], object]] | None = None) -> None:
        """`steps` of loading; None: the modules that pages are made of, and the texts of each language."""
        super().__init__(window)
        self._window = window
        self.steps = iter(_everything() if steps is None else steps)
        self._used = -_CALM
        self._timer = QTimer(self, interval=_STEP_MS)
        self._timer.timeout.connect(self._on_timeout)

    def start(self) -> None:
        """Begin; call it when the window is seen and has had its first answers."""
        handle = self._window.windowHandle()
        if handle is not None:
            handle.installEventFilter(self)
        self._timer.start()

    @property
    def running(self) -> bool:
        """Whether there is something left to load."""
        return self._timer.isActive()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in _INPUT:
            self._used = monotonic()
        return False

    def _on_timeout(self) -> None:
        if monotonic() - self._used < _CALM:
            return
        step = next(self.steps, None)
        if step is not None:
            step()
            return
        self._timer.stop()
        handle = self._window.windowHandle()
        if handle is not None:
            handle.removeEventFilter(self)


def _everything() -> Iterator[Callable[[], object]]:
    yield from (partial(import_module, name) for name in _modules())
    yield choices.usual_time_zone  # Qt reads the zones of the system when it is first asked
    yield Thread(target=_prepare_languages, name="cpdesk-languages", daemon=True).start


def _prepare_languages() -> None:
    """Where a checkout has them as sources only, this takes longer than the window may stand still."""
    for code, _name in i18n.available_languages():
        i18n.prepare(code)


def _modules() -> Iterator[str]:
    for room in _ROOMS:
        package = import_module(room)
        yield from (module.name for module in walk_packages(package.__path__, f"{room}."))
