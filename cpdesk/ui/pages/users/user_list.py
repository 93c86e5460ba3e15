"""The User List of an account."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from cpdesk.base.i18n import _
from cpdesk.domain.rows import AccountRow, UserRow
from cpdesk.ui.context import Action
from cpdesk.ui.parts.file_actions import file_actions
from cpdesk.ui.parts.rights import may_add, may_reduce
from cpdesk.ui.parts.user_list import UserList
from cpdesk.ui.parts.user_reading import Listing, UserFacts
from cpdesk.ui.shell.page import Page
from cpdesk.ui.texts import badge, users_text
from cpdesk.ui.widgets.buttons import ButtonKind, link, primary, secondary, set_kind


class UserListPage(Page):
    """Finds users and says what can be done with those that are selected. Opening one leads to its details."""

    topics = frozenset({"accounts", "users", "seats", "modes"})

    def _build(self) -> None:
        self._account: AccountRow | None = None
        self._facts_due = False
        """Whether what stands around the list is to be read after it: the list is waited for."""
        self.users = UserList(self.context, "users", self._actions, general=self._general)
        self.deleted = link()
        self.import_users = secondary()
        self.new_user = primary()
        for button in (self.import_users, self.new_user):
            button.hide()
        self.header.add_action(self.deleted)
        self.header.add_action(self.import_users)
        self.header.add_action(self.new_user)
        self.body.addWidget(self.users, 1)

    def _wire(self) -> None:
        self.users.query_changed.connect(self._on_query_changed)
        self.users.opened.connect(self._on_opened)
        self.import_users.clicked.connect(self._on_import)
        self.new_user.clicked.connect(self._on_create)
        self.deleted.clicked.connect(self._on_deleted)

    def retranslate(self) -> None:
        self.set_title(_("User List"))
        self.import_users.setText(_("Import Users"))
        self.new_user.setText(_("Create New User"))
        self.deleted.setText(_("Deleted Users"))
        self.users.retranslate()

    def first_focus(self) -> QWidget | None:
        return self.users.narrowing.search

    def refresh(self) -> None:
        self._facts_due = True
        self._on_query_changed()

    def _on_query_changed(self) -> None:
        self.load(self.users.asking(self.account_id), self._on_listed)

    def _on_listed(self, listing: Listing) -> None:
        self.users.show_listing(listing)
        if self._facts_due:
            self._facts_due = False
            self.load(self.users.reading(self.account_id), self._on_read)

    def _on_read(self, facts: UserFacts) -> None:
        self._account = facts.account
        self.set_account(badge(facts.account))
        number = facts.account.users
        self.set_title(_("User List"), users_text(number) if number else "")
        may = may_add(self.context.by, facts.account)
        self.new_user.setVisible(may)
        # An empty list offers the next step itself, and only one thing at a time is the thing to do.
        self.import_users.setVisible(may and number > 0)
        set_kind(self.new_user, ButtonKind.PRIMARY if number else ButtonKind.SECONDARY)
        self.users.show_facts(facts)

    def _actions(self, user_ids: Sequence[int]) -> Sequence[Action]:
        """What the gear and the context menu offer for users."""
        changes = may_reduce(self.context.by, self._account)
        edit = Action(_("Edit User Details") if changes else _("Show User Details"), self._on_edit)
        if not changes:
            return (edit,) if len(user_ids) == 1 else ()
        delete = _("Delete User") if len(user_ids) == 1 else _("Delete Users")
        more = (Action(_("License Assignment"), self._on_assign), Action(delete, self._on_delete))
        return (edit, *more) if len(user_ids) == 1 else more

    def _general(self) -> Sequence[Action]:
        return file_actions(self._account, self.context, self)

    def _on_opened(self, user: UserRow) -> None:
        self.context.navigate("user", account=self.account_id, user=user.id, tab="details")

    def _on_edit(self) -> None:
        (user_id,) = self.users.table.selected_ids()
        self.context.navigate("user", account=self.account_id, user=user_id, tab="details")

    def _on_import(self) -> None:
        self.context.navigate("transition", account=self.account_id)

    def _on_create(self) -> None:
        self.context.navigate("create_user", account=self.account_id)

    def _on_deleted(self) -> None:
        self.context.navigate("deleted_users", account=self.account_id)

    def _on_assign(self) -> None:
        from cpdesk.ui.parts.license_assignment import LicenseAssignmentDialog

        assert self._account is not None
        LicenseAssignmentDialog(self, self.context, self._account, self.users.table.selected_ids()).ask()

    def _on_delete(self) -> None:
        from cpdesk.ui.pages.users.remove_users import RemoveUsersDialog

        assert self._account is not None
        RemoveUsersDialog(self, self.context, self._account, self.users.table.selected_ids()).ask()
