"""How a schedule charges months in which the number of seats changes."""

from functools import partial

from PySide6.QtWidgets import QButtonGroup, QWidget

from cpdesk.base.i18n import _
from cpdesk.domain.schedules import ScheduleRow
from cpdesk.domain.statements import Proration
from cpdesk.domain.switching import first_of_next_month
from cpdesk.ui.context import PageContext
from cpdesk.ui.pages.prices.words import proration_meaning, proration_name, proration_starts, schedule_line
from cpdesk.ui.parts.work_dialog import WorkDialog
from cpdesk.ui.refusals import told_by_field
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import primary, secondary
from cpdesk.ui.widgets.checks import RadioButton
from cpdesk.ui.widgets.fields import Field, FieldKind
from cpdesk.ui.widgets.forms import Form
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.layout import vbox


class ProrationDialog(WorkDialog):
    """By the day or whole months, and from when; `succeeded` with the ScheduleRow."""

    help_topic = "prices"

    def __init__(self, parent: QWidget, context: PageContext, schedule: ScheduleRow) -> None:
        super().__init__(parent, context, _("Change the proration"), schedule_line(schedule))
        self.schedule = schedule
        self.choices = {proration: RadioButton(proration_name(proration)) for proration in Proration}
        self._group = QButtonGroup(self)
        self.day = Form((Field("effective_on", lambda: _("From"), FieldKind.DATE, required=True),))
        self.day.set_values({"effective_on": first_of_next_month(schedule.earliest)})
        self.meaning = Label(wrap=True)
        self.leave = self.add_button(secondary(_("Keep the proration")))
        self.save = self.add_button(primary(_("Change the proration")))
        self._fill()
        self._wire()

    def first_focus(self) -> QWidget:
        return self.choices[self.chosen]

    @property
    def chosen(self) -> Proration:
        """What is chosen."""
        return next(proration for proration, button in self.choices.items() if button.isChecked())

    def refused(self, error: Exception) -> None:
        if not told_by_field(self.day, error, {"date_in_the_past": "effective_on"}):
            super().refused(error)
        self.fit()

    def _fill(self) -> None:
        other = Proration.NONE if self.schedule.proration is Proration.DAILY else Proration.DAILY
        for proration, button in self.choices.items():
            self._group.addButton(button)
            button.setChecked(proration is other)
            meaning = Label(proration_meaning(proration), TextRole.CAPTION, wrap=True)
            self.content.addLayout(vbox(button, meaning, space=spacing.XS))
        self.content.addWidget(self.day)
        self.content.addWidget(self.meaning)
        self._show_meaning()

    def _wire(self) -> None:
        self.save.setDefault(True)
        self.leave.clicked.connect(self.reject)
        self.save.clicked.connect(self._on_save)
        self.day.submitted.connect(self._on_save)
        self.day.changed.connect(self._show_meaning)

    def _show_meaning(self) -> None:
        day = self.day.values()["effective_on"]
        self.meaning.setText(proration_starts(day) if day else "")

    def _on_save(self) -> None:
        if self.day.validate():
            change, day = self.context.services.prices.set_proration, self.day.values()["effective_on"]
            self.change(partial(change, self.context.by, self.schedule.id, day, self.chosen), self.save, self.leave)
        self.fit()
