"""Deleting users: what it does to each seat and to the bill, and what else may become of the seats."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from cpdesk.base.formats import format_number
from cpdesk.base.i18n import _
from cpdesk.domain.leaving import Departure, RemovalForecast
from cpdesk.domain.rows import AccountRow, Done, UserRow
from cpdesk.ui.context import Kind, PageContext
from cpdesk.ui.pages.users.fate_rows import FateRows
from cpdesk.ui.pages.users.removal_texts import (
    bill_text,
    delete_text,
    keep_text,
    left_text,
    pending_text,
    restore_text,
    title_text,
)
from cpdesk.ui.pages.users.seat_fates import Fate, SeatFates
from cpdesk.ui.pages.users.takers import TakersDialog, Wanted
from cpdesk.ui.parts.assignment_texts import people_text
from cpdesk.ui.parts.long_change import LongChangeDialog
from cpdesk.ui.parts.reason_form import reason_form
from cpdesk.ui.parts.rights import may_add
from cpdesk.ui.parts.undo import tell_done
from cpdesk.ui.texts import account_line, users_text
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import danger, primary, secondary
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.layout import clear, vbox
from cpdesk.ui.widgets.notice import Notice

if TYPE_CHECKING:
    from cpdesk.domain.operators import Session
    from cpdesk.services.bundle import Services


@dataclass(frozen=True, slots=True)
class RemovalFacts:
    """What the dialog is told."""

    forecast: RemovalForecast
    names: Mapping[str, str]
    """Display names of products by part number."""


def read_removal(services: "Services", by: "Session", account_id: int, user_ids: Sequence[int]) -> RemovalFacts:
    """Ask the services. Raises UserError `unknown_user`."""
    names = {product.part_number: product.name for product in services.licenses.products()}
    return RemovalFacts(services.users.removal(by, account_id, user_ids), names)


class RemoveUsersDialog(LongChangeDialog):
    """`ask()` reads the forecast and opens it. What was done is told by a notice with Undo.

    The freed seats of each product go the way of the mode, or on to somebody else; of a pool they may leave, too.
    """

    help_topic = "users"

    def __init__(self, parent: QWidget, context: PageContext, account: AccountRow, user_ids: Sequence[int]) -> None:
        super().__init__(parent, context, account, delete_text(len(user_ids)), width=720)
        self._asker = parent
        self._user_ids = tuple(user_ids)
        self.fates: SeatFates | None = None
        self._names: Mapping[str, str] = {}
        self.people = Label(role=TextRole.STRONG, wrap=True)
        self.pending = Notice(Kind.PENDING)
        self.seats = QVBoxLayout()
        """What becomes of the seats of each product."""
        self.rows: FateRows | None = None
        self.until = Label(role=TextRole.CAPTION, wrap=True)
        self.form = reason_form(note=False)
        self.bill = Label(role=TextRole.STRONG, wrap=True)
        self.delete = self.add_button(danger(delete_text(len(user_ids))))
        self.on_a_date = self.add_button(secondary(_("On a date…")))
        self.keep = self.add_button(primary(keep_text(len(user_ids))))
        self._fill()
        self.delete.clicked.connect(self._on_delete)
        self.on_a_date.clicked.connect(self._on_a_date)
        self.changed.connect(self._on_removed)

    def ask(self) -> None:
        """Read what it would do, again if need be."""
        services, by = self.context.services, self.context.by
        self.read(partial(read_removal, services, by, self.account.id, self._user_ids), self._on_read_removal)

    def refused(self, error: Exception) -> None:
        """Seats and takers may have changed meanwhile: they are shown as they are now, with what was chosen."""
        super().refused(error)
        self.ask()

    def progress_text(self, done: int, total: int) -> str:
        return _("{done} of {users} deleted. All are deleted, or none.").format(
            done=format_number(done), users=users_text(total or len(self._user_ids))
        )

    def _fill(self) -> None:
        self.set_safe(self.keep)
        self.pending.hide()
        self.people.setText(_("Reading who has what…"))
        self.delete.setEnabled(False)
        self.seats.setSpacing(spacing.S)
        self.content.addWidget(self.people)
        self.content.addWidget(self.pending)
        self.content.addLayout(self.seats)
        self.content.addWidget(self.until)
        self.content.addWidget(self.form)
        self.footer.addLayout(vbox(self.bill, self.line))

    def _on_read_removal(self, facts: RemovalFacts) -> None:
        forecast, self._names = facts.forecast, facts.names
        self.set_texts(title_text(forecast.users), account_line(self.account.name, self.account.domain))
        self.people.setText(people_text(forecast.users))
        self.pending.set_text(pending_text(forecast))
        self.pending.setVisible(bool(pending_text(forecast)))
        self.until.setText(restore_text(self.context.clock.now(), self.account.time_zone))
        self.delete.setEnabled(True)
        clear(self.seats)
        self.rows = None
        self.show_fates(self.fates.on(forecast) if self.fates else SeatFates(forecast))

    def show_fates(self, fates: SeatFates) -> None:
        """Show what is chosen, and what it comes to."""
        self.fates = fates
        self.bill.setText(bill_text(fates))
        if self.rows is None and fates.outcomes:
            self.rows = FateRows(fates.forecast.mode, hands_on=may_add(self.context.by, self.account))
            self.rows.chosen.connect(self._on_chosen)
            self.seats.addWidget(self.rows)
        if self.rows is not None:
            self.rows.show_fates(fates)
        if self.isVisible():
            self.fit()

    def _on_chosen(self, guid: str, fate: Fate) -> None:
        assert self.fates is not None
        if fate is Fate.HAND_ON:
            self.show_fates(self.fates)  # nobody is chosen yet
            self._ask_for_takers(guid)
        else:
            self.show_fates(self.fates.as_usual(guid) if fate is Fate.USUAL else self.fates.releasing(guid))

    def _ask_for_takers(self, guid: str) -> None:
        assert self.fates is not None
        effects = [effect for effect in self.fates.forecast.effects if guid in ("", effect.guid)]
        name, part_number = (effects[0].name, effects[0].part_number) if guid else ("", "")
        wanted = Wanted(max(effect.count for effect in effects), name, part_number, self.fates.leaving)
        taking = self.fates.takers.get(guid, ())
        # Over the window, as this dialog is: another one's room would be too small for it.
        dialog = TakersDialog(self.parentWidget() or self, self.context, self.account, wanted, taking)
        dialog.chosen.connect(partial(self._on_takers, guid))
        dialog.open()

    def _on_takers(self, guid: str, users: Sequence[UserRow]) -> None:
        assert self.fates is not None
        self.show_fates(self.fates.handing_on(users, guid))

    def _on_delete(self) -> None:
        assert self.fates is not None
        leave = self.context.services.users.leave
        reason = str(self.form.values()["reason"])
        ids, wishes = self._user_ids, self.fates.wishes
        self.change(
            partial(leave, self.context.by, self.account.id, ids, wishes, reason=reason), self.delete, self.keep
        )

    def _on_a_date(self) -> None:
        from cpdesk.ui.parts.plan_dialog import PlanLeaversDialog

        self.reject()
        people = people_text(self.fates.forecast.users) if self.fates else ""
        PlanLeaversDialog(self._asker, self.context, self.account, self._user_ids, people).open()

    def _on_removed(self, done: Done[Departure]) -> None:
        assert self.fates is not None
        text = left_text(done.value, self.fates.forecast.users, self._names)
        tell_done(self.context, self._asker, text, done)
