"""What stands under the lines of a statement: what they come to, and what was put under it later."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from cpdesk.base.i18n import _
from cpdesk.ui.pages.statements.facts import StatementFacts
from cpdesk.ui.pages.statements.line_columns import correction_columns
from cpdesk.ui.pages.statements.words import StatementView
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import secondary
from cpdesk.ui.widgets.card import Card
from cpdesk.ui.widgets.facts import Facts
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.layout import clear, vbox
from cpdesk.ui.widgets.table import DataTable

if TYPE_CHECKING:
    from cpdesk.domain.issuing import Correction


class SumCard(Card):
    """Sub-total, tax and total as they are printed, and the notes under them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.sums, self._notes = Facts(), vbox(space=spacing.XS)
        self.body.addWidget(self.sums)
        self.body.addLayout(self._notes)

    def show_view(self, view: StatementView) -> None:
        """Show what the lines come to."""
        self.sums.clear()
        last = len(view.sums) - 1
        for place, (caption, amount) in enumerate(view.sums):
            self.sums.add(caption, amount, TextRole.STRONG if place == last else TextRole.BODY)
        clear(self._notes)
        for note in view.notes:
            self._notes.addWidget(Label(note, TextRole.CAPTION, wrap=True))

    def retranslate(self) -> None:
        """All texts in the language in use."""
        self.set_title(_("Sum"))


class CorrectionsCard(Card):
    """Credits and adjustments, and the way to another one for who may issue."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.correct = secondary()
        self.add_action(self.correct)
        self.table: DataTable[Correction] | None = None

    def show_corrections(self, facts: StatementFacts, view: StatementView) -> None:
        """Show what was put under it; nothing where there is nothing and nothing can be."""
        found = facts.document.corrections
        if found and self.table is None:
            columns = correction_columns(facts.document.currency, facts.document.time_zone)
            self.table = DataTable(columns, lambda row: row.number, inline=True)
            self.table.fold_texts()
            self.body.addWidget(self.table)
        if self.table is not None:
            self.table.setAccessibleName(_("Corrections"))
            self.table.set_rows(found)
        self.setVisible(bool(found) or view.may_correct)
        self.correct.setVisible(view.may_correct)

    def retranslate(self) -> None:
        """All texts in the language in use."""
        self.set_title(_("Corrections"))
        self.correct.setText(_("Add correction"))
