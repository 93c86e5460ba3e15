"""Restoring a user for whose licenses the pool has too few seats."""

from functools import partial

from PySide6.QtWidgets import QWidget

from cpdesk.base.errors import UserError
from cpdesk.base.i18n import _
from cpdesk.domain.people import DeletedUser
from cpdesk.domain.rows import AccountRow
from cpdesk.ui.context import PageContext
from cpdesk.ui.parts.change_dialog import ChangeDialog
from cpdesk.ui.parts.reason_form import reason_form
from cpdesk.ui.refusals import sentence_of
from cpdesk.ui.widgets.buttons import primary, secondary
from cpdesk.ui.widgets.labels import Label


class RestoreWithoutDialog(ChangeDialog):
    """Says what the pool lacks, and restores without that if that is wanted."""

    help_topic = "users"

    def __init__(
        self, parent: QWidget, context: PageContext, account: AccountRow, user: DeletedUser, refusal: UserError
    ) -> None:
        super().__init__(parent, context, account, _("Restore {user}").format(user=user.display_name))
        self._user = user
        self.content.addWidget(Label(sentence_of(refusal), wrap=True))
        self.form = reason_form(note=False)
        self.content.addWidget(self.form)
        self.restore = self.add_button(secondary(_("Restore without them")))
        self.leave = self.add_button(primary(_("Leave the user deleted")))
        self.set_safe(self.leave)
        self.restore.clicked.connect(self._on_restore)

    def _on_restore(self) -> None:
        restore = partial(self.context.services.users.restore, self.context.by, self.account.id)
        reason = str(self.form.values()["reason"])
        work = partial(restore, self._user.upn, user_id=self._user.id, without_missing=True, reason=reason)
        self.change(work, self.restore, self.leave)
