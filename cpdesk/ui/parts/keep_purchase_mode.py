"""Withdrawing a pending change to Usage Mode."""

from functools import partial

from PySide6.QtWidgets import QWidget

from cpdesk.base import zones
from cpdesk.base.formats import format_date
from cpdesk.base.i18n import _
from cpdesk.domain import switching
from cpdesk.domain.billing import Cost
from cpdesk.domain.forecast_money import ForecastMoney
from cpdesk.domain.rows import AccountRow
from cpdesk.ui.context import PageContext
from cpdesk.ui.parts.change_dialog import ChangeDialog
from cpdesk.ui.parts.money_texts import priced_seats_text
from cpdesk.ui.parts.reason_form import reason_form
from cpdesk.ui.texts import seats_text
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import primary, secondary
from cpdesk.ui.widgets.labels import Label


class KeepPurchaseModeDialog(ChangeDialog):
    """Says what stays, and when Usage Mode could be back after that."""

    help_topic = "switch-to-usage"

    def __init__(
        self, parent: QWidget, context: PageContext, account: AccountRow, money: ForecastMoney | None = None
    ) -> None:
        """`money` is what the pending change does to the bill, where that is known."""
        super().__init__(parent, context, account, _("Keep Purchase Mode?"))
        assert account.pending is not None
        withdrawn = _("The change to Usage Mode on {date} is withdrawn at once.")
        self.content.addWidget(Label(withdrawn.format(date=format_date(account.pending.effective_on)), wrap=True))
        self.content.addWidget(Label(_what_stays(account, money), wrap=True))
        self.content.addWidget(Label(self._next_chance(), TextRole.CAPTION, wrap=True))
        self.form = reason_form(note=False)
        self.content.addWidget(self.form)
        self.keep = self.add_button(secondary(_("Keep Purchase Mode")))
        self.leave = self.add_button(primary(_("Leave the change pending")))
        self.set_safe(self.leave)
        self.keep.clicked.connect(self._on_keep)

    def _next_chance(self) -> str:
        zone = zones.zone(self.account.time_zone)
        day = switching.effective_date(self.context.clock.now(), zone)
        text = _("A new request made today would be completed on {date}; nobody can make it earlier.")
        return text.format(date=format_date(day))

    def _on_keep(self) -> None:
        reason = str(self.form.values()["reason"])
        keep = partial(self.context.services.modes.keep, self.context.by, self.account.id, reason=reason)
        self.change(keep, self.keep)


def kept_text(account: AccountRow) -> str:
    """What is said once the change is withdrawn."""
    text = _("{account} stays in Purchase Mode. All {seats} stay in the pool.")
    return text.format(account=account.name, seats=seats_text(account.seats))


def _what_stays(account: AccountRow, money: ForecastMoney | None) -> str:
    idle = account.seats - account.assigned
    text = _("All {seats} stay in the pool and stay billable, also those that nobody holds: {idle}.")
    if idle == 0:
        text = _("All {seats} stay in the pool and stay billable.")
    if money is None:
        return text.format(seats=seats_text(account.seats), idle=seats_text(idle))
    costs = [Cost(total.amount, money.currency, total.unpriced) for total in (money.before, money.idle)]
    return text.format(seats=priced_seats_text(account.seats, costs[0]), idle=priced_seats_text(idle, costs[1]))
