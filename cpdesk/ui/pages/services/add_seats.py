"""Buying seats into the pool."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from cpdesk.base.i18n import _
from cpdesk.domain.catalog import Product
from cpdesk.domain.operators import Session
from cpdesk.domain.schedules import PriceRow
from cpdesk.domain.seat_limits import SeatLimit
from cpdesk.ui.context import Kind, PageContext
from cpdesk.ui.pages.services.facts import ServiceFacts
from cpdesk.ui.pages.services.remove_seats import COUNT_ERRORS
from cpdesk.ui.pages.services.seat_counts import (
    Offer,
    adding_text,
    beyond_text,
    holding_text,
    idle_release_text,
    offers,
)
from cpdesk.ui.parts.change_dialog import ChangeDialog
from cpdesk.ui.parts.product_picker import product_choices, search_hint
from cpdesk.ui.parts.reason_form import reason_form
from cpdesk.ui.refusals import told_by_field
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import primary, secondary
from cpdesk.ui.widgets.fields import Field, FieldKind
from cpdesk.ui.widgets.forms import Form
from cpdesk.ui.widgets.inputs import Choice
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.notice import Notice
from cpdesk.ui.widgets.search_combo import SearchCombo

if TYPE_CHECKING:
    from cpdesk.services.bundle import Services


_Read = tuple[list[Product], list[PriceRow], tuple[SeatLimit, ...]]


class AddSeatsDialog(ChangeDialog):
    """A product, found by name, part number or GUID, and how many seats of it."""

    help_topic = "managing-purchase-licenses"

    def __init__(self, parent: QWidget, context: PageContext, facts: ServiceFacts, chosen: str = "") -> None:
        """`chosen` is the GUID of the product to begin with."""
        super().__init__(parent, context, facts.account, _("Add seats"))
        self._facts = facts
        self._chosen = chosen
        self._offers: dict[str, Offer] = {}
        self.pending = Notice(Kind.PENDING, idle_release_text(facts.account.pending))
        self.product = Form((self._product_field(),))
        self.form = Form((Field("count", lambda: _("Seats to add"), FieldKind.NUMBER, required=True),))
        self.why = reason_form(note=False)
        self.beyond = Notice(Kind.PENDING)
        self._limits: tuple[SeatLimit, ...] = ()
        self.holding = Label(role=TextRole.CAPTION, wrap=True)
        self.outcome = Label(role=TextRole.STRONG, wrap=True)
        self.leave = self.add_button(secondary(_("Keep the seats as they are")))
        self.add = self.add_button(primary(_("Add seats")))
        self._fill()
        self._wire()
        work = partial(_read, context.services, context.by, self.account.id)
        context.jobs.run(self, work, self._on_products, self.refused)

    @property
    def picker(self) -> SearchCombo:
        """The choice of the product."""
        found = self.product.editor("guid")
        assert isinstance(found, SearchCombo)
        return found

    def refused(self, error: Exception) -> None:
        if not told_by_field(self.form, error, COUNT_ERRORS):
            super().refused(error)
        self.fit()

    def first_focus(self) -> QWidget:
        return self.form.editor("count") if self._chosen else self.picker

    def _product_field(self) -> Field:
        return Field(
            "guid",
            lambda: _("Product"),
            FieldKind.SEARCH,
            required=True,
            choices=self._choices,
            placeholder=search_hint,
        )

    def _choices(self) -> Sequence[Choice]:
        return product_choices(self._offers.values())

    def _fill(self) -> None:
        self.pending.setVisible(self.account.pending is not None)
        for part in (self.pending, self.product, self.holding, self.form, self.outcome, self.beyond, self.why):
            self.content.addWidget(part)
        self.beyond.hide()
        # Room for what is known of the product, and for seats and cost: nothing moves while a number is typed.
        for label, lines in ((self.holding, 1), (self.outcome, 2)):
            label.setMinimumHeight(lines * label.fontMetrics().lineSpacing())
        self.add.setDefault(True)

    def _wire(self) -> None:
        self.product.changed.connect(self._on_changed_input)
        self.picker.activated.connect(self._on_picked)
        self.form.changed.connect(self._on_changed_input)
        self.leave.clicked.connect(self.reject)
        self.add.clicked.connect(self._on_add)

    def _offer(self) -> Offer | None:
        return self._offers.get(str(self.picker.value()))

    def _on_products(self, read: _Read) -> None:
        products, prices, self._limits = read
        self._offers = {offer.guid: offer for offer in offers(products, prices, self._facts)}
        self.picker.set_choices(self._choices())
        if self._chosen:
            self.picker.set_value(self._chosen)
        self._on_changed_input()

    def _on_picked(self) -> None:
        self.form.focus_first()

    def _on_changed_input(self) -> None:
        offer, count = self._offer(), self.form.values()["count"]
        self.holding.setText(holding_text(offer) if offer is not None else "")
        self.outcome.setText(adding_text(offer, count) if offer is not None and count else "")
        self._warn(beyond_text(self._limits, self._facts, offer, count) if offer is not None and count else "")
        self.say("")

    def _warn(self, text: str) -> None:
        """Say that so many are more than Microsoft lets a tenant have; nothing is refused."""
        appears = self.beyond.isHidden() is bool(text)
        self.beyond.set_text(text)
        self.beyond.setVisible(bool(text))
        if appears and self.isVisible():
            self.fit()

    def _on_add(self) -> None:
        # The product comes last: what is wrong takes the keyboard.
        counted, offer = self.form.validate(), self._offer() if self.product.validate() else None
        if counted and offer is not None:
            add = self.context.services.licenses.add_seats
            count, reason = self.form.values()["count"], self.why.values()["reason"]
            work = partial(add, self.context.by, self.account.id, offer.guid, count, reason=reason)
            self.change(work, self.add, self.leave)
        self.fit()


def _read(services: "Services", by: Session, account_id: int) -> _Read:
    """The catalogue, what the account pays, and of what a tenant can have only so much."""
    return services.licenses.products(), services.prices.of_account(by, account_id), services.licenses.limits()
