"""Deleting users: what it does to each seat and to the bill."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from cpdesk.base.formats import format_number
from cpdesk.base.i18n import _
from cpdesk.domain.people import RemovalForecast, RemovedUser, SeatEffect
from cpdesk.domain.rows import AccountRow, Done
from cpdesk.ui.context import PageContext
from cpdesk.ui.pages.users.removal_texts import (
    bill_text,
    delete_text,
    effect_columns,
    keep_text,
    removed_text,
    restore_text,
    title_text,
)
from cpdesk.ui.parts.assignment_texts import people_text
from cpdesk.ui.parts.long_change import LongChangeDialog
from cpdesk.ui.parts.reason_form import reason_form
from cpdesk.ui.parts.undo import tell_done
from cpdesk.ui.texts import account_line, users_text
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import danger, primary
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.table import DataTable


class RemoveUsersDialog(LongChangeDialog):
    """`ask()` reads the forecast and opens it. What was done is told by a notice with Undo."""

    help_topic = "users"

    def __init__(self, parent: QWidget, context: PageContext, account: AccountRow, user_ids: Sequence[int]) -> None:
        super().__init__(parent, context, account, delete_text(len(user_ids)), width=640)
        self._asker = parent
        self._user_ids = tuple(user_ids)
        self.forecast: RemovalForecast | None = None
        self.people = Label(role=TextRole.STRONG, wrap=True)
        self.bill = Label(wrap=True)
        self.effects: DataTable[SeatEffect] = DataTable(
            effect_columns(account.mode), lambda effect: effect.part_number, inline=True
        )
        self.until = Label(role=TextRole.CAPTION, wrap=True)
        self.form = reason_form(note=False)
        self.delete = self.add_button(danger(delete_text(len(user_ids))))
        self.keep = self.add_button(primary(keep_text(len(user_ids))))
        self.set_safe(self.keep)
        self.effects.setAccessibleName(_("Products"))
        self.effects.hide()
        self.people.setText(_("Reading who has what…"))
        self.delete.setEnabled(False)
        for part in (self.people, self.bill, self.effects, self.until, self.form):
            self.content.addWidget(part)
        self.footer.addWidget(self.line)
        self.delete.clicked.connect(self._on_delete)
        self.changed.connect(self._on_removed)

    def ask(self) -> None:
        """Read what it would do."""
        removal = self.context.services.users.removal
        self.read(partial(removal, self.context.by, self.account.id, self._user_ids), self._on_forecast)

    def progress_text(self, done: int, total: int) -> str:
        return _("{done} of {users} deleted. All are deleted, or none.").format(
            done=format_number(done), users=users_text(total or len(self._user_ids))
        )

    def _on_forecast(self, forecast: RemovalForecast) -> None:
        self.forecast = forecast
        self.set_texts(title_text(forecast.users), account_line(self.account.name, self.account.domain))
        self.people.setText(people_text(forecast.users))
        self.bill.setText(bill_text(forecast))
        self.effects.set_rows(forecast.effects)
        self.effects.setVisible(bool(forecast.effects))
        self.until.setText(restore_text(self.context.clock.now(), self.account.time_zone))
        self.delete.setEnabled(True)

    def _on_delete(self) -> None:
        remove = self.context.services.users.remove_many
        reason = str(self.form.values()["reason"])
        work = partial(remove, self.context.by, self.account.id, self._user_ids, reason=reason)
        self.change(work, self.delete, self.keep)

    def _on_removed(self, done: Done[tuple[RemovedUser, ...]]) -> None:
        assert self.forecast is not None
        tell_done(self.context, self._asker, removed_text(done.value, self.forecast.users), done)
