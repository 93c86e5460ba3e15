"""Creating the accounts of a file: how far it is, then what came of it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cpdesk.base.formats import format_number
from cpdesk.base.i18n import _
from cpdesk.domain.account_file import AccountImportReport
from cpdesk.domain.modes import Mode
from cpdesk.ui.texts import accounts_text
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.card import CardRow, KeyFigure
from cpdesk.ui.widgets.labels import IconLabel, Label
from cpdesk.ui.widgets.layout import hbox, vbox
from cpdesk.ui.widgets.progress_line import ProgressLine


class AccountsImportStep(QWidget):
    """A bar with a way out while it runs; figures once it is done."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._report: AccountImportReport | None = None
        self._so_far = (0, 0)
        self.work = ProgressLine()
        self._told = Label(role=TextRole.SECTION, wrap=True)
        self.figures = (KeyFigure(), KeyFigure(), KeyFigure())
        self._result = QWidget()
        self._build()
        self.work.cancelled.connect(self.cancelled)

    def begin(self, total: int) -> None:
        """So many accounts are about to be created."""
        self._report = None
        self.work.begin()
        self._result.hide()
        self.work.show()
        self.show_progress((0, total))

    def show_progress(self, so_far: tuple[int, int]) -> None:
        """Show how many accounts are behind us, and how many there are."""
        self._so_far = so_far
        self.retranslate()

    def show_result(self, report: AccountImportReport) -> None:
        """Show what was created."""
        self._report = report
        self.work.hide()
        self._result.show()
        self.retranslate()

    def retranslate(self) -> None:
        """All texts in the language in use."""
        done, total = self._so_far
        text = _("{done} of {accounts} created. All are created, or none.").format(
            done=format_number(done), accounts=accounts_text(total)
        )
        self.work.show_progress(text, done, total)
        if self._report is not None:
            self._show_figures(self._report)

    def _build(self) -> None:
        head = hbox(IconLabel("success", "usage", 24), self._told, space=spacing.S)
        head.setStretch(1, 1)
        self._result.setLayout(vbox(head, CardRow(*self.figures)))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.work)
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
