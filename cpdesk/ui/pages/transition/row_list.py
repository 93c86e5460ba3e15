"""The rows of a preview, however many: search, filters, and the one that is selected field by field."""

from functools import partial

from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from cpdesk.base.formats import format_list, format_number
from cpdesk.base.i18n import _
from cpdesk.base.import_words import skip_reason
from cpdesk.ui import theme
from cpdesk.ui.context import PageContext
from cpdesk.ui.pages.transition.comparison import comparison, left_out
from cpdesk.ui.pages.transition.comparison_view import ComparisonView
from cpdesk.ui.pages.transition.preview_columns import row_columns
from cpdesk.ui.pages.transition.preview_rows import SORTS, PreviewRow, PreviewRows, Wanted
from cpdesk.ui.pages.transition.words import kind_texts
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import filter_chip
from cpdesk.ui.widgets.card import Card
from cpdesk.ui.widgets.flow import Flow
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.layout import hbox
from cpdesk.ui.widgets.paged_table import PagedTable
from cpdesk.ui.widgets.search import SearchField

_AT_ONCE = 50
"""Rows that are there when the list is, so that its columns fit them."""
_ROWS = 8
"""Rows of the list that are seen at a time; the page around it scrolls too."""


class RowList(QWidget):
    """Shows one report. Searching and sorting go to the reader's thread."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._rows: PreviewRows | None = None
        self._show_kind = ""
        self.search = SearchField()
        self.chips = {kind: filter_chip() for kind in kind_texts()}
        self._group = QButtonGroup(self)
        self.table: PagedTable[PreviewRow] = PagedTable(row_columns(), _row_of, context.jobs, sortable=SORTS)
        self.lines = ComparisonView()
        self.remark = Label(role=TextRole.CAPTION, wrap=True)
        self._list, self._one = Card(), Card()
        self._build()
        self._wire()

    def show_rows(self, rows: PreviewRows) -> None:
        """Show the rows of a report."""
        self._rows = rows
        self.search.clear()
        self._show_kind = ""
        self.chips[""].setChecked(True)
        self.retranslate()
        self._find()

    def show_kind(self, kind: str) -> None:
        """Show only rows of a kind."""
        self.chips[kind].setChecked(True)
        self._show_kind = kind
        self._find()

    def retranslate(self) -> None:
        """All texts in the language in use."""
        self._list.set_title(_("Rows of the file"))
        self.search.set_placeholder(_("Search name or user principal name"))
        self.table.setAccessibleName(_("Rows of the file"))
        numbers = self._rows.counts if self._rows else {}
        for kind, text in kind_texts().items():
            number = numbers.get(kind, 0)
            self.chips[kind].setText(f"{text} {format_number(number)}")
            self.chips[kind].setVisible(not kind or number > 0)
        self._on_selection_changed()

    def _build(self) -> None:
        for chip in self.chips.values():
            self._group.addButton(chip)
        self.table.fold_texts()
        height = theme.current().fonts.scaled(spacing.ROW) * (_ROWS + 1)
        self.table.setFixedHeight(height)
        self._list.body.addLayout(hbox(self.search, None))
        self._list.body.addWidget(Flow(*self.chips.values()))
        self._list.body.addWidget(self.table)
        self._one.body.addWidget(self.remark)
        self._one.body.addWidget(self.lines)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(spacing.M)
        column.addWidget(self._list)
        column.addWidget(self._one)

    def _wire(self) -> None:
        self.search.searched.connect(self._find)
        self._group.buttonClicked.connect(self._on_chip)
        self.table.order_changed.connect(self._find)
        self.table.selection_changed.connect(self._on_selection_changed)

    def _find(self) -> None:
        assert self._rows is not None
        sort, descending = self.table.order
        wanted = Wanted(self.search.text(), self._show_kind, sort, descending)
        self._context.jobs.run(self, partial(self._rows.find, wanted), self._on_found, key="rows")

    def _on_found(self, numbers: tuple[int, ...]) -> None:
        assert self._rows is not None
        self.table.show_ids(numbers, self._rows.some, self._rows.some(numbers[:_AT_ONCE]))
        if numbers and not self.table.selected_count():
            self.table.selectRow(0)
        self._on_selection_changed()

    def _on_chip(self) -> None:
        self._show_kind = next(kind for kind, chip in self.chips.items() if chip.isChecked())
        self._find()

    def _on_selection_changed(self) -> None:
        selected = self.table.selected_ids()
        self._one.setVisible(len(selected) == 1)
        if len(selected) != 1 or self._rows is None:
            return
        (row,) = self._rows.some(selected)
        change = self._rows.change(row.row)
        lines = comparison(change, self._rows.products) if change else ()
        self._one.set_title(row.name or row.upn)
        self.lines.show_lines(lines)
        self.remark.setText(_remark(row, left_out(change) if change else (), changed=bool(lines)))
        self.remark.setVisible(bool(self.remark.text()))


def _remark(row: PreviewRow, names: tuple[str, ...], *, changed: bool) -> str:
    if row.reason:
        return _("Skipped: {reason}.").format(reason=skip_reason(row.reason))
    said = [] if changed else [_("Nothing changes.")]
    if row.foreign:
        said.append(_("{domain} is not among the domains of this account.").format(domain=row.foreign))
    if names:
        said.append(_("Left out: {names}.").format(names=format_list(names)))
    return " ".join(said)


def _row_of(row: PreviewRow) -> int:
    return row.row
