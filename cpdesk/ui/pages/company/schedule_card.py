"""By which price schedule the account pays, and from when by another one."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cpdesk.base.apart import beside
from cpdesk.base.formats import format_date
from cpdesk.base.i18n import _
from cpdesk.domain.operators import Session
from cpdesk.domain.rows import AccountRow
from cpdesk.domain.schedules import AccountSchedules, ScheduleRow
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import secondary
from cpdesk.ui.widgets.card import Card
from cpdesk.ui.widgets.chips import PendingChip
from cpdesk.ui.widgets.flow import Flow
from cpdesk.ui.widgets.labels import Label

if TYPE_CHECKING:
    from cpdesk.services.bundle import Services

_SHOWN_AT_MOST = 3
"""Of the changes that wait."""


@dataclass(frozen=True, slots=True)
class ScheduleFacts:
    """What the section is told."""

    account: AccountSchedules
    offered: tuple[ScheduleRow, ...]
    """All schedules."""


def read_schedules(services: "Services", by: Session, account_id: int) -> ScheduleFacts:
    """Ask the services; never for a customer administrator, who is not told of the schedules of others."""
    return ScheduleFacts(services.prices.schedule_of(by, account_id), tuple(services.prices.schedules(by)))


class ScheduleCard(Card):
    """A quiet section, for the reseller's people only."""

    change_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._name = Label(role=TextRole.STRONG, wrap=True)
        self._chips = tuple(PendingChip("") for _place in range(_SHOWN_AT_MOST))
        self._waiting = Flow(*self._chips)
        self._meaning = Label(role=TextRole.CAPTION, wrap=True)
        self.change = secondary()
        self.add_action(self.change)
        self.body.setSpacing(spacing.S)
        for part in (self._name, self._waiting, self._meaning):
            self.body.addWidget(part)
        self.change.clicked.connect(self.change_asked)

    def show_facts(self, account: AccountRow, facts: ScheduleFacts, *, may_change: bool) -> None:
        """Show how the account stands, in the language in use."""
        self.set_title(_("Price schedule"))
        self.change.setText(_("Change the price schedule"))
        self.change.setVisible(may_change)
        self._name.setText(schedule_name(facts.account))
        self._meaning.setText(schedule_meaning(account, facts.account))
        coming = facts.account.next
        self._waiting.setVisible(bool(coming))
        for place, chip in enumerate(self._chips):
            chip.setVisible(place < len(coming))
            if place < len(coming):
                day, name = coming[place]
                chip.set_text(_("{schedule} from {date}").format(schedule=name, date=format_date(day)))


def schedule_name(schedules: AccountSchedules) -> str:
    """The schedule of today."""
    if schedules.now is None:
        return _("No price schedule")
    return beside(schedules.now.name, schedules.now.currency)


def schedule_meaning(account: AccountRow, schedules: AccountSchedules) -> str:
    """How the account came by it, and what that means."""
    now = schedules.now
    if now is None:
        return _("No default schedule is in force: the seats of this account are unpriced.")
    if now.currency != account.currency:
        text = _(
            "{schedule} is in {other}, but the account pays in {currency}: its seats are unpriced. Choose a price "
            "schedule in {currency}."
        )
        return text.format(schedule=now.name, other=now.currency, currency=account.currency)
    if schedules.own:
        return _("It was chosen for this account.")
    return _("It is the default schedule, which counts for accounts without one of their own.")
