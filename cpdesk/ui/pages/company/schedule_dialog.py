"""Giving an account another price schedule."""

from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from cpdesk.base.i18n import _
from cpdesk.domain.rows import AccountRow
from cpdesk.domain.switching import first_of_next_month
from cpdesk.ui.context import PageContext
from cpdesk.ui.pages.company import schedule_choice
from cpdesk.ui.pages.company.schedule_card import ScheduleFacts
from cpdesk.ui.parts.change_dialog import ChangeDialog
from cpdesk.ui.parts.reason_form import reason_form
from cpdesk.ui.refusals import told_by_field
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import primary, secondary
from cpdesk.ui.widgets.fields import Field, FieldKind
from cpdesk.ui.widgets.forms import Form
from cpdesk.ui.widgets.labels import Label

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
        """`today` is that of the account. There must be something to choose: see `schedule_choice.offered`."""
        super().__init__(parent, context, account, _("Change the price schedule"))
        self._facts = facts
        self._offered = schedule_choice.offered(account, facts)
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
        self._unpriced = schedule_choice.is_unpriced(account, facts.account)
        self._fill(account, today if self._unpriced else first_of_next_month(today))
        self._wire()

    def first_focus(self) -> QWidget:
        return self.form.editor("schedule")

    def refused(self, error: Exception) -> None:
        if not told_by_field(self.form, error, _FIELDS):
            super().refused(error)
        self.fit()

    def _fill(self, account: AccountRow, day: date) -> None:
        present = schedule_choice.chosen_at_first(self._facts.account, self._offered)
        self.form.set_values({"schedule": present, "effective_on": day})
        note = _("Only schedules in {currency} are offered: an account pays in one currency.")
        self.content.addWidget(self.form)
        self.content.addWidget(Label(note.format(currency=account.currency), TextRole.CAPTION, wrap=True))
        if self._unpriced:
            self.content.addWidget(Label(_past_text(), TextRole.CAPTION, wrap=True))
        self.content.addWidget(self.meaning)
        self.content.addWidget(self.why)
        self._show_meaning()

    def _wire(self) -> None:
        self.go.setDefault(True)
        self.leave.clicked.connect(self.reject)
        self.go.clicked.connect(self._on_change)
        self.form.changed.connect(self._show_meaning)
        for form in (self.form, self.why):
            form.submitted.connect(self._on_change)

    def _show_meaning(self) -> None:
        """What comes of the choice; where that is nothing, there is nothing to press."""
        values, schedules = self.form.values(), self._facts.account
        choice = next((one for one in self._offered if one.value == values["schedule"]), None)
        day, told, is_news = values["effective_on"], "", True
        if choice is not None and day is not None:
            told = schedule_choice.meaning_text(self.account, schedules, choice, day)
            is_news = schedule_choice.is_news(schedules, choice.value, day)
        self.meaning.setText(told)
        self.go.setEnabled(is_news)
        self.go.setAccessibleDescription(told)

    def _on_change(self) -> None:
        if self.go.isEnabled() and self.form.validate():
            values, reason = self.form.values(), self.why.values()["reason"]
            assign, chosen = self.context.services.prices.assign, values["schedule"] or None
            work = partial(assign, self.context.by, self.account.id, chosen, values["effective_on"], reason=reason)
            self.change(work, self.go, self.leave)
        self.fit()


class NoScheduleDialog(ChangeDialog):
    """Says that there is no schedule to choose, and leads to where one is created."""

    help_topic = "prices"

    def __init__(self, parent: QWidget, context: PageContext, account: AccountRow) -> None:
        super().__init__(parent, context, account, _("Change the price schedule"))
        missing = _("There is no price schedule in {currency}.").format(currency=account.currency)
        self.content.addWidget(Label(missing, TextRole.STRONG, wrap=True))
        self.content.addWidget(Label(_("Create one in Price Schedules, then choose it here."), wrap=True))
        self.leave = self.add_button(secondary(_("Close")))
        self.prices = self.add_button(primary(_("Open Price Schedules")))
        self.set_first(self.prices)
        self.leave.clicked.connect(self.reject)
        self.prices.clicked.connect(self._on_prices)

    def _on_prices(self) -> None:
        self.reject()
        self.context.navigate("prices")


def _past_text() -> str:
    return _("A day that is over may be chosen, too, where the account had no prices: the amounts then follow.")
