"""Products with their counts, wherever it is told what becomes of seats."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol, TypeVar

from cpdesk.base.formats import format_number
from cpdesk.base.i18n import _
from cpdesk.base.money_words import amount_text
from cpdesk.domain.forecast_money import LineMoney
from cpdesk.domain.forecasts import ForecastLine
from cpdesk.ui.widgets.chips import ChipLook, Tone
from cpdesk.ui.widgets.columns import Align, Column
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
    """A count or an amount that is shown for each product."""

    key: str
    title: Callable[[], str]
    value: Callable[[ForecastLine], int | Decimal | None]
    """A count, or an amount of money; None: no price."""

    def text(self, line: ForecastLine) -> str:
        """The figure as it is read."""
        value = self.value(line)
        if isinstance(value, int):
            return format_number(value)
        return amount_text(value, line.money.currency) if line.money else ""


def cost_figure(key: str, title: Callable[[], str], amount: Callable[[LineMoney], Decimal | None]) -> ProductFigure:
    """An amount of money for each product."""
    return ProductFigure(key, title, lambda line: amount(line.money) if line.money else None)


_COUNTS = (
    ProductFigure("seats", lambda: _("Seats"), lambda line: line.seats),
    ProductFigure("assigned", lambda: _("Assigned"), lambda line: line.assigned),
    ProductFigure("released", lambda: _("Released"), lambda line: line.released),
)
BACK_FIGURES = (*_COUNTS, cost_figure("after", lambda: _("Per month after"), lambda money: money.after))
"""Per product, for a change to Usage Mode."""
RELEASED_FIGURES = (*_COUNTS, cost_figure("idle", lambda: _("Released, per month"), lambda money: money.idle))
"""The same for the products of which seats are released."""


def product_table(figures: Iterable[ProductFigure]) -> DataTable[ForecastLine]:
    """A list of products that shows all its rows."""
    columns: tuple[Column[ForecastLine], ...] = (
        product_column(),
        *(Column(figure.key, figure.title, figure.value, figure.text, Align.END) for figure in figures),
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
