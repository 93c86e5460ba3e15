"""The products of the catalogue."""

from functools import partial

from PySide6.QtWidgets import QAbstractItemView, QButtonGroup, QWidget

from cpdesk.base.formats import format_number
from cpdesk.base.i18n import _
from cpdesk.domain.catalog import Product
from cpdesk.domain.operators import Role
from cpdesk.domain.product_rows import ProductRow
from cpdesk.ui.context import Action, Kind
from cpdesk.ui.pages.products.columns import GUID, product_columns
from cpdesk.ui.shell.page import Page
from cpdesk.ui.texts import products_text, read_only_reason
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import filter_chip, primary, secondary
from cpdesk.ui.widgets.flow import Flow
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.layout import hbox
from cpdesk.ui.widgets.list_card import ListCard
from cpdesk.ui.widgets.notice import Notice
from cpdesk.ui.widgets.search import SearchField
from cpdesk.ui.widgets.table import DataTable

_NAME = "products"
_ALL, _SOLD, _UNPRICED = "all", "sold", "unpriced"
_ALL_BUT = 1000
"""The list takes what it can use before the gap under the page takes anything."""


class ProductListPage(Page):
    """All products, searchable by name, part number and GUID; details tell the service plans of one."""

    topics = frozenset({"products", "prices", "seats"})

    def _build(self) -> None:
        self._rows: tuple[ProductRow, ...] = ()
        self._may_change = self.context.by.role is Role.RESELLER
        self.import_button = primary()
        self._read_only = Notice(Kind.INFO)
        self.search = SearchField()
        self.details = secondary()
        self.chips = {key: filter_chip() for key in (_ALL, _SOLD, _UNPRICED)}
        self._group = QButtonGroup(self)
        self._note = Label(role=TextRole.CAPTION, wrap=True)
        self.table: DataTable[ProductRow] = DataTable(
            product_columns(), lambda row: row.id, name=_NAME, settings=self.context.settings
        )
        self._lay_out()

    def _lay_out(self) -> None:
        if self.context.settings.value(f"columns/{_NAME}") is None:
            # Wide, and seldom looked at; it is searched all the same.
            self.table.widths.show_column(GUID, shown=False)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.sort_by("product")
        self.table.fold_texts()
        self.table.set_row_actions(self._actions)
        for chip in self.chips.values():
            self._group.addButton(chip)
        self.chips[_ALL].setChecked(True)
        self.header.add_action(self.import_button)
        self.body.addWidget(self._read_only)
        self.body.addLayout(hbox(self.search, None, self.details, space=spacing.S))
        self.body.addWidget(Flow(*self.chips.values()))
        self.body.addWidget(ListCard(self.table, last=False), _ALL_BUT)
        self.body.addWidget(self._note)
        self.body.addStretch(1)
        self.import_button.setVisible(self._may_change)
        self._read_only.setVisible(not self._may_change)

    def _wire(self) -> None:
        self.import_button.clicked.connect(self._on_import)
        self.search.searched.connect(self.table.set_filter)
        self._group.buttonClicked.connect(self._on_chip)
        self.table.selection_changed.connect(self._on_selected)
        self.table.row_activated.connect(self._on_details)
        self.details.clicked.connect(self._on_details)

    def retranslate(self) -> None:
        self.import_button.setText(_("Import Products"))
        self.details.setText(_("Details"))
        self.search.set_placeholder(_("Search products"))
        self.table.setAccessibleName(_("Products"))
        self._read_only.set_text(read_only_reason(self.context.by))
        self._show_counts()
        self._on_selected()

    def first_focus(self) -> QWidget | None:
        return self.search

    def refresh(self) -> None:
        self.load(partial(self.context.services.products.catalogue, self.context.by), self._on_read)

    def _on_read(self, rows: list[ProductRow]) -> None:
        self._rows = tuple(rows)
        self.table.set_rows(self._rows)
        self._show_counts()
        self._on_selected()

    def _show_counts(self) -> None:
        rows = self._rows
        self.set_title(_("Products"), products_text(len(rows)) if rows else "")
        counted = {
            _ALL: (_("All products"), len(rows)),
            _SOLD: (_("Held by accounts"), sum(map(_is_sold, rows))),
            _UNPRICED: (_("Without a price"), sum(map(_is_unpriced, rows))),
        }
        for key, (text, number) in counted.items():
            self.chips[key].setText(f"{text} {format_number(number)}")
        schedule = rows[0].schedule if rows else ""
        text = _("Prices of today by the default price schedule, {schedule}, per seat and month.")
        self._note.setText(text.format(schedule=schedule) if schedule else "")

    def _on_chip(self) -> None:
        chosen = next(key for key, chip in self.chips.items() if chip.isChecked())
        self.table.set_predicate({_SOLD: _is_sold, _UNPRICED: _is_unpriced}.get(chosen))

    def _selected(self) -> ProductRow | None:
        return next(iter(self.table.selected_rows()), None)

    def _on_selected(self) -> None:
        selected = self._selected()
        self.details.setEnabled(selected is not None)
        self.details.setAccessibleDescription("" if selected else _("Select a product first."))

    def _actions(self) -> tuple[Action, ...]:
        """What the context menu offers for the selected product."""
        return (Action(_("Details"), self._on_details),) if self._selected() else ()

    def _on_details(self) -> None:
        from cpdesk.ui.pages.products.details_dialog import ProductDetailsDialog

        selected = self._selected()
        if selected is not None:
            dialog = ProductDetailsDialog(self, self.context, selected)
            dialog.scope_changed.connect(self._on_scope_changed)
            dialog.open()

    def _on_scope_changed(self, product: Product) -> None:
        self.context.notices.clear()
        self.context.notices.success(_("The scope of {product} is changed.").format(product=product.name))

    def _on_import(self) -> None:
        self.context.navigate("import_products")


def _is_sold(row: ProductRow) -> bool:
    return row.accounts > 0


def _is_unpriced(row: ProductRow) -> bool:
    return not row.priced
