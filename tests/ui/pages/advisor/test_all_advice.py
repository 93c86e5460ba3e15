"""The mode advisor for all accounts."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cpdesk.base.errors import KnownError
from cpdesk.domain.advice import Advice
from cpdesk.domain.operators import Role
from cpdesk.jobs import Cancelled
from cpdesk.services.advisor import Advisor
from cpdesk.ui.gallery import advice_samples as samples
from cpdesk.ui.gallery.scene import Stage
from cpdesk.ui.gallery.scenes_advisor_all import Unanswered, all_advice_window, all_page
from cpdesk.ui.gallery.stand_ins import StandIn, services
from cpdesk.ui.pages import all_pages
from cpdesk.ui.pages.advisor.advice_lines import Outcome, lines_of, savings_text
from cpdesk.ui.pages.advisor.all_page import AllAdvicePage
from cpdesk.ui.shell.page import Page
from cpdesk.ui.shell.window import Window
from cpdesk.ui.widgets.empty import EmptyState
from tests.support.world import World

OpenPage = Callable[..., Window]
Navigations = Callable[[Page | None], list[tuple[str, dict[str, object]]]]


def bundle(shown: Any = None) -> Any:
    return services(advisor=StandIn(Advisor, advise_all=list(samples.ALL) if shown is None else shown))


@pytest.fixture
def window(open_page: OpenPage) -> Window:
    return open_page("all_advice", bundle())


def page(window: Window) -> AllAdvicePage:
    assert isinstance(window.page, AllAdvicePage)
    return window.page


def accounts(window: Window) -> list[str]:
    rows = page(window).table.rows
    return [rows.row(place).advice.account for place in range(rows.rowCount())]


def test_every_widget_has_a_name(window: Window, assert_accessible: Callable[[QWidget], None]) -> None:
    page(window).table.selectRow(0)
    assert_accessible(window)


def test_the_highest_saving_stands_first(window: Window) -> None:
    shown = page(window).table
    texts = [column.show(shown.rows.row(0)) for column in shown.rows.columns]
    assert texts[:6] == ["Northwind Traders", "northwind.example", "Usage Mode", "Purchase Mode", "$412.30", "12"]
    savings = [shown.rows.row(place).saving or Decimal() for place in range(shown.rows.rowCount())]
    assert savings == sorted(savings, reverse=True)


def test_sums_of_several_currencies_are_kept_apart(window: Window) -> None:
    assert savings_text(page(window).table.rows._shown) == (
        "4 of 9 accounts would save €31.75 and $907.30 a month in the other mode."
    )


def test_where_nothing_is_saved_that_is_said() -> None:
    assert savings_text(lines_of(lambda: [samples.KEPT])) == "No account would save anything in the other mode."


@pytest.mark.parametrize(
    ("advice", "outcome"),
    [
        (samples.advice(), Outcome.TO_PURCHASE),
        (samples.PENDING, Outcome.TO_USAGE),
        (samples.KEPT, Outcome.KEEP),
        (samples.EITHER, Outcome.KEEP),
        (samples.TENANT, Outcome.KEEP),
        (samples.TOO_SHORT, Outcome.OPEN),
        (samples.MISSING_PRICES, Outcome.OPEN),
    ],
)
def test_accounts_are_told_apart_by_what_is_to_be_done(advice: Advice, outcome: Outcome) -> None:
    (line,) = lines_of(lambda: [advice])
    assert line.outcome is outcome


def test_the_list_can_be_narrowed(window: Window) -> None:
    page(window).bar.chips[Outcome.TO_USAGE].click()
    assert accounts(window) == ["Contoso Freight"]
    page(window).bar.chips[Outcome.TO_USAGE].click()
    page(window).bar.search.setText("woodgrove")
    assert accounts(window) == ["Woodgrove Bank"]


def test_a_row_opens_the_account_with_the_same_months(window: Window, navigations: Navigations) -> None:
    gone = navigations(window.page)
    page(window).table.selectRow(0)
    QTest.keyClick(page(window).table, Qt.Key.Key_Return)
    page(window).detail.open_button.click()
    number = samples.ALL[0].account_id
    assert gone == [("advisor", {"account": number, "months": 12})] * 2


def test_the_reason_of_the_first_account_is_told_from_the_start(window: Window) -> None:
    assert [line.advice.account for line in page(window).table.selected_rows()] == accounts(window)[:1]
    assert page(window).detail.isVisible()


def test_the_reason_of_the_selected_account_is_told_in_full(window: Window) -> None:
    page(window).table.selectRow(1)
    assert page(window).detail.isVisible()
    page(window).table.clearSelection()
    assert page(window).detail.isHidden()


def test_it_is_computed_once_it_is_seen(window: Window) -> None:
    asked: Any = page(window).context.services.advisor
    assert len(asked.calls) == 1
    assert asked.calls[0][2]["months"] == 12
    assert callable(asked.calls[0][2]["progress"])


def test_it_says_how_far_it_is(window: Window) -> None:
    page(window).tell((334, 1000))
    assert page(window).line.text.text() == "Comparing the modes: 334 of 1,000 accounts"


def test_cancelling_leaves_a_way_to_begin_again(open_page: OpenPage) -> None:
    answers: Any = iter([Cancelled(), list(samples.ALL)])

    def advise(*_args: Any, **_named: Any) -> list[Advice]:
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return list(answer)

    window = open_page("all_advice", bundle(advise))
    stopped = next(state for state in page(window).findChildren(EmptyState) if state.title == "Stopped")
    assert stopped.isVisible()
    stopped.button.click()
    assert len(accounts(window)) == 9
    assert not stopped.isVisible()


def test_what_was_compared_stays_when_the_next_is_cancelled(open_page: OpenPage) -> None:
    answers: Any = iter([list(samples.ALL), Cancelled()])

    def advise(*_args: Any, **_named: Any) -> list[Advice]:
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return list(answer)

    window = open_page("all_advice", bundle(advise))
    page(window).months.set_months(3)
    page(window).refresh()
    assert len(accounts(window)) == 9
    assert page(window).months.months == 12
    assert window.notices.texts() == ["Stopped. The list is as it was before."]


def test_a_failure_is_told_with_a_way_to_try_again(open_page: OpenPage) -> None:
    window = open_page("all_advice", bundle(KnownError("database_locked", path="/data/cpdesk.db")))
    told = next(state for state in page(window).findChildren(EmptyState) if state.isVisible())
    assert told.title == "The accounts could not be compared"
    assert told.button.text() == "Try again"


def test_without_accounts_it_says_what_will_be_here(open_page: OpenPage) -> None:
    window = open_page("all_advice", bundle([]))
    assert page(window).table.empty.title == "No accounts yet"
    assert not page(window).bar.isVisible()


def test_a_customer_does_not_come_here() -> None:
    spec = all_pages().get("all_advice")
    assert spec is not None
    assert not spec.admits(Role.CUSTOMER)
    assert spec.parent == "reports"


def test_ten_thousand_accounts_are_searched_at_once(open_page: OpenPage, qtbot: QtBot) -> None:
    window = open_page("all_advice", bundle(samples.many_advices(10_000)))
    page(window).bar.search.setText("customer-09999")
    qtbot.waitUntil(lambda: len(accounts(window)) == 1)


def test_who_leaves_does_not_make_other_pages_wait(stage: Stage, show: Callable[[Window], Window]) -> None:
    stage.jobs = Unanswered()
    window = show(all_advice_window(stage))
    page = all_page(window)
    first = page._progress
    assert first is not None
    page.hide()
    assert first.cancelled
    page.show()
    again = page._progress
    assert again is not None
    assert again is not first
    assert not again.cancelled


# On the real services


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path)
    made.set_up()
    yield made
    made.close()


def test_the_real_advisor_fills_the_list_and_the_page(world: World, open_page: OpenPage) -> None:
    account = world.account("Contoso", "dana@contoso.example")
    window = open_page("all_advice", world.services, world.by)
    assert accounts(window) == ["Contoso"]
    assert page(window).table.rows.row(0).headline == "Too early to say"
    assert window.navigate("advisor", account=account)
    assert window.page is not None
    assert window.page.title == "Mode advisor"
