"""What dialogs have in common that say how far their work is, with a way out."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

from cpdesk.base.i18n import _
from cpdesk.domain.rows import Done
from cpdesk.jobs.progress import Cancelled, Progress
from cpdesk.ui.context import Kind, PageContext
from cpdesk.ui.parts.work_dialog import WorkDialog
from cpdesk.ui.widgets.progress_line import ProgressLine

_PATIENCE_MS = 300
"""What takes less is not worth a bar."""


if TYPE_CHECKING:
    _Dialog = WorkDialog
else:
    # Of two Qt classes that meet again further up, PySide makes a dialog that is not painted.
    _Dialog = object


class LongWork(_Dialog):
    """For a WorkDialog, before it among the bases. Its work takes `progress` besides what it has already.

    Its `__init__` calls `make_line`, and places the line.
    """

    def make_line(self) -> None:
        """Make what says how far it is."""
        self.line = ProgressLine()
        self.line.hide()
        self._told = (0, 0)
        self._progress: Progress | None = None
        self._slow = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._slow.timeout.connect(self.show_line)
        self.line.cancelled.connect(self._on_cancelled)

    def progress_text(self, done: int, total: int) -> str:
        """How far it is, in words; a dialog overrides it."""
        raise NotImplementedError

    def submit(
        self, work: Callable[..., Done[Any]], done: Callable[[Done[Any]], None], failed: Callable[[Exception], None]
    ) -> None:
        self.refusal.set_kind(Kind.ERROR)
        self._told = (0, 0)
        self._progress = self.context.jobs.progress(self, self.tell)
        self._slow.start()
        work = partial(work, progress=self._progress.report)
        super().submit(work, partial(self._on_ended, done), partial(self._on_ended, failed))

    def refused(self, error: Exception) -> None:
        if isinstance(error, Cancelled):
            self.refusal.set_kind(Kind.INFO)
            self.say(_("Cancelled. Nothing was changed."))
        else:
            super().refused(error)

    def tell(self, told: tuple[int, int]) -> None:
        """So many steps are behind us, of as many as there are."""
        self._told = told
        if not self.line.isHidden():
            self._say_how_far()

    def show_line(self) -> None:
        """It takes long: say how far it is."""
        self.line.begin()
        self._say_how_far()
        self.line.show()
        self.line.cancel.setFocus(Qt.FocusReason.OtherFocusReason)
        self.fit()

    def _say_how_far(self) -> None:
        self.line.show_progress(self.progress_text(*self._told), *self._told)

    def _on_cancelled(self) -> None:
        if self._progress is not None:
            self._progress.cancel()

    def _on_ended(self, tell: Callable[[Any], None], outcome: Any) -> None:
        self._slow.stop()
        self._progress = None
        self.line.hide()
        tell(outcome)


class LongWorkDialog(LongWork, WorkDialog):
    """A dialog whose work takes long."""

    def __init__(self, parent: QWidget, context: PageContext, title: str, subtitle: str = "", width: int = 560) -> None:
        super().__init__(parent, context, title, subtitle, width)
        self.make_line()
