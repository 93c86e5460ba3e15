"""The users of a plan, however many: searched, sorted, copied and exported as any list."""

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from cpdesk.base.i18n import _
from cpdesk.domain.license_plan import LicensePlan
from cpdesk.ui.context import PageContext
from cpdesk.ui.parts.plan_columns import user_plan_columns
from cpdesk.ui.parts.plan_rows import SORTS, PlanRow, PlanRows, product_names
from cpdesk.ui.theme import spacing
from cpdesk.ui.widgets.list_card import ListCard
from cpdesk.ui.widgets.paged_table import PagedTable
from cpdesk.ui.widgets.search import SearchField

_AT_ONCE = 15
"""Rows that are there when the list is, so that its columns fit them."""
_FEW = 12
"""As many are found by looking."""


class PlanList(QWidget):
    """All users for whom something changes, or only those who go without. Searching goes to the reader's thread."""

    def __init__(self, context: PageContext, plan: LicensePlan, *, lacking: bool = False) -> None:
        super().__init__()
        self._context = context
        users = plan.lacking if lacking else plan.users
        self._rows = PlanRows(users, product_names(plan))
        self.search = SearchField(_("Search name or user principal name"))
        self.table: PagedTable[PlanRow] = PagedTable(
            user_plan_columns(plan, lacking=lacking), _place_of, context.jobs, sortable=SORTS
        )
        self.table.fold_texts()
        self.table.setAccessibleName(_("Users who go without") if lacking else _("Users whose licenses change"))
        self.search.setVisible(len(users) > _FEW)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(spacing.S)
        column.addWidget(self.search)
        column.addWidget(ListCard(self.table, last=False))
        self.search.searched.connect(self._find)
        self.table.order_changed.connect(self._find)
        self._show(tuple(self._rows.ids))

    def _find(self) -> None:
        sort, descending = self.table.order
        work = partial(self._rows.find, self.search.text(), sort, descending=descending)
        self._context.jobs.run(self, work, self._show, key="rows")

    def _show(self, places: tuple[int, ...]) -> None:
        self.table.show_ids(places, self._rows.some, self._rows.some(places[:_AT_ONCE]))


def _place_of(row: PlanRow) -> int:
    return row.place
