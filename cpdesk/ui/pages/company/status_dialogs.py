"""Suspending, resuming and reopening an account."""

from functools import partial

from PySide6.QtWidgets import QWidget

from cpdesk.base.formats import format_date
from cpdesk.base.i18n import _
from cpdesk.domain.companies import Company
from cpdesk.domain.modes import Mode
from cpdesk.domain.rows import AccountRow
from cpdesk.ui.context import PageContext
from cpdesk.ui.parts.change_dialog import ChangeDialog
from cpdesk.ui.parts.reason_form import reason_form
from cpdesk.ui.texts import seats_text
from cpdesk.ui.widgets.buttons import danger, primary, secondary
from cpdesk.ui.widgets.chips import mode_name
from cpdesk.ui.widgets.facts import Facts

WIDTH = 720


class SuspendAccountDialog(ChangeDialog):
    """Says what goes on all the same, and what no longer can be done."""

    help_topic = "close-account"

    def __init__(self, parent: QWidget, context: PageContext, account: AccountRow) -> None:
        super().__init__(parent, context, account, _("Suspend the account?"), WIDTH)
        self.form = reason_form()
        self.suspend = danger(_("Suspend the account"))
        self.leave = primary(_("Keep the account open"))
        self.content.addWidget(_facts_of_suspension(account))
        self.content.addWidget(self.form)
        self.add_button(self.suspend)
        self.set_safe(self.add_button(self.leave))
        self.suspend.clicked.connect(self._on_suspend)

    def _on_suspend(self) -> None:
        suspend, reason = self.context.services.accounts.suspend, self.form.values()["reason"]
        self.change(partial(suspend, self.context.by, self.account.id, reason=reason), self.suspend)


class ResumeAccountDialog(ChangeDialog):
    """Says what can be done again."""

    help_topic = "close-account"

    def __init__(self, parent: QWidget, context: PageContext, account: AccountRow) -> None:
        super().__init__(parent, context, account, _("Resume the account?"), WIDTH)
        facts = Facts()
        facts.add(_("Licenses, seats and users can be added again"), _("from now on"))
        facts.add(_("Seats billed meanwhile, and from now on"), seats_text(account.seats))
        self.resume = primary(_("Resume the account"))
        self.leave = secondary(_("Leave it suspended"))
        self.content.addWidget(facts)
        self.add_button(self.leave).clicked.connect(self.reject)
        self.set_first(self.add_button(self.resume))
        self.resume.clicked.connect(self._on_resume)

    def _on_resume(self) -> None:
        resume = self.context.services.accounts.resume
        self.change(partial(resume, self.context.by, self.account.id), self.resume)


class ReopenAccountDialog(ChangeDialog):
    """Says how an account comes back."""

    help_topic = "close-account"

    def __init__(self, parent: QWidget, context: PageContext, company: Company) -> None:
        super().__init__(parent, context, company.account, _("Reopen the account?"), WIDTH)
        self.reopen = primary(_("Reopen the account"))
        self.leave = secondary(_("Leave it closed"))
        self.content.addWidget(_facts_of_reopening(company))
        self.add_button(self.leave).clicked.connect(self.reject)
        self.set_first(self.add_button(self.reopen))
        self.reopen.clicked.connect(self._on_reopen)

    def _on_reopen(self) -> None:
        reopen = self.context.services.accounts.reopen
        self.change(partial(reopen, self.context.by, self.account.id), self.reopen)


def _facts_of_suspension(account: AccountRow) -> Facts:
    facts = Facts()
    facts.add(_("Seats that stay billable"), seats_text(account.seats))
    facts.add(_("Licenses, seats and users can be taken away, but not added"), _("from now on"))
    if account.pending is not None:
        facts.add(_("The change to Usage Mode is completed all the same"), format_date(account.pending.effective_on))
    facts.add(_("It can be resumed"), _("at any time"))
    return facts


def _facts_of_reopening(company: Company) -> Facts:
    account, facts = company.account, Facts()
    facts.add(_("Billing mode, as when it was closed"), mode_name(account.mode))
    facts.add(_("Seats; those it had were released by the closing"), seats_text(account.seats))
    if account.mode is Mode.PURCHASE:
        facts.add(
            _("A change to Usage Mode that ended with the closing is taken up again"),
            _("with its old date; one whose date has passed is completed at once"),
        )
    facts.add(_("Its domain belongs to it again"), account.domain)
    return facts
