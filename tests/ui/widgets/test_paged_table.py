"""A list of which only those rows are asked for that are seen."""

from collections.abc import Callable, Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cpdesk.jobs import InlineJobs
from cpdesk.ui.context import MemorySettings
from cpdesk.ui.theme import Theme
from cpdesk.ui.widgets.columns import Column
from cpdesk.ui.widgets.paged_table import PagedTable
from tests.ui.widgets.test_paged_model import TOWNS, Town

COLUMNS = (
    Column[Town]("name", lambda: "Town", lambda row: row.name, copy=lambda row: f"{row.name}, {row.id}"),
    Column[Town]("number", lambda: "Number", lambda row: row.id),
    Column[Town]("plain", lambda: "Plain", lambda row: row.name[0]),
)
THOUSANDS = tuple(range(1, 50_001))


class Towns:
    """Gives rows and remembers which were asked for."""

    def __init__(self) -> None:
        self.asked: list[tuple[int, ...]] = []
        self.unknown: set[int] = set()

    def __call__(self, ids: Sequence[int]) -> list[Town]:
        self.asked.append(tuple(ids))
        return [Town(number, f"Town {number}") for number in ids if number not in self.unknown]


Make = Callable[..., PagedTable[Town]]


@pytest.fixture
def towns() -> Towns:
    return Towns()


@pytest.fixture
def make(qtbot: QtBot, theme: Theme) -> Make:  # noqa: ARG001 - tables are painted in the theme
    def made(**options: object) -> PagedTable[Town]:
        sortable = ("name", "number")
        jobs = InlineJobs()
        table = PagedTable(COLUMNS, lambda row: row.id, jobs, sortable=sortable, **options)  # type: ignore[arg-type]
        jobs.setParent(table)
        table.setAccessibleName("Towns")
        qtbot.addWidget(table)
        table.resize(600, 400)
        table.show()
        return table

    return made


def test_only_what_is_seen_is_asked_for(make: Make, towns: Towns) -> None:
    table = make()
    table.show_ids(THOUSANDS, towns)
    assert table.rows.row_at(0) == Town(1, "Town 1")
    assert sum(map(len, towns.asked)) < 200


def test_rows_at_hand_are_not_asked_for(make: Make, towns: Towns) -> None:
    table = make()
    table.show_ids(tuple(TOWNS), towns, TOWNS.values())
    assert towns.asked == []
    assert table.rows.row_at(99) == TOWNS[100]


def test_the_end_comes_when_it_is_scrolled_to(make: Make, towns: Towns, qtbot: QtBot) -> None:
    table = make()
    table.show_ids(THOUSANDS, towns)
    table.scrollToBottom()
    qtbot.waitUntil(lambda: table.rows.row_at(49_999) is not None)
    assert sum(map(len, towns.asked)) < 400


def test_what_nobody_gives_is_asked_for_once(make: Make, towns: Towns) -> None:
    towns.unknown = {3}
    table = make()
    table.show_ids(tuple(TOWNS), towns)
    assert sum(3 in asked for asked in towns.asked) == 1
    assert table.rows.row_at(2) is None
    table.show_ids(tuple(TOWNS), towns)
    assert sum(3 in asked for asked in towns.asked) == 2


def test_trouble_is_told_and_rows_are_asked_for_with_the_next_ids(make: Make, towns: Towns, qtbot: QtBot) -> None:
    def fails(_ids: Sequence[int]) -> list[Town]:
        raise LookupError

    table = make()
    with qtbot.waitSignal(table.failed) as failed:
        table.show_ids(tuple(TOWNS), fails)
    assert isinstance(failed.args[0], LookupError)
    table.show_ids(tuple(TOWNS), towns)
    assert table.rows.row_at(0) == TOWNS[1]


def test_all_of_fifty_thousand_are_selected_without_their_rows(make: Make, towns: Towns) -> None:
    table = make()
    table.show_ids(THOUSANDS, towns)
    QTest.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert table.selected_count() == 50_000
    assert table.selected_ids() == THOUSANDS
    assert sum(map(len, towns.asked)) < 400


def test_selection_and_cursor_are_kept_by_id(make: Make, towns: Towns) -> None:
    table = make()
    table.show_ids((1, 2, 3, 4, 5), towns)
    table.select(4)
    table.select_all_of((2, 4, 5))
    table.show_ids((9, 5, 4, 3), towns)
    assert table.selected_ids() == (5, 4)
    current = table.current_row()
    assert current is not None
    assert current.id == 4


def test_all_stay_selected_in_another_order(make: Make, towns: Towns) -> None:
    table = make()
    table.show_ids(THOUSANDS, towns)
    table.selectAll()
    table.show_ids(THOUSANDS[::-1], towns)
    assert table.selected_count() == 50_000


def test_thousands_scattered_over_the_list_are_not_kept(make: Make, towns: Towns) -> None:
    table = make()
    table.show_ids(THOUSANDS, towns)
    table.select_all_of(THOUSANDS[:4000:2])
    assert table.selected_count() == 0


def test_a_click_on_a_header_asks_for_another_order(make: Make, towns: Towns, qtbot: QtBot) -> None:
    table = make()
    table.show_ids(tuple(TOWNS), towns)
    assert table.order == ("name", False)
    with qtbot.waitSignal(table.order_changed):
        table.sort_by("number", descending=True)
    assert table.order == ("number", True)
    assert table.rows.ids == tuple(TOWNS)


def test_a_column_that_nobody_can_sort_by_leaves_the_order(make: Make, towns: Towns, qtbot: QtBot) -> None:
    table = make()
    table.show_ids(tuple(TOWNS), towns)
    with qtbot.assertNotEmitted(table.order_changed):
        table.sort_by("plain")
    assert table.order == ("name", False)
    assert table.horizontalHeader().sortIndicatorSection() == 0


def test_the_order_is_remembered(make: Make) -> None:
    settings = MemorySettings()
    make(name="towns", settings=settings).sort_by("number", descending=True)
    again = make(name="towns", settings=settings)
    assert again.order == ("number", True)
    assert again.horizontalHeader().sortIndicatorSection() == 1


def test_rows_that_were_not_seen_are_copied_too(make: Make, towns: Towns) -> None:
    table = make()
    table.show_ids(THOUSANDS, towns)
    table.selectAll()
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert len(lines) == 50_000
    assert lines[-1] == "Town 50000, 50000\t50000\tT"


def test_a_row_that_is_not_there_yet_is_not_opened(make: Make, towns: Towns, qtbot: QtBot) -> None:
    towns.unknown = {1}
    table = make()
    table.show_ids((1, 2), towns)
    table.setCurrentIndex(table.rows.index(0, 0))
    with qtbot.assertNotEmitted(table.row_activated):
        QTest.keyClick(table, Qt.Key.Key_Return)
    table.setCurrentIndex(table.rows.index(1, 0))
    with qtbot.waitSignal(table.row_activated) as opened:
        QTest.keyClick(table, Qt.Key.Key_Return)
    assert opened.args == [Town(2, "Town 2")]


def test_an_empty_list_says_so(make: Make, towns: Towns, assert_accessible: Callable[[QWidget], None]) -> None:
    table = make()
    table.show_ids((), towns)
    assert table.empty.isVisible()
    assert_accessible(table)


def test_all_rows_are_read_for_an_export_seen_or_not(make: Make) -> None:
    table = make()
    towns = Towns()
    table.show_ids(THOUSANDS[:500], towns)
    read = table.reading()
    table.show_ids((1, 2), towns)
    assert [town.id for town in read()] == list(THOUSANDS[:500])
