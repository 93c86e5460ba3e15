"""The idle seats of a subscription, one by one."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from cpdesk.base.i18n import _
from cpdesk.domain.modes import Mode
from cpdesk.domain.seat_tracing import TracedSeats
from cpdesk.ui.context import PageContext
from cpdesk.ui.pages.services import ledger_words as words
from cpdesk.ui.pages.services.ledger_columns import trace_columns
from cpdesk.ui.pages.services.subscription_facts import SORTS, FoundSeats, SubscriptionFacts, TraceQuery, read_trace
from cpdesk.ui.parts.loaded_part import LoadedPart
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.empty import EmptyState
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.layout import hbox
from cpdesk.ui.widgets.list_card import ListCard
from cpdesk.ui.widgets.paged_table import PagedTable
from cpdesk.ui.widgets.search import SearchField

_LIST_FIRST = 1000
"""The list takes what it can use before the gap under it takes anything."""


class TraceTab(QWidget):
    """Since when each seat is idle, who held it last, and what that has cost; by which rule stands over it."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._facts: SubscriptionFacts | None = None
        self._found: FoundSeats | None = None
        self.summary = Label(role=TextRole.STRONG, wrap=True)
        self.rule = Label(role=TextRole.CAPTION, wrap=True)
        self.search = SearchField()
        self._head = QWidget()
        self._empty = EmptyState(icon="success")
        self.table: PagedTable[TracedSeats] = PagedTable(
            trace_columns(self._zone, self._currency),
            lambda row: row.number,
            context.jobs,
            sortable=SORTS,
            name="subscription_idle",
            settings=context.settings,
            empty=self._empty,
        )
        self.part = LoadedPart(context.jobs, self._content())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.part)
        self.retranslate()
        self.search.searched.connect(self._ask)
        self.table.order_changed.connect(self._ask)
        self.part.asked_again.connect(self._ask)

    def query(self) -> TraceQuery:
        """What the list is to show."""
        return TraceQuery(self.search.text(), *self.table.order)

    def read(self, facts: SubscriptionFacts) -> None:
        """Ask for the idle seats of a subscription, and show them."""
        self._facts = facts
        self._ask()

    def retranslate(self) -> None:
        """All texts in the language in use."""
        self.search.set_placeholder(_("Search last holder"))
        self.rule.setText(words.trace_rule())
        self.table.setAccessibleName(_("Idle seats"))
        self._show_texts()

    def _content(self) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(spacing.M)
        head = QVBoxLayout(self._head)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(spacing.S)
        line = hbox(self.search, self.summary, space=spacing.M)
        line.setStretch(1, 1)
        head.addLayout(line)
        head.addWidget(self.rule)
        column.addWidget(self._head)
        column.addWidget(ListCard(self.table, last=False), _LIST_FIRST)
        column.addStretch(1)
        return made

    def _zone(self) -> str:
        return self._found.trace.time_zone if self._found else "UTC"

    def _currency(self) -> str:
        return self._found.trace.currency if self._found else "USD"

    def _ask(self) -> None:
        if self._facts is not None:
            account, product = self._facts.service.account.id, self._facts.held.row.product_id
            services, by = self._context.services, self._context.by
            self.part.load(partial(read_trace, services, by, account, product, self.query()), self._on_found)

    def _on_found(self, found: FoundSeats) -> None:
        self._found = found
        by_number = {row.number: row for row in found.rows}
        self.table.show_ids(tuple(by_number), partial(_some, by_number), found.rows[:100])
        self._show_texts()

    def _show_texts(self) -> None:
        if self._found is None or self._facts is None:
            return
        self._head.setVisible(bool(self._found.trace.rows))
        if self._found.trace.rows:
            self.summary.setText(words.trace_text(self._found.trace))
            self._empty.set(_("No seat found"), _("No idle seat was last held by whom is asked for."))
        elif self._facts.service.account.mode is Mode.USAGE:
            self._empty.set(_("No idle seats"), _("In Usage Mode there are none: a seat leaves with its assignment."))
        elif self._facts.held.assignable_to == "tenant":
            text = _("It belongs to the tenant as a whole: no user holds a seat of it, so none is told to be idle.")
            self._empty.set(_("No idle seats"), text)
        else:
            self._empty.set(_("No idle seats"), _("Good: every seat is assigned to somebody."))


def _some(rows: dict[int, TracedSeats], numbers: Sequence[int]) -> Sequence[TracedSeats]:
    return [rows[number] for number in numbers]
