"""The one list of the program."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cpdesk.domain.modes import Mode
from cpdesk.ui.context import MemorySettings
from cpdesk.ui.gallery.scenes_widgets import COLUMNS, CUSTOMERS, Customer
from cpdesk.ui.theme import Theme
from cpdesk.ui.widgets.list_card import ListCard
from cpdesk.ui.widgets.table import DataTable

Make = Callable[..., DataTable[Customer]]


@pytest.fixture
def make(qtbot: QtBot, theme: Theme) -> Make:  # noqa: ARG001 - tables are painted in the theme
    def made(**options: object) -> DataTable[Customer]:
        table = DataTable(COLUMNS, key=lambda row: row.name, **options)  # type: ignore[arg-type]
        table.setAccessibleName("Customers")
        qtbot.addWidget(table)
        table.resize(900, 400)
        table.show()
        return table

    return made


def test_selected_rows_are_copied_as_they_stand(make: Make) -> None:
    table = make()
    table.set_rows(CUSTOMERS)
    table.sort_by("seats", descending=True)
    table.horizontalHeader().moveSection(0, 1)
    table.selectRow(0)
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    expected = "woodgrove.example\tWoodgrove Bank\tUsage Mode\t\t1,204\t1,391"
    assert QGuiApplication.clipboard().text() == expected


def test_several_rows_are_copied_as_lines(make: Make) -> None:
    table = make()
    table.set_rows(CUSTOMERS)
    table.selectAll()
    assert len(table.selection_as_tsv().splitlines()) == len(CUSTOMERS)
    assert "December 1, 2026" in table.selection_as_tsv()


def test_enter_and_double_click_activate_a_row(make: Make, qtbot: QtBot) -> None:
    table = make()
    table.set_rows(CUSTOMERS)
    table.select("Proseware") or table.select("Tailspin Toys")
    with qtbot.waitSignal(table.row_activated) as by_key:
        QTest.keyClick(table, Qt.Key.Key_Return)
    assert by_key.args == [CUSTOMERS[6]]
    middle = table.visualRect(table.rows.index(1, 0)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    with qtbot.waitSignal(table.row_activated) as by_mouse:
        QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert by_mouse.args == [CUSTOMERS[1]]


def test_enter_opens_the_row_that_a_screen_reader_has_selected(make: Make, qtbot: QtBot) -> None:
    table = make()
    table.set_rows(CUSTOMERS)
    table.setCurrentIndex(table.rows.index(0, 0))
    flags = QItemSelectionModel.SelectionFlag
    table.selectionModel().select(table.rows.index(2, 0), flags.ClearAndSelect | flags.Rows)
    with qtbot.waitSignal(table.row_activated) as activated:
        QTest.keyClick(table, Qt.Key.Key_Return)
    assert activated.args == [table.rows.row(2)]


def test_a_row_is_selected_alone_whatever_keys_are_held(make: Make) -> None:
    table = make()
    table.set_rows(CUSTOMERS)
    table.select("Lamna Healthcare")
    for key, held in ((Qt.Key.Key_Control, "ControlModifier"), (Qt.Key.Key_Shift, "ShiftModifier")):
        QTest.keyPress(table, key, Qt.KeyboardModifier[held])
        table.select("Tailspin Toys")
        assert [row.name for row in table.selected_rows()] == ["Tailspin Toys"]
        table.select("Lamna Healthcare")
        assert [row.name for row in table.selected_rows()] == ["Lamna Healthcare"]
        QTest.keyRelease(table, key)


def test_selection_and_cursor_survive_new_rows_and_sorting(make: Make) -> None:
    table = make()
    table.set_rows(CUSTOMERS)
    assert table.select("Lamna Healthcare")
    table.set_rows((Customer("AAA", "aaa.example", Mode.USAGE, None, 1, 1), *CUSTOMERS))
    table.sort_by("users", descending=True)
    assert [row.name for row in table.selected_rows()] == ["Lamna Healthcare"]
    current = table.current_row()
    assert current is not None
    assert current.name == "Lamna Healthcare"
    assert not table.select("nobody")


def test_an_empty_list_says_what_it_is_for_and_a_search_without_result_what_was_sought(make: Make) -> None:
    table = make()
    table.set_rows(())
    assert table.empty.isVisible()
    table.set_rows(CUSTOMERS)
    assert not table.empty.isVisible()
    table.set_filter("nowhere")
    texts = [label.text() for label in table.findChildren(type(table.empty._title)) if label.isVisible()]
    assert any("nowhere" in text for text in texts)
    assert not table.empty.isVisible()


def test_columns_are_remembered(make: Make) -> None:
    settings = MemorySettings()
    table = make(name="customers", settings=settings)
    table.set_rows(CUSTOMERS)
    table.sort_by("seats", descending=True)
    table.horizontalHeader().moveSection(0, 2)
    again = make(name="customers", settings=settings)
    again.set_rows(CUSTOMERS)
    assert again.horizontalHeader().visualIndex(0) == 2
    assert again.rows.row(0).name == "Woodgrove Bank"


def test_dragged_widths_stay_when_the_window_changes(make: Make) -> None:
    settings = MemorySettings()
    table = make(name="customers", settings=settings)
    table.set_rows(CUSTOMERS)
    header = table.horizontalHeader()
    edge = header.sectionViewportPosition(1) - 1
    viewport = header.viewport()
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=QPoint(edge, 10))
    QTest.mouseMove(viewport, QPoint(edge + 60, 10))
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=QPoint(edge + 60, 10))
    width = header.sectionSize(0)
    table.resize(1100, 400)
    assert header.sectionSize(0) == width
    again = make(name="customers", settings=settings)
    again.set_rows(CUSTOMERS)
    assert again.horizontalHeader().sectionSize(0) == width


def test_columns_of_another_version_are_not_taken_over(make: Make) -> None:
    settings = MemorySettings()
    settings.setValue("columns/customers", "other,columns:0AAAA")
    table = make(name="customers", settings=settings)
    table.set_rows(CUSTOMERS)
    assert table.horizontalHeader().visualIndex(0) == 0


@pytest.mark.parametrize(
    "harm",
    [
        lambda _kept, count: " ".join(f"{place}-0" for place in range(count)) + ";0a",
        lambda kept, _count: "/////w==" + kept,
        lambda kept, _count: kept.replace("0=", "7777777=", 1),
        lambda kept, _count: kept.replace("0=", "1=", 1),
        lambda kept, _count: kept[:-3].replace("=", "=99999"),
        lambda _kept, _count: "",
    ],
)
def test_columns_that_were_damaged_are_as_they_came(make: Make, harm: Callable[[str, int], str]) -> None:
    settings = MemorySettings()
    table = make(name="customers", settings=settings)
    table.set_rows(CUSTOMERS)
    header = table.horizontalHeader()
    usual = [header.sectionSize(place) for place in range(header.count())]
    header.moveSection(0, 2)
    head, _colon, state = str(settings.value("columns/customers")).rpartition(":")
    settings.setValue("columns/customers", f"{head}:{state[:1]}{harm(state[1:], header.count())}")
    again = make(name="customers", settings=settings)
    again.set_rows(CUSTOMERS)
    header = again.horizontalHeader()
    assert [header.sectionSize(place) for place in range(header.count())] == usual
    assert header.visualIndex(0) == 0


def test_widths_fill_the_list_exactly(make: Make) -> None:
    table = make()
    table.set_rows(CUSTOMERS)
    for width in (900, 1300):
        table.resize(width, 400)
        assert table.horizontalHeader().length() == table.viewport().width()


def test_rows_that_come_up_later_get_the_room_they_need(make: Make) -> None:
    long = replace(CUSTOMERS[0], name="The Honourable Company of Clockmakers")
    table = make()
    table.set_predicate(lambda row: row != long)
    table.set_rows((*CUSTOMERS, long))
    narrow = table.columnWidth(0)
    table.set_predicate(None)
    assert table.columnWidth(0) > narrow
    wide = table.columnWidth(0)
    table.set_predicate(lambda row: row != long)
    assert table.columnWidth(0) == wide


def test_an_inline_list_shows_all_its_rows(make: Make) -> None:
    table = make(inline=True)
    table.set_rows(CUSTOMERS[:3])
    assert table.sizeHint().height() == 4 * 40
    table.set_rows(CUSTOMERS)
    assert table.sizeHint().height() == (1 + len(CUSTOMERS)) * 40


def test_tab_leaves_the_list(make: Make, qtbot: QtBot) -> None:
    table = make()
    table.set_rows(CUSTOMERS)
    assert not table.tabKeyNavigation()
    assert table.focusPolicy() & Qt.FocusPolicy.TabFocus
    qtbot.addWidget(table)


def test_a_card_around_a_list_ends_with_its_last_row(qtbot: QtBot, theme: Theme) -> None:  # noqa: ARG001
    table = DataTable(COLUMNS, key=lambda row: row.name)
    card = ListCard(table)
    qtbot.addWidget(card)
    table.set_rows(CUSTOMERS[:2])
    card.resize(900, 600)
    card.show()
    small = table.height()
    table.set_rows(CUSTOMERS)
    qtbot.waitUntil(lambda: table.height() > small)
    assert table.height() == table.content_height()
    card.resize(900, 250)
    qtbot.waitUntil(lambda: table.height() < table.content_height())


def test_lists_are_accessible(make: Make, assert_accessible: Callable[[QWidget], None]) -> None:
    table = make()
    table.set_rows(CUSTOMERS)
    assert_accessible(table)
