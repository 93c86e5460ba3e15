"""The Billing tab."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

from cpdesk.base.errors import KnownError
from cpdesk.domain.billing import MonthRow
from cpdesk.domain.operators import Session
from cpdesk.ui.gallery.billing_samples import NOTHING_ELSE, BillingSample, so_far, statement, unpriced
from cpdesk.ui.gallery.samples import AUDITOR, RESELLER
from cpdesk.ui.gallery.scenes_billing import CUSTOMER
from cpdesk.ui.gallery.service_samples import BOUGHT, Sample
from cpdesk.ui.pages.services.billing_columns import month_columns
from cpdesk.ui.pages.services.billing_tab import BillingTab
from cpdesk.ui.pages.services.page import ServicesPage
from tests.ui.pages.conftest import Navigations, OpenPage

Open = Callable[..., BillingTab]
LOCKED = KnownError("database_locked", path="cpdesk.sqlite3")


@pytest.fixture
def open_billing(open_page: OpenPage) -> Open:
    """`open_billing(sample, session, {"statements.show": ...})`."""

    def open_billing(
        sample: BillingSample, session: Session = RESELLER, answers: Mapping[str, Any] = NOTHING_ELSE
    ) -> BillingTab:
        window = open_page("services", sample.services(answers), session=session, account=7, tab="billing")
        assert isinstance(window.page, ServicesPage)
        return window.page.billing

    return open_billing


def lacking() -> BillingSample:
    """A product without a price."""
    missing = statement(unpriced(so_far().month).lines, so_far().month, through=so_far().through, provisional=True)
    return BillingSample(shown=unpriced(), so_far=missing)


def figures(tab: BillingTab) -> list[str]:
    return [card.accessibleName() for card in tab.figures]


def test_this_month_to_its_end_and_the_next_one(open_billing: Open) -> None:
    tab = open_billing(BillingSample())
    assert figures(tab) == [
        "This month so far: $1,364.98",
        "To the end of November 2026: $1,780.40",
        "Next month, December 2026: $1,733.56",
    ]
    notes = [card.accessibleDescription() for card in tab.figures]
    assert notes[0] == "Nov 1\u2009\u2013\u200923, 2026. Provisional: the month is not over."
    assert notes[2] == "A forecast: in Purchase Mode, with the seats as they are now."
    assert not tab.unpriced.isVisible()


def test_the_first_day_of_a_month_is_told_once(open_billing: Open) -> None:
    tab = open_billing(BillingSample(so_far=replace(so_far(), through=date(2026, 11, 1))))
    assert tab.figures[0].accessibleDescription() == "Nov 1, 2026. Provisional: the month is not over."


def test_the_next_month_says_what_a_pending_change_does(open_billing: Open) -> None:
    tab = open_billing(BillingSample(Sample(completed=BOUGHT, is_pending=True)))
    assert tab.figures[2].accessibleDescription() == (
        "A forecast: after the change to Usage Mode on December 1, 2026, with the seats that are assigned now."
    )


@pytest.mark.parametrize(
    ("session", "remedy"),
    [
        (RESELLER, "A first price may be entered for days that are over, too: the amounts then follow."),
        (AUDITOR, "A reseller administrator can enter the price in Price Schedules."),
        (CUSTOMER, "Ask your reseller for the price."),
    ],
)
def test_lines_without_a_price_are_said_with_what_to_do(open_billing: Open, session: Session, remedy: str) -> None:
    tab = open_billing(lacking(), session)
    assert tab.unpriced.text == f"1 line has no price and is missing in the amount: Visio Plan 2. {remedy}"
    assert tab.figures[0].accessibleDescription().endswith("Without 1 line that has no price.")
    assert [button.text() for button in tab.unpriced.buttons()] == ["Open Price Schedules"] * (session == RESELLER)


def test_missing_prices_lead_to_those_of_the_account_s_schedule(open_billing: Open, navigations: Navigations) -> None:
    tab = open_billing(lacking())
    page = _page_of(tab)
    gone = navigations(page)
    tab._context = page.context
    tab.unpriced.buttons()[0].click()
    assert gone == [("price_schedule", {"schedule": 1, "show": "lacking"})]


def test_months_open_their_statement(open_billing: Open, navigations: Navigations) -> None:
    tab = open_billing(BillingSample())
    page = _page_of(tab)
    tab.table.selectAll()
    rows = tab.table.selection_as_tsv().splitlines()
    assert rows[0] == "November 2026\t$1,364.98\t\t\t"
    assert rows[1] == "October 2026\t$1,798.20\t\t2026-000129\t$1,798.20"
    assert rows[-1] == "November 2025\t$1,611.20\t\tnot issued\t"
    gone = navigations(page)
    tab._context = page.context
    tab.table.select(date(2026, 10, 1))
    QTest.keyClick(tab.table, Qt.Key.Key_Return)
    tab.this_month.click()
    assert gone == [("statement", {"account": 7, "month": month}) for month in ("2026-10", "2026-11")]


def test_the_charts_show_the_year_with_the_change(open_billing: Open) -> None:
    tab = open_billing(BillingSample())
    change = "Purchase Mode from September 14, 2026. Arrow keys move over the values."
    assert tab.costs.accessibleDescription().startswith("November 2025 to October 2026.")
    assert tab.costs.accessibleDescription().endswith(change)
    assert tab.seats.accessibleDescription().endswith(change)


def test_charts_that_cannot_be_read_leave_the_rest(open_billing: Open) -> None:
    answers: dict[str, Any] = {"advisor.advise": LOCKED}
    tab = open_billing(BillingSample(), answers=answers)
    assert tab.table.isVisible()
    assert not tab.cost_card.isVisible()
    assert _again(tab).isVisible()


def test_what_cannot_be_read_can_be_tried_again(open_billing: Open) -> None:
    answers: dict[str, Any] = {"statements.forecast": LOCKED}
    tab = open_billing(BillingSample(), answers=answers)
    assert not tab.table.isVisible()
    statements: Any = tab._context.services.statements
    statements.answers["forecast"] = so_far()
    _again(tab).click()
    assert tab.table.isVisible()


def test_everything_can_be_reached_by_keyboard(
    open_billing: Open, assert_accessible: Callable[[QWidget], None]
) -> None:
    tab = open_billing(lacking())
    assert_accessible(tab)
    reached = {tab.costs, tab.cost_card.as_table, tab.seats, tab.seat_card.copy, tab.this_month, tab.table}
    assert all(widget.focusPolicy() & Qt.FocusPolicy.TabFocus for widget in reached)


def test_a_month_in_which_all_is_unpriced_has_no_amount(open_billing: Open) -> None:
    line = unpriced(so_far().month).lines[-1]
    nothing = replace(statement((line,), so_far().month, provisional=True), through=so_far().through)
    tab = open_billing(BillingSample(so_far=nothing))
    assert figures(tab)[0] == "This month so far: no price"


def test_a_month_in_the_list_that_has_no_price_does_not_come_to_nothing() -> None:
    column = next(one for one in month_columns(lambda: "KES") if one.key == "total")
    month = MonthRow(date(2026, 10, 1), Decimal(), 2, provisional=False)
    assert column.show(month) == column.exported(month) == "no price"
    assert column.show(replace(month, unpriced=0)) == "KES\u00a00.00"


def test_what_the_bars_are_is_said(open_billing: Open) -> None:
    tab = open_billing(BillingSample())
    assert tab.bars.isVisible()
    assert "smallest pool" in tab.bars.text()
    assert [entry.text for entry in tab.costs.legend()] == ["Usage Mode", "Purchase Mode, smallest pool", "Charged"]


def _again(tab: BillingTab) -> QPushButton:
    return next(one for one in tab.findChildren(QPushButton) if one.text() == "Try again" and one.isVisible())


def _page_of(tab: BillingTab) -> ServicesPage:
    step: QWidget | None = tab
    while step is not None and not isinstance(step, ServicesPage):
        step = step.parentWidget()
    assert isinstance(step, ServicesPage)
    return step
