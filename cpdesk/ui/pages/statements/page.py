"""The statement of one month."""

from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from cpdesk.base.i18n import _
from cpdesk.domain.issuing import IssuedStatement
from cpdesk.ui.context import Action, Kind
from cpdesk.ui.pages.statements.facts import LineRow, StatementFacts, read_statement
from cpdesk.ui.pages.statements.line_list import LineList
from cpdesk.ui.pages.statements.sum_cards import CorrectionsCard, SumCard
from cpdesk.ui.pages.statements.words import issued_text, statement_view
from cpdesk.ui.parts.unpriced import may_price, open_prices
from cpdesk.ui.shell.page import Page
from cpdesk.ui.texts import badge
from cpdesk.ui.widgets.buttons import icon_button, link, primary, rename, secondary
from cpdesk.ui.widgets.card import CardRow, KeyFigure
from cpdesk.ui.widgets.menu_button import gear_menu
from cpdesk.ui.widgets.notice import Notice

_FIGURES = 3


class StatementPage(Page):
    """What an account pays for a month, line by line; each line explains itself.

    `navigate("statement", account=ID, month="2026-11")`.
    """

    topics = frozenset({"accounts", "seats", "modes", "prices", "statements"})

    def _build(self) -> None:
        self._facts: StatementFacts | None = None
        self.all_months = link()
        self.before = icon_button("chevron_left", "")
        self.after = icon_button("chevron_right", "")
        self.more = gear_menu("")
        self.print_it = secondary()
        self.issue = primary()
        for action in (self.all_months, self.before, self.after, self.more, self.print_it, self.issue):
            self.header.add_action(action)
        self.provisional, self.unpriced = Notice(Kind.PENDING), Notice(Kind.PENDING)
        self.figures = tuple(KeyFigure() for _place in range(_FIGURES))
        self.lines = LineList(self.context.settings, self)
        self.sum_card, self.corrections = SumCard(), CorrectionsCard()
        for part in (self.provisional, self.unpriced, CardRow(*self.figures)):
            self.body.addWidget(part)
        self.body.addLayout(self.lines.head)
        self.body.addWidget(self.lines.card, 1)
        self.body.addWidget(self.sum_card)
        self.body.addWidget(self.corrections)
        self.body.addStretch(1)

    def _wire(self) -> None:
        self.all_months.clicked.connect(self._on_all_months)
        self.before.clicked.connect(self._on_before)
        self.after.clicked.connect(self._on_after)
        self.print_it.clicked.connect(self._on_print)
        self.issue.clicked.connect(self._on_issue)
        self.lines.explanation_asked.connect(self.explain)
        self.corrections.correct.clicked.connect(self._on_correct)

    def retranslate(self) -> None:
        self.set_title(_("Statement"))
        self.all_months.setText(_("All statements"))
        rename(self.before, _("Month before"))
        rename(self.after, _("Month after"))
        self.more.rename(_("Export this statement"))
        self.print_it.setText(_("Print"))
        self.issue.setText(_("Issue statement"))
        for part in (self.lines, self.sum_card, self.corrections):
            part.retranslate()
        self._show()

    def first_focus(self) -> QWidget | None:
        return self.lines.table

    def open(self, params: dict[str, object]) -> None:
        changed = bool(self.params) and params.get("month") != self.params.get("month")
        super().open(params)
        if changed:
            self.refresh()

    def refresh(self) -> None:
        month = _month(self.params.get("month"))
        read = partial(read_statement, self.context.services, self.context.by, self.account_id, month)
        self.load(read, self._on_read)

    def explain(self, row: LineRow) -> None:
        """Show how a line comes to its amount."""
        from cpdesk.ui.pages.statements.explain_dialog import ExplainDialog

        assert self._facts is not None
        if row.explained_at is None:
            self.context.notices.info(
                _("This line stands as it was issued. By the prices and the ledger of today there is no such line.")
            )
            return
        ExplainDialog(self, self.context, self._facts.account, self._facts.statement, row.explained_at).ask()

    def _on_read(self, facts: StatementFacts) -> None:
        self._facts = facts
        self.set_account(badge(facts.account))
        self._show()

    def _show(self) -> None:
        if self._facts is None:
            return
        view = statement_view(self._facts, self.context.by)
        self.set_title(view.title, view.subtitle)
        for card, text in zip(self.figures, view.figures, strict=True):
            card.set(text.label, text.figure, text.note)
        for notice, told in ((self.provisional, view.provisional), (self.unpriced, view.unpriced)):
            notice.set_text(told)
            notice.setVisible(bool(told))
        self.issue.setVisible(view.may_issue)
        self.lines.show_lines(self._facts)
        self.sum_card.show_view(view)
        self.corrections.show_corrections(self._facts, view)
        self._offer(self._facts)

    def _offer(self, facts: StatementFacts) -> None:
        self.before.setEnabled(facts.before is not None)
        self.after.setEnabled(facts.after is not None)
        priced = may_price(self.context.by)
        self.unpriced.set_actions([Action(_("Open Price Schedules"), self._on_prices)] if priced else [])
        kinds = ((".pdf", _("Export as PDF")), (".xlsx", _("Export as Excel workbook")), (".csv", _("Export as CSV")))
        self.more.set_actions([Action(text, partial(self._export, suffix)) for suffix, text in kinds])

    def _on_all_months(self) -> None:
        self.context.navigate("services", account=self.account_id, tab="billing")

    def _on_before(self) -> None:
        self._go(self._facts.before if self._facts else None)

    def _on_after(self) -> None:
        self._go(self._facts.after if self._facts else None)

    def _go(self, month: date | None) -> None:
        if month is not None:
            self.context.navigate("statement", account=self.account_id, month=f"{month:%Y-%m}")

    def _on_prices(self) -> None:
        if self._facts is not None:
            open_prices(self, self.context, self._facts.account)

    def _on_print(self) -> None:
        from cpdesk.gateways.documents.pdf import print_on
        from cpdesk.ui.parts.printing import ask_to_print

        assert self._facts is not None
        document = self._facts.document
        if trouble := ask_to_print(self, lambda printer: print_on(printer, document)):
            self.context.notices.error(trouble)

    def _export(self, suffix: str) -> None:
        from cpdesk.ui.pages.statements.exporting import StatementExport

        assert self._facts is not None
        export = StatementExport(self, self.context, self._facts.document, suffix)
        export.again.connect(self._export)
        export.ask()

    def _on_issue(self) -> None:
        from cpdesk.ui.pages.statements.issue_dialog import IssueStatementDialog

        assert self._facts is not None
        dialog = IssueStatementDialog(self, self.context, self._facts.account, self._facts.document)
        dialog.succeeded.connect(self._on_issued)
        dialog.open()

    def _on_issued(self, issued: IssuedStatement) -> None:
        self.context.notices.success(issued_text(issued.document))
        # Its button is gone, and cannot keep the keyboard.
        self.lines.table.setFocus()

    def _on_correct(self) -> None:
        from cpdesk.ui.pages.statements.issue_dialog import CorrectStatementDialog

        assert self._facts is not None
        dialog = CorrectStatementDialog(self, self.context, self._facts.account, self._facts.document)
        dialog.succeeded.connect(self._on_corrected)
        dialog.open()

    def _on_corrected(self, issued: IssuedStatement) -> None:
        text = _("The correction {number} was put under the statement.")
        self.context.notices.success(text.format(number=issued.corrections[-1].number))


def _month(text: object) -> date:
    """The first day of a month as navigation has it: "2026-11"."""
    return date.fromisoformat(f"{text}-01")
