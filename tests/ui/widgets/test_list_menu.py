"""What every list offers: copy, export, choose columns; and where that stands."""

from collections.abc import Callable
from datetime import date
from operator import attrgetter
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QAction, QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow, QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from cpdesk.ui.context import Action, MemorySettings
from cpdesk.ui.gallery.scenes_widgets import COLUMNS, CUSTOMERS, Customer
from cpdesk.ui.widgets.columns import Align, Column
from cpdesk.ui.widgets.dialog import ModalDialog
from cpdesk.ui.widgets.empty import EmptyState
from cpdesk.ui.widgets.list_card import ListCard
from cpdesk.ui.widgets.list_menu import ListExport, add_list_actions
from cpdesk.ui.widgets.list_view import ListView
from cpdesk.ui.widgets.table import DataTable

pytestmark = pytest.mark.usefixtures("theme")


class ExportingWindow(QMainWindow):
    def __init__(self) -> None:
        super().__init__()
        self.wanted: list[ListExport] = []

    def export_list(self, wanted: ListExport) -> None:
        self.wanted.append(wanted)


def a_table(settings: MemorySettings | None = None) -> DataTable[Customer]:
    empty = EmptyState("No customers yet", "What they are.", Action("Create New Account", list))
    table = DataTable(COLUMNS, key=lambda row: row.name, name="customers", settings=settings, empty=empty)
    table.setAccessibleName("Customer List")
    table.set_rows(CUSTOMERS)
    return table


@pytest.fixture
def window(qtbot: QtBot) -> ExportingWindow:
    window = ExportingWindow()
    qtbot.addWidget(window)
    window.resize(1000, 500)
    return window


@pytest.fixture
def card(window: ExportingWindow, settings: MemorySettings) -> ListCard:
    ground = QWidget()
    column = QVBoxLayout(ground)
    card = ListCard(a_table(settings))
    column.addWidget(card, 1)
    window.setCentralWidget(ground)
    window.show()
    return card


def rows_of(card: ListCard) -> DataTable[Customer]:
    assert isinstance(card.table, DataTable)
    return card.table


def entries(table: ListView[Any]) -> dict[str, QAction]:
    menu = QMenu(table)
    add_list_actions(menu, table)
    return {action.text(): action for action in menu.actions() if not action.isSeparator()}


def ticks(table: ListView[Any]) -> dict[str, QAction]:
    menu = entries(table)["Choose columns"].menu()
    assert isinstance(menu, QMenu)
    return {action.text(): action for action in menu.actions()}


def columns_of(table: ListView[Any]) -> list[str]:
    return [column.key for column in table.shown_columns()]


def test_it_offers_to_copy_what_is_selected(card: ListCard) -> None:
    assert not entries(card.table)["Copy the selected rows"].isEnabled()
    card.table.selectRow(0)
    entries(card.table)["Copy the selected rows"].trigger()
    assert QGuiApplication.clipboard().text().startswith("Adatum Insurance\tadatum.example")


def test_what_is_shown_is_exported_in_its_order(card: ListCard, window: ExportingWindow) -> None:
    rows_of(card).set_filter("purchase")
    card.table.sort_by("seats", descending=True)
    card.table.horizontalHeader().moveSection(1, 0)
    ticks(card.table)["Users"].trigger()
    entries(card.table)["Export as CSV"].trigger()
    entries(card.table)["Export as Excel workbook"].trigger()
    csv, xlsx = window.wanted
    assert (csv.title, csv.ending, xlsx.ending) == ("Customer List", "csv", "xlsx")
    assert [column.key for column in csv.columns] == ["domain", "name", "mode", "pending", "seats"]
    assert [row.seats for row in csv.reading()] == [655, 240, 82, 60]


def test_what_is_exported_is_what_was_shown_when_it_was_asked_for(card: ListCard, window: ExportingWindow) -> None:
    entries(card.table)["Export as CSV"].trigger()
    rows_of(card).set_rows(())
    assert len(window.wanted[0].reading()) == len(CUSTOMERS)
    assert not entries(card.table)["Export as CSV"].isEnabled()


def test_a_list_in_a_dialog_is_exported_by_the_window_under_it(window: ExportingWindow) -> None:
    window.show()
    dialog = ModalDialog(ModalDialog(window, "First"), "Second")
    table = a_table()
    dialog.content.addWidget(table)
    entries(table)["Export as CSV"].trigger()
    assert len(window.wanted) == 1


def test_outside_of_a_window_there_is_no_export(qtbot: QtBot) -> None:
    table = a_table()
    qtbot.addWidget(table)
    assert "Export as CSV" not in entries(table)


def test_columns_are_hidden_shown_and_remembered(card: ListCard, settings: MemorySettings, qtbot: QtBot) -> None:
    ticks(card.table)["Domain"].trigger()
    ticks(card.table)["Users"].trigger()
    assert columns_of(card.table) == ["name", "mode", "pending", "seats"]
    again = a_table(settings)
    qtbot.addWidget(again)
    assert columns_of(again) == ["name", "mode", "pending", "seats"]
    assert not ticks(again)["Domain"].isChecked()
    ticks(again)["Domain"].trigger()
    assert columns_of(again) == ["name", "domain", "mode", "pending", "seats"]


