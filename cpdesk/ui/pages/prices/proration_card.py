"""How a schedule charges months, and what of it waits."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cpdesk.base.formats import format_date
from cpdesk.base.i18n import _
from cpdesk.domain.schedules import ScheduleRow
from cpdesk.ui.pages.prices.words import proration_meaning, proration_name
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import secondary
from cpdesk.ui.widgets.card import Card
from cpdesk.ui.widgets.chips import PendingChip
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.layout import hbox


class ProrationCard(Card):
    """A quiet section under the prices."""

    change_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._name = Label(role=TextRole.STRONG)
        self._waits = PendingChip("")
        self._meaning = Label(role=TextRole.CAPTION, wrap=True)
        self.change = secondary()
        self.add_action(self.change)
        self.body.addLayout(hbox(self._name, self._waits, None, space=spacing.S))
        self.body.addWidget(self._meaning)
        self.change.clicked.connect(self.change_asked)

    def show_schedule(self, schedule: ScheduleRow, *, may_change: bool) -> None:
        """Show it, in the language in use."""
        self.set_title(_("Proration"))
        self.change.setText(_("Change the proration"))
        self.change.setVisible(may_change)
        self._name.setText(proration_name(schedule.proration))
        self._meaning.setText(proration_meaning(schedule.proration))
        self._waits.setVisible(schedule.next_proration is not None)
        if schedule.next_proration is not None:
            day, proration = schedule.next_proration
            text = _("{proration} from {date}")
            self._waits.set_text(text.format(proration=proration_name(proration), date=format_date(day)))
