"""Creating a price schedule, naming it, and making it the default one."""

from functools import partial

from PySide6.QtWidgets import QWidget

from cpdesk.base.formats import format_date
from cpdesk.base.i18n import _
from cpdesk.domain.schedules import ScheduleRow
from cpdesk.domain.switching import first_of_next_month
from cpdesk.ui import choices
from cpdesk.ui.context import PageContext
from cpdesk.ui.pages.prices.words import schedule_line
from cpdesk.ui.parts.region_fields import currency_field
from cpdesk.ui.parts.work_dialog import WorkDialog
from cpdesk.ui.refusals import told_by_field
from cpdesk.ui.texts import products_text
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import primary, secondary
from cpdesk.ui.widgets.fields import Field, FieldKind
from cpdesk.ui.widgets.forms import Form
from cpdesk.ui.widgets.inputs import Choice, ComboBox
from cpdesk.ui.widgets.labels import Label

_FIELDS = {
    "schedule_name_taken": "name",
    "unknown_currency": "currency",
    "schedule_currency_differs": "currency",
    "date_in_the_past": "effective_on",
}


class _ScheduleDialog(WorkDialog):
    """Shows a form, and what is refused at the field that it is about; `succeeded` with the ScheduleRow."""

    help_topic = "prices"
    form: Form

    def first_focus(self) -> QWidget:
        return self.form.editor(next(iter(self.form.values())))

    def refused(self, error: Exception) -> None:
        if not told_by_field(self.form, error, _FIELDS):
            super().refused(error)
        self.fit()

    def offer(self, keep: str, go: str) -> None:
        """Add the two buttons; Enter in a field does what the second one does."""
        self.leave = self.add_button(secondary(keep))
        self.go = self.add_button(primary(go))
        self.go.setDefault(True)
        self.leave.clicked.connect(self.reject)
        self.go.clicked.connect(self.submit_form)
        self.form.submitted.connect(self.submit_form)

    def submit_form(self) -> None:
        """Make the change if the form is well filled in."""
        if self.form.validate():
            self.run()
        self.fit()

    def run(self) -> None:
        """Make the change."""
        raise NotImplementedError


class CreateScheduleDialog(_ScheduleDialog):
    """A new schedule without prices; its currency stays as it is chosen here."""

    def __init__(self, parent: QWidget, context: PageContext, currency: str) -> None:
        super().__init__(parent, context, _("Create a price schedule"))
        note = _("Of all its prices. Accounts in this currency can have it; it cannot be changed later.")
        self.form = Form((_name_field(), currency_field(tuple, note)))
        self.content.addWidget(self.form)
        self.offer(_("Create none"), _("Create price schedule"))
        self._usual = currency
        # The names of all currencies take their time.
        context.jobs.run(self, choices.currencies, self._on_currencies, self.refused)

    def run(self) -> None:
        values, create = self.form.values(), self.context.services.prices.create
        self.change(partial(create, self.context.by, values["name"], values["currency"]), self.go, self.leave)

    def _on_currencies(self, offered: list[Choice]) -> None:
        combo = self.form.editor("currency")
        assert isinstance(combo, ComboBox)
        combo.set_choices(offered)
        self.form.set_values({"currency": self._usual})


class CopyScheduleDialog(_ScheduleDialog):
    """A new schedule with the prices of another one."""

    def __init__(self, parent: QWidget, context: PageContext, copied: ScheduleRow) -> None:
        super().__init__(parent, context, _("Copy the price schedule"), schedule_line(copied))
        self.copied = copied
        self.form = Form((_name_field(),))
        text = _("The copy starts with the prices of {products}, those that wait included, and with the proration.")
        products = products_text(copied.products)
        self.content.addWidget(Label(text.format(products=products), wrap=True))
        self.content.addWidget(Label(_("No account has it before you choose it there."), TextRole.CAPTION, wrap=True))
        self.content.addWidget(self.form)
        self.offer(_("Make no copy"), _("Copy"))

    def run(self) -> None:
        create, copied, name = self.context.services.prices.create, self.copied, self.form.values()["name"]
        self.change(partial(create, self.context.by, name, copied.currency, copy_of=copied.id), self.go, self.leave)


class RenameScheduleDialog(_ScheduleDialog):
    """Another name; everything else stays."""

    def __init__(self, parent: QWidget, context: PageContext, schedule: ScheduleRow) -> None:
        super().__init__(parent, context, _("Rename the price schedule"), schedule_line(schedule))
        self.schedule = schedule
        self.form = Form((_name_field(),))
        self.form.set_values({"name": schedule.name})
        self.content.addWidget(self.form)
        self.offer(_("Keep the name"), _("Rename"))

    def run(self) -> None:
        rename, name = self.context.services.prices.rename, self.form.values()["name"]
        self.change(partial(rename, self.context.by, self.schedule.id, name), self.go, self.leave)


class MakeDefaultDialog(_ScheduleDialog):
    """From when accounts without a schedule of their own pay by this one."""

    def __init__(self, parent: QWidget, context: PageContext, schedule: ScheduleRow, present: str) -> None:
        """`present` is the name of the default schedule of today."""
        super().__init__(parent, context, _("Make it the default schedule"), schedule_line(schedule))
        self.schedule = schedule
        self.present = present
        self.form = Form((Field("effective_on", lambda: _("From"), FieldKind.DATE, required=True),))
        self.meaning = Label(wrap=True)
        self.form.set_values({"effective_on": first_of_next_month(schedule.earliest)})
        self.content.addWidget(self.form)
        self.content.addWidget(self.meaning)
        note = _("An account pays only by a schedule in its own currency; in another one its seats are unpriced.")
        self.content.addWidget(Label(note, TextRole.CAPTION, wrap=True))
        self.offer(_("Keep the present one"), _("Make default"))
        self.form.changed.connect(self._show_meaning)
        self._show_meaning()

    def run(self) -> None:
        make, day = self.context.services.prices.set_default, self.form.values()["effective_on"]
        self.change(partial(make, self.context.by, self.schedule.id, day), self.go, self.leave)

    def _show_meaning(self) -> None:
        day = self.form.values()["effective_on"]
        text = _(
            "Accounts without a schedule of their own pay by {schedule} from {date} on, and by {present} until then."
        )
        facts = {"schedule": self.schedule.name, "present": self.present}
        self.meaning.setText(text.format(date=format_date(day), **facts) if day else "")


def _name_field() -> Field:
    return Field("name", lambda: _("Name"), required=True)
