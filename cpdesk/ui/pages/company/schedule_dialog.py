"""Giving an account another price schedule."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from cpdesk.base.formats import format_date
from cpdesk.base.i18n import _
from cpdesk.domain.rows import AccountRow
from cpdesk.domain.switching import first_of_next_month
from cpdesk.ui.context import PageContext
from cpdesk.ui.pages.company.schedule_card import ScheduleFacts, schedule_name
from cpdesk.ui.parts.change_dialog import ChangeDialog
from cpdesk.ui.parts.reason_form import reason_form
from cpdesk.ui.refusals import told_by_field
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import primary, secondary
from cpdesk.ui.widgets.fields import Field, FieldKind
from cpdesk.ui.widgets.forms import Form
from cpdesk.ui.widgets.inputs import Choice
from cpdesk.ui.widgets.labels import Label

_DEFAULT = 0
"""Stands for having no schedule of its own; no schedule has this id."""

_FIELDS = {
    "date_in_the_past": "effective_on",
    "schedule_currency_differs": "schedule",
    "unknown_schedule": "schedule",
}


class ChangeScheduleDialog(ChangeDialog):
    """Which schedule and from when; `succeeded` with the AccountSchedules."""

    help_topic = "prices"

    def __init__(
        self, parent: QWidget, context: PageContext, account: AccountRow, facts: ScheduleFacts, today: date
    ) -> None:
        """`today` is that of the account."""
        super().__init__(parent, context, account, _("Change the price schedule"))
        self._facts = facts
        self._offered = _offered(account, facts)
        self.form = Form(
            (
                Field("schedule", lambda: _("Price schedule"), FieldKind.CHOICE, required=True, choices=self._offered),
                Field("effective_on", lambda: _("From"), FieldKind.DATE, required=True),
            )
        )
        self.why = reason_form()
        self.meaning = Label(wrap=True)
        self.leave = self.add_button(secondary(_("Keep the price schedule")))
        self.go = self.add_button(primary(_("Change the price schedule")))
        self._fill(account, first_of_next_month(today))
        self._wire()

    def first_focus(self) -> QWidget:
        return self.form.editor("schedule")

    def refused(self, error: Exception) -> None:
        if not told_by_field(self.form, error, _FIELDS):
            super().refused(error)
        self.fit()

    def _fill(self, account: AccountRow, day: date) -> None:
        own = self._facts.account.now.id if self._facts.account.now and self._facts.account.own else _DEFAULT
        self.form.set_values({"schedule": own, "effective_on": day})
        note = _("Only schedules in {currency} are offered: an account pays in one currency.")
        for part in (
            self.form,
            Label(note.format(currency=account.currency), TextRole.CAPTION, wrap=True),
            self.meaning,
            self.why,
        ):
            self.content.addWidget(part)
        self._show_meaning()

    def _wire(self) -> None:
        self.go.setDefault(True)
        self.leave.clicked.connect(self.reject)
        self.go.clicked.connect(self._on_change)
        self.form.changed.connect(self._show_meaning)
        for form in (self.form, self.why):
            form.submitted.connect(self._on_change)

    def _show_meaning(self) -> None:
        values = self.form.values()
        chosen = next((choice.text for choice in self._offered if choice.value == values["schedule"]), "")
        text = _("From {date} on the account pays by {schedule}, until then by {present}.")
        day, present = values["effective_on"], schedule_name(self._facts.account)
        told = text.format(date=format_date(day), schedule=chosen, present=present) if day and chosen else ""
        self.meaning.setText(told)

    def _on_change(self) -> None:
        if self.form.validate():
            values, reason = self.form.values(), self.why.values()["reason"]
            assign, chosen = self.context.services.prices.assign, values["schedule"] or None
            work = partial(assign, self.context.by, self.account.id, chosen, values["effective_on"], reason=reason)
            self.change(work, self.go, self.leave)
        self.fit()


def _offered(account: AccountRow, facts: ScheduleFacts) -> Sequence[Choice]:
    default = next((row.name for row in facts.offered if row.is_default), "")
    names = [Choice(row.id, row.name) for row in facts.offered if row.currency == account.currency]
    return (Choice(_DEFAULT, _("the default schedule ({schedule})").format(schedule=default)), *names)
