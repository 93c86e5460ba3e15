"""The lines of a statement."""

from PySide6.QtCore import QObject, Signal

from cpdesk.base.i18n import _
from cpdesk.ui.context import Action, Settings
from cpdesk.ui.pages.statements.facts import LineRow, StatementFacts
from cpdesk.ui.pages.statements.line_columns import line_columns
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import secondary
from cpdesk.ui.widgets.empty import EmptyState
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.layout import hbox, vbox
from cpdesk.ui.widgets.list_card import ListCard
from cpdesk.ui.widgets.search import SearchField
from cpdesk.ui.widgets.table import DataTable

_MANY = 12
"""More lines than these are worth a search field."""


class LineList(QObject):
    """A list of lines, each of which can be explained: `head` and `card`, which a page puts under each other."""

    explanation_asked = Signal(object)
    """The `LineRow`."""

    def __init__(self, settings: Settings, parent: QObject) -> None:
        super().__init__(parent)
        self._currency = ""
        self.heading, self.hint = Label(role=TextRole.SECTION), Label(role=TextRole.CAPTION, wrap=True)
        self.search = SearchField()
        self.explain = secondary()
        self.table: DataTable[LineRow] = DataTable(
            line_columns(self._in_currency),
            lambda row: row.place,
            name="statement",
            settings=settings,
            empty=EmptyState(icon="prices"),
        )
        self.table.fold_texts()
        self.head = hbox(vbox(self.heading, self.hint, space=spacing.XS), self.search, self.explain)
        self.head.setStretch(0, 1)
        self.card = ListCard(self.table, last=False)
        self._wire()

    def show_lines(self, facts: StatementFacts) -> None:
        """Show these, the first of them selected where none was."""
        self._currency = facts.document.currency
        self.table.set_rows(facts.rows)
        if self._selected() is None and facts.rows:
            self.table.select(facts.rows[0].place)
        self.search.setVisible(len(facts.rows) > _MANY)
        for part in (self.hint, self.explain):
            part.setVisible(bool(facts.rows))
        self._on_selection_changed()

    def retranslate(self) -> None:
        """All texts in the language in use."""
        self.heading.setText(_("Lines"))
        self.hint.setText(_("Select a line to see how its amount comes about."))
        self.search.set_placeholder(_("Search lines"))
        self.explain.setText(_("Explain"))
        self.table.setAccessibleName(_("Lines"))
        self.table.empty.set(_("Nothing to charge"), _("The account held no seats on the days of this month."))

    def _wire(self) -> None:
        self.explain.clicked.connect(self._on_explain)
        self.search.searched.connect(self.table.set_filter)
        self.table.row_activated.connect(self.explanation_asked)
        self.table.selection_changed.connect(self._on_selection_changed)
        self.table.set_row_actions(self._row_actions)

    def _in_currency(self) -> str:
        return self._currency

    def _selected(self) -> LineRow | None:
        return next(iter(self.table.selected_rows()), None)

    def _row_actions(self) -> list[Action]:
        return [Action(_("Explain"), self._on_explain)]

    def _on_selection_changed(self) -> None:
        selected = self._selected()
        self.explain.setEnabled(selected is not None)
        self.explain.setAccessibleDescription(selected.line.product if selected else _("Select a line first."))

    def _on_explain(self) -> None:
        if (selected := self._selected()) is not None:
            self.explanation_asked.emit(selected)
