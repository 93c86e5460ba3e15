"""The reports, of all accounts and of one."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

from cpdesk.base.errors import KnownError
from cpdesk.domain.operators import Role
from cpdesk.ui.gallery import report_samples as samples
from cpdesk.ui.gallery.samples import AUDITOR, CONTOSO, CUSTOMER, RESELLER
from cpdesk.ui.pages import all_pages
from cpdesk.ui.pages.reports.list_tab import ListTab
from cpdesk.ui.pages.reports.month_end_dialog import MonthEndDialog
from cpdesk.ui.pages.reports.page import AccountReportsPage
from cpdesk.ui.pages.reports.trend_tab import TrendTab
from cpdesk.ui.shell.page import Page
from cpdesk.ui.shell.window import Window
from cpdesk.ui.widgets.empty import EmptyState
from cpdesk.ui.widgets.labels import Label
from tests.support.world import PREMIUM, World

OpenPage = Callable[..., Window]
Navigations = Callable[[Page | None], list[tuple[str, dict[str, object]]]]

TABS = ("costs", "idle", "blocked", "overlapping", "trend")


@pytest.fixture
def services() -> Any:
    return samples.report_services()


@pytest.fixture
def window(open_page: OpenPage, services: Any) -> Window:
    return open_page("reports", services)


def page(window: Window) -> AccountReportsPage:
    assert isinstance(window.page, AccountReportsPage)
    return window.page


def tab(window: Window, key: str) -> Any:
    """A report, opened."""
    page(window).tabs.select(key)
    return page(window).tabs.page(key)


def said(root: QWidget) -> str:
    return "\n".join(label.text() for label in root.findChildren(Label) if label.isVisibleTo(root))


def press(window: Window, text: str) -> None:
    next(one for one in page(window).findChildren(QPushButton) if one.text() == text).click()


def first_row(shown: ListTab[Any]) -> list[str]:
    rows = shown.table.rows
    return [column.show(rows.row(0)) for column in rows.columns]


@pytest.mark.parametrize("key", TABS)
def test_every_widget_has_a_name(window: Window, key: str, assert_accessible: Callable[[QWidget], None]) -> None:
    tab(window, key)
    assert_accessible(window)


def test_a_report_is_read_when_it_is_first_opened(window: Window, services: Any) -> None:
    assert [name for name, _args, _named in services.reports.calls] == ["costs"]
    tab(window, "idle")
    tab(window, "costs")
    tab(window, "idle")
    assert [name for name, _args, _named in services.reports.calls] == ["costs", "idle_seats"]


def test_a_change_makes_what_is_seen_fresh_and_the_rest_when_it_is_seen(window: Window, services: Any) -> None:
    tab(window, "idle")
    services.reports.calls.clear()
    page(window).refresh()
    assert [name for name, _args, _named in services.reports.calls] == ["idle_seats"]
    tab(window, "costs")
    assert [name for name, _args, _named in services.reports.calls] == ["idle_seats", "costs"]


def test_costs_come_with_sub_totals_by_currency(window: Window) -> None:
    costs = tab(window, "costs")
    assert first_row(costs)[0] == "Tailspin Toys"
    totals = costs._totals.rows
    shown = [[column.show(totals.row(place)) for column in totals.columns] for place in range(totals.rowCount())]
    assert shown == [
        ["EUR", "2", "67", "at least €286.40", "at least €1,214.70"],
        ["USD", "7", "2,521", "$1,097.25", "$48,529.25"],
    ]


def test_idle_seats_say_how_long_and_who_had_them(window: Window) -> None:
    assert first_row(tab(window, "idle")) == [
        "Fabrikam Dental Group",
        "Microsoft 365 Business Premium",
        "21 of 61",
        "42 days",
        "lee.gu@fabrikam-dental.example",
        "",
        "$404.25",
    ]
    rows = tab(window, "idle").table.rows
    texts = [column.show(rows.row(3)) for column in rows.columns]
    assert texts[3] == "since today"
    assert texts[5] == "Dec 1, 2026"


def test_what_has_no_price_says_so(window: Window) -> None:
    idle, costs, blocked = (tab(window, key).table.rows for key in ("idle", "costs", "blocked"))
    assert idle.columns[-1].show(idle.row(4)) == "no price"
    assert blocked.columns[-1].show(blocked.row(3)) == "no price"
    assert costs.columns[-1].show(costs.row(1)) == "at least €140.70"
    assert costs.columns[-2].show(costs.row(1)) == "no price"
    assert costs.columns[-1].tooltip(costs.row(1)).endswith("1 product without a price is missing.")
    assert costs.columns[-1].exported(costs.row(1)) == "at least €140.70"
    assert costs.columns[-1].exported(costs.row(0)) == Decimal("1074.00")


@pytest.mark.parametrize(
    ("key", "way"),
    [
        ("costs", ("services", {"account": samples.TAILSPIN.id, "tab": "billing"})),
        ("idle", ("subscription", {"account": samples.FABRIKAM.id, "product": 1, "tab": "idle"})),
        ("low", ("subscription", {"account": samples.LOW[0].account_id, "product": 2})),
        ("blocked", ("user", {"account": samples.FABRIKAM.id, "user": 11, "tab": "services"})),
        ("overlapping", ("user", {"account": samples.WOODGROVE.id, "user": 21, "tab": "services"})),
    ],
)
def test_a_row_leads_to_where_it_can_be_mended(window: Window, navigations: Navigations, key: str, way: object) -> None:
    shown = tab(window, key)
    gone = navigations(window.page)
    shown.context = page(window).context
    shown.table.selectRow(0)
    QTest.keyClick(shown.table, Qt.Key.Key_Return)
    (offered,) = shown._actions()
    offered.callback()
    assert gone == [way, way]


def test_reports_are_searched_while_one_types(window: Window) -> None:
    shown = tab(window, "blocked")
    shown.search.setText("gupta")
    assert shown.table.rows.rowCount() == 1


@pytest.mark.parametrize("key", ["idle", "blocked", "overlapping"])
def test_nothing_in_a_report_is_good_news(open_page: OpenPage, key: str) -> None:
    shown = tab(open_page("reports", samples.report_services(**samples.nothing())), key)
    assert shown.table.empty.isVisible()
    assert "Good:" in said(shown)
    assert not shown.search.isVisible()


def test_one_report_that_cannot_be_read_leaves_the_others(open_page: OpenPage) -> None:
    answers: Any = iter([KnownError("database_locked", path="/data/cpdesk.db"), list(samples.IDLE)])

    def idle_seats(*_args: Any) -> Any:
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    window = open_page("reports", samples.report_services(idle_seats=idle_seats))
    shown = tab(window, "idle")
    trouble = next(state for state in shown.findChildren(EmptyState) if state.isVisible())
    assert trouble.title == "This could not be loaded"
    trouble.button.click()
    assert shown.table.rows.total == len(samples.IDLE)
    assert tab(window, "costs").table.rows.total == 9


# The trend


def test_the_trend_is_a_chart_and_a_list(window: Window) -> None:
    shown = tab(window, "trend")
    assert isinstance(shown, TrendTab)
    assert shown.table.rows.total == 13
    assert shown.chart.pointed is None
    QTest.keyClick(shown.chart, Qt.Key.Key_End)
    assert shown.chart.pointed is not None
    assert shown.chart.pointed.sentence() == (
        "November 2026, so far; Seats: 2,480; Assigned: 2,402; Available: 78; Accounts with seats: 9"
    )


def test_another_number_of_months_is_remembered(window: Window, services: Any) -> None:
    shown = tab(window, "trend")
    shown.months.set_months(3)
    shown.months.activated.emit(2)
    assert services.reports.calls[-1][2] == {"months": 3}
    assert shown.table.rows.total == 4
    assert page(window).context.settings.value("months/trend") == 3


def test_without_seats_there_is_no_chart(open_page: OpenPage) -> None:
    shown = tab(open_page("reports", samples.report_services(trend=[])), "trend")
    assert not shown.chart.isVisible()
    assert "No seats yet" in said(shown)


# Who sees what


def test_reports_lead_to_the_advisor_and_to_the_pack(window: Window, navigations: Navigations) -> None:
    press(window, "Month-end pack")
    assert window.findChildren(MonthEndDialog)
    gone = navigations(window.page)
    press(window, "Which mode is cheaper?")
    assert gone == [("all_advice", {})]


def test_selected_accounts_can_be_packed_alone(window: Window) -> None:
    tab(window, "costs").table.selectRow(1)
    press(window, "Month-end pack")
    dialog = window.findChildren(MonthEndDialog)[-1]
    assert dialog.choice.account_ids == frozenset({samples.COSTS.rows[1].account_id})


def test_an_auditor_writes_no_pack(open_page: OpenPage) -> None:
    window = open_page("reports", samples.report_services(), session=AUDITOR)
    assert "Month-end pack" not in {one.text() for one in page(window).findChildren(QPushButton) if one.isVisible()}


def test_a_customer_sees_the_own_account_only() -> None:
    registry = all_pages()
    of_all, of_one = registry.get("reports"), registry.get("account_reports")
    assert of_all is not None
    assert of_one is not None
    assert not of_all.admits(Role.CUSTOMER)
    assert of_one.admits(Role.CUSTOMER)


@pytest.mark.parametrize("session", [RESELLER, CUSTOMER, AUDITOR])
def test_inside_an_account_no_other_one_is_told_of(open_page: OpenPage, session: Any) -> None:
    services = samples.report_services()
    window = open_page("account_reports", services, session=session, account=CONTOSO.id)
    for key in TABS[1:]:
        tab(window, key)
    asked = [args[1] for _name, args, _named in services.reports.calls]
    assert asked == [CONTOSO.id] * 4
    captions = {column.caption() for key in TABS[1:4] for column in tab(window, key).table.rows.columns}
    assert not captions & {"Account", "Domain"}
    assert window.top_bar is not None
    press_text = {one.text() for one in page(window).findChildren(QPushButton) if one.isVisible()}
    assert "Which mode is cheaper?" in press_text
    assert "Month-end pack" not in press_text


# On the real services


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path)
    made.set_up()
    yield made
    made.close()


def test_the_real_reports_find_what_is_idle_and_who_is_blocked(world: World, open_page: OpenPage) -> None:
    account = world.pool("Contoso", "dana@contoso.example", seats=3)
    world.services.licenses.assign(world.by, account, "dana@contoso.example", PREMIUM)
    window = open_page("reports", world.services, world.by)
    costs, idle = tab(window, "costs"), tab(window, "idle")
    assert first_row(costs)[0] == "Contoso"
    assert first_row(idle)[2] == "2 of 3"
    for key in ("blocked", "overlapping"):
        assert tab(window, key).table.empty.isVisible()
    assert tab(window, "trend").table.rows.total >= 1
