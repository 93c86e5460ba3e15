"""What the months cost in either mode, and the products behind it."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from cpdesk.base.i18n import _
from cpdesk.domain.advice import ProductAdvice
from cpdesk.ui.charts import ChartCard, CostChart
from cpdesk.ui.context import Settings
from cpdesk.ui.pages.advisor.product_columns import product_columns
from cpdesk.ui.pages.advisor.view import AdvisorView
from cpdesk.ui.theme import spacing
from cpdesk.ui.widgets.card import Card, CardRow, KeyFigure
from cpdesk.ui.widgets.table import DataTable

_FIGURES = 4


class Comparison(QWidget):
    """Key figures, the costs by month as a chart or a table, and the products."""

    def __init__(self, settings: Settings, currency: str, parent: QWidget | None = None) -> None:
        """currency: of the account, which never changes."""
        super().__init__(parent)
        self._figures = tuple(KeyFigure() for _number in range(_FIGURES))
        self._chart = CostChart()
        self._costs = ChartCard(_("Cost by month"), self._chart, name="advisor_costs", settings=settings)
        self._products: DataTable[ProductAdvice] = DataTable(
            product_columns(currency),
            lambda row: row.product_id,
            name="advisor_products",
            settings=settings,
            inline=True,
        )
        self._products.fold_texts()
        self._pools = Card()
        self._pools.body.addWidget(self._products)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(spacing.M)
        for part in (CardRow(*self._figures), self._costs, self._pools):
            column.addWidget(part)

    def show_view(self, view: AdvisorView, products: Sequence[ProductAdvice]) -> None:
        """Show an account's months, in the language in use."""
        for card, text in zip(self._figures, view.figures, strict=True):
            card.set(text.label, text.figure, text.note)
        self._costs.set_title(_("Cost by month"))
        self._chart.set_figures(view.costs)
        self._pools.set_title(_("Products"))
        self._products.setAccessibleName(_("Products"))
        self._products.set_rows(products)
        self._pools.setVisible(bool(products))
