"""Taking back a price that has not begun."""

from functools import partial

from PySide6.QtWidgets import QWidget

from cpdesk.base.apart import beside
from cpdesk.base.formats import format_date
from cpdesk.base.i18n import _
from cpdesk.domain.schedules import PriceRow, ScheduleRow
from cpdesk.ui.context import PageContext
from cpdesk.ui.pages.prices.words import both_text, schedule_line
from cpdesk.ui.parts.work_dialog import WorkDialog
from cpdesk.ui.widgets.buttons import danger, primary
from cpdesk.ui.widgets.labels import Label


class RemovePriceDialog(WorkDialog):
    """Says what is lost, and what counts instead."""

    help_topic = "prices"

    def __init__(
        self, parent: QWidget, context: PageContext, schedule: ScheduleRow, row: PriceRow, before: PriceRow | None
    ) -> None:
        """`before` is the price that goes on counting."""
        title = _("Remove the price that waits?")
        super().__init__(parent, context, title, beside(row.product, schedule_line(schedule)))
        self.schedule = schedule
        self.row = row
        for text in _consequences(row, before):
            self.content.addWidget(Label(text, wrap=True))
        self.remove = self.add_button(danger(_("Remove the price")))
        self.keep = self.add_button(primary(_("Keep the price")))
        self.set_safe(self.keep)
        self.remove.clicked.connect(self._on_remove)

    def _on_remove(self) -> None:
        withdraw, row = self.context.services.prices.withdraw_price, self.row
        work = partial(withdraw, self.context.by, self.schedule.id, row.product_id, row.effective_on)
        self.change(work, self.remove, self.keep)


def _consequences(row: PriceRow, before: PriceRow | None) -> tuple[str, str]:
    gone = _("From {date} it was to be {prices}. Nothing has been charged by it yet.")
    removed = gone.format(date=format_date(row.effective_on), prices=both_text(row))
    if before is None:
        return removed, _("Without it there is no price, and statements count its seats as unpriced.")
    return removed, _("Without it {prices} goes on.").format(prices=both_text(before))
