"""The second step of an import of products: what it will do, product by product."""

from collections.abc import Callable

from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from cpdesk.base.apart import beside
from cpdesk.base.formats import format_number
from cpdesk.base.i18n import _, ngettext
from cpdesk.domain.product_changes import ProductChange, ProductImportReport, ProductLine
from cpdesk.ui.context import Kind
from cpdesk.ui.pages.products.columns import BEFORE, REMARKS, line_columns
from cpdesk.ui.pages.products.words import change_texts, kept_text, plans_text
from cpdesk.ui.parts.encodings import encoding_name
from cpdesk.ui.texts import products_text
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import filter_chip
from cpdesk.ui.widgets.flow import Flow
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.layout import hbox
from cpdesk.ui.widgets.list_card import ListCard
from cpdesk.ui.widgets.notice import Notice
from cpdesk.ui.widgets.search import SearchField
from cpdesk.ui.widgets.table import DataTable

_ALL = "all"
_ALL_BUT = 1000
"""The list takes what it can use before the gap under it takes anything."""


class PreviewStep(QWidget):
    """The products of the file, narrowed to what becomes of them or to those with a remark."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown: ProductImportReport | None = None
        self.news = Notice(Kind.PENDING)
        self.nothing = Notice(Kind.SUCCESS)
        self._facts = Label(role=TextRole.CAPTION, wrap=True)
        self._kept = Label(role=TextRole.CAPTION, wrap=True)
        self.search = SearchField()
        self.chips = {key: filter_chip() for key in (_ALL, *ProductChange, REMARKS)}
        self._group = QButtonGroup(self)
        self.lines: DataTable[ProductLine] = DataTable(line_columns(), lambda line: line.product.guid)
        self._build()
        self.say("")

    def show_report(self, report: ProductImportReport) -> None:
        """Show what an import does."""
        self.shown = report
        self.search.clear()
        self.lines.set_rows(report.lines)
        self.lines.widths.show_column(BEFORE, shown=bool(report.count(ProductChange.RENAMED)))
        self.lines.widths.show_column(REMARKS, shown=any(line.remarks for line in report.lines))
        self.retranslate()
        self.show_kind(_ALL)

    def show_kind(self, kind: str) -> None:
        """Show only what becomes so, or "remarks"."""
        self.chips[kind].setChecked(True)
        self._on_chip()

    def say(self, text: str) -> None:
        """Say why this is shown again; "" takes it back."""
        self.news.set_text(text)
        self.news.setVisible(bool(text))

    def retranslate(self) -> None:
        """All texts in the language in use."""
        self.search.set_placeholder(_("Search products"))
        self.lines.setAccessibleName(_("What becomes of the products"))
        self.nothing.set_text(_("The catalogue has all of it already. There is nothing to import."))
        report = self.shown
        if report is None:
            return
        self._facts.setText(_facts(report))
        self._kept.setText(kept_text(report))
        self._kept.setVisible(bool(report.kept))
        self.nothing.setVisible(report.changes_nothing)
        for key, (text, number) in _counted(report).items():
            self.chips[key].setText(f"{text} {format_number(number)}")
            self.chips[key].setVisible(number > 0)

    def _build(self) -> None:
        self.lines.fold_texts()
        for chip in self.chips.values():
            self._group.addButton(chip)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(spacing.M)
        for part in (self.news, self.nothing, self._facts, self._kept):
            column.addWidget(part)
        column.addLayout(hbox(self.search, None))
        column.addWidget(Flow(*self.chips.values()))
        column.addWidget(ListCard(self.lines, last=False), _ALL_BUT)
        column.addStretch(1)
        self.search.searched.connect(self.lines.set_filter)
        self._group.buttonClicked.connect(self._on_chip)

    def _on_chip(self) -> None:
        chosen = next(key for key, chip in self.chips.items() if chip.isChecked())
        self.lines.set_predicate(_fitting(chosen))


def _fitting(chosen: str) -> Callable[[ProductLine], bool] | None:
    if chosen == REMARKS:
        return lambda line: bool(line.remarks)
    return None if chosen == _ALL else lambda line: line.change == chosen


def _counted(report: ProductImportReport) -> dict[str, tuple[str, int]]:
    names = change_texts()
    return {
        _ALL: (_("All products"), len(report.lines)),
        **{change: (names[change], report.count(change)) for change in ProductChange},
        REMARKS: (_("With a remark"), sum(bool(line.remarks) for line in report.lines)),
    }


def _facts(report: ProductImportReport) -> str:
    rows = ngettext("{number} row", "{number} rows", report.rows).format(number=format_number(report.rows))
    told = [
        report.file,
        _("read as {encoding}").format(encoding=encoding_name(report.encoding)),
        rows,
        products_text(len(report.lines)),
        plans_text(report.service_plans),
    ]
    return beside(*told)
