"""The products of one schedule: found by name, or by what is missing or waits."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QButtonGroup, QVBoxLayout, QWidget

from cpdesk.base.formats import format_number
from cpdesk.base.i18n import _
from cpdesk.domain.operators import Role
from cpdesk.ui.context import Action, PageContext
from cpdesk.ui.pages.prices.price_lines import ProductLine, ScheduleFacts
from cpdesk.ui.parts.product_picker import search_hint
from cpdesk.ui.theme import spacing
from cpdesk.ui.widgets.buttons import filter_chip, secondary
from cpdesk.ui.widgets.columns import Column
from cpdesk.ui.widgets.flow import Flow
from cpdesk.ui.widgets.layout import hbox
from cpdesk.ui.widgets.list_card import ListCard
from cpdesk.ui.widgets.menu_button import gear_menu
from cpdesk.ui.widgets.search import SearchField
from cpdesk.ui.widgets.table import DataTable

ALL, LACKING, WAITING = "all", "lacking", "waiting"

_FITS: dict[str, Callable[[ProductLine], bool] | None] = {
    ALL: None,
    LACKING: lambda line: line.lacks_price,
    WAITING: lambda line: line.next is not None,
}


class PriceList(QWidget):
    """The list, and what can be done with the selected product."""

    change_asked = Signal(object)
    """The ProductLine whose price is to be set."""
    history_asked = Signal(object)
    remove_asked = Signal(object)

    def __init__(self, context: PageContext, columns: Sequence[Column[ProductLine]], name: str) -> None:
        """`name` is under which the columns are remembered."""
        super().__init__()
        self._may_change = context.by.role is Role.RESELLER
        self._settings = context.settings
        self._name = name
        self._facts: ScheduleFacts | None = None
        self.search = SearchField()
        self.chips = {key: filter_chip() for key in _FITS}
        self._group = QButtonGroup(self)
        self.change = secondary()
        self.gear = gear_menu("")
        self.table: DataTable[ProductLine] = DataTable(
            columns,
            lambda line: line.product_id,
            name=name,
            settings=context.settings,
            codes=lambda line: (line.product.guid, line.product.part_number),
        )
        self._build()
        self._wire()

    def show_facts(self, facts: ScheduleFacts) -> None:
        """Show the products of a schedule."""
        another = self._facts is None or self._facts.schedule.id != facts.schedule.id
        self._facts = facts
        if another:
            self.narrow(ALL)
        self.table.set_rows(facts.lines)
        self.retranslate()

    def narrow(self, key: str) -> None:
        """Show only the products of a chip."""
        self.search.clear()
        self.chips[key].setChecked(True)
        self._on_chip()

    def retranslate(self) -> None:
        """All texts in the language in use."""
        self.search.set_placeholder(search_hint())
        self.table.setAccessibleName(_("Prices"))
        self.change.setText(_("Set price"))
        facts = self._facts
        counted = {
            ALL: (_("All products"), len(facts.lines) if facts else 0),
            LACKING: (_("Without a price"), facts.lacking if facts else 0),
            WAITING: (_("Next price waits"), facts.waiting if facts else 0),
        }
        for key, (text, number) in counted.items():
            self.chips[key].setText(f"{text} {format_number(number)}")
        self._on_selected()

    def hide_at_first(self, column: str) -> None:
        """Leave a column out that takes much room, until somebody chooses it; it is searched all the same."""
        if self._settings.value(f"columns/{self._name}") is None:
            self.table.widths.show_column(column, shown=False)

    def _build(self) -> None:
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.fold_texts()
        self.table.set_row_actions(self._actions)
        for chip in self.chips.values():
            self._group.addButton(chip)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(spacing.M)
        column.addLayout(hbox(self.search, None, self.change, self.gear, space=spacing.S))
        column.addWidget(Flow(*self.chips.values()))
        column.addWidget(ListCard(self.table), 1)
        self.change.setVisible(self._may_change)

    def _wire(self) -> None:
        self.search.searched.connect(self.table.set_filter)
        self.search.went_down.connect(self._on_went_down)
        self._group.buttonClicked.connect(self._on_chip)
        self.table.selection_changed.connect(self._on_selected)
        self.table.row_activated.connect(self._on_activated)
        self.change.clicked.connect(self._on_change)

    def _selected(self) -> ProductLine | None:
        return next(iter(self.table.selected_rows()), None)

    def _on_chip(self) -> None:
        chosen = next(key for key, chip in self.chips.items() if chip.isChecked())
        self.table.set_predicate(_FITS[chosen])

    def _on_selected(self) -> None:
        selected = self._selected()
        missing = "" if selected else _("Select a product first.")
        for button in (self.change, self.gear):
            button.setEnabled(selected is not None)
            button.setAccessibleDescription(missing)
        name = _("Actions for {name}").format(name=selected.product.name) if selected else _("Actions")
        self.gear.rename(name)
        self.gear.set_actions(self._actions())

    def _actions(self) -> tuple[Action, ...]:
        """What the gear and the context menu offer for the selected product."""
        selected, history = self._selected(), Action(_("Price history"), self._on_history)
        if selected is None:
            return ()
        if not self._may_change:
            return (history,)
        change = Action(_("Set price"), self._on_change)
        remove = Action(_("Remove the price that waits"), self._on_remove)
        return (change, history, remove) if selected.next else (change, history)

    def _on_went_down(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_activated(self, line: ProductLine) -> None:
        (self.change_asked if self._may_change else self.history_asked).emit(line)

    def _on_change(self) -> None:
        self.change_asked.emit(self._selected())

    def _on_history(self) -> None:
        self.history_asked.emit(self._selected())

    def _on_remove(self) -> None:
        self.remove_asked.emit(self._selected())
