"""The second step of an import of prices: what it will do, product by product."""

from collections.abc import Callable
from functools import cached_property

from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from cpdesk.base.apart import beside
from cpdesk.base.formats import format_date, format_number
from cpdesk.base.i18n import _
from cpdesk.domain.price_reports import PriceChange, PriceImportReport, PriceLine, SkippedRow
from cpdesk.ui.context import Kind
from cpdesk.ui.pages.prices.import_columns import change_texts, line_columns, skipped_columns
from cpdesk.ui.pages.prices.preview_rows import Preview
from cpdesk.ui.pages.prices.words import missing_text
from cpdesk.ui.parts.encodings import encoding_name
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import filter_chip
from cpdesk.ui.widgets.flow import Flow
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.layout import hbox, vbox
from cpdesk.ui.widgets.list_card import ListCard
from cpdesk.ui.widgets.notice import Notice
from cpdesk.ui.widgets.search import SearchField
from cpdesk.ui.widgets.table import DataTable

_ALL = "all"
_SKIPPED = "skipped"
_ALL_BUT = 1000
"""The list takes what it can use before the gap under it takes anything."""


class PreviewStep(QWidget):
    """The products with their prices before and after; or the rows that were skipped, each with its reason."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown: Preview | None = None
        self.news = Notice(Kind.PENDING)
        self.missing = Notice(Kind.INFO)
        self._facts = Label(role=TextRole.CAPTION, wrap=True)
        self.search = SearchField()
        self.chips = {key: filter_chip() for key in (_ALL, *PriceChange, _SKIPPED)}
        self._group = QButtonGroup(self)
        self.lines: DataTable[PriceLine] = DataTable(
            line_columns(self._currency), lambda line: line.product_id, codes=lambda line: (line.part_number,)
        )
        self._lists = vbox()
        self._card = ListCard(self.lines, last=False)
        self._build()
        self.say("")

    @cached_property
    def skipped(self) -> DataTable[SkippedRow]:
        """The rows that give no price; made when somebody asks for them."""
        made: DataTable[SkippedRow] = DataTable(skipped_columns(), lambda row: row.row)
        made.fold_texts()
        made.setAccessibleName(_("Rows that were skipped"))
        made.set_rows(self.shown.report.skipped if self.shown else ())
        made.set_filter(self.search.text())
        return made

    @cached_property
    def _skipped_card(self) -> ListCard:
        made = ListCard(self.skipped, last=False)
        self._lists.addWidget(made)
        return made

    def show_preview(self, preview: Preview) -> None:
        """Show what an import does."""
        self.shown = preview
        self.search.clear()
        self.lines.set_rows(preview.report.lines)
        if "skipped" in vars(self):
            self.skipped.set_rows(preview.report.skipped)
        self.retranslate()
        self.show_kind(_ALL if preview.report.lines else _SKIPPED)

    def show_kind(self, kind: str) -> None:
        """Show only what becomes of prices in this way; "skipped" shows the rows that give no price."""
        self.chips[kind].setChecked(True)
        self._on_chip()

    def say(self, text: str, kind: Kind = Kind.PENDING) -> None:
        """Say why this is shown again; "" takes it back."""
        self.news.set_kind(kind)
        self.news.set_text(text)
        self.news.setVisible(bool(text))

    def retranslate(self) -> None:
        """All texts in the language in use."""
        self.search.set_placeholder(_("Search products"))
        self.lines.setAccessibleName(_("Prices before and after"))
        if "skipped" in vars(self):
            self.skipped.setAccessibleName(_("Rows that were skipped"))
        if self.shown is None:
            return
        report = self.shown.report
        self._facts.setText(_facts(report))
        self.missing.set_text(missing_text(self.shown.missing))
        self.missing.setVisible(bool(self.shown.missing))
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
        for part in (self.news, self._facts, self.missing):
            column.addWidget(part)
        column.addLayout(hbox(self.search, None))
        column.addWidget(Flow(*self.chips.values()))
        self._lists.addWidget(self._card)
        column.addLayout(self._lists, _ALL_BUT)
        column.addStretch(1)
        self.search.searched.connect(self._on_searched)
        self._group.buttonClicked.connect(self._on_chip)

    def _currency(self) -> str:
        return self.shown.report.currency if self.shown else ""

    def _on_searched(self, text: str) -> None:
        self.lines.set_filter(text)
        if "skipped" in vars(self):
            self.skipped.set_filter(text)

    def _on_chip(self) -> None:
        chosen = next(key for key, chip in self.chips.items() if chip.isChecked())
        self._card.setVisible(chosen != _SKIPPED)
        if chosen == _SKIPPED or "_skipped_card" in vars(self):
            self._skipped_card.setVisible(chosen == _SKIPPED)
        self.lines.set_predicate(_becoming(chosen))


def _becoming(chosen: str) -> Callable[[PriceLine], bool] | None:
    return None if chosen in (_ALL, _SKIPPED) else lambda line: line.change == chosen


def _counted(report: PriceImportReport) -> dict[str, tuple[str, int]]:
    names = change_texts()
    return {
        _ALL: (_("All products"), len(report.lines)),
        **{change: (names[change], report.count(change)) for change in PriceChange},
        _SKIPPED: (_("Rows skipped"), len(report.skipped)),
    }


def _facts(report: PriceImportReport) -> str:
    told = [
        report.file,
        _("read as {encoding}").format(encoding=encoding_name(report.encoding)),
        _("market {market}").format(market=report.market),
        _("margin {percent} %").format(percent=format_number(report.margin)),
        _("from {date}").format(date=format_date(report.effective_on)),
    ]
    return beside(*told)
