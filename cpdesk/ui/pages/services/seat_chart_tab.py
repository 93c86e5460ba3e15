"""The seats of one product over the last year."""

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from cpdesk.base.i18n import _
from cpdesk.domain.timelines import SeatTimeline
from cpdesk.ui.charts import ChartCard, SeatChart
from cpdesk.ui.context import PageContext
from cpdesk.ui.pages.services.billing_view import seat_figures
from cpdesk.ui.pages.services.subscription_facts import SubscriptionFacts, read_timeline
from cpdesk.ui.parts.loaded_part import LoadedPart


class SeatChartTab(QWidget):
    """Seats against assigned, day by day, as a chart or a table."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._facts: SubscriptionFacts | None = None
        self.chart = SeatChart()
        self.card = ChartCard("", self.chart, name="subscription_seats", settings=context.settings)
        content = QWidget()
        inner = QVBoxLayout(content)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self.card)
        inner.addStretch(1)
        self.part = LoadedPart(context.jobs, content)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.part)
        self.part.asked_again.connect(self._ask)
        self.retranslate()

    def read(self, facts: SubscriptionFacts) -> None:
        """Ask for the last year of a subscription, and show it."""
        self._facts = facts
        self._ask()

    def retranslate(self) -> None:
        """All texts in the language in use."""
        self.card.set_title(_("Seats against assigned"))

    def _ask(self) -> None:
        if self._facts is not None:
            account, product = self._facts.service.account.id, self._facts.held.row.product_id
            read = partial(read_timeline, self._context.services, self._context.by, account, product)
            self.part.load(read, self._on_read)

    def _on_read(self, timeline: SeatTimeline) -> None:
        self.chart.set_figures(seat_figures(timeline))
