"""The lines over a list of users: a search, what is selected, and chips that filter."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cpdesk.base.formats import format_number
from cpdesk.base.i18n import _
from cpdesk.domain.people import UserFilter, UserQuery, narrowed
from cpdesk.ui.context import Settings
from cpdesk.ui.parts.product_picker import Named, ProductPicker, by_part_number, product_choices
from cpdesk.ui.theme import spacing
from cpdesk.ui.widgets.buttons import filter_chip
from cpdesk.ui.widgets.flow import Flow
from cpdesk.ui.widgets.inputs import Choice
from cpdesk.ui.widgets.layout import hbox
from cpdesk.ui.widgets.search import SearchField
from cpdesk.ui.widgets.tips import set_tip


class UserNarrowing(QWidget):
    """Holds what a list of users is narrowed to; `line` has room for what goes with it.

    Chips add up: who is shown fits all of them. Which are chosen is remembered, whatever the account; a search and a
    product are not, as they mean something else in the next one.
    """

    narrowed = Signal()
    went_down = Signal()
    """The arrow key leads from the search into the list."""

    def __init__(
        self, settings: Settings, name: str, *, by_product: bool = False, parent: QWidget | None = None
    ) -> None:
        """`name` is that of the list; `by_product`: holders of one product can be asked for."""
        super().__init__(parent)
        self._settings = settings
        self._path = f"filters/{name}"
        self.search = SearchField()
        self._products = ProductPicker((Choice("", _("All products")),)) if by_product else None
        self.chips = {which: filter_chip() for which in UserFilter}
        self.line: QHBoxLayout = hbox(self.search, space=spacing.S)
        self._build()
        self._choose(_remembered(settings.value(self._path)))
        self._wire()

    @property
    def products(self) -> ProductPicker:
        """The choice of a product, where there is one."""
        assert self._products is not None
        return self._products

    def query(self) -> UserQuery:
        """What is typed and chosen now."""
        product = str(self._products.value() or "") if self._products is not None else ""
        return UserQuery(self.search.text().strip(), self._chosen(), product)

    def set_counts(self, counts: Mapping[UserFilter, int]) -> None:
        """Count at each chip, in the language in use."""
        self.search.set_placeholder(_("Search name or user principal name"))
        hints = _filter_hints()
        for which, text in _filter_texts().items():
            number = counts.get(which)
            self.chips[which].setText(text if number is None else f"{text} {format_number(number)}")
            set_tip(self.chips[which], hints.get(which, ""))
            self.chips[which].setAccessibleDescription(hints.get(which, ""))

    def set_products(self, held: Iterable[Named]) -> None:
        """Offer the holders of these products."""
        if self._products is None:
            return
        self._products.set_name(_("Product"))
        choices, chosen = product_choices(held, by_part_number), self._products.chosen()
        # What is asked for stays, also when nobody holds it any more.
        if chosen and chosen.value and chosen.value not in [choice.value for choice in choices]:
            choices.insert(0, chosen)
        blocked = self._products.blockSignals(True)
        self._products.set_choices((Choice("", _("All products")), *choices))
        self._products.set_value(chosen.value if chosen else "")
        self._products.blockSignals(blocked)

    def clear(self) -> None:
        """Show everything again."""
        blocked = self.blockSignals(True)
        self._choose(())
        self._remember()
        if self._products is not None:
            self._products.set_value("")
        self.search.clear()
        self.blockSignals(blocked)
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.narrowed.emit()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(spacing.S + spacing.XS)
        self.line.addStretch(1)
        column.addLayout(self.line)
        column.addWidget(Flow(*self.chips.values(), *((self._products,) if self._products is not None else ())))

    def _wire(self) -> None:
        self.search.went_down.connect(self.went_down)
        self.search.searched.connect(self._on_narrowed)
        if self._products is not None:
            self._products.set_value("")
            self._products.currentIndexChanged.connect(self._on_narrowed)
            self._products.left.connect(self._on_left)
        for chip in self.chips.values():
            chip.clicked.connect(self._on_clicked)

    def _chosen(self) -> frozenset[UserFilter]:
        return frozenset(which for which, chip in self.chips.items() if chip.isChecked()) - {UserFilter.ALL}

    def _choose(self, filters: Iterable[UserFilter]) -> None:
        chosen = frozenset(filters) or {UserFilter.ALL}
        for which, chip in self.chips.items():
            chip.setChecked(which in chosen)

    def _remember(self) -> None:
        self._settings.setValue(self._path, ",".join(sorted(self._chosen())))

    def _on_clicked(self) -> None:
        which = next(which for which, chip in self.chips.items() if chip is self.sender())
        chosen = self._chosen()
        added = which is UserFilter.ALL or which in chosen
        self._choose(narrowed(chosen, which) if added else chosen)
        self._remember()
        self._on_narrowed()

    def _on_narrowed(self) -> None:
        self.narrowed.emit()

    def _on_left(self) -> None:
        """What was typed and is no product, or nothing, narrows nothing."""
        if self.products.value() is None:
            self.products.set_value("")


def _remembered(stored: object) -> frozenset[UserFilter]:
    """What was chosen last time; what no longer exists is left out."""
    known = {str(which): which for which in UserFilter}
    return frozenset(known[name] for name in str(stored or "").split(",") if name in known)


def _filter_texts() -> dict[UserFilter, str]:
    return {
        UserFilter.ALL: _("All"),
        UserFilter.LICENSED: _("Licensed"),
        UserFilter.UNLICENSED: _("Unlicensed"),
        UserFilter.BLOCKED_LICENSED: _("Blocked but licensed"),
        UserFilter.OVERLAPPING: _("Overlapping"),
        UserFilter.GUESTS: _("Guests"),
        UserFilter.ROOMS: _("Rooms"),
    }


def _filter_hints() -> dict[UserFilter, str]:
    """What is not plain from the word alone."""
    return {
        UserFilter.BLOCKED_LICENSED: _("Sign-in is blocked, and licenses are held and billed all the same."),
        UserFilter.OVERLAPPING: _("Holds a product whose services another product of the same user contains."),
        UserFilter.ROOMS: _("Holds a product for rooms, shared devices or phone resources."),
    }
