"""How this is computed."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cpdesk.base.advice_words import assumptions, headline, reason
from cpdesk.base.apart import beside
from cpdesk.base.i18n import _
from cpdesk.domain.advice import Advice
from cpdesk.domain.rows import AccountRow
from cpdesk.ui.pages.advisor.explanation import formulas
from cpdesk.ui.pages.advisor.pool_columns import pool_columns
from cpdesk.ui.pages.advisor.view import period, reason_text
from cpdesk.ui.texts import account_line
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import primary, secondary
from cpdesk.ui.widgets.columns import as_tsv
from cpdesk.ui.widgets.dialog import ModalDialog, Side
from cpdesk.ui.widgets.facts import Facts
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.layout import hbox, vbox
from cpdesk.ui.widgets.table import DataTable

_WIDTH = 960


class ExplanationDialog(ModalDialog):
    """The formulas with the account's own numbers, its pools by product, and what is assumed."""

    help_topic = "advisor"

    def __init__(self, parent: QWidget, account: AccountRow, advice: Advice) -> None:
        super().__init__(parent, _("How this is computed"), account_line(account.name, account.domain), _WIDTH)
        self._advice = advice
        self.copy = self.add_button(secondary(_("Copy")), Side.START)
        self.leave = self.add_button(primary(_("Close")))
        self._fill()
        self.copy.clicked.connect(self._on_copy)
        self.set_safe(self.leave)

    def text(self) -> str:
        """All of it as plain text, to be pasted into a mail."""
        advice = self._advice
        formula_lines = [f"{label}: {formula}" for label, formula in formulas(advice)]
        columns = pool_columns(advice.currency)
        header = "\t".join(column.caption() for column in columns)
        pools = [header, as_tsv(columns, advice.products)] if advice.products else []
        head = [self.subtitle.text(), beside(headline(advice), period(advice)), reason(advice)]
        return "\n".join([*head, "", *formula_lines, "", *pools, "", *assumptions(advice)])

    def _fill(self) -> None:
        self.content.addWidget(Label(reason_text(self._advice), wrap=True))
        self._add_formulas()
        if self._advice.products:
            self._section(_("Pools by product"))
            self.content.addWidget(self._pools())
        self._section(_("What is assumed"))
        self.content.addLayout(_bullets(assumptions(self._advice)))

    def _add_formulas(self) -> None:
        lines = formulas(self._advice)
        if lines:
            self._section(_("The numbers of this account"))
            facts = Facts()
            for label, formula in lines:
                facts.add(label, formula)
            self.content.addWidget(facts)

    def _pools(self) -> QWidget:
        table = DataTable(pool_columns(self._advice.currency), lambda row: row.product_id, inline=True)
        table.setAccessibleName(_("Pools by product"))
        table.set_rows(self._advice.products)
        table.fold_texts()
        return table

    def _section(self, title: str) -> None:
        self.content.addSpacing(spacing.S)
        self.content.addWidget(Label(title, TextRole.SECTION))

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text())
        self.copy.setText(_("Copied"))


def _bullets(texts: Sequence[str]) -> QVBoxLayout:
    column = vbox(space=spacing.S)
    for text in texts:
        line = hbox(space=spacing.S)
        line.addWidget(Label("\u2022"), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(Label(text, wrap=True), 1)
        column.addLayout(line)
    return column