def test_columns_fill_the_list_whichever_are_shown(card: ListCard, qtbot: QtBot) -> None:
    table = card.table
    for caption in ("Account", "Domain", "Seats"):
        ticks(table)[caption].trigger()
        qtbot.waitUntil(lambda: table.horizontalHeader().length() == table.viewport().width())


def test_at_least_one_column_stays(card: ListCard) -> None:
    offered = ticks(card.table)
    for caption in ("Account", "Domain", "Billing mode", "Pending", "Users"):
        assert offered[caption].isEnabled()
        offered[caption].trigger()
    assert not offered["Seats"].isEnabled()
    card.table.widths.show_column("seats", shown=False)
    assert columns_of(card.table) == ["seats"]
    offered["Users"].trigger()
    assert offered["Seats"].isEnabled()


def test_columns_are_reset(card: ListCard) -> None:
    assert not entries(card.table)["Reset columns"].isEnabled()
    ticks(card.table)["Domain"].trigger()
    card.table.horizontalHeader().moveSection(3, 0)
    entries(card.table)["Reset columns"].trigger()
    assert columns_of(card.table) == [column.key for column in COLUMNS]
    assert not card.table.widths.changed


def test_the_choice_of_columns_stays_open_while_one_ticks(card: ListCard) -> None:
    menu = entries(card.table)["Choose columns"].menu()
    assert isinstance(menu, QMenu)
    menu.popup(QPoint(0, 0))
    menu.setActiveAction(menu.actions()[1])
    QTest.keyClick(menu, Qt.Key.Key_Space)
    assert menu.isVisible()
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(menu.actions()[2]).center())
    assert menu.isVisible()
    assert columns_of(card.table) == ["name", "pending", "users", "seats"]
    QTest.keyClick(menu, Qt.Key.Key_Escape)
    assert not menu.isVisible()


def test_the_button_stands_at_the_end_of_the_header_and_covers_no_caption(card: ListCard, qtbot: QtBot) -> None:
    table, button = card.table, card.menu

    def right_of(widget: QWidget) -> int:
        return widget.mapToGlobal(QPoint(widget.width(), 0)).x()

    qtbot.waitUntil(lambda: right_of(button) == right_of(table))
    assert button.isVisible()
    header = table.horizontalHeader()
    assert header.end_room_of(5) >= button.width() - 4  # type: ignore[attr-defined]
    assert header.end_room_of(4) == 0  # type: ignore[attr-defined]
    ticks(table)["Seats"].trigger()
    assert header.end_room_of(4) >= button.width() - 4  # type: ignore[attr-defined]
    table.hide()
    assert not button.isVisible()


def test_tab_goes_from_the_list_to_its_button(card: ListCard, window: ExportingWindow) -> None:
    window.activateWindow()
    card.table.setFocus()
    QTest.keyClick(card.table, Qt.Key.Key_Tab)
    assert window.focusWidget() is card.menu


def test_the_button_and_the_context_menu_offer_the_same(card: ListCard) -> None:
    card.menu.pop_up.aboutToShow.emit()
    offered = [action.text() for action in card.menu.pop_up.actions() if not action.isSeparator()]
    middle = card.table.viewport().rect().center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, middle, card.table.viewport().mapToGlobal(middle))
    card.table.contextMenuEvent(event)
    [menu] = [menu for menu in card.table.findChildren(QMenu) if menu.isVisible()]
    assert (
        [action.text() for action in menu.actions() if not action.isSeparator()] == offered == list(entries(card.table))
    )
    menu.close()


def test_a_screen_reader_finds_what_stands_for_the_missing_rows(card: ListCard) -> None:
    rows_of(card).set_rows(())
    empty = card.table.empty
    assert empty.isVisible()
    assert empty.parentWidget() is card.table.parentWidget()
    around = card.table.parentWidget()
    assert around is not None
    ground = QAccessible.queryAccessibleInterface(around)
    children = [ground.child(place).object() for place in range(ground.childCount())]
    assert empty in children
    card.table.hide()
    assert not empty.isVisible()
    card.table.show()
    assert empty.isVisible()
    rows_of(card).set_rows(CUSTOMERS)
    assert not empty.isVisible()


def test_what_stands_for_the_rows_goes_with_its_list(card: ListCard, qtbot: QtBot) -> None:
    empty = card.table.empty
    rows_of(card).set_rows(())
    gone: list[bool] = []
    empty.destroyed.connect(lambda: gone.append(True))
    card.table.deleteLater()
    qtbot.waitUntil(lambda: bool(gone))


def test_numbers_and_dates_are_exported_as_such() -> None:
    row = CUSTOMERS[1]
    assert [column.exported(row) for column in COLUMNS] == [
        "Contoso Freight",
        "contoso-freight.example",
        "Purchase Mode",
        date(2026, 12, 1),
        74,
        82,
    ]
    rank = Column[Customer]("rank", "Rank", attrgetter("seats"), text=attrgetter("name"))
    assert rank.exported(row) == "Contoso Freight"
    count = attrgetter("seats")
    share = Column[Customer]("share", "Share", count, align=Align.END, export=attrgetter("domain"))
    assert share.exported(row) == "contoso-freight.example"


def test_it_is_accessible(card: ListCard, assert_accessible: Callable[[QWidget], None]) -> None:
    assert_accessible(card)
    rows_of(card).set_rows(())
    assert_accessible(card)
