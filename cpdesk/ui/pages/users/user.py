"""Edit User Details: what is known of one user, and the licenses the user holds."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from cpdesk.base.i18n import _
from cpdesk.domain.operators import Session
from cpdesk.domain.people import UserDetails
from cpdesk.domain.rows import AccountRow, Done
from cpdesk.ui.pages.users.details_tab import DetailsTab
from cpdesk.ui.pages.users.licenses_tab import LicensesTab
from cpdesk.ui.parts.rights import may_reduce
from cpdesk.ui.shell.page import Page
from cpdesk.ui.texts import badge
from cpdesk.ui.widgets.buttons import link
from cpdesk.ui.widgets.tabs import Tabs

if TYPE_CHECKING:
    from cpdesk.services.bundle import Services


@dataclass(frozen=True, slots=True)
class UserFacts:
    """What the page is told."""

    account: AccountRow
    user: UserDetails


def read_user(services: "Services", by: Session, account_id: int, user_id: int) -> UserFacts:
    """Ask the services. Raises UserError `unknown_account` or `unknown_user`."""
    return UserFacts(services.accounts.show(by, account_id), services.users.show(by, account_id, user_id))


class UserPage(Page):
    """`navigate("user", account=ID, user=ID, tab="services")` opens one of its tabs."""

    topics = frozenset({"accounts", "users", "seats", "modes"})

    def _build(self) -> None:
        self._facts: UserFacts | None = None
        self.tabs = Tabs()
        self.tabs.add_later("details", _("Details"), self._make_details)
        self.tabs.add_later("services", _("Services"), self._make_licenses)
        self.leave = link()
        self.header.add_action(self.leave)
        self.body.addWidget(self.tabs)

    @cached_property
    def details(self) -> DetailsTab:
        """The Details tab; made when it is first opened, as most of the page's widgets are in it."""
        made = DetailsTab()
        made.saved.connect(self._on_save)
        return made

    def _make_details(self) -> DetailsTab:
        self._show_details()
        return self.details

    @cached_property
    def licenses(self) -> LicensesTab:
        """The Services tab; made when it is first opened."""
        made = LicensesTab(self.context)
        made.assign_asked.connect(self._on_assign)
        return made

    def _make_licenses(self) -> LicensesTab:
        self._show_licenses()
        return self.licenses

    def _wire(self) -> None:
        self.tabs.current_changed.connect(self._on_tab_changed)
        self.leave.clicked.connect(self._on_leave)

    def open(self, params: dict[str, object]) -> None:
        another = params.get("user") != self.params.get("user")
        super().open(params)
        self.tabs.select(str(params.get("tab", "details")))
        if another:
            self._facts = None
            if self._has("details"):
                self.details.forget()

    @property
    def holds_input(self) -> bool:
        return self._has("details") and self.details.is_edited

    def may_leave(self, go: Callable[[], object]) -> bool:
        if not self.holds_input or self._facts is None:
            return True
        from cpdesk.ui.parts.discard_changes import ask_to_discard

        text = _("What was changed of {user} is lost when the page is left.")
        name = self._facts.user.fields.display_name
        ask_to_discard(self, self._facts.account, text.format(user=name), self.details.discard.click, go)
        return False

    def retranslate(self) -> None:
        self.set_title(self._facts.user.fields.display_name if self._facts else _("User"))
        self.tabs.set_title("details", _("Details"))
        self.tabs.set_title("services", _("Services"))
        self.leave.setText(_("Back to User List"))
        if self._has("details"):
            self.details.retranslate()
        self._show()

    def first_focus(self) -> QWidget | None:
        return self.tabs.bar

    def refresh(self) -> None:
        work = partial(read_user, self.context.services, self.context.by, self.account_id, self._user_id)
        self.load(work, self._on_read)

    @property
    def _user_id(self) -> int:
        found = self.params["user"]
        assert isinstance(found, int)
        return found

    def _on_read(self, facts: UserFacts) -> None:
        self._facts = facts
        self.set_account(badge(facts.account))
        if self._has("details"):
            self._show_details()
        self._show()

    def _on_tab_changed(self, tab: str) -> None:
        self.help_topic = "assign-licenses" if tab == "services" else "users"

    def _show(self) -> None:
        if self._facts is not None:
            fields = self._facts.user.fields
            self.set_title(fields.display_name, fields.upn)
            if self._has("licenses"):
                self._show_licenses()

    def _has(self, tab: str) -> bool:
        """Whether a tab was opened yet."""
        return tab in vars(self)

    def _show_details(self) -> None:
        self.details.retranslate()
        if self._facts is not None:
            account = self._facts.account
            self.details.set_read_only(read_only=not may_reduce(self.context.by, account))
            self.details.show_user(self._facts.user, (account.domain, *account.aliases))

    def _show_licenses(self) -> None:
        if self._facts is not None:
            self.licenses.show_user(self._facts.user, self._facts.account)

    def _on_save(self) -> None:
        edit = partial(self.context.services.users.edit, self.context.by, self.account_id, self._user_id)
        self.change(partial(edit, self.details.form.fields()), self._on_saved, self.details.form.refused)

    def _on_saved(self, _done: Done[UserDetails]) -> None:
        self.details.form.mark_saved()
        self.context.notices.clear()
        self.context.notices.success(_("The details are saved."))

    def _on_assign(self) -> None:
        from cpdesk.ui.parts.license_assignment import LicenseAssignmentDialog

        assert self._facts is not None
        LicenseAssignmentDialog(self, self.context, self._facts.account, (self._facts.user.id,)).ask()

    def _on_leave(self) -> None:
        self.context.navigate("users", account=self.account_id)
