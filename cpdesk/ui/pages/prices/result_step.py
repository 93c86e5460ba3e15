"""The last step of an import of prices: that it runs, then what came of it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from cpdesk.base.formats import format_date, format_number
from cpdesk.base.i18n import _
from cpdesk.domain.price_reports import PriceChange, PriceImportReport
from cpdesk.ui.context import Kind
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import secondary
from cpdesk.ui.widgets.card import CardRow, KeyFigure
from cpdesk.ui.widgets.flow import Flow
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.notice import Notice


class ResultStep(QWidget):
    """What is seen once the import was confirmed."""

    again_asked = Signal()
    """Another file."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._report: PriceImportReport | None = None
        self._running = Label(role=TextRole.STRONG, wrap=True)
        self._bar = QProgressBar(maximum=0, textVisible=False)
        self.done = Notice(Kind.SUCCESS)
        self.figures = tuple(KeyFigure() for _place in range(4))
        self.again = secondary()
        self._result = QWidget()
        inner = QVBoxLayout(self._result)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(spacing.M)
        inner.addWidget(self.done)
        inner.addWidget(CardRow(*self.figures))
        inner.addWidget(Flow(self.again))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(spacing.M)
        for part in (self._running, self._bar, self._result):
            column.addWidget(part)
        column.addStretch(1)
        self.again.clicked.connect(self.again_asked)
        self.begin()

    def begin(self) -> None:
        """The import begins."""
        self._report = None
        self._show_parts()

    def show_result(self, report: PriceImportReport) -> None:
        """Show what came of it."""
        self._report = report
        self._show_parts()
        self.retranslate()

    def retranslate(self) -> None:
        """All texts in the language in use."""
        self._running.setText(_("Writing the prices"))
        self._bar.setAccessibleName(_("Writing the prices"))
        self.again.setText(_("Import another file"))
        report = self._report
        if report is None:
            return
        text = _("The prices of {file} are in {schedule} and count from {date} on.")
        facts = {"file": report.file, "schedule": report.schedule, "date": format_date(report.effective_on)}
        self.done.set_text(text.format(**facts))
        for figure, (label, number) in zip(self.figures, _figures(report), strict=True):
            figure.set(label, format_number(number))

    def _show_parts(self) -> None:
        for part in (self._running, self._bar):
            part.setVisible(self._report is None)
        self._result.setVisible(self._report is not None)


def _figures(report: PriceImportReport) -> tuple[tuple[str, int], ...]:
    return (
        (_("New prices"), report.count(PriceChange.NEW)),
        (_("Changed prices"), report.count(PriceChange.CHANGED)),
        (_("Unchanged prices"), report.count(PriceChange.UNCHANGED)),
        (_("Rows skipped"), len(report.skipped)),
    )
