"""The one way to choose a product: by words of its name, its part number or its GUID."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from operator import attrgetter
from typing import Protocol

from PySide6.QtCore import QSize

from cpdesk.base.apart import beside, noted
from cpdesk.base.i18n import _
from cpdesk.ui import theme
from cpdesk.ui.widgets.inputs import Choice
from cpdesk.ui.widgets.search_combo import SearchCombo

_WIDTH = 320
_LETTERS = 8
"""Of a GUID: they tell two products apart."""


class Named(Protocol):
    """What is known of a product wherever one is chosen."""

    @property
    def name(self) -> str: ...

    @property
    def part_number(self) -> str: ...

    @property
    def guid(self) -> str: ...


Value = Callable[[Named], Hashable]

by_guid: Value = attrgetter("guid")
by_part_number: Value = attrgetter("part_number")


class ProductPicker(SearchCombo):
    """Chooses one product, where it stands by itself; in a form a field of the kind SEARCH does, with
    `product_choices`."""

    def set_name(self, name: str, placeholder: str = "") -> None:
        """Say what the product is chosen for, and while nothing is, what to do; in the language in use."""
        self.stand_alone(name)
        if line := self.lineEdit():
            line.setPlaceholderText(placeholder or search_hint())

    def sizeHint(self) -> QSize:
        return QSize(theme.current().fonts.scaled(_WIDTH), super().sizeHint().height())


def search_hint() -> str:
    """What to type where products are looked for."""
    return _("Search name, part number or GUID")


def product_choices(products: Iterable[Named], value: Value = by_guid) -> list[Choice]:
    """Products to choose from, each as its name with the part number beside it.

    Where another one has both, the beginning of the GUID tells them apart.
    """
    listed = list(products)
    texts = Counter(map(_text, listed))
    return [_choice(product, value, alone=texts[_text(product)] == 1) for product in listed]


def _choice(product: Named, value: Value, *, alone: bool) -> Choice:
    text = _text(product) if alone else beside(_text(product), product.guid[:_LETTERS])
    return Choice(value(product), text, (product.guid, product.part_number, product.name))


def _text(product: Named) -> str:
    return noted(product.name, product.part_number)
