"""A part of a page that is read by itself, apart from the rest of it."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from cpdesk.base.i18n import _
from cpdesk.jobs import Jobs
from cpdesk.ui.context import Action
from cpdesk.ui.refusals import sentence_of
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.empty import EmptyState
from cpdesk.ui.widgets.labels import Label

T = TypeVar("T")

_PATIENCE_MS = 300
"""What takes less is not worth a word."""


class LoadedPart(QWidget):
    """Shows its content once that is read; until then, after a moment, that it is loading; a failure in its place."""

    asked_again = Signal()
    """ "Try again" was pressed."""

    def __init__(self, jobs: Jobs, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._content = content
        self._state: QWidget | None = None
        """What stands in the place of the content."""
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._patience.timeout.connect(self._on_patience_ended)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(content)
        content.hide()
        self._loaded = False

    def load(self, work: Callable[[], T], show: Callable[[T], None]) -> None:
        """Read on another thread, then show; what was shown before stays until then."""
        self._stand_in(None)
        if not self._loaded:
            self._patience.start()
        self._jobs.run(self, work, partial(self._on_loaded, show), self._on_failed, key="load")

    def _on_loaded(self, show: Callable[[T], None], result: T) -> None:
        self._loaded = True
        self._stand_in(None)
        show(result)
        self._content.show()

    def _on_failed(self, error: Exception) -> None:
        text = sentence_of(error)
        self._loaded = False
        self._content.hide()
        again = Action(_("Try again"), self.asked_again.emit)
        self._stand_in(EmptyState(_("This could not be loaded"), text, again, "error"))

    def _on_patience_ended(self) -> None:
        self._stand_in(_loading())

    def _stand_in(self, state: QWidget | None) -> None:
        """Show this in the place of the content, or nothing."""
        self._patience.stop()
        if self._state is not None:
            self._state.hide()
            self._state.deleteLater()
        self._state = state
        column = self.layout()
        assert column is not None
        if state is not None:
            column.addWidget(state)
            state.show()


def _loading() -> QWidget:
    made = QWidget()
    bar = QProgressBar(maximum=0, textVisible=False)
    bar.setMaximumWidth(240)
    bar.setAccessibleName(_("Loading"))
    column = QVBoxLayout(made)
    column.setContentsMargins(0, spacing.S, 0, 0)
    column.setSpacing(spacing.S)
    column.addWidget(Label(_("Loading"), TextRole.CAPTION))
    column.addWidget(bar)
    column.addStretch(1)
    return made
