"""Deleted users of an account, for as long as they can be brought back."""

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QSizePolicy, QWidget

from cpdesk.base import erasing_sentences
from cpdesk.base.errors import UserError
from cpdesk.base.formats import format_number
from cpdesk.base.i18n import _, ngettext
from cpdesk.domain.erasing import Erased
from cpdesk.domain.operators import Session, may_change
from cpdesk.domain.people import DeletedUser, RestoredUser
from cpdesk.domain.rows import AccountRow, Done
from cpdesk.ui.pages.users.deleted_columns import deleted_columns
from cpdesk.ui.pages.users.erase_user import EraseUserDialog
from cpdesk.ui.pages.users.restore_without import RestoreWithoutDialog
from cpdesk.ui.pages.users.restored_text import restored_text
from cpdesk.ui.parts.rights import may_add
from cpdesk.ui.parts.undo import tell_done
from cpdesk.ui.refusals import sentence_of
from cpdesk.ui.shell.page import Page
from cpdesk.ui.texts import badge
from cpdesk.ui.widgets.buttons import link, primary, secondary
from cpdesk.ui.widgets.card import Card
from cpdesk.ui.widgets.empty import EmptyState
from cpdesk.ui.widgets.list_card import ListCard
from cpdesk.ui.widgets.table import DataTable

if TYPE_CHECKING:
    from cpdesk.services.bundle import Services


@dataclass(frozen=True, slots=True)
class DeletedFacts:
    """What the page is told."""

    account: AccountRow
    users: tuple[DeletedUser, ...]
    """Those who can be restored, then those whose personal data can only be erased."""
    restorable: int
    """How many of them can be restored."""
    names: dict[str, str]
    """Display names of products by part number."""


def read_deleted(services: "Services", by: Session, account_id: int) -> DeletedFacts:
    """Ask the services. Raises UserError `unknown_account`."""
    names = {product.part_number: product.name for product in services.licenses.products()}
    restorable = services.users.deleted(by, account_id)
    known = {user.id for user in restorable}
    older = [
        DeletedUser(one.user_id, one.upn, one.display_name, one.deleted_at, one.restorable_until, ())
        for one in services.erasing.rows(by, account_id)
        if one.user_id not in known
    ]
    account = services.accounts.show(by, account_id)
    return DeletedFacts(account, (*restorable, *older), len(restorable), names)


class DeletedUsersPage(Page):
    """Who was deleted, until when that can be taken back, and which licenses come back then."""

    topics = frozenset({"accounts", "users", "seats", "modes"})

    def _build(self) -> None:
        self._facts: DeletedFacts | None = None
        self._names: dict[str, str] = {}
        self.restore = primary()
        self.erase = secondary()
        self.leave = link()
        self.header.add_action(self.leave)
        self.header.add_action(self.erase)
        self.header.add_action(self.restore)
        self.table: DataTable[DeletedUser] = DataTable(
            deleted_columns(self._names, self._zone),
            lambda user: user.id,
            name="deleted_users",
            settings=self.context.settings,
        )
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.empty = EmptyState(icon="users")
        self._list = ListCard(self.table)
        self._nothing = Card()
        self._nothing.body.addWidget(self.empty)
        self._nothing.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.body.addWidget(self._list, 1)
        self.body.addWidget(self._nothing)
        self.body.addStretch()

    def _wire(self) -> None:
        self.restore.clicked.connect(self._on_restore)
        self.erase.clicked.connect(self._on_erase)
        self.leave.clicked.connect(self._on_leave)
        self.table.selection_changed.connect(self._on_selection_changed)

    def retranslate(self) -> None:
        self.restore.setText(_("Restore user"))
        self.erase.setText(_("Erase personal data…"))
        self.leave.setText(_("Back to User List"))
        self.table.setAccessibleName(_("Deleted users"))
        self.empty.set(
            _("No deleted users"),
            _("Whoever is deleted can be restored here for 30 days, and the personal data be erased."),
        )
        self._show()

    def first_focus(self) -> QWidget | None:
        if self._facts is None:
            return None
        return self.table if self._facts.users else self.leave

    def refresh(self) -> None:
        self.load(partial(read_deleted, self.context.services, self.context.by, self.account_id), self._on_read)

    def _on_read(self, facts: DeletedFacts) -> None:
        self._facts = facts
        self._names.update(facts.names)
        self.set_account(badge(facts.account))
        self._show()

    def _show(self) -> None:
        users = self._facts.users if self._facts else ()
        self.set_title(_("Deleted Users"), _count_text(self._facts.restorable) if self._facts and users else "")
        self.table.set_rows(users)
        if not users and (self.restore.hasFocus() or self.erase.hasFocus() or self.table.hasFocus()):
            self.leave.setFocus(Qt.FocusReason.OtherFocusReason)  # both go with the last user
        self._list.setVisible(bool(users))
        self._nothing.setVisible(not users)
        self.restore.setVisible(bool(users) and may_add(self.context.by, self._facts.account if self._facts else None))
        self.erase.setVisible(bool(users) and may_change(self.context.by))
        self._on_selection_changed()

    def _zone(self) -> str:
        return self._facts.account.time_zone if self._facts else "UTC"

    def _selected(self) -> DeletedUser | None:
        return next(iter(self.table.selected_rows()), None)

    def _on_selection_changed(self) -> None:
        selected = self._selected()
        told = selected.display_name if selected else _("Select a user first.")
        self.erase.setEnabled(selected is not None)
        self.erase.setAccessibleDescription(told)
        in_time = (
            selected is not None and self._facts is not None and selected in self._facts.users[: self._facts.restorable]
        )
        self.restore.setEnabled(in_time)
        self.restore.setAccessibleDescription(told if in_time or not selected else _("The 30 days are over."))

    def _on_restore(self) -> None:
        user = self._selected()
        if user is not None:
            restore = partial(self.context.services.users.restore, self.context.by, self.account_id)
            work = partial(restore, user.upn, user_id=user.id)
            self.change(work, self._on_restored, partial(self._on_not_restored, user))

    def _on_not_restored(self, user: DeletedUser, error: Exception) -> None:
        if isinstance(error, UserError) and error.code == "restore_lacks_seats" and self._facts is not None:
            dialog = RestoreWithoutDialog(self, self.context, self._facts.account, user, error)
            dialog.changed.connect(self._on_restored)
            dialog.open()
        else:
            self.context.notices.error(sentence_of(error))

    def _on_restored(self, done: Done[RestoredUser]) -> None:
        tell_done(self.context, self, restored_text(done.value, self._names), done)

    def _on_erase(self) -> None:
        user = self._selected()
        if user is not None and self._facts is not None:
            dialog = EraseUserDialog(self, self.context, self._facts.account, user)
            dialog.succeeded.connect(partial(self._on_erased, user.upn))
            dialog.ask()

    def _on_erased(self, upn: str, erased: Erased) -> None:
        done = erasing_sentences.done(upn, erased.pseudonym, purged=erased.purged)
        left = erasing_sentences.backups_left(erased.backups)
        self.context.notices.success(" ".join(filter(None, (done, left))))

    def _on_leave(self) -> None:
        self.context.navigate("users", account=self.account_id)


def _count_text(number: int) -> str:
    text = ngettext("{number} user can be restored", "{number} users can be restored", number)
    return text.format(number=format_number(number))
