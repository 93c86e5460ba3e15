"""What a product cost, costs and will cost."""

from datetime import date
from functools import partial

from PySide6.QtWidgets import QAbstractItemView, QWidget

from cpdesk.base.i18n import _
from cpdesk.domain.operators import Role
from cpdesk.domain.schedules import PriceRow, ScheduleRow
from cpdesk.ui.context import PageContext
from cpdesk.ui.pages.prices.columns import COSTS, history_columns
from cpdesk.ui.pages.prices.price_lines import ProductLine
from cpdesk.ui.pages.prices.remove_price import RemovePriceDialog
from cpdesk.ui.pages.prices.words import schedule_line
from cpdesk.ui.parts.work_dialog import WorkDialog
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import primary, secondary
from cpdesk.ui.widgets.dialog import Side
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.table import DataTable

_WIDTH = 860


class PriceHistoryDialog(WorkDialog):
    """All prices of one product, newest first; those that have not begun can be removed."""

    help_topic = "prices"

    def __init__(self, parent: QWidget, context: PageContext, schedule: ScheduleRow, line: ProductLine) -> None:
        super().__init__(parent, context, line.product.name, schedule_line(schedule), _WIDTH)
        self.schedule = schedule
        self.line = line
        self.table: DataTable[PriceRow] = DataTable(history_columns(), _day, inline=True)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setAccessibleName(_("Prices through time"))
        self.table.sort_by("since", descending=True)
        self._note = Label(role=TextRole.CAPTION, wrap=True)
        self.remove = self.add_button(secondary(_("Remove the price that waits")), Side.START)
        self.leave = self.add_button(primary(_("Close")))
        self.set_safe(self.leave)
        self.remove.setVisible(context.by.role is Role.RESELLER)
        self.content.addWidget(self.table)
        self.content.addWidget(self._note)
        self.remove.clicked.connect(self._on_remove)
        self.table.selection_changed.connect(self._on_selected)
        self._on_selected()
        self.ask()

    def ask(self) -> None:
        """Read the prices, again after one of them is gone."""
        rows = self.context.services.prices.rows
        work = partial(rows, self.context.by, self.schedule.id, history=True)
        self.context.jobs.run(self, work, self._on_read, self.refused)

    def _on_read(self, rows: list[PriceRow]) -> None:
        own = [row for row in rows if row.product_id == self.line.product_id]
        self.table.set_rows(own)
        known = any(row.usage_cost is not None or row.purchase_cost is not None for row in own)
        for key in COSTS:
            self.table.widths.show_column(key, shown=known)
        self._note.setText(
            _("Each price counts until the next one begins.") if own else _("This product never had a price here.")
        )
        self.table.setVisible(bool(own))
        self._on_selected()
        if self.isVisible():
            self.fit()

    def _on_selected(self) -> None:
        selected = next(iter(self.table.selected_rows()), None)
        self.remove.setEnabled(selected is not None and selected.withdrawable)
        why = "" if self.remove.isEnabled() else _("Select a price that waits first.")
        self.remove.setAccessibleDescription(why)

    def _on_remove(self) -> None:
        row = next(iter(self.table.selected_rows()), None)
        if row is not None and row.withdrawable:
            dialog = RemovePriceDialog(self, self.context, self.schedule, row, self._before(row))
            dialog.succeeded.connect(self.ask)
            dialog.open()

    def _before(self, row: PriceRow) -> PriceRow | None:
        places = range(self.table.rows.rowCount())
        earlier = [other for other in map(self.table.rows.row_at, places) if other.effective_on < row.effective_on]
        return max(earlier, key=_day, default=None)


def _day(row: PriceRow) -> date:
    return row.effective_on
