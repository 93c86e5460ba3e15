"""A model that holds only what was needed lately."""

from dataclasses import dataclass, replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from cpdesk.ui.widgets.cells_model import ROW_ROLE
from cpdesk.ui.widgets.columns import Column
from cpdesk.ui.widgets.paged_model import PagedModel


@dataclass(frozen=True)
class Town:
    id: int
    name: str


TOWNS = {number: Town(number, f"Town {number}") for number in range(1, 101)}
COLUMNS = (
    Column[Town]("name", lambda: "Town", lambda row: row.name),
    Column[Town]("number", lambda: "Number", lambda row: row.id),
)


@pytest.fixture
def model(qtbot: QtBot) -> PagedModel[Town]:  # noqa: ARG001 - a model needs an application
    made = PagedModel(COLUMNS, lambda row: row.id, kept=10)
    QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal, made)
    made.set_ids(tuple(TOWNS))
    return made


def test_all_rows_are_counted_and_none_is_held_at_first(model: PagedModel[Town]) -> None:
    assert model.rowCount() == model.total == 100
    assert model.row_at(0) is None
    assert model.index(0, 0).data() is None
    assert model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "Loading"


def test_rows_are_shown_once_they_are_there(model: PagedModel[Town], qtbot: QtBot) -> None:
    with qtbot.waitSignal(model.dataChanged):
        model.put([TOWNS[2], TOWNS[3]])
    assert model.index(1, 0).data() == "Town 2"
    assert model.index(1, 0).data(ROW_ROLE) == TOWNS[2]
    assert model.missing(0, 3) == (1, 4)


def test_what_was_not_needed_for_longest_is_let_go(model: PagedModel[Town]) -> None:
    model.put(TOWNS[number] for number in range(1, 11))
    model.missing(0, 0)
    model.put([TOWNS[50]])
    assert model.row_at(0) == TOWNS[1]
    assert model.row_at(1) is None
    assert model.row_at(49) == TOWNS[50]


def test_rows_are_asked_for_anew_and_shown_as_they_were_until_then(model: PagedModel[Town]) -> None:
    model.put([TOWNS[1]])
    assert not model.set_ids(tuple(TOWNS))
    assert model.row_at(0) == TOWNS[1]
    assert model.missing(0, 0) == (1,)
    model.put([replace(TOWNS[1], name="Renamed")])
    assert model.index(0, 0).data() == "Renamed"
    assert model.missing(0, 0) == ()


def test_other_ids_start_over(model: PagedModel[Town], qtbot: QtBot) -> None:
    with qtbot.waitSignal(model.modelReset):
        assert model.set_ids((7, 5))
    assert model.rowCount() == 2
    assert model.find(5) == 1
    assert model.find(1) == model.find("5") == -1


def test_sorting_is_left_to_others(model: PagedModel[Town], qtbot: QtBot) -> None:
    with qtbot.waitSignal(model.order_asked) as asked:
        model.sort(1, Qt.SortOrder.DescendingOrder)
    assert asked.args == [1, Qt.SortOrder.DescendingOrder]
    assert model.ids == tuple(TOWNS)
