"""A product name of a file and the license that goes with it."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QGridLayout

from cpdesk.base.i18n import _
from cpdesk.domain.catalog import Product
from cpdesk.domain.user_import.choices import SKIP
from cpdesk.domain.user_import.name_uses import NameUse
from cpdesk.ui.pages.transition.words import basis_text
from cpdesk.ui.parts.product_picker import ProductPicker, product_choices
from cpdesk.ui.texts import users_text
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import link
from cpdesk.ui.widgets.inputs import Choice
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.layout import hairline, vbox


class NameRow(QObject):
    """The widgets of one name: what it is, how many users have it, and the license to choose."""

    answered = Signal(object, object)
    """The use, and the answer: a GUID, SKIP, or "" where nothing is chosen."""
    adding = Signal(object)
    """The use whose name is to become a product of the catalogue."""

    def __init__(self, use: NameUse, products: Sequence[Product], answer: str, *, may_add: bool) -> None:
        """`answer` is what was chosen already."""
        super().__init__()
        self.use = use
        self._products = products
        self._told = answer or prefilled(use)
        self._may_add = may_add
        self.name = Label(use.name, TextRole.STRONG, wrap=True)
        self.users = Label(users_text(use.users))
        self.note = Label(role=TextRole.CAPTION, wrap=True)
        self.license = ProductPicker(choices(use, products))
        self.add = link(_("Add it to the catalogue"))
        self.license.set_value(self._told or None)

    @property
    def answer(self) -> str:
        """A GUID, SKIP, or "" where nothing is chosen."""
        return str(self.license.value() or "")

    @property
    def open(self) -> bool:
        """Whether it has to be answered and is not."""
        return bool(self.use.open) and not self.answer

    def place(self, grid: QGridLayout, row: int) -> None:
        """Put the widgets into a grid of three columns, with a line under them."""
        top = Qt.AlignmentFlag.AlignTop
        grid.addLayout(vbox(self.name, self.note, space=2), row, 0, top)
        self.users.stand_at_end()
        self.users.setContentsMargins(0, spacing.S, 0, 0)
        grid.addWidget(self.users, row, 1, top)
        choice = vbox(self.license, self.add, space=2)
        choice.setAlignment(self.add, Qt.AlignmentFlag.AlignLeading)
        grid.addLayout(choice, row, 2, top)
        grid.addWidget(hairline(), row + 1, 0, 1, 3)
        # Not before: without a parent they would be windows of their own.
        self._show(self._told)
        self._wire()

    def _show(self, answer: str) -> None:
        self._told = answer
        self.license.set_value(answer or None)
        name = _("Associated license of {name}").format(name=self.use.name)
        self.license.set_name(name, _("Choose a product, or skip"))
        self.note.setText(basis_text(self.use) if answer == prefilled(self.use) else "")
        self.note.setVisible(bool(self.note.text()))
        # Alone, the name stands beside the middle of the field, as the number of users does.
        self.name.setContentsMargins(0, 0 if self.note.text() else spacing.S, 0, 0)
        self.license.setAccessibleDescription(self.note.text())
        self.add.setAccessibleName(_("Add {name} to the catalogue").format(name=self.use.name))
        self.add.setVisible(self._may_add and not self.use.candidates and not answer)

    def _wire(self) -> None:
        self.license.activated.connect(self._tell)
        self.license.left.connect(self._tell)
        self.add.clicked.connect(self._on_add)

    def _tell(self) -> None:
        answer = self.answer
        if answer != self._told:
            self._show(answer)
            self.answered.emit(self.use, answer)

    def _on_add(self) -> None:
        self.adding.emit(self.use)


def prefilled(use: NameUse) -> str:
    """What is chosen before anybody has chosen anything."""
    if use.skipped:
        return SKIP
    return use.meaning.product.guid if use.meaning.product else ""


def choices(use: NameUse, products: Iterable[Product]) -> list[Choice]:
    """What a name can be taken for: the products that have it, nothing, then all others."""
    own = {product.guid: product for product in use.candidates}
    others = {product.guid: product for product in products if product.guid not in own}
    offered = product_choices((*own.values(), *others.values()))
    return [*offered[: len(own)], Choice(SKIP, _("Skip: import users without it")), *offered[len(own) :]]
