"""The Subscriptions tab: seats by product."""

from PySide6.QtWidgets import QAbstractItemView, QVBoxLayout, QWidget

from cpdesk.base.formats import format_number
from cpdesk.base.i18n import _
from cpdesk.domain.modes import Mode
from cpdesk.domain.operators import may_change
from cpdesk.domain.rows import Done
from cpdesk.services.seat_tasks import SeatsResult
from cpdesk.ui.context import Action, PageContext
from cpdesk.ui.pages.services.facts import PricedSeats, ServiceFacts
from cpdesk.ui.pages.services.seat_counts import empty_texts, explanation, import_helps, totals_text
from cpdesk.ui.pages.services.subscription_columns import subscription_columns
from cpdesk.ui.parts.product_picker import search_hint
from cpdesk.ui.parts.undo import tell_done
from cpdesk.ui.texts import seats_text
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import primary, secondary
from cpdesk.ui.widgets.empty import EmptyState
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.layout import hbox
from cpdesk.ui.widgets.list_card import ListCard
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
        self.remove = secondary()
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
        self._facts = facts
        rows = facts.seats
        self._show_texts(facts)
        buys = facts.account.service_active and facts.account.mode is Mode.PURCHASE
        for button in (self.add, self.remove):
            button.setVisible(buys and may_change(self._context.by))
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
        head = hbox(texts, self.remove, self.add, space=spacing.S)
        head.setStretch(0, 1)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        column.addLayout(head)
        column.addLayout(hbox(self.search, None))
        column.addWidget(ListCard(self.table), 1)

    def _wire(self) -> None:
        self.add.clicked.connect(self._on_add)
        self.remove.clicked.connect(self._on_remove)
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
        self.table.setAccessibleName(_("Subscriptions"))

    def _selected(self) -> PricedSeats | None:
        return next(iter(self.table.selected_rows()), None)

    def _on_selection_changed(self) -> None:
        selected = self._selected()
        self.remove.setEnabled(selected is not None)
        self.remove.setAccessibleDescription(selected.name if selected else _("Select a product first."))

    def _on_import(self) -> None:
        assert self._facts is not None
        self._context.navigate("transition", account=self._facts.account.id)

    def _on_add(self) -> None:
        from cpdesk.ui.pages.services.add_seats import AddSeatsDialog

        assert self._facts is not None
        selected = self._selected()
        dialog = AddSeatsDialog(self, self._context, self._facts, selected.row.guid if selected else "")
        dialog.changed.connect(self._on_added)
        dialog.open()

    def _on_remove(self) -> None:
        from cpdesk.ui.pages.services.remove_seats import RemoveSeatsDialog

        selected = self._selected()
        if self._facts is None or selected is None:
            return
        dialog = RemoveSeatsDialog(self, self._context, self._facts.account, selected)
        dialog.changed.connect(self._on_removed)
        dialog.open()

    def _on_added(self, done: Done[SeatsResult]) -> None:
        text = _("{product}: {change} added, now {seats}, {available} available.")
        self._tell(done, _("{product}: {change} added, now {seats}.") if _of_tenant(done) else text)

    def _on_removed(self, done: Done[SeatsResult]) -> None:
        text = _("{product}: {change} removed, now {seats}, {available} available.")
        self._tell(done, _("{product}: {change} removed, now {seats}.") if _of_tenant(done) else text)

    def _tell(self, done: Done[SeatsResult], text: str) -> None:
        """Say what was done, and offer to undo it."""
        result = done.value
        told = text.format(
            product=result.product.name,
            change=seats_text(abs(result.seats - self._seats_of(result))),
            seats=seats_text(result.seats),
            available=format_number(result.available),
        )
        tell_done(self._context, self, told, done)

    def _seats_of(self, result: SeatsResult) -> int:
        rows = self._facts.subscriptions if self._facts else ()
        return next((row.seats for row in rows if row.guid == result.product.guid), 0)


def _of_tenant(done: Done[SeatsResult]) -> bool:
    """Whether no user can hold the product."""
    return done.value.product.assignable_to == "tenant"
