"""What a file of accounts would create, row by row, with everything that is wrong."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cpdesk.base.apart import beside
from cpdesk.base.formats import format_number
from cpdesk.base.i18n import _, ngettext
from cpdesk.base.messages import sentence
from cpdesk.domain.account_file import AccountDraft, AccountImportReport, Problem
from cpdesk.domain.modes import Mode
from cpdesk.ui.context import Action, Kind
from cpdesk.ui.texts import accounts_text
from cpdesk.ui.theme import spacing
from cpdesk.ui.widgets.buttons import filter_chip
from cpdesk.ui.widgets.card import Card
from cpdesk.ui.widgets.chips import ChipLook, Tone, mode_look, mode_name
from cpdesk.ui.widgets.columns import Column, number_column
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.layout import hbox
from cpdesk.ui.widgets.list_card import ListCard
from cpdesk.ui.widgets.notice import Notice
from cpdesk.ui.widgets.table import DataTable


class AccountsPreviewStep(QWidget):
    """The rows; those with problems can be seen alone, and a selected one says all of its problems."""

    again_asked = Signal()
    """The file was mended: read it again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._report: AccountImportReport | None = None
        self.verdict = Notice(Kind.SUCCESS)
        self.pools = Notice(Kind.INFO)
        self.wrong_only = filter_chip()
        self.table: DataTable[AccountDraft] = DataTable(_columns(), _row_of)
        self.table.fold_texts()
        self._list = ListCard(self.table, last=False)
        self._problems = Card()
        self._sentences = Label(wrap=True, selectable=True)
        self._build()
        self.wrong_only.toggled.connect(self._on_narrowed)
        self.table.selection_changed.connect(self._show_problems)

    def show_report(self, report: AccountImportReport) -> None:
        """Show what was found in the file."""
        self._report = report
        self.wrong_only.setChecked(False)
        self.table.set_rows(report.drafts)
        self.retranslate()
        self._select_first_wrong()

    def retranslate(self) -> None:
        """All texts in the language in use."""
        self.table.setAccessibleName(_("Accounts of the file"))
        report = self._report
        if report is None:
            return
        wrong = sum(bool(draft.problems) for draft in report.drafts)
        self.wrong_only.setText(_("With problems {number}").format(number=format_number(wrong)))
        self.wrong_only.setVisible(bool(wrong))
        self.verdict.set_kind(Kind.ERROR if wrong else Kind.SUCCESS)
        self.verdict.set_text(_wrong_text(report, wrong) if wrong else _right_text(report))
        again = Action(_("Read the file again"), self.again_asked.emit)
        self.verdict.set_actions((again,) if wrong else ())
        pools = sum(draft.mode is Mode.PURCHASE for draft in report.drafts)
        self.pools.set_text(_pools_text(pools))
        self.pools.setVisible(pools > 0)
        self._show_problems()

    def _build(self) -> None:
        self._problems.body.addWidget(self._sentences)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(spacing.M)
        column.addWidget(self.verdict)
        column.addWidget(self.pools)
        column.addLayout(hbox(self.wrong_only, None))
        column.addWidget(self._list, 1)
        column.addWidget(self._problems)
        column.addStretch()

    def _select_first_wrong(self) -> None:
        assert self._report is not None
        wrong = next((draft.row for draft in self._report.drafts if draft.problems), None)
        if wrong is not None:
            self.table.select(wrong)

    def _show_problems(self) -> None:
        chosen = next(iter(self.table.selected_rows()), None)
        problems = chosen.problems if chosen else ()
        self._problems.setVisible(bool(problems))
        if chosen is not None and problems:
            title = _("Row {row}: {account}") if chosen.name else _("Row {row}")
            self._problems.set_title(title.format(row=format_number(chosen.row), account=chosen.name))
            self._sentences.setText("\n".join(map(problem_text, problems)))

    def _on_narrowed(self, only_wrong: bool) -> None:
        self.table.set_predicate(_has_problems if only_wrong else None)
        self._show_problems()


def problem_text(problem: Problem) -> str:
    """What is wrong, and in which column."""
    text = sentence(problem.code, **problem.params)
    return _("{column}: {problem}").format(column=problem.column, problem=text)


def _columns() -> tuple[Column[AccountDraft], ...]:
    return (
        number_column("row", lambda: _("Row"), _row_of),
        Column("name", lambda: _("Account"), lambda draft: draft.name, strong=True, stretch=1, min_width=104),
        Column("domain", lambda: _("Domain"), lambda draft: draft.domain, soft=True, stretch=1, min_width=104),
        Column(
            "mode",
            lambda: _("Billing mode"),
            lambda draft: draft.mode,
            text=lambda draft: mode_name(draft.mode),
            chip=lambda draft: mode_look(draft.mode),
        ),
        Column("place", lambda: _("Country, currency, time zone"), _place, soft=True, stretch=1, min_width=104),
        Column(
            "problem",
            lambda: _("Problems"),
            lambda draft: len(draft.problems),
            text=_number_of_problems,
            chip=lambda draft: ChipLook(_number_of_problems(draft), Tone.DANGER) if draft.problems else None,
            tooltip=_all_problems,
            min_width=112,
        ),
    )


def _row_of(draft: AccountDraft) -> int:
    return draft.row


def _place(draft: AccountDraft) -> str:
    return beside(draft.country, draft.currency, draft.time_zone)


def _all_problems(draft: AccountDraft) -> str:
    return "\n".join(map(problem_text, draft.problems))


def _number_of_problems(draft: AccountDraft) -> str:
    number = len(draft.problems)
    return (
        ngettext("{number} problem", "{number} problems", number).format(number=format_number(number)) if number else ""
    )


def _has_problems(draft: AccountDraft) -> bool:
    return bool(draft.problems)


def _wrong_text(report: AccountImportReport, rows: int) -> str:
    found = ngettext("{number} problem", "{number} problems", report.problems)
    among = ngettext("{number} row of {file}", "{number} rows of {file}", rows)
    text = _("{problems} in {rows}. Nothing is created while a row has one: mend the file, then read it again.")
    return text.format(
        problems=found.format(number=format_number(report.problems)),
        rows=among.format(number=format_number(rows), file=report.file),
    )


def _pools_text(accounts: int) -> str:
    """What a file cannot say of customers who buy seats already."""
    text = ngettext(
        "{accounts} starts in Purchase Mode with an empty pool: the file names no seats. Create a customer who has "
        "some already with Create New Account instead, which asks for products, seats, and since when.",
        "{accounts} start in Purchase Mode with an empty pool: the file names no seats. Create a customer who has "
        "some already with Create New Account instead, which asks for products, seats, and since when.",
        accounts,
    )
    return text.format(accounts=accounts_text(accounts))


def _right_text(report: AccountImportReport) -> str:
    return _("{file} can be imported: {accounts}, no problems.").format(
        file=report.file, accounts=accounts_text(len(report.drafts))
    )
