"""Creating the accounts of a file: how far it is, then what came of it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from cpdesk.base.formats import format_number
from cpdesk.base.i18n import _
from cpdesk.domain.account_file import AccountImportReport
from cpdesk.domain.modes import Mode
from cpdesk.ui.texts import accounts_text
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import secondary
from cpdesk.ui.widgets.card import CardRow, KeyFigure
from cpdesk.ui.widgets.labels import IconLabel, Label
from cpdesk.ui.widgets.layout import hbox, vbox


class AccountsImportStep(QWidget):
    """A bar with a way out while it runs; figures once it is done."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._report: AccountImportReport | None = None
        self._so_far = (0, 0)
        self._text = Label(role=TextRole.STRONG, wrap=True)
        self.bar = QProgressBar(textVisible=False)
        self.cancel = secondary()
        self._work = QWidget()
        self._told = Label(role=TextRole.SECTION, wrap=True)
        self.figures = (KeyFigure(), KeyFigure(), KeyFigure())
        self._result = QWidget()
        self._build()
        self.cancel.clicked.connect(self._on_cancel)

    def begin(self, total: int) -> None:
        """So many accounts are about to be created."""
        self._report = None
        self.cancel.setEnabled(True)
        self._result.hide()
        self._work.show()
        self.show_progress((0, total))

    def show_progress(self, so_far: tuple[int, int]) -> None:
        """Show how many accounts are behind us, and how many there are."""
        self._so_far = so_far
        done, total = so_far
        self.bar.setRange(0, max(total, 1))
        self.bar.setValue(done)
        self.retranslate()

    def show_result(self, report: AccountImportReport) -> None:
        """Show what was created."""
        self._report = report
        self._work.hide()
        self._result.show()
        self.retranslate()

    def retranslate(self) -> None:
        """All texts in the language in use."""
        done, total = self._so_far
        text = _("{done} of {accounts} created. All are created, or none.").format(
            done=format_number(done), accounts=accounts_text(total)
        )
        self._text.setText(text)
        self.bar.setAccessibleName(text)
        self.cancel.setText(_("Cancel") if self.cancel.isEnabled() else _("Cancelling"))
        if self._report is not None:
            self._show_figures(self._report)

    def _build(self) -> None:
        line = hbox(self.bar, self.cancel)
        line.setStretch(0, 1)
        self._work.setLayout(vbox(self._text, line, space=spacing.S))
        head = hbox(IconLabel("success", "usage", 24), self._told, space=spacing.S)
        head.setStretch(1, 1)
        self._result.setLayout(vbox(head, CardRow(*self.figures)))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._work)
        column.addWidget(self._result)
        column.addStretch(1)
        self._result.hide()

    def _show_figures(self, report: AccountImportReport) -> None:
        total = len(report.drafts)
        in_purchase = sum(draft.mode is Mode.PURCHASE for draft in report.drafts)
        self._told.setText(
            _("The accounts of {file} are created. Microsoft 365 is active for all of them.").format(file=report.file)
        )
        created, usage, purchase = self.figures
        created.set(_("Accounts created"), format_number(total))
        usage.set(_("In Usage Mode"), format_number(total - in_purchase))
        purchase.set(_("In Purchase Mode"), format_number(in_purchase), _("each with an empty pool so far"))

    def _on_cancel(self) -> None:
        self.cancel.setEnabled(False)
        self.retranslate()
        self.cancelled.emit()
