"""What dialogs that make one change have in common."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QPushButton, QWidget

from cpdesk.domain.rows import Done
from cpdesk.ui.context import Kind, PageContext
from cpdesk.ui.refusals import sentence_of
from cpdesk.ui.widgets.dialog import ModalDialog
from cpdesk.ui.widgets.notice import Notice


class WorkDialog(ModalDialog):
    """Stays open while its change runs; closes when it is done, or says why it was refused."""

    exclusive = False
    """Whether its change needs the database file to itself."""

    succeeded = Signal(object)
    """The value of the `Done`, just before the dialog closes."""
    changed = Signal(object)
    """The `Done` itself, just before that: for who offers its undo."""

    def __init__(self, parent: QWidget, context: PageContext, title: str, subtitle: str = "", width: int = 560) -> None:
        super().__init__(parent, title, subtitle, width)
        self.context = context
        self.refusal = Notice(Kind.ERROR)
        self.refusal.hide()
        self.content.addWidget(self.refusal)
        self._busy = False
        self._locked: tuple[QPushButton, ...] = ()

    def change(self, work: Callable[[], Done[Any]], *locked: QPushButton) -> None:
        """Make the change; the locked buttons are off meanwhile, and the dialog cannot be left."""
        if self._busy:
            return
        self._busy = True
        self._locked = locked
        self.say("")
        self._lock()
        self.submit(work, self._on_changed, self._on_change_failed)

    def submit(
        self, work: Callable[[], Done[Any]], done: Callable[[Done[Any]], None], failed: Callable[[Exception], None]
    ) -> None:
        """Hand the change over to its thread; override for one that needs more than the others."""
        hand_over = self.context.jobs.exclusive if self.exclusive else self.context.jobs.change
        hand_over(self, work, done, failed)

    def say(self, refusal: str) -> None:
        """Show why something was refused; "" takes it back."""
        self.refusal.set_text(refusal)
        self.refusal.setVisible(bool(refusal))
        if self.isVisible():
            self.fit()

    def refused(self, error: Exception) -> None:
        """Tell of a refusal; override for what needs more than its sentence."""
        self.say(sentence_of(error))

    def done_with(self, value: Any) -> None:
        """What to do after a change; the dialog closes. Override where it has something left to show."""
        self.succeeded.emit(value)
        self.accept()

    def first_focus(self) -> QWidget | None:
        """Where the keyboard is at first; None leaves it on the safe button."""
        return None

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        first = self.first_focus()
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def reject(self) -> None:
        if not self._busy:
            super().reject()

    def _lock(self) -> None:
        for button in self._locked:
            button.setEnabled(not self._busy)

    def _on_changed(self, done: Done[Any]) -> None:
        self._busy = False
        self.changed.emit(done)
        self.done_with(done.value)

    def _on_change_failed(self, error: Exception) -> None:
        self._busy = False
        self._lock()
        self.refused(error)
