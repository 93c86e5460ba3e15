"""The Users tab: who has what, and changing it for several at once."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cpdesk.base.i18n import _
from cpdesk.domain.rows import AccountRow, UserRow
from cpdesk.ui.context import Action, PageContext
from cpdesk.ui.parts.file_actions import file_actions
from cpdesk.ui.parts.license_assignment import LicenseAssignmentDialog
from cpdesk.ui.parts.rights import may_reduce
from cpdesk.ui.parts.user_list import UserList
from cpdesk.ui.parts.user_reading import Listing, UserFacts
from cpdesk.ui.widgets.buttons import primary


class UsersTab(QWidget):
    """The list of users with a filter by product. The page around it reads when `asked` says so."""

    asked = Signal()
    """Another search, filter or order."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._account: AccountRow | None = None
        self.facts_due = False
        """Whether what stands around the list is to be read after it: the list is waited for."""
        self.users = UserList(context, "service_users", self._actions, by_product=True, general=self._general)
        self.assign = primary()
        self.users.narrowing.line.addWidget(self.assign)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.users)
        self.assign.clicked.connect(self._on_assign)
        self.users.query_changed.connect(self.asked)
        self.users.opened.connect(self._on_opened)
        self.users.table.selection_changed.connect(self._on_selection_changed)
        self.retranslate()

    def show_listing(self, listing: Listing) -> None:
        """Show the users that were found."""
        self.users.show_listing(listing)
        self._on_selection_changed()

    def show_facts(self, facts: UserFacts) -> None:
        """Show what stands around them."""
        self._account = facts.account
        self.users.show_facts(facts)
        self._on_selection_changed()

    def retranslate(self) -> None:
        """All texts in the language in use."""
        self.assign.setText(_("Assign licenses"))
        self.users.retranslate()
        self._on_selection_changed()

    def _on_selection_changed(self) -> None:
        active = self._account is not None and self._account.service_active
        self.assign.setVisible(active and self._may_assign() and self.users.table.rows.total > 0)
        selected = self.users.table.selected_count() > 0
        self.assign.setEnabled(selected)
        self.assign.setAccessibleDescription("" if selected else _("Select users first."))

    def _actions(self, user_ids: Sequence[int]) -> Sequence[Action]:
        show = Action(_("Services of the user"), self._on_show)
        assign = Action(_("License Assignment"), self._on_assign)
        offered = (show,) if len(user_ids) == 1 else ()
        return (*offered, assign) if self._may_assign() else offered

    def _general(self) -> Sequence[Action]:
        return file_actions(self._account, self._context, self)

    def _may_assign(self) -> bool:
        return may_reduce(self._context.by, self._account)

    def _on_assign(self) -> None:
        if self._account is not None:
            user_ids = self.users.table.selected_ids()
            LicenseAssignmentDialog(self, self._context, self._account, user_ids).ask()

    def _on_show(self) -> None:
        (user_id,) = self.users.table.selected_ids()
        self._open(user_id)

    def _on_opened(self, user: UserRow) -> None:
        self._open(user.id)

    def _open(self, user_id: int) -> None:
        assert self._account is not None
        self._context.navigate("user", account=self._account.id, user=user_id, tab="services")
