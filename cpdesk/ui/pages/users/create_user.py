"""Create New User."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from cpdesk.base.i18n import _
from cpdesk.domain.rows import AccountRow, Done, UserRow
from cpdesk.ui.context import Action
from cpdesk.ui.pages.users.user_form import UserForm
from cpdesk.ui.parts.license_assignment import LicenseAssignmentDialog
from cpdesk.ui.shell.page import Page
from cpdesk.ui.texts import badge
from cpdesk.ui.theme import spacing
from cpdesk.ui.widgets.buttons import primary, secondary
from cpdesk.ui.widgets.card import Card
from cpdesk.ui.widgets.layout import hbox


class CreateUserPage(Page):
    """A form; the new user is opened, with the License Assignment over it if that was asked for."""

    topics = frozenset({"accounts"})

    def _build(self) -> None:
        self._account: AccountRow | None = None
        self._assigns = False
        self.form = UserForm()
        self.create_only = primary()
        self.create_and_assign = secondary()
        self.on_a_date = secondary()
        self.leave = secondary()
        card = Card()
        card.body.setContentsMargins(spacing.L, spacing.L, spacing.L, spacing.L)
        card.body.setSpacing(spacing.L)
        card.body.addWidget(self.form)
        card.body.addLayout(hbox(self.create_only, self.create_and_assign, self.on_a_date, self.leave, None))
        self.body.addWidget(card)
        self.body.addStretch(1)

    def _wire(self) -> None:
        self.form.submitted.connect(self._on_create)
        self.create_only.clicked.connect(self._on_create)
        self.create_and_assign.clicked.connect(self._on_create_and_assign)
        self.on_a_date.clicked.connect(self._on_a_date)
        self.leave.clicked.connect(self._on_leave)

    @property
    def holds_input(self) -> bool:
        return self.form.is_edited()

    def may_leave(self, go: Callable[[], object]) -> bool:
        if not self.holds_input or self._account is None:
            return True
        from cpdesk.ui.parts.discard_changes import ask_to_discard

        text = _("What was entered about the new user is lost when the page is left.")
        ask_to_discard(self, self._account, text, self.form.reset, go)
        return False

    def retranslate(self) -> None:
        self.set_title(_("Create New User"))
        self.create_only.setText(_("Create user"))
        self.create_and_assign.setText(_("Create and assign licenses"))
        self.on_a_date.setText(_("Create on a date…"))
        self.leave.setText(_("Back to User List"))

    def first_focus(self) -> QWidget | None:
        return self.form.editor("first_name")

    def refresh(self) -> None:
        work = partial(self.context.services.accounts.show, self.context.by, self.account_id)
        self.load(work, self._on_read)

    def _on_read(self, account: AccountRow) -> None:
        self._account = account
        self.set_account(badge(account))
        self.form.set_domains((account.domain, *account.aliases))
        self.create_and_assign.setVisible(account.service_active)

    def _on_create(self) -> None:
        self._save(assigns=False)

    def _on_create_and_assign(self) -> None:
        self._save(assigns=True)

    def _save(self, *, assigns: bool) -> None:
        if not self.form.validate():
            return
        self._assigns = assigns
        fields = self.form.fields()
        add = partial(self.context.services.users.add, self.context.by, self.account_id)
        work = partial(add, fields.upn, fields.display_name, fields=fields)
        self.change(work, self._on_created, self.form.refused)

    def _on_created(self, done: Done[UserRow]) -> None:
        user = done.value
        self.form.reset()
        self.context.navigate("user", account=self.account_id, user=user.id, tab="services")
        another = Action(_("Create another user"), self._on_another)
        self.context.notices.success(_("{user} is created.").format(user=user.display_name), another)
        if self._assigns and self._account is not None:
            LicenseAssignmentDialog(self, self.context, self._account, (user.id,)).ask()

    def _on_a_date(self) -> None:
        from cpdesk.ui.pages.users.plan_joiner import PlanJoinerDialog

        if self._account is None or not self.form.validate():
            return
        dialog = PlanJoinerDialog(self, self.context, self._account, self.form.fields())
        dialog.succeeded.connect(self._on_planned)
        dialog.ask()

    def _on_planned(self, _plan: object) -> None:
        self.form.reset()

    def _on_another(self) -> None:
        self.context.navigate("create_user", account=self.account_id)

    def _on_leave(self) -> None:
        self.context.navigate("users", account=self.account_id)
