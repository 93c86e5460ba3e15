"""A report that is a list."""

from collections.abc import Sequence
from functools import partial
from typing import Generic

from PySide6.QtWidgets import QWidget

from cpdesk.base.i18n import _
from cpdesk.ui.context import Action, PageContext
from cpdesk.ui.pages.reports.report import Report
from cpdesk.ui.pages.reports.tab import ReportTab
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.columns import Row
from cpdesk.ui.widgets.empty import EmptyState
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.layout import hbox
from cpdesk.ui.widgets.list_card import ListCard
from cpdesk.ui.widgets.search import SearchField
from cpdesk.ui.widgets.table import DataTable

_ALL_BUT = 1000
"""The list takes what it can use before the gap under it takes anything."""


class ListTab(ReportTab, Generic[Row]):
    """What the report comes to, a search, and the rows; Enter or a double click leads to where one is mended."""

    def __init__(self, context: PageContext, account_id: int | None, report: Report[Row]) -> None:
        super().__init__(context, account_id)
        self.report = report
        self._rows: tuple[Row, ...] = ()
        self._summary = Label(role=TextRole.STRONG, wrap=True)
        self.search = SearchField(at_once=True)
        self._empty = EmptyState(icon="success")
        with_account = account_id is None
        self.table: DataTable[Row] = DataTable(
            report.columns(with_account),
            report.row_key,
            name=f"report_{report.key}" if with_account else f"account_report_{report.key}",
            settings=context.settings,
            empty=self._empty,
        )
        self.table.fold_texts()
        self._head = QWidget()
        line = hbox(self.search, self._summary, space=spacing.M)
        line.setStretch(1, 1)
        self._head.setLayout(line)
        self.body.addWidget(self._head)
        self.card = ListCard(self.table, last=False)
        self.body.addWidget(self.card, _ALL_BUT)
        self.body.addStretch(1)
        self.table.set_row_actions(self._actions)
        self.search.searched.connect(self.table.set_filter)
        self.search.went_down.connect(self._on_went_down)
        self.table.row_activated.connect(self._on_opened)
        self.retranslate()

    def ask(self) -> None:
        context = self.context
        self.part.load(partial(self.report.read, context.services, context.by, self.account_id), self.show_rows)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show what was read."""
        self._rows = tuple(rows)
        self.table.set_rows(self._rows)
        self._head.setVisible(bool(self._rows))
        self._say_summary()

    def retranslate(self) -> None:
        self.search.set_placeholder(_("Search this report"))
        self.table.setAccessibleName(self.report.title())
        self._empty.set(*self.report.good_news())
        self._say_summary()

    def _say_summary(self) -> None:
        if self._rows:
            self._summary.setText(self.report.summary(self._rows))

    def _actions(self) -> tuple[Action, ...]:
        return (Action(self.report.leads_text(), self._on_open_asked),)

    def _on_open_asked(self) -> None:
        row = self.table.current_row()
        if row is not None:
            self._on_opened(row)

    def _on_opened(self, row: Row) -> None:
        key, params = self.report.leads(row)
        self.context.navigate(key, **params)

    def _on_went_down(self) -> None:
        if self.table.rows.rowCount():
            self.table.setFocus()
            self.table.selectRow(0)
