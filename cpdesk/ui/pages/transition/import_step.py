"""The last step of an import: how far it is, then what came of it."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from cpdesk.base.formats import format_number
from cpdesk.base.i18n import _
from cpdesk.domain.user_import.plan import Outcome
from cpdesk.domain.user_import.stages import WHOLE, stage_at
from cpdesk.ui.context import Kind
from cpdesk.ui.pages.transition.preview_rows import SKIPPED, PreviewRows
from cpdesk.ui.pages.transition.words import stage_text
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import secondary
from cpdesk.ui.widgets.card import Card, CardRow, KeyFigure
from cpdesk.ui.widgets.flow import Flow
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.layout import hbox
from cpdesk.ui.widgets.notice import Notice


class WorkBar(Card):
    """What is being done, how far it is, and a way out."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._file = ""
        self._done = 0
        self.text = Label(role=TextRole.STRONG, wrap=True)
        self.bar = QProgressBar(maximum=WHOLE, textVisible=False)
        self.cancel = secondary()
        self._patience = QTimer(self, singleShot=True)
        self._patience.timeout.connect(self.show)
        self.cancel.clicked.connect(self._on_cancel)
        self.body.addWidget(self.text)
        line = hbox(self.bar, self.cancel)
        line.setStretch(0, 1)
        self.body.addLayout(line)

    def begin(self, file: str, *, patience: int = 0) -> None:
        """Something begins with a file; the bar shows itself when it takes longer than `patience` milliseconds."""
        self._file = file
        self.cancel.setEnabled(True)
        self.show_progress(0)
        if patience:
            self._patience.start(patience)
        else:
            self.show()

    def end(self) -> None:
        """It is over."""
        self._patience.stop()
        self.hide()

    def show_progress(self, done: int) -> None:
        """Show how far it is, in steps of WHOLE."""
        self._done = done
        self.bar.setValue(done)
        self.retranslate()

    def retranslate(self) -> None:
        """All texts in the language in use."""
        text = stage_text(stage_at(self._done), self._file)
        self.text.setText(text)
        self.bar.setAccessibleName(text)
        self.cancel.setText(_("Cancel") if self.cancel.isEnabled() else _("Cancelling"))

    def _on_cancel(self) -> None:
        self.cancel.setEnabled(False)
        self.retranslate()
        self.cancelled.emit()


class ImportStep(QWidget):
    """The bar while the import runs; then its result, and where to go next."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: PreviewRows | None = None
        self.work = WorkBar()
        self.done = Notice(Kind.SUCCESS)
        self.figures = tuple(KeyFigure() for _place in range(4))
        self.users, self.seats, self.again = secondary(), secondary(), secondary()
        self._result = QWidget()
        self._build()

    def begin(self, file: str) -> None:
        """The import of a file begins."""
        self._shown = None
        self.work.begin(file)
        self._result.hide()
        self.work.cancel.setFocus()

    def show_result(self, rows: PreviewRows) -> None:
        """Show what came of it."""
        self._shown = rows
        self.work.end()
        self._result.show()
        self.retranslate()

    def retranslate(self) -> None:
        """All texts in the language in use."""
        self.work.retranslate()
        if self._shown is None:
            return
        self.done.set_text(_("{file} is imported.").format(file=self._shown.report.file))
        self.users.setText(_("Open User List"))
        self.seats.setText(_("Open Subscriptions"))
        self.again.setText(_("Import another file"))
        for figure, (label, number) in zip(self.figures, _figures(self._shown), strict=True):
            figure.set(label, format_number(number))

    def _build(self) -> None:
        inner = QVBoxLayout(self._result)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(spacing.M)
        inner.addWidget(self.done)
        inner.addWidget(CardRow(*self.figures))
        inner.addWidget(Flow(self.users, self.seats, self.again))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.work)
        column.addWidget(self._result)
        column.addStretch(1)
        self._result.hide()


def _figures(rows: PreviewRows) -> Sequence[tuple[str, int]]:
    missing = rows.report.missing
    last = (_("Seats added to the pool"), missing) if missing else (_("Rows skipped"), rows.counts[SKIPPED])
    return (
        (_("Users added"), rows.counts[Outcome.ADDED]),
        (_("Users updated"), rows.counts[Outcome.UPDATED]),
        (_("Licenses assigned"), rows.assigned),
        last,
    )
