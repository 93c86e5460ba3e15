"""Under the time line: what the selected change does, or did."""

from PySide6.QtWidgets import QWidget

from cpdesk.base.apart import beside
from cpdesk.base.formats import format_date
from cpdesk.base.i18n import _
from cpdesk.domain.forecasts import QueuedSwitch
from cpdesk.domain.planned import PlannedChange
from cpdesk.ui.pages.customers.pending_columns import request_text, stake_text
from cpdesk.ui.pages.customers.time_line import Line, told
from cpdesk.ui.parts.product_table import RELEASED_FIGURES, product_table
from cpdesk.ui.texts import account_line
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.card import Card
from cpdesk.ui.widgets.labels import Label


class PendingOutlook(Card):
    """Whose it is, who asked for it; of a switch what it releases and costs, of a plan what came of it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._about = Label(role=TextRole.CAPTION, wrap=True)
        self._stake = Label(wrap=True)
        self._released = product_table(RELEASED_FIGURES)
        self._nothing_released = Label(role=TextRole.CAPTION, wrap=True)
        for part in (self._about, self._stake, self._released, self._nothing_released):
            self.body.addWidget(part)

    def show_line(self, line: Line | None) -> None:
        """Show this one; nothing for None."""
        self.setVisible(line is not None)
        if line is None:
            return
        if line.switch is not None:
            self._show_switch(line.switch)
        elif line.plan is not None:
            self._show_plan(line, line.plan)

    def _show_switch(self, row: QueuedSwitch) -> None:
        self.set_title(_("What happens on {date}").format(date=format_date(row.switch.effective_on)))
        self._about.setText(beside(account_line(row.account.name, row.account.domain), request_text(row), between="\n"))
        self._say(stake_text(row))
        self._released.set_rows(row.released)
        self._released.setVisible(bool(row.released))
        self._nothing_released.setText(_("No seat is released: every seat is assigned."))
        self._nothing_released.setVisible(not row.released)

    def _show_plan(self, line: Line, plan: PlannedChange) -> None:
        title = _("What happens on {date}") if plan.waits else _("What was planned for {date}")
        self.set_title(title.format(date=format_date(plan.due_on)))
        by, *rest = told(plan, line.names)
        self._about.setText(beside(account_line(plan.account, plan.domain), by, between="\n"))
        self._say("\n".join(rest))
        self._released.hide()
        self._nothing_released.hide()

    def _say(self, text: str) -> None:
        self._stake.setText(text)
        self._stake.setVisible(bool(text))
