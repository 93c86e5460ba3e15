"""The history of a subscription, as the ledger has it."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QAbstractItemView, QVBoxLayout, QWidget

from cpdesk.base.i18n import _
from cpdesk.domain.operators import Session
from cpdesk.domain.subscriptions import LedgerQuery, LedgerRow, Showing
from cpdesk.ui.context import PageContext
from cpdesk.ui.pages.services.ledger_columns import history_columns
from cpdesk.ui.pages.services.subscription_facts import FoundEntries, SubscriptionFacts, read_history
from cpdesk.ui.parts.loaded_part import LoadedPart
from cpdesk.ui.refusals import sentence_of
from cpdesk.ui.texts import entries_text
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.empty import EmptyState
from cpdesk.ui.widgets.flow import Flow
from cpdesk.ui.widgets.inputs import Choice, ComboBox
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.list_card import ListCard
from cpdesk.ui.widgets.paged_table import PagedTable
from cpdesk.ui.widgets.search import SearchField

if TYPE_CHECKING:
    from cpdesk.services.bundle import Services

_LIST_FIRST = 1000
"""The list takes what it can use before the gap under it takes anything."""


class HistoryTab(QWidget):
    """Every entry of the ledger, the newest first; rows are read as they are seen."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._facts: SubscriptionFacts | None = None
        self._found: FoundEntries | None = None
        self.search = SearchField()
        self.showing = ComboBox()
        self._count = Label(role=TextRole.CAPTION)
        self._empty = EmptyState(icon="audit")
        self.table: PagedTable[LedgerRow] = PagedTable(
            history_columns(self._zone, of_tenant=self._of_tenant),
            lambda row: row.number,
            context.jobs,
            sortable=("effective",),
            name="subscription_history",
            settings=context.settings,
            empty=self._empty,
        )
        self.table.fold_texts()
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.sort_by("effective", descending=True)
        self.part = LoadedPart(context.jobs, self._content())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.part)
        self.retranslate()
        self._wire()

    def query(self) -> LedgerQuery:
        """What the list is to show."""
        showing = Showing(str(self.showing.value() or Showing.ALL))
        return LedgerQuery(self.search.text(), showing, oldest_first=not self.table.order[1])

    def read(self, facts: SubscriptionFacts) -> None:
        """Ask for the history of a subscription, and show it."""
        self._facts = facts
        self._ask()

    def retranslate(self) -> None:
        """All texts in the language in use."""
        self.search.set_placeholder(_("Search user, operator or reason"))
        self.showing.stand_alone(_("Kind of change"))
        chosen = self.showing.value()
        self.showing.blockSignals(True)
        self.showing.set_choices(
            [
                Choice(str(Showing.ALL), _("All changes")),
                Choice(str(Showing.POOL), _("Changes of the pool")),
                Choice(str(Showing.USERS), _("Licenses of users")),
            ]
        )
        self.showing.set_value(chosen or str(Showing.ALL))
        self.showing.blockSignals(False)
        self.table.setAccessibleName(_("History"))
        self._show_texts()

    def _content(self) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(spacing.M)
        column.addWidget(Flow(self.search, self.showing, self._count))
        column.addWidget(ListCard(self.table, last=False), _LIST_FIRST)
        column.addStretch(1)
        return made

    def _wire(self) -> None:
        self.search.searched.connect(self._ask)
        self.search.went_down.connect(self._on_went_down)
        self.showing.currentIndexChanged.connect(self._ask)
        self.table.order_changed.connect(self._ask)
        self.table.failed.connect(self._on_failed)
        self.part.asked_again.connect(self._ask)

    def _zone(self) -> str:
        return self._facts.service.account.time_zone if self._facts else "UTC"

    def _of_tenant(self) -> bool:
        return self._facts is not None and self._facts.held.assignable_to == "tenant"

    def _ask(self) -> None:
        if self._facts is not None:
            self.part.load(partial(read_history, *self._place(), self.query()), self._on_found)

    def _place(self) -> "tuple[Services, Session, int, int]":
        assert self._facts is not None
        facts = self._facts
        return self._context.services, self._context.by, facts.service.account.id, facts.held.row.product_id

    def _on_found(self, found: FoundEntries) -> None:
        searched = self._found is not None and found.query != self._found.query
        self._found = found
        self.table.show_ids(found.numbers, partial(_some, *self._place()), found.first)
        if searched:
            self.table.scrollToTop()
        self._show_texts()

    def _show_texts(self) -> None:
        if self._found is None:
            return
        times = _("days and times in {zone}").format(zone=self._zone())
        self._count.setText(f"{entries_text(len(self._found.numbers))} · {times}")
        if self._found.query.narrows:
            self._empty.set(_("No entry found"), _("No entry of the history fits what is asked for."))
        else:
            self._empty.set(_("No entries yet"), _("Each seat that is bought, assigned or given back stands here."))

    def _on_went_down(self) -> None:
        if self.table.rows.rowCount():
            self.table.setFocus()
            self.table.selectRow(0)

    def _on_failed(self, error: Exception) -> None:
        self._context.notices.error(sentence_of(error))


def _some(
    services: "Services", by: Session, account_id: int, product_id: int, numbers: Sequence[int]
) -> Sequence[LedgerRow]:
    return services.subscriptions.some(by, account_id, product_id, numbers)
