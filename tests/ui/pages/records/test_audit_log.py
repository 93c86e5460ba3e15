"""The audit log as a person uses it."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from cpdesk.base.errors import KnownError
from cpdesk.domain.audit_query import AuditQuery, ChangeGroup, Period
from cpdesk.domain.operators import Session
from cpdesk.domain.rows import AuditRow, Finding
from cpdesk.jobs.progress import Cancelled
from cpdesk.services.audit import ChainReport
from cpdesk.ui.gallery.samples import AUDITOR, CONTOSO, CUSTOMER, RESELLER
from cpdesk.ui.gallery.scene import Stage
from cpdesk.ui.gallery.scenes_records import ENTRIES, audit_services, many_entries
from cpdesk.ui.pages.records.detail import EntryDetail
from cpdesk.ui.pages.records.narrowing import AuditNarrowing
from cpdesk.ui.pages.records.verifying import Verifying
from cpdesk.ui.shell.window import Window
from cpdesk.ui.widgets.empty import EmptyState
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.paged_table import PagedTable

OpenPage = Callable[..., Window]


@pytest.fixture
def services() -> Any:
    return audit_services()


@pytest.fixture
def window(open_page: OpenPage, services: Any) -> Window:
    return open_page("audit_log", services)


def table(window: Window) -> PagedTable[AuditRow]:
    found = window.findChild(PagedTable)
    assert isinstance(found, PagedTable)
    return found


def bar(window: Window) -> AuditNarrowing:
    found = window.findChild(AuditNarrowing)
    assert isinstance(found, AuditNarrowing)
    return found


def detail(window: Window) -> EntryDetail:
    found = window.findChild(EntryDetail)
    assert isinstance(found, EntryDetail)
    return found


def asked(services: Any) -> AuditQuery:
    """The latest query."""
    query = services.audit.called("search")[-1][0]
    assert isinstance(query, AuditQuery)
    return query


def press(root: QWidget, text: str) -> None:
    next(one for one in root.findChildren(QPushButton) if one.text() == text and one.isVisible()).click()


def texts(root: QWidget) -> str:
    return "\n".join(label.text() for label in root.findChildren(Label))


def cells(window: Window, row: int) -> list[str]:
    rows = table(window).rows
    return [str(rows.index(row, column).data() or "").replace("\u00a0", " ") for column in range(rows.columnCount())]


def test_every_widget_has_a_name(window: Window, assert_accessible: Callable[[QWidget], None]) -> None:
    table(window).select(10)
    bar(window).period.set_value("between")
    assert_accessible(window)


def test_entries_stand_newest_first_with_who_what_and_when(window: Window) -> None:
    assert table(window).rows.ids == tuple(row.number for row in ENTRIES)
    assert cells(window, 0)[2:] == [
        "License assigned",
        "morgan.ellis@contoso-freight.example: Microsoft 365 Business Premium",
        RESELLER.email,
        "Contoso Freight",
    ]
    assert ", 2026, " in cells(window, 0)[1]
    table(window).select(ENTRIES[0].number)
    assert "\tNovember 21, 2026, 12:46 America/New_York\t" in table(window).selection_as_tsv()


def test_the_log_of_all_accounts_tells_times_in_the_zone_of_the_reseller(window: Window) -> None:
    assert "days and times in America/New_York" in texts(window)


def test_it_is_said_whose_days_and_times_are_shown(window: Window, open_page: OpenPage, services: Any) -> None:
    assert "8 entries · days and times in " in texts(window)
    inside = open_page("account_audit_log", services, account=CONTOSO.id)
    assert "days and times in America/New_York" in texts(inside)


def test_the_newest_come_last_if_one_wants_them_so(window: Window) -> None:
    table(window).sort_by("recorded")
    assert table(window).rows.ids == tuple(row.number for row in reversed(ENTRIES))


def test_filters_ask_for_what_they_say(window: Window, services: Any) -> None:
    bar(window).kind.set_value(str(ChangeGroup.MODES))
    bar(window).operator.set_value("cpdesk")
    bar(window).account.set_value(CONTOSO.id)
    bar(window).search.setText("ada")
    bar(window).search.returnPressed.emit()
    query = asked(services)
    assert query == AuditQuery("ada", frozenset({ChangeGroup.MODES}), "cpdesk", CONTOSO.id)
    press(window, "Clear filters")
    assert asked(services) == AuditQuery()
    assert bar(window).search.text() == ""


def test_days_are_local_ones(open_page: OpenPage, services: Any, stage: Stage) -> None:
    stage.clock.set(datetime(2026, 11, 23, 3, 0, tzinfo=UTC))
    window = open_page("account_audit_log", services, account=CONTOSO.id)
    bar(window).period.set_value(str(Period.TODAY))
    # In New York it is still November 22.
    assert asked(services).since == datetime(2026, 11, 22, 5, tzinfo=UTC)
    assert asked(services).until == datetime(2026, 11, 23, 5, tzinfo=UTC)


def test_two_dates_bound_the_days_between_them(open_page: OpenPage, services: Any) -> None:
    window = open_page("account_audit_log", services, account=CONTOSO.id)
    bar(window).period.set_value("between")
    bar(window).first.set_value(date(2026, 11, 1))
    bar(window).last.set_value(date(2026, 11, 1))
    bar(window).last.editingFinished.emit()
    query = asked(services)
    assert query.since is not None
    assert query.until is not None
    assert query.until - query.since == timedelta(hours=25), "the clocks go back on that day"


def test_days_the_wrong_way_round_are_not_asked_for(window: Window, services: Any) -> None:
    bar(window).period.set_value("between")
    before = len(services.audit.called("search"))
    bar(window).first.set_value(date(2026, 11, 2))
    bar(window).last.set_value(date(2026, 11, 1))
    bar(window).last.editingFinished.emit()
    assert "The last day is before the first one." in texts(bar(window))
    assert len(services.audit.called("search")) == before


def test_an_entry_is_shown_in_full_when_it_is_chosen(window: Window) -> None:
    assert not detail(window).isVisible()
    table(window).select(10)
    assert detail(window).isVisible()
    shown = texts(detail(window))
    for text in ("No. 10 · User updated", "customer administrator", "Before", "After", "Night dispatch", "Job title"):
        assert text in shown


def test_closing_the_details_gives_the_list_its_room_back(window: Window, qtbot: QtBot) -> None:
    table(window).select(10)
    tall = table(window).height()
    detail(window).closed.emit()
    assert not detail(window).isVisible()
    qtbot.waitUntil(lambda: table(window).height() >= tall)
    assert table(window).hasFocus()


def test_arrow_keys_go_from_entry_to_entry(window: Window) -> None:
    table(window).select(11)
    QTest.keyClick(table(window), Qt.Key.Key_Down)
    assert "No. 10 ·" in texts(detail(window))


def test_nothing_found_says_so_and_offers_a_way_out(window: Window) -> None:
    bar(window).search.setText("nobody")
    bar(window).search.returnPressed.emit()
    empty = next(one for one in window.findChildren(EmptyState) if one.isVisible())
    assert empty.title == "No entry found"
    empty.button.click()
    assert table(window).rows.total == len(ENTRIES)


def test_a_hundred_thousand_entries_open_with_those_that_are_seen(open_page: OpenPage, qtbot: QtBot) -> None:
    services = audit_services(many_entries(100_000))
    window = open_page("audit_log", services)
    assert table(window).rows.total == 100_000
    fetched = sum(len(call[0]) for call in services.audit.called("some"))
    assert fetched < 1000
    table(window).scrollToBottom()
    table(window).selectRow(99_999)
    qtbot.waitUntil(lambda: "No. 1 ·" in texts(detail(window)))


def test_a_customer_sees_the_own_account_and_verifies_nothing(open_page: OpenPage, services: Any) -> None:
    window = open_page("account_audit_log", services, session=CUSTOMER, account=CONTOSO.id)
    assert not bar(window).account.isVisible()
    assert not [one for one in window.findChildren(QPushButton) if one.text() == "Verify the log" and one.isVisible()]
    assert not window.navigate("audit_log")


def test_an_auditor_verifies(open_page: OpenPage, services: Any) -> None:
    window = open_page("audit_log", services, session=AUDITOR)
    press(window, "Verify the log")
    verifying = window.findChild(Verifying)
    assert isinstance(verifying, Verifying)
    assert "all 8 entries are as they were written" in verifying.result.text


def test_an_altered_log_is_told_of(open_page: OpenPage) -> None:
    report = ChainReport(8, (Finding("audit_hash", "error", "audit entry 6", ""),))
    window = open_page("audit_log", audit_services(verify=report))
    press(window, "Verify the log")
    verifying = window.findChild(Verifying)
    assert isinstance(verifying, Verifying)
    assert verifying.result.property("notice") == "error"
    assert "No. 6" in verifying.result.text


def test_verifying_can_be_stopped(open_page: OpenPage) -> None:
    def verify(_by: Session, progress: Callable[[int, int], None]) -> ChainReport:
        stop()
        with pytest.raises(Cancelled):
            progress(500, 1000)
        raise Cancelled

    opened = open_page("audit_log", audit_services(verify=verify))
    verifying = opened.findChild(Verifying)
    assert isinstance(verifying, Verifying)
    stop = verifying.stop.click
    press(opened, "Verify the log")
    assert verifying.result.text == "Verifying was stopped."


def test_a_log_that_cannot_be_read_says_why(open_page: OpenPage) -> None:
    window = open_page("audit_log", audit_services(KnownError("database_locked", path="/x/cpdesk.db")))
    assert "This page could not be loaded" in texts(window)


def test_new_entries_come_in_while_one_looks(window: Window, services: Any) -> None:
    table(window).select(9)
    newer = many_entries(12)
    services.audit.answers["search"] = tuple(row.number for row in newer)
    services.audit.answers["some"] = lambda _by, numbers, _account: [newer[12 - number] for number in numbers]
    assert window.page is not None
    window.page.context.jobs.announce(frozenset({"audit"}))
    assert table(window).rows.total == 12
    assert table(window).selected_ids() == (9,)
