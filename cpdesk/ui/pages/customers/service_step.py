"""Whether Microsoft 365 is activated with the account, and what the customer already holds."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QVBoxLayout, QWidget

from cpdesk.base.i18n import _
from cpdesk.domain.accounts import OpeningLine
from cpdesk.domain.catalog import Product
from cpdesk.ui.context import Kind
from cpdesk.ui.parts.lines_editor import LinesEditor
from cpdesk.ui.parts.product_picker import product_choices, search_hint
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.checks import CheckBox
from cpdesk.ui.widgets.date_field import date_pattern
from cpdesk.ui.widgets.fields import Field, FieldKind
from cpdesk.ui.widgets.inputs import Choice
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.notice import Notice


class ServiceStep(QWidget):
    """Two ticks, and under the second one the pool: a row for each product."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.today: date | None = None
        """The account's date: what the customer holds cannot have begun later."""
        self._products: tuple[Product, ...] = ()
        self.activate = CheckBox()
        self._activate_note = Label(role=TextRole.CAPTION, wrap=True)
        self.in_purchase = CheckBox()
        self._purchase_note = Label(role=TextRole.CAPTION, wrap=True)
        self.refusal = Notice(Kind.ERROR)
        self.pool = LinesEditor(self._fields(), lambda: _("Add a product"), _remove_product, shares=(4, 1, 2))
        self._build()
        self.activate.toggled.connect(self._on_ticked)
        self.in_purchase.toggled.connect(self._on_ticked)
        self.pool.changed.connect(self.refusal.hide)
        self.reset()

    def set_products(self, products: Sequence[Product]) -> None:
        """What can be in the pool."""
        self._products = tuple(products)
        self.pool.retranslate()

    @property
    def product_names(self) -> dict[str, str]:
        """The names of products by GUID."""
        return {product.guid: product.name for product in self._products}

    def lines(self) -> tuple[OpeningLine, ...] | None:
        """The pool; None where the account starts in Usage Mode."""
        if not self._has_pool():
            return None
        return tuple(OpeningLine(**row) for row in self.pool.values())

    def valid(self) -> bool:
        """Whether all is well; if not, it is said where."""
        self.refusal.hide()
        if not self._has_pool():
            return True
        if not self.pool.validate():
            return False
        problem = self._pool_problem()
        if problem:
            self.refuse(problem)
        return not problem

    def refuse(self, text: str) -> None:
        """Say what is wrong with the pool as a whole."""
        self.refusal.set_text(text)
        self.refusal.show()

    def reset(self) -> None:
        """As for a new account."""
        self.activate.setEnabled(True)
        self.activate.setChecked(True)
        self.in_purchase.setChecked(False)
        self.pool.set_values(())
        self.refusal.hide()
        self._on_ticked()

    def retranslate(self) -> None:
        """All texts in the language in use."""
        self.activate.setText(_("Activate Microsoft 365"))
        self._activate_note.setText(_("Not ticked: it can be activated later, from The Catalog of the account."))
        self.in_purchase.setText(_("The customer already is in Purchase Mode"))
        self._purchase_note.setText(
            _(
                "Enter the pool: each product with its seats and since when the customer has held them. "
                "The account is in Purchase Mode from today on, and every seat is billed from today on."
            )
        )

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(spacing.S)
        column.addWidget(self.activate)
        column.addWidget(self._activate_note)
        column.addSpacing(spacing.S)
        for part in (self.in_purchase, self._purchase_note, self.refusal):
            column.addWidget(part)
        column.addSpacing(spacing.S)
        column.addWidget(self.pool)
        column.addStretch(1)

    def _fields(self) -> tuple[Field, ...]:
        return (
            Field(
                "product",
                lambda: _("Product"),
                FieldKind.SEARCH,
                required=True,
                choices=self._choices,
                placeholder=search_hint,
            ),
            Field("seats", lambda: _("Seats"), FieldKind.NUMBER, required=True, validate=_seats_problem),
            Field(
                "since",
                lambda: _("Held since"),
                FieldKind.DATE,
                required=True,
                validate=self._since_problem,
                placeholder=date_pattern,
            ),
        )

    def _choices(self) -> list[Choice]:
        return product_choices(self._products)

    def _has_pool(self) -> bool:
        return self.activate.isChecked() and self.in_purchase.isChecked()

    def _pool_problem(self) -> str:
        chosen = [line["product"] for line in self.pool.values()]
        if not chosen:
            return _("Add the first product of the pool, or take the tick away.")
        twice = next((guid for guid in chosen if chosen.count(guid) > 1), None)
        if twice is None:
            return ""
        return _("{product} is listed twice. Put its seats into one row.").format(product=self.product_names[twice])

    def _since_problem(self, day: date) -> str | None:
        is_future = self.today is not None and day > self.today
        return _("Enter a day up to today.") if is_future else None

    def _on_ticked(self) -> None:
        self.in_purchase.setEnabled(self.activate.isChecked())
        for part in (self._purchase_note, self.pool):
            part.setVisible(self._has_pool())
        if not self._has_pool():
            self.refusal.hide()


def _seats_problem(number: int) -> str | None:
    return _("Enter 1 or more.") if number < 1 else None


def _remove_product(place: int) -> str:
    return _("Remove product {number}").format(number=place)
