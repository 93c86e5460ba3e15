"""Taking back a planned change."""

from functools import partial

from PySide6.QtWidgets import QWidget

from cpdesk.base.formats import format_date
from cpdesk.base.i18n import _
from cpdesk.domain.planned import PlannedChange
from cpdesk.ui.context import PageContext
from cpdesk.ui.parts.reason_form import reason_form
from cpdesk.ui.parts.work_dialog import WorkDialog
from cpdesk.ui.texts import account_line
from cpdesk.ui.widgets.buttons import primary, secondary
from cpdesk.ui.widgets.labels import Label


class WithdrawPlanDialog(WorkDialog):
    """Says what will not happen, and asks why."""

    help_topic = "pending-changes"

    def __init__(self, parent: QWidget, context: PageContext, plan: PlannedChange, what: str) -> None:
        title = _("Withdraw what is planned?")
        super().__init__(parent, context, title, account_line(plan.account, plan.domain))
        self._plan = plan
        text = _("{what} on {date}: this will not happen. Nothing else changes.")
        self.content.addWidget(Label(text.format(what=what, date=format_date(plan.due_on)), wrap=True))
        self.form = reason_form()
        self.content.addWidget(self.form)
        self.withdraw = self.add_button(secondary(_("Withdraw")))
        self.leave = self.add_button(primary(_("Leave it planned")))
        self.set_safe(self.leave)
        self.withdraw.clicked.connect(self._on_withdraw)

    def _on_withdraw(self) -> None:
        withdraw, plan = self.context.services.planning.withdraw, self._plan
        reason = str(self.form.values()["reason"])
        work = partial(withdraw, self.context.by, plan.account_id, plan.number, reason=reason)
        self.change(work, self.withdraw, self.leave)
