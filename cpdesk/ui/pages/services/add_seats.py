"""Buying seats into the pool."""

from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QSizePolicy, QWidget

from cpdesk.base.i18n import _
from cpdesk.domain.catalog import Product
from cpdesk.domain.operators import Session
from cpdesk.domain.schedules import PriceRow
from cpdesk.ui import theme
from cpdesk.ui.context import Kind, PageContext
from cpdesk.ui.pages.services.facts import ServiceFacts
from cpdesk.ui.pages.services.remove_seats import COUNT_ERRORS
from cpdesk.ui.pages.services.seat_counts import Offer, adding_text, idle_release_text, offers
from cpdesk.ui.pages.services.subscription_columns import offer_columns
from cpdesk.ui.parts.change_dialog import ChangeDialog
from cpdesk.ui.refusals import told_by_field
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import primary, secondary
from cpdesk.ui.widgets.fields import Field, FieldKind
from cpdesk.ui.widgets.forms import Form
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.notice import Notice
from cpdesk.ui.widgets.search import SearchField
from cpdesk.ui.widgets.table import DataTable

if TYPE_CHECKING:
    from cpdesk.services.bundle import Services

_WIDTH = 1040
_LOW, _FEW = 720, 3
"""In a window that is lower than this so many products are seen, so that the field under the list is seen, too."""
_ANY_HEIGHT = (1 << 24) - 1


class AddSeatsDialog(ChangeDialog):
    """A product, found by name, part number or GUID, and how many seats of it."""

    help_topic = "managing-purchase-licenses"

    def __init__(self, parent: QWidget, context: PageContext, facts: ServiceFacts, chosen: str = "") -> None:
        """`chosen` is the part number of the product to begin with."""
        super().__init__(parent, context, facts.account, _("Add seats"), width=_WIDTH)
        self._facts = facts
        self._chosen = chosen
        self.pending = Notice(Kind.PENDING, idle_release_text(facts.account.pending))
        self.search = SearchField(_("Search name, part number or GUID"))
        self.products: DataTable[Offer] = DataTable(offer_columns(), lambda offer: offer.part_number)
        self.form = Form((Field("count", _("Seats to add"), FieldKind.NUMBER, required=True),))
        self.outcome = Label(role=TextRole.STRONG, wrap=True)
        self.leave = self.add_button(secondary(_("Keep the seats as they are")))
        self.add = self.add_button(primary(_("Add seats")))
        self._fill()
        self._wire()
        work = partial(_read, context.services, context.by, self.account.id)
        context.jobs.run(self, work, self._on_products, self.refused)

    def refused(self, error: Exception) -> None:
        if not told_by_field(self.form, error, COUNT_ERRORS):
            super().refused(error)
        self.fit()

    def first_focus(self) -> QWidget:
        return self.form.editor("count") if self._chosen else self.search

    def fit(self) -> None:
        is_low = self._window.height() < theme.current().fonts.scaled(_LOW)
        header, rows = self.products.horizontalHeader(), self.products.verticalHeader()
        few = header.sizeHint().height() + _FEW * rows.defaultSectionSize()
        self.products.setMinimumHeight(few if is_low else 0)
        self.products.setMaximumHeight(few if is_low else _ANY_HEIGHT)
        super().fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From the search, Down leads into the list, and Enter takes its first product."""
        is_press = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        key = cast("QKeyEvent", event).key() if is_press and watched is self.search else None
        if key not in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return super().eventFilter(watched, event)
        self._on_searched(self.search.text())
        if self.products.rows.rowCount():
            self._enter_list() if key == Qt.Key.Key_Down else self._take_first()
        return True

    def _enter_list(self) -> None:
        self.products.selectRow(max(self.products.currentIndex().row(), 0))
        self.products.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_first(self) -> None:
        self.products.selectRow(0)
        self.form.focus_first()

    def _fill(self) -> None:
        self.pending.setVisible(self.account.pending is not None)
        self.products.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.products.setAccessibleName(_("Products"))
        self.products.sort_by("product")
        # As wide as the list it searches.
        self.search.setMaximumWidth(self.products.maximumWidth())
        self.search.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for part in (self.pending, self.search, self.products, self.form, self.outcome):
            self.content.addWidget(part)
        # Room for seats and cost, so that nothing moves while a number is typed.
        self.outcome.setMinimumHeight(2 * self.outcome.fontMetrics().lineSpacing())
        self.add.setDefault(True)

    def _wire(self) -> None:
        self.search.searched.connect(self._on_searched)
        self.search.installEventFilter(self)
        self.products.selection_changed.connect(self._on_changed_input)
        self.products.row_activated.connect(self.form.focus_first)
        self.form.changed.connect(self._on_changed_input)
        self.leave.clicked.connect(self.reject)
        self.add.clicked.connect(self._on_add)

    def _offer(self) -> Offer | None:
        return next(iter(self.products.selected_rows()), None)

    def _on_products(self, read: tuple[list[Product], list[PriceRow]]) -> None:
        products, prices = read
        self.products.set_rows(offers(products, prices, self._facts))
        self.products.select(self._chosen)
        if self.isVisible():
            self.fit()

    def _on_searched(self, needle: str) -> None:
        self.products.set_predicate(partial(_matches, needle))
        if self.products.rows.rowCount() == 1:
            self.products.selectRow(0)

    def _on_changed_input(self) -> None:
        offer, count = self._offer(), self.form.values()["count"]
        self.outcome.setText(adding_text(offer, count) if offer is not None and count else "")
        self.say("")

    def _on_add(self) -> None:
        offer = self._offer()
        if offer is None:
            self.say(_("Choose a product from the list."))
        elif self.form.validate():
            add = self.context.services.licenses.add_seats
            count = self.form.values()["count"]
            self.change(partial(add, self.context.by, self.account.id, offer.guid, count), self.add, self.leave)
        self.fit()


def _read(services: "Services", by: Session, account_id: int) -> tuple[list[Product], list[PriceRow]]:
    """The catalogue, and what the account pays."""
    return services.licenses.products(), services.prices.of_account(by, account_id)


def _matches(needle: str, offer: Offer) -> bool:
    return offer.matches(needle)
