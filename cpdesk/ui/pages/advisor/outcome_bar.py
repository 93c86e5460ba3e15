"""The line over the advice for all accounts: a search, and chips that filter."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cpdesk.base.formats import format_number
from cpdesk.base.i18n import _
from cpdesk.ui.pages.advisor.advice_lines import AdviceLine, Outcome, counts, outcome_name
from cpdesk.ui.theme import spacing
from cpdesk.ui.widgets.buttons import filter_chip
from cpdesk.ui.widgets.flow import Flow
from cpdesk.ui.widgets.layout import vbox
from cpdesk.ui.widgets.search import SearchField


class OutcomeBar(QWidget):
    """Holds what the list is narrowed to."""

    narrowed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search = SearchField(at_once=True)
        self.chips = {outcome: filter_chip() for outcome in Outcome}
        self.setLayout(vbox(self.search, Flow(*self.chips.values()), space=spacing.S))
        for chip in self.chips.values():
            chip.toggled.connect(self._on_toggled)

    @property
    def outcomes(self) -> frozenset[Outcome]:
        """What is to be shown; nothing chosen: everything."""
        return frozenset(outcome for outcome, chip in self.chips.items() if chip.isChecked())

    def set_lines(self, lines: Sequence[AdviceLine]) -> None:
        """Count at each chip, in the language in use; there is nothing to filter by where there are none."""
        self.search.set_placeholder(_("Search accounts and reasons"))
        numbers = counts(lines)
        for outcome, chip in self.chips.items():
            chip.setText(f"{outcome_name(outcome)} {format_number(numbers[outcome])}")
            chip.setVisible(numbers[outcome] > 0 or chip.isChecked())

    def _on_toggled(self) -> None:
        self.narrowed.emit()
