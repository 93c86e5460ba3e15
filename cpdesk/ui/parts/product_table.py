"""Products with their counts, wherever it is told what becomes of seats."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from cpdesk.base.formats import format_number
from cpdesk.base.i18n import _
from cpdesk.domain.forecasts import ForecastLine
from cpdesk.ui.widgets.chips import ChipLook, Tone
from cpdesk.ui.widgets.columns import Align, Column
from cpdesk.ui.widgets.table import DataTable


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
    columns = (
        Column[ForecastLine](
            "product",
            lambda: _("Product"),
            lambda line: line.name,
            badge=lambda line: no_user_badge(line.assignable_to),
            stretch=1,
            min_width=160,
        ),
        *(_count_column(figure) for figure in figures),
    )
    table = DataTable(columns, lambda line: line.part_number, inline=True)
    table.setAccessibleName(_("Products"))
    return table


def no_user_badge(assignable_to: str) -> ChipLook | None:
    """Marks what belongs to the tenant as a whole."""
    return ChipLook(_("belongs to no user"), Tone.PENDING) if assignable_to == "tenant" else None


def _count_column(figure: ProductFigure) -> Column[ForecastLine]:
    return Column(figure.key, figure.title, figure.value, partial(_count, figure), Align.END)


def _count(figure: ProductFigure, line: ForecastLine) -> str:
    return format_number(figure.value(line))
