"""The statement of one month."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from cpdesk.base.errors import KnownError, UserError
from cpdesk.domain.issuing import CorrectionKind
from cpdesk.domain.operators import Session
from cpdesk.domain.schedules import AccountSchedules
from cpdesk.ui.gallery.billing_samples import (
    COMPANY,
    CORRECTIONS,
    BillingSample,
    complete,
    issued,
    many_lines,
    statement,
    unpriced,
)
from cpdesk.ui.gallery.price_samples import EUROPE, SCHOOLS
from cpdesk.ui.gallery.samples import AUDITOR, RESELLER
from cpdesk.ui.gallery.scenes_billing import CORRECTED, CUSTOMER, ISSUED, USUAL
from cpdesk.ui.gallery.service_samples import Sample
from cpdesk.ui.pages.statements.explain_dialog import ExplainDialog
from cpdesk.ui.pages.statements.issue_dialog import CorrectStatementDialog, IssueStatementDialog
from cpdesk.ui.pages.statements.page import StatementPage
from tests.ui.pages.conftest import Navigations
from tests.ui.pages.statements.conftest import Open, Opened

OCTOBER = date(2026, 10, 1)


def lines(page: StatementPage) -> list[str]:
    page.lines.table.selectAll()
    return page.lines.table.selection_as_tsv().splitlines()


def figures(page: StatementPage) -> list[str]:
    return [card.accessibleName() for card in page.figures]


def explained(opened: Opened, place: int) -> ExplainDialog:
    opened.page.lines.table.select(place)
    opened.page.lines.explain.click()
    return opened.dialog(ExplainDialog)


def texts(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.text()]


def test_the_lines_their_sum_and_the_days_that_are_counted(open_statement: Open) -> None:
    page = open_statement(USUAL).page
    assert page.title == "Statement of October 2026"
    assert figures(page) == ["Total: $1,733.56", "Days that are counted: 31 of 31", "Issued as: Not issued"]
    assert lines(page)[1] == (
        "Microsoft 365 Business Premium\tPurchase Mode\tOct 12, 2026\tOct 31, 2026\t60\t20 of 31\t$22.00\t$851.61"
    )
    assert "$1,733.56" in texts(page.sum_card.sums)
    assert not page.provisional.isVisible()
    assert not page.corrections.isVisible()


def test_the_present_month_is_provisional_and_not_issued(open_statement: Open) -> None:
    page = open_statement(USUAL, month="2026-11").page
    assert page.provisional.isVisible()
    assert "November 23, 2026" in page.provisional.text
    assert not page.issue.isVisible()
    assert not page.after.isEnabled()
    assert page.figures[2].accessibleDescription() == "It can be issued when the month is over."


def test_lines_without_a_price_are_never_nothing(open_statement: Open) -> None:
    page = open_statement(BillingSample(shown=unpriced())).page
    assert page.unpriced.text.startswith("1 line has no price and is missing in the amount: Visio Plan 2.")
    assert page.figures[0].accessibleDescription() == "6 lines, 1 of them without a price"
    assert lines(page)[5].endswith("\tno price\t\u2013")


@pytest.mark.parametrize(
    ("schedules", "there"),
    [
        (AccountSchedules(SCHOOLS, own=True), ("price_schedule", {"schedule": SCHOOLS.id, "show": "lacking"})),
        (AccountSchedules(EUROPE, own=False), ("edit_company", {"account": 7, "section": "schedule"})),
        (AccountSchedules(None, own=False), ("edit_company", {"account": 7, "section": "schedule"})),
    ],
)
def test_missing_prices_lead_to_where_they_are_put_right(
    open_statement: Open, navigations: Navigations, schedules: AccountSchedules, there: tuple[str, dict[str, object]]
) -> None:
    opened = open_statement(BillingSample(shown=unpriced(), account=Sample(schedules=schedules)))
    gone = navigations(opened.page)
    opened.page.unpriced.buttons()[0].click()
    assert gone == [there]


def test_months_before_and_after(open_statement: Open, navigations: Navigations) -> None:
    page = open_statement(USUAL).page
    gone = navigations(page)
    page.before.click()
    page.after.click()
    page.all_months.click()
    assert gone == [
        ("statement", {"account": 7, "month": "2026-09"}),
        ("statement", {"account": 7, "month": "2026-11"}),
        ("services", {"account": 7, "tab": "billing"}),
    ]


def test_the_first_month_has_none_before(open_statement: Open) -> None:
    page = open_statement(BillingSample(months=2)).page
    assert not page.before.isEnabled()
    assert page.after.isEnabled()


def test_going_to_another_month_shows_that(open_statement: Open) -> None:
    opened = open_statement(USUAL)
    opened.page.after.click()
    assert opened.window.page is opened.page
    assert opened.page.title == "Statement of November 2026"


def test_each_line_explains_itself(open_statement: Open) -> None:
    opened = open_statement(USUAL)
    dialog = explained(opened, 1)
    assert dialog.formula.text() == "60 seats \u00d7 $22.00 \u00d7 20 of 31 days = $851.61"
    shown = texts(dialog.facts)
    assert shown[shown.index("It counts from") + 1] == "January 1, 2026"
    assert shown[shown.index("Seats at the end of October 11, 2026") + 1] == "54"
    dialog.entries.selectAll()
    first, _second, third = dialog.entries.selection_as_tsv().splitlines()
    assert first == "#1204\tOctober 12, 2026, 10:05 America/New_York\tSeats added\t\t+6\t60"
    assert third.startswith("#1215\tOctober 15, 2026, 10:05 America/New_York")
    assert opened.services.statements.called("explain") == [(7, OCTOBER, 1)]
    dialog.copy.click()
    assert "#1204 · October 12, 2026, 10:05 America/New_York · Seats added · +6" in QGuiApplication.clipboard().text()


def test_enter_explains_the_current_line(open_statement: Open) -> None:
    opened = open_statement(USUAL)
    QTest.keyClick(opened.page.lines.table, Qt.Key.Key_Return)
    assert opened.dialog(ExplainDialog).title.text() == "Microsoft 365 Business Premium"


def test_a_line_of_the_frozen_copy_that_is_no_more_says_so(open_statement: Open) -> None:
    other = replace(complete(), lines=complete().lines[1:])
    opened = open_statement(ISSUED, answers={"statements.show": other})
    opened.page.explain(opened.page.lines.table.rows.row(0))
    assert opened.window.findChildren(ExplainDialog) == []
    opened.page.explain(opened.page.lines.table.rows.row(1))
    assert opened.services.statements.called("explain") == [(7, OCTOBER, 0)]


def test_what_cannot_be_explained_is_told(open_statement: Open) -> None:
    opened = open_statement(USUAL, answers={"statements.explain": KnownError("database_locked", path="x")})
    opened.page.explain(opened.page.lines.table.rows.row(0))
    assert any("Try again" in text for text in texts(opened.window.notices))


def test_issuing_needs_a_confirmation(open_statement: Open) -> None:
    opened = open_statement(USUAL)
    opened.page.issue.click()
    dialog = opened.dialog(IssueStatementDialog)
    assert "$1,733.56" in texts(dialog)
    assert opened.services.issuing.called("issue") == []
    dialog.form.set_values({"reason": "INC-1"})
    dialog.issue.click()
    assert opened.services.issuing.called("issue") == [(7, OCTOBER)]
    named = [named for called, _args, named in opened.services.issuing.calls if called == "issue"]
    assert named == [{"reason": "INC-1"}]
    assert "The statement of October 2026 is issued as 2026-000123." in texts(opened.window.notices)


def test_enter_does_not_issue(open_statement: Open) -> None:
    opened = open_statement(USUAL)
    opened.page.issue.click()
    dialog = opened.dialog(IssueStatementDialog)
    assert dialog.leave.hasFocus()
    QTest.keyClick(dialog.leave, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    assert opened.services.issuing.called("issue") == []


def test_a_refusal_stays_in_the_dialog(open_statement: Open) -> None:
    refusal = UserError("issued_already", account="Contoso Freight", month=OCTOBER, number="2026-000123")
    opened = open_statement(USUAL, answers={"issuing.issue": refusal})
    opened.page.issue.click()
    dialog = opened.dialog(IssueStatementDialog)
    dialog.issue.click()
    assert dialog.isVisible()
    assert dialog.refusal.isVisible()


def test_without_one_s_own_company_the_way_to_it_is_offered(open_statement: Open) -> None:
    opened = open_statement(USUAL, answers={"issuing.issue": UserError("own_company_missing")})
    opened.page.issue.click()
    dialog = opened.dialog(IssueStatementDialog)
    dialog.issue.click()
    assert [button.text() for button in dialog.refusal.buttons()] == ["Open Settings"]


def test_an_issued_statement_shows_its_number_and_tax(open_statement: Open) -> None:
    page = open_statement(ISSUED).page
    assert figures(page)[0] == "Total: $1,887.41"
    assert figures(page)[2] == "Issued as: 2026-000123"
    assert page.figures[2].accessibleDescription() == "on November 3, 2026"
    assert not page.issue.isVisible()
    assert page.corrections.isVisible()


def test_corrections_stand_under_it(open_statement: Open) -> None:
    page = open_statement(CORRECTED).page
    assert figures(page)[0] == "Total: $1,765.79"
    assert page.figures[0].accessibleDescription() == "$1,733.56 when it was issued, and 2 corrections since"
    assert "$1,765.79" in texts(page.sum_card.sums)


def test_a_correction_is_typed_and_put_under_it(open_statement: Open) -> None:
    opened = open_statement(ISSUED)
    opened.page.corrections.correct.click()
    dialog = opened.dialog(CorrectStatementDialog)
    dialog.form.set_values({"kind": "credit", "text": "Goodwill", "amount": "twelve", "reason": "INC-1"})
    dialog.correct.click()
    assert opened.services.issuing.called("correct") == []
    dialog.form.set_values({"amount": "1,012.50"})
    dialog.correct.click()
    assert opened.services.issuing.called("correct") == [
        (7, OCTOBER, CorrectionKind.CREDIT, "Goodwill", Decimal("1012.50"), "INC-1")
    ]


@pytest.mark.parametrize("session", [AUDITOR, CUSTOMER])
def test_who_does_not_manage_reads_it_all_and_issues_nothing(open_statement: Open, session: Session) -> None:
    page = open_statement(USUAL, session).page
    assert not page.issue.isVisible()
    assert lines(page)
    page = open_statement(CORRECTED, session).page
    assert page.corrections.isVisible()
    assert not page.corrections.correct.isVisible()
    assert page.print_it.isVisible()


def test_hundreds_of_lines_can_be_searched(open_statement: Open) -> None:
    page = open_statement(BillingSample(shown=many_lines())).page
    assert page.lines.search.isVisible()
    assert page.lines.table.rows.rowCount() == 360
    page.lines.search.setText("Microsoft Plan 07")
    page.lines.search.searched.emit("Microsoft Plan 07")
    assert 6 <= page.lines.table.rows.rowCount() < 20


def test_a_month_without_seats_says_so(open_statement: Open) -> None:
    page = open_statement(BillingSample(shown=statement(()))).page
    assert page.lines.table.empty.isVisible()
    assert not page.lines.explain.isVisible()
    assert not page.issue.isVisible()


@pytest.mark.parametrize("sample", [USUAL, CORRECTED, BillingSample(shown=unpriced())])
def test_everything_has_a_name(
    open_statement: Open, sample: BillingSample, assert_accessible: Callable[[QWidget], None]
) -> None:
    opened = open_statement(sample)
    assert_accessible(opened.page)
    assert_accessible(explained(opened, 0))


@pytest.mark.parametrize("kind", [IssueStatementDialog, CorrectStatementDialog])
def test_the_dialogs_have_names_and_a_way_out(
    open_statement: Open, kind: type[Any], assert_accessible: Callable[[QWidget], None]
) -> None:
    opened = open_statement(USUAL if kind is IssueStatementDialog else CORRECTED)
    (opened.page.issue if kind is IssueStatementDialog else opened.page.corrections.correct).click()
    dialog = opened.dialog(kind)
    assert_accessible(dialog)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_month_that_is_not_there_is_said(open_statement: Open) -> None:
    refusal = UserError("month_in_future", account="Contoso Freight", month=date(2027, 1, 1))
    opened = open_statement(USUAL, month="2027-01", answers={"statements.show": refusal})
    assert any("there is no statement of it yet" in text for text in texts(opened.page))


def test_samples_are_counted_by_the_rules() -> None:
    assert issued(complete(), CORRECTIONS, COMPANY).balance == Decimal("1765.79")
    assert RESELLER.role == "reseller"
