"""The last step of an import: how far it is, then what came of it."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cpdesk.base.formats import format_number
from cpdesk.base.i18n import _
from cpdesk.domain.user_import.plan import Outcome
from cpdesk.domain.user_import.stages import WHOLE, stage_at
from cpdesk.ui.context import Kind
from cpdesk.ui.pages.transition.preview_rows import SKIPPED, PreviewRows
from cpdesk.ui.pages.transition.words import stage_text
from cpdesk.ui.theme import spacing
from cpdesk.ui.widgets.buttons import secondary
from cpdesk.ui.widgets.card import Card, CardRow, KeyFigure
from cpdesk.ui.widgets.flow import Flow
from cpdesk.ui.widgets.notice import Notice
from cpdesk.ui.widgets.progress_line import ProgressLine


class WorkBar(Card):
    """What is being done with a file, how far it is, and a way out."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._file = ""
        self._done = 0
        self.line = ProgressLine(space=self.body.spacing())
        self._patience = QTimer(self, singleShot=True)
        self._patience.timeout.connect(self.show)
        self.line.cancelled.connect(self.cancelled)
        self.body.addWidget(self.line)

    def begin(self, file: str, *, patience: int = 0) -> None:
        """Something begins with a file; the bar shows itself when it takes longer than `patience` milliseconds."""
        self._file = file
        self.line.begin()
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
        self.retranslate()

    def retranslate(self) -> None:
        """All texts in the language in use."""
        self.line.show_progress(stage_text(stage_at(self._done), self._file), self._done, WHOLE)


class ImportStep(QWidget):
    """The bar while the import runs; then its result, and where to go next."""

    place_chosen = Signal(str, str)
    """Where to go next: the key of a page and of a tab in it, or "" for none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: PreviewRows | None = None
        self.work = WorkBar()
        self.done = Notice(Kind.SUCCESS)
        self.figures = tuple(KeyFigure() for _place in range(4))
        self.users, self.seats, self.again = secondary(), secondary(), secondary()
        self._result = QWidget()
        self._build()
        self.users.clicked.connect(self._on_users)
        self.seats.clicked.connect(self._on_seats)

    def begin(self, file: str) -> None:
        """The import of a file begins."""
        self._shown = None
        self.work.begin(file)
        self._result.hide()
        self.work.line.cancel.setFocus()

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

    def _on_users(self) -> None:
        self.place_chosen.emit("users", "")

    def _on_seats(self) -> None:
        self.place_chosen.emit("services", "subscriptions")

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
