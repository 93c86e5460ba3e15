"""Products with their counts, wherever it is told what becomes of seats."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from cpdesk.base.i18n import _
from cpdesk.domain.forecasts import ForecastLine
from cpdesk.ui.widgets.chips import ChipLook, Tone
from cpdesk.ui.widgets.columns import Column, number_column
from cpdesk.ui.widgets.table import DataTable


class OfProduct(Protocol):
    """A line about a product."""

    @property
    def name(self) -> str: ...

    @property
    def assignable_to(self) -> str: ...


Line = TypeVar("Line", bound=OfProduct)


@dataclass(frozen=True, slots=True)
class ProductFigure:
    """A count that is shown for each product."""

    key: str
    title: Callable[[], str]
    value: Callable[[ForecastLine], int]


BACK_FIGURES = (
    ProductFigure("seats", lambda: _("Seats"), lambda line: line.seats),
    ProductFigure("assigned", lambda: _("Assigned"), lambda line: line.assigned),
    ProductFigure("released", lambda: _("Released"), lambda line: line.released),
)
"""Per product, for a change to Usage Mode."""


def product_table(figures: Iterable[ProductFigure]) -> DataTable[ForecastLine]:
    """A list of products that shows all its rows."""
    columns: tuple[Column[ForecastLine], ...] = (
        product_column(),
        *(number_column(figure.key, figure.title, figure.value) for figure in figures),
    )
    table = DataTable(columns, lambda line: line.part_number, inline=True)
    table.setAccessibleName(_("Products"))
    return table


def product_column(*, stretch: int = 1, min_width: int = 160) -> Column[Line]:
    """The product of a line; what belongs to the tenant as a whole is marked."""
    return Column(
        "product",
        lambda: _("Product"),
        lambda line: line.name,
        badge=lambda line: _no_user_badge(line.assignable_to),
        stretch=stretch,
        min_width=min_width,
    )


def _no_user_badge(assignable_to: str) -> ChipLook | None:
    return ChipLook(_("belongs to no user"), Tone.PENDING) if assignable_to == "tenant" else None
