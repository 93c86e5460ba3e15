"""The queue of changes to Usage Mode."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from cpdesk.base.errors import KnownError
from cpdesk.domain import topics
from cpdesk.domain.forecast_money import ForecastMoney
from cpdesk.domain.modes import Mode
from cpdesk.domain.planned import PlanState
from cpdesk.domain.rows import Done
from cpdesk.domain.statements import Total
from cpdesk.services.modes import Modes
from cpdesk.services.planning import Planning
from cpdesk.ui.gallery.samples import AUDITOR, CONTOSO, many_accounts
from cpdesk.ui.gallery.scene import Stage
from cpdesk.ui.gallery.scenes_pending import PLANS, QUEUE, account_window, agenda, plan, queued
from cpdesk.ui.gallery.stand_ins import StandIn, services
from cpdesk.ui.pages.customers.pending_columns import pending_columns, queue_text, stake_text
from cpdesk.ui.pages.customers.time_line import Line
from cpdesk.ui.pages.customers.withdraw_plan import WithdrawPlanDialog
from cpdesk.ui.parts.keep_purchase_mode import KeepPurchaseModeDialog
from cpdesk.ui.shell.navigation import Place
from cpdesk.ui.shell.window import Window
from cpdesk.ui.widgets.checks import CheckBox
from cpdesk.ui.widgets.empty import EmptyState
from cpdesk.ui.widgets.search import SearchField
from cpdesk.ui.widgets.table import DataTable
from tests.ui.pages.customers.conftest import subtitle

if TYPE_CHECKING:
    from cpdesk.domain.forecasts import ForecastLine

OpenPage = Callable[..., Window]


@pytest.fixture
def modes() -> StandIn:
    return StandIn(Modes, keep=Done(CONTOSO, topics.MODES))


@pytest.fixture
def planning() -> StandIn:
    return StandIn(Planning, time_line=agenda(QUEUE))


@pytest.fixture
def window(open_page: OpenPage, modes: StandIn, planning: StandIn) -> Window:
    return open_page("pending_changes", services(modes=modes, planning=planning))


def tables(window: Window) -> list[DataTable[Any]]:
    return window.findChildren(DataTable)


def queue(window: Window) -> DataTable[Line]:
    return tables(window)[0]


def shown(window: Window) -> list[str]:
    rows = queue(window).rows
    return [rows.row(place).account for place in range(rows.rowCount())]


def released(window: Window) -> list[tuple[str, int]]:
    rows = tables(window)[1].rows
    lines: list[ForecastLine] = [rows.row(place) for place in range(rows.rowCount())]
    return [(line.name, line.released) for line in lines]


def button(window: Window, text: str) -> QPushButton:
    return next(one for one in window.findChildren(QPushButton) if one.text() == text)


def test_every_widget_has_a_name(window: Window, assert_accessible: Callable[[QWidget], None]) -> None:
    assert_accessible(window)


def test_changes_stand_by_date_with_their_sum(window: Window) -> None:
    assert shown(window) == ["Contoso Freight", "Lamna Healthcare", "Tailspin Toys"]
    assert subtitle(window) == ("3 pending changes · 20 seats will be released · idle seats cost $402.40 a month")


def test_changes_are_found_by_what_they_release(window: Window) -> None:
    search = window.findChild(SearchField)
    assert isinstance(search, SearchField)
    QTest.keyClicks(search, "file storage")
    assert shown(window) == ["Contoso Freight"]


def test_who_asked_for_it_and_when_is_told(window: Window) -> None:
    told = [label.text() for label in window.findChildren(QLabel) if label.isVisible()]
    when = "Requested by dana.reyes@reseller.example on November 18, 2026, 10:04 America/New_York."
    assert any(text.endswith(when) for text in told)


def test_the_selected_change_says_what_it_releases(window: Window) -> None:
    assert [number for _name, number in released(window)] == [6, 3, 2]
    QTest.keyClick(queue(window), Qt.Key.Key_Down)
    assert [number for _name, number in released(window)] == [6, 3]


def test_the_selected_change_says_what_is_at_stake(window: Window) -> None:
    texts = [label.text() for label in window.findChildren(QLabel) if label.isVisible()]
    assert (
        "Cost per month now $1,808.00, from December 1, 2026 on $1,918.80 +\u00a01\u00a0unpriced. "
        "Until then the seats that are released cost $53.71."
    ) in texts
    rows = queue(window).rows
    column = rows.place_of("idle")
    assert [rows.index(row, column).data() for row in range(3)] == ["$201.40", "$201.00", "$0.00"]


def test_where_nothing_has_a_price_nothing_is_said_to_cost_anything() -> None:
    unknown = Total(Decimal(), 2)
    money = ForecastMoney("KES", Mode.USAGE, unknown, unknown, unknown, unknown, unknown, 2)
    row = replace(QUEUE[0], money=money)
    assert stake_text(row) == ""
    assert "cost" not in queue_text([row])
    column = next(one for one in pending_columns() if one.key == "idle")
    assert (column.caption(), column.show(Line(row, {}))) == ("Released, per month", "no price")


def test_a_change_that_releases_nothing_says_so(window: Window) -> None:
    queue(window).selectRow(2)
    texts = [label.text() for label in window.findChildren(QLabel) if label.isVisible()]
    assert "Cost per month now $1,808.00, from January 1, 2027 on $2,160.00 +\u00a01\u00a0unpriced." in texts
    assert "No seat is released: every seat is assigned." in texts


@pytest.mark.parametrize("text", ["lamna", "dana.reyes lamna", "LAMNA.example"])
def test_a_change_can_be_searched(window: Window, text: str) -> None:
    search = window.findChild(SearchField)
    assert isinstance(search, SearchField)
    QTest.keyClicks(search, text)
    assert shown(window) == ["Lamna Healthcare"]
    assert [number for _name, number in released(window)] == [6, 3]


@pytest.mark.parametrize("by_key", [True, False])
def test_the_way_to_the_tools_of_the_account(window: Window, modes: StandIn, by_key: bool) -> None:
    modes.answers |= {"show": (CONTOSO, None), "outlook": KnownError("database_locked", path="x")}
    if by_key:
        QTest.keyClick(queue(window), Qt.Key.Key_Return)
    else:
        button(window, "Open Tools").click()
    assert window.place == Place("services", {"account": CONTOSO.id, "tab": "tools"})


def test_a_change_is_withdrawn_after_the_same_question_as_on_the_tools_page(
    window: Window, modes: StandIn, planning: StandIn, qtbot: QtBot
) -> None:
    button(window, "Keep Purchase Mode").click()
    dialog = window.findChild(KeepPurchaseModeDialog)
    assert isinstance(dialog, KeepPurchaseModeDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    planning.answers["time_line"] = agenda(QUEUE[1:])
    dialog.keep.click()
    assert modes.called("keep") == [(CONTOSO.id,)]
    assert shown(window) == ["Lamna Healthcare", "Tailspin Toys"]
    assert window.notices.texts() == ["Contoso Freight stays in Purchase Mode. All 82 seats stay in the pool."]


def test_an_auditor_withdraws_nothing(open_page: OpenPage, planning: StandIn) -> None:
    window = open_page("pending_changes", services(planning=planning), session=AUDITOR)
    assert not button(window, "Keep Purchase Mode").isVisible()
    assert button(window, "Open Tools").isVisible()


def test_what_is_due_can_no_longer_be_withdrawn(open_page: OpenPage, planning: StandIn, stage: Stage) -> None:
    stage.clock.set(QUEUE[0].switch.due_at)
    window = open_page("pending_changes", services(planning=planning))
    assert not button(window, "Keep Purchase Mode").isEnabled()


def test_an_empty_queue_says_what_it_is_for(open_page: OpenPage) -> None:
    window = open_page("pending_changes", services(planning=StandIn(Planning, time_line=agenda())))
    empty = next(one for one in window.findChildren(EmptyState) if one.isVisible())
    assert empty.title == "No change is pending"
    assert not queue(window).isVisible()


def test_a_database_in_use_leaves_a_way_to_try_again(open_page: OpenPage) -> None:
    planning = StandIn(Planning, time_line=KnownError("database_locked", path="/somewhere/cpdesk.db"))
    window = open_page("pending_changes", services(planning=planning))
    planning.answers["time_line"] = agenda(QUEUE)
    button(window, "Try again").click()
    assert len(shown(window)) == 3


def test_thousands_are_listed(open_page: OpenPage) -> None:
    many = [queued(account) for account in many_accounts(9_000) if account.pending]
    window = open_page("pending_changes", services(planning=StandIn(Planning, time_line=agenda(many))))
    assert subtitle(window) == (
        "1,000 pending changes · 11,000 seats will be released · idle seats cost $201,400.00 a month"
    )


# What is planned


@pytest.fixture
def planned(open_page: OpenPage, planning: StandIn) -> Window:
    planning.answers |= {"time_line": agenda(QUEUE, PLANS), "dismiss": Done(PLANS[0], topics.PLANS)}
    return open_page("pending_changes", services(planning=planning))


def whats(window: Window) -> list[str]:
    rows = queue(window).rows
    return [rows.index(place, rows.place_of("what")).data() for place in range(rows.rowCount())]


def said(window: Window) -> str:
    return "\n".join(label.text() for label in window.findChildren(QLabel) if label.isVisible())


def test_what_is_planned_stands_on_one_time_line_with_the_switches(planned: Window) -> None:
    assert subtitle(planned).startswith("3 left something undone · 2 planned · 3 pending changes · ")
    dates = [queue(planned).rows.row(place).due_at for place in range(queue(planned).rows.rowCount())]
    assert dates == sorted(dates)
    assert len(dates) == 8


def test_what_has_ended_and_was_seen_is_shown_on_demand(planned: Window) -> None:
    box = planned.findChild(CheckBox)
    assert isinstance(box, CheckBox)
    box.setChecked(True)
    assert queue(planned).rows.rowCount() == len(QUEUE) + len(PLANS)


def test_what_was_left_undone_says_why_and_how_late_it_was(planned: Window) -> None:
    queue(planned).selectRow(0)
    assert "2 seats of Microsoft 365 Business Premium were kept: they were not free any more." in said(planned)
    assert "3 days late because cpdesk was not running" in said(planned)


def test_what_was_left_undone_is_dismissed(planned: Window, planning: StandIn) -> None:
    queue(planned).selectRow(0)
    button(planned, "Dismiss").click()
    assert planning.called("dismiss") == [(CONTOSO.id, 4)]
    assert planned.notices.texts()


def test_what_waits_is_withdrawn_with_a_reason(planned: Window, planning: StandIn, qtbot: QtBot) -> None:
    queue(planned).selectRow(3)
    button(planned, "Withdraw").click()
    dialog = planned.findChild(WithdrawPlanDialog)
    assert isinstance(dialog, WithdrawPlanDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    gone = plan(CONTOSO, 2, PLANS[1].content, PLANS[1].due_on, PlanState.WITHDRAWN)
    planning.answers["withdraw"] = Done(gone, topics.PLANS)
    dialog.form.set_values({"reason": "stays"})
    dialog.withdraw.click()
    assert planning.called("withdraw") == [(CONTOSO.id, 2)]
    assert planned.notices.texts() == ["Amara Okafor joins on November 30, 2026: withdrawn."]


def test_inside_an_account_its_own_stand_alone(stage: Stage) -> None:
    window = account_window(stage, PLANS)
    assert queue(window).rows.rowCount() == 6
    assert "Account" not in [column.caption() for column in pending_columns(in_account=True)]
