"""Rows, their order, and what survives new ones."""

from dataclasses import dataclass, replace

import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from cpdesk.ui.widgets.cells_model import ROW_ROLE
from cpdesk.ui.widgets.columns import Align, Column
from cpdesk.ui.widgets.rows_model import RowsModel


@dataclass(frozen=True)
class Town:
    id: int
    name: str
    people: int | None


TOWNS = (Town(1, "Zürich", 443), Town(2, "adatum", None), Town(3, "Århus", 290), Town(4, "Bonn", 330))
COLUMNS = (
    Column[Town]("name", lambda: "Town", lambda row: row.name),
    Column[Town](
        "people",
        "People",
        lambda row: row.people,
        text=lambda row: f"{row.people} thousand" if row.people else "",
        align=Align.END,
    ),
)


@pytest.fixture
def model(qtbot: QtBot) -> RowsModel[Town]:  # noqa: ARG001 - a model needs an application
    made = RowsModel(COLUMNS, key=lambda row: row.id)
    QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal, made)
    made.set_rows(TOWNS)
    return made


def names(model: RowsModel[Town]) -> list[str]:
    return [model.row(place).name for place in range(model.rowCount())]


def test_cells_show_texts_and_give_the_row(model: RowsModel[Town]) -> None:
    cell = model.index(0, 1)
    assert cell.data() == "443 thousand"
    assert cell.data(ROW_ROLE) == TOWNS[0]
    assert Qt.AlignmentFlag(cell.data(Qt.ItemDataRole.TextAlignmentRole)) & Qt.AlignmentFlag.AlignRight
    assert model.headerData(0, Qt.Orientation.Horizontal) == "Town"
    assert model.index(1, 1).data() == ""


def test_letters_sort_without_case_and_accents_beside_their_letter(model: RowsModel[Town]) -> None:
    model.sort(0)
    assert names(model) == ["adatum", "Århus", "Bonn", "Zürich"]
    model.sort(0, Qt.SortOrder.DescendingOrder)
    assert names(model) == ["Zürich", "Bonn", "Århus", "adatum"]


def test_nothing_sorts_after_everything(model: RowsModel[Town]) -> None:
    model.sort(1)
    assert names(model) == ["Århus", "Bonn", "Zürich", "adatum"]


def test_without_a_column_rows_stand_as_they_came(model: RowsModel[Town]) -> None:
    model.sort(0)
    model.sort(-1)
    assert names(model) == [town.name for town in TOWNS]


def test_search_takes_all_words_whatever_their_case(model: RowsModel[Town]) -> None:
    model.set_filter("THOUSAND zür")
    assert names(model) == ["Zürich"]
    model.set_filter("nowhere")
    assert model.rowCount() == 0
    assert model.total == len(TOWNS)
    model.set_filter("")
    assert model.rowCount() == len(TOWNS)


def test_a_predicate_narrows_beside_the_search(model: RowsModel[Town]) -> None:
    model.set_predicate(lambda row: row.people is not None and row.people > 300)
    model.set_filter("o")
    assert names(model) == ["Zürich", "Bonn"]


def test_marked_rows_are_followed_through_changes(model: RowsModel[Town]) -> None:
    model.sort(0)
    bonn = QPersistentModelIndex(model.index(model.find(4), 0))
    new = (Town(9, "Cork", 210), replace(TOWNS[3], name="Zwolle"), TOWNS[0], TOWNS[1])
    model.set_rows(new)
    assert bonn.isValid()
    assert model.row(bonn.row()).id == 4
    assert names(model) == ["adatum", "Cork", "Zürich", "Zwolle"]


def test_a_row_that_left_is_no_longer_marked(model: RowsModel[Town]) -> None:
    mark = QPersistentModelIndex(model.index(0, 0))
    model.set_rows(TOWNS[1:])
    assert not mark.isValid()


def test_very_many_new_rows_come_at_once(model: RowsModel[Town], qtbot: QtBot) -> None:
    with qtbot.waitSignal(model.modelReset):
        model.set_rows([Town(number, f"Town {number}", number) for number in range(2000)])
    assert model.rowCount() == 2000


def test_the_same_rows_again_move_nothing(model: RowsModel[Town], qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(model.layoutChanged), qtbot.assertNotEmitted(model.rowsInserted):
        model.set_rows(TOWNS)
