"""How far a piece of work is."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from cpdesk.base.i18n import _
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import secondary
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.layout import hbox, vbox


class ProgressLine(QWidget):
    """What is being done, how far it is, and a way out."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None, *, space: int = spacing.S) -> None:
        super().__init__(parent)
        self.text = Label(role=TextRole.STRONG, wrap=True)
        self.bar = QProgressBar(textVisible=False)
        self.cancel = secondary()
        line = hbox(self.bar, self.cancel)
        line.setStretch(0, 1)
        self.setLayout(vbox(self.text, line, space=space))
        self.cancel.clicked.connect(self._on_cancel)

    def begin(self) -> None:
        """Something begins that can be cancelled; then tell how far it is."""
        self.cancel.setEnabled(True)

    def show_progress(self, text: str, done: int, total: int) -> None:
        """Show how far it is, in words in the language in use and by the bar."""
        self.text.setText(text)
        self.bar.setAccessibleName(text)
        self.bar.setRange(0, max(total, 1))
        self.bar.setValue(done)
        self.cancel.setText(_("Cancel") if self.cancel.isEnabled() else _("Cancelling"))

    def _on_cancel(self) -> None:
        self.cancel.setEnabled(False)
        self.cancel.setText(_("Cancelling"))
        self.cancelled.emit()
