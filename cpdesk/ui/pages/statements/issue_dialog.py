"""Issuing a statement, and correcting one that is issued."""

from functools import partial

from PySide6.QtWidgets import QWidget

from cpdesk.base.errors import UserError
from cpdesk.base.formats import format_date, format_money, format_month
from cpdesk.base.i18n import _
from cpdesk.base.money_words import sum_text
from cpdesk.domain.documents import StatementDocument
from cpdesk.domain.issuing import CorrectionKind
from cpdesk.domain.rows import AccountRow
from cpdesk.ui.context import Action, Kind, PageContext
from cpdesk.ui.pages.statements.line_columns import kind_name
from cpdesk.ui.pages.statements.words import lines_text
from cpdesk.ui.parts.amounts import not_a_number, typed_number
from cpdesk.ui.parts.change_dialog import ChangeDialog
from cpdesk.ui.parts.reason_form import reason_form
from cpdesk.ui.widgets.buttons import primary, secondary
from cpdesk.ui.widgets.facts import Facts
from cpdesk.ui.widgets.fields import Field, FieldKind
from cpdesk.ui.widgets.forms import Form
from cpdesk.ui.widgets.inputs import Choice
from cpdesk.ui.widgets.notice import Notice

_WIDTH = 640


class IssueStatementDialog(ChangeDialog):
    """Says what goes to the customer, and that it stays so for ever."""

    help_topic = "statements"

    def __init__(self, parent: QWidget, context: PageContext, account: AccountRow, document: StatementDocument) -> None:
        super().__init__(parent, context, account, _("Issue the statement?"), _WIDTH)
        self.document = document
        self.form = reason_form()
        self.issue = secondary(_("Issue statement"))
        self.leave = primary(_("Do not issue it"))
        self.content.addWidget(_facts_of_issuing(document))
        if document.unpriced:
            self.content.addWidget(Notice(Kind.PENDING, _unpriced_warning()))
        self.content.addWidget(self.form)
        # It cannot be undone, so Enter does not do it.
        self.add_button(self.issue)
        self.set_safe(self.add_button(self.leave))
        self.issue.clicked.connect(self._on_issue)

    def refused(self, error: Exception) -> None:
        """Without one's own company on it, nothing is issued: the way there is offered."""
        missing = isinstance(error, UserError) and error.code == "own_company_missing"
        self.refusal.set_actions([Action(_("Open Settings"), self._on_settings)] if missing else [])
        super().refused(error)

    def _on_issue(self) -> None:
        issue, reason = self.context.services.issuing.issue, self.form.values()["reason"]
        work = partial(issue, self.context.by, self.account.id, self.document.month, reason=reason)
        self.change(work, self.issue)

    def _on_settings(self) -> None:
        self.reject()
        self.context.navigate("settings", section="company")


class CorrectStatementDialog(ChangeDialog):
    """Asks for a line that is put under an issued statement."""

    help_topic = "statements"

    def __init__(self, parent: QWidget, context: PageContext, account: AccountRow, document: StatementDocument) -> None:
        super().__init__(parent, context, account, _("Correct the statement"), _WIDTH)
        self.document = document
        self.form = Form(_fields(document.currency))
        self.correct = primary(_("Add correction"))
        self.leave = secondary(_("Leave it as it is"))
        self.content.addWidget(_facts_of_correcting(document))
        self.content.addWidget(self.form)
        self.add_button(self.leave).clicked.connect(self.reject)
        self.set_first(self.add_button(self.correct))
        self.correct.clicked.connect(self._on_correct)
        self.form.submitted.connect(self._on_correct)

    def first_focus(self) -> QWidget | None:
        return self.form.editor("kind")

    def _on_correct(self) -> None:
        if not self.form.validate():
            self.form.focus_first()
            return
        values = self.form.values()
        amount = typed_number(values["amount"])
        assert amount is not None
        correct = self.context.services.issuing.correct
        kind = CorrectionKind(values["kind"])
        work = partial(correct, self.context.by, self.account.id, self.document.month, kind, values["text"], amount)
        self.change(partial(work, values["reason"]), self.correct)


def _facts_of_issuing(document: StatementDocument) -> Facts:
    facts = Facts()
    facts.add(_("Month"), format_month(document.month))
    facts.add(_("Total, {lines}").format(lines=lines_text(len(document.lines))), _money(document))
    facts.add(_("Its number"), _("the next one of the year, given now"))
    facts.add(_("What is issued stays for ever as it is now"), _("corrections are put under it"))
    return facts


def _facts_of_correcting(document: StatementDocument) -> Facts:
    facts = Facts()
    issued = format_date(document.issued_on) if document.issued_on else ""
    facts.add(_("Statement"), f"{document.number}, {issued}")
    facts.add(_("Total with corrections so far"), format_money(document.balance, document.currency))
    return facts


def _fields(currency: str) -> tuple[Field, ...]:
    return (
        Field(
            "kind",
            lambda: _("Kind"),
            kind=FieldKind.CHOICE,
            required=True,
            choices=lambda: [Choice(kind.value, kind_name(kind)) for kind in CorrectionKind],
            default=CorrectionKind.CREDIT.value,
            help=lambda: _("A credit gives back. An adjustment adds to the total or, with a minus, lowers it."),
        ),
        Field("text", lambda: _("What for, as the customer reads it"), required=True),
        Field(
            "amount",
            lambda: _("Amount in {currency}, tax included").format(currency=currency),
            required=True,
            validate=not_a_number,
        ),
        Field(
            "reason",
            lambda: _("Reason or ticket number"),
            required=True,
            help=lambda: _("Printed beside the correction, and kept in the audit log."),
        ),
    )


def _unpriced_warning() -> str:
    return _("Lines without a price stay without an amount. What is priced later can only be put under it.")


def _money(document: StatementDocument) -> str:
    return sum_text(document.total, document.currency, document.unpriced)
