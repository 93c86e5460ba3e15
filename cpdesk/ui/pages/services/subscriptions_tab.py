"""The Subscriptions tab: seats by product."""

from functools import partial

from PySide6.QtWidgets import QAbstractItemView, QVBoxLayout, QWidget

from cpdesk.base.i18n import _
from cpdesk.base.low_seat_words import low_pools_text
from cpdesk.domain.modes import Mode
from cpdesk.domain.operators import may_change
from cpdesk.ui.context import Action, Kind, PageContext
from cpdesk.ui.pages.services.facts import PricedSeats, ServiceFacts
from cpdesk.ui.pages.services.seat_changes import SeatChanges
from cpdesk.ui.pages.services.seat_counts import empty_texts, explanation, import_helps, totals_text
from cpdesk.ui.pages.services.subscription_columns import subscription_columns
from cpdesk.ui.parts.product_picker import search_hint
from cpdesk.ui.parts.rights import may_add
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import primary, secondary
from cpdesk.ui.widgets.empty import EmptyState
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.layout import hbox
from cpdesk.ui.widgets.list_card import ListCard
from cpdesk.ui.widgets.notice import Notice
from cpdesk.ui.widgets.search import SearchField
from cpdesk.ui.widgets.table import DataTable

_MANY = 8
"""More products than these are worth a search field."""


class SubscriptionsTab(QWidget):
    """What the account holds of each product; in Purchase Mode the ways to hold more or less."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._facts: ServiceFacts | None = None
        self.totals = Label(role=TextRole.SECTION, wrap=True)
        self.explanation = Label(role=TextRole.CAPTION, wrap=True)
        self.search = SearchField()
        self.add = primary()
        self.remove, self.details = secondary(), secondary()
        self.low = Notice(Kind.PENDING)
        self.changes = SeatChanges(self, context)
        self.empty = EmptyState(icon="cloud")
        self.table: DataTable[PricedSeats] = DataTable(
            subscription_columns(),
            lambda held: held.row.product_id,
            name="subscriptions",
            settings=context.settings,
            empty=self.empty,
            codes=lambda held: (held.row.guid, held.row.part_number),
        )
        self._build()
        self._wire()

    def show_facts(self, facts: ServiceFacts) -> None:
        """Show how things stand, in the language in use."""
        self._facts = self.changes.facts = facts
        rows = facts.seats
        self._show_texts(facts)
        buys = facts.account.service_active and facts.account.mode is Mode.PURCHASE
        for button in (self.add, self.remove):
            button.setVisible(buys and may_change(self._context.by))
        self.details.setVisible(bool(rows))
        self.search.setVisible(len(rows) > _MANY)
        self.totals.setVisible(bool(rows))
        self.explanation.setVisible(facts.account.service_active)
        self.table.set_rows(rows)
        self._on_selection_changed()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(spacing.M)
        texts = QVBoxLayout()
        texts.setSpacing(spacing.XS)
        texts.addWidget(self.totals)
        texts.addWidget(self.explanation)
        head = hbox(texts, self.details, self.remove, self.add, space=spacing.S)
        head.setStretch(0, 1)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        column.addWidget(self.low)
        column.addLayout(head)
        column.addLayout(hbox(self.search, None))
        column.addWidget(ListCard(self.table), 1)

    def _wire(self) -> None:
        self.add.clicked.connect(self._on_add)
        self.remove.clicked.connect(self._on_remove)
        self.details.clicked.connect(self._on_details)
        self.table.set_row_actions(self._actions)
        self.table.row_activated.connect(self._on_opened)
        self.search.searched.connect(self.table.set_filter)
        self.table.selection_changed.connect(self._on_selection_changed)

    def _show_texts(self, facts: ServiceFacts) -> None:
        self.totals.setText(totals_text(facts.seats))
        self.explanation.setText(explanation(facts, self._context.by))
        helps = import_helps(facts, self._context.by)
        self.empty.set(*empty_texts(facts), Action(_("Import Users"), self._on_import) if helps else None)
        self.search.set_placeholder(search_hint())
        self.add.setText(_("Add seats"))
        self.remove.setText(_("Remove seats"))
        self.details.setText(_("History and idle seats"))
        self._show_low(facts)
        self.table.setAccessibleName(_("Subscriptions"))

    def _show_low(self, facts: ServiceFacts) -> None:
        """Which pools run short, with the way on where there is one."""
        low = [held.row for held in facts.seats if held.row.low]
        self.low.setVisible(bool(low))
        self.low.set_text(low_pools_text(low))
        adds = may_add(self._context.by, facts.account) and bool(low)
        way = Action(_("Add seats"), partial(self.changes.add_to, low[0].product_id)) if adds else None
        self.low.set_actions([way] if way else [])

    def _selected(self) -> PricedSeats | None:
        return next(iter(self.table.selected_rows()), None)

    def _on_selection_changed(self) -> None:
        selected = self._selected()
        for button in (self.remove, self.details):
            button.setEnabled(selected is not None)
            button.setAccessibleDescription(selected.name if selected else _("Select a product first."))

    def _on_import(self) -> None:
        assert self._facts is not None
        self._context.navigate("transition", account=self._facts.account.id)

    def _on_add(self) -> None:
        self.changes.add(self._selected())

    def _on_remove(self) -> None:
        selected = self._selected()
        if selected is not None:
            self.changes.remove(selected)

    def _actions(self) -> tuple[Action, ...]:
        return (Action(_("History and idle seats"), self._on_details),)

    def _on_details(self) -> None:
        selected = self._selected()
        if selected is not None:
            self._on_opened(selected)

    def _on_opened(self, held: PricedSeats) -> None:
        self._open(held.row.product_id)

    def _open(self, product_id: int) -> None:
        assert self._facts is not None
        self._context.navigate("subscription", account=self._facts.account.id, product=product_id)
