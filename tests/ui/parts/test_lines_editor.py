"""Rows of the same few fields."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QToolButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from cpdesk.ui.parts.lines_editor import LinesEditor
from cpdesk.ui.widgets.fields import Field, FieldKind
from cpdesk.ui.widgets.layout import first_field

pytestmark = pytest.mark.usefixtures("theme")


@pytest.fixture
def editor(qtbot: QtBot) -> LinesEditor:
    fields = (
        Field("name", "Name", required=True),
        Field("email", "Email", validate=lambda text: None if "@" in text else "No address."),
        Field("seats", "Seats", FieldKind.NUMBER),
    )
    made = LinesEditor(fields, "Add a contact", lambda place: f"Remove contact {place}")
    qtbot.addWidget(made)
    made.resize(900, 400)
    made.show()
    return made


def removers(editor: LinesEditor) -> list[QToolButton]:
    return [one for one in editor.findChildren(QToolButton) if one.isVisible()]


def test_it_starts_with_an_empty_row_that_does_not_count(editor: LinesEditor) -> None:
    assert len(removers(editor)) == 1
    assert editor.values() == []
    assert editor.validate()


def test_filled_rows_count_in_their_order(editor: LinesEditor) -> None:
    editor.set_values([{"name": "A"}, {"name": "B", "email": "b@b.example", "seats": 3}])
    assert editor.values() == [
        {"name": "A", "email": "", "seats": None},
        {"name": "B", "email": "b@b.example", "seats": 3},
    ]


def test_a_row_with_anything_in_it_has_to_be_whole(editor: LinesEditor) -> None:
    editor.set_values([{"email": "b@b.example"}])
    assert not editor.validate()
    editor.set_values([{"name": "B", "email": "nowhere"}])
    assert not editor.validate()


def test_a_row_can_be_added_and_taken_away(editor: LinesEditor, assert_accessible: Callable[[QWidget], None]) -> None:
    editor.set_values([{"name": "A"}, {"name": "B"}, {"name": "C"}])
    editor.add_button.click()
    assert_accessible(editor)
    assert [one.accessibleName() for one in removers(editor)] == [f"Remove contact {n}" for n in (1, 2, 3, 4)]
    removers(editor)[1].click()
    assert [row["name"] for row in editor.values()] == ["A", "C"]
    assert removers(editor)[1].accessibleName() == "Remove contact 2"


def test_the_last_row_taken_away_leaves_an_empty_one(editor: LinesEditor) -> None:
    editor.set_values([{"name": "A"}])
    removers(editor)[0].click()
    assert editor.values() == []
    assert len(removers(editor)) == 1


def test_tab_goes_row_by_row_and_then_to_the_button(editor: LinesEditor) -> None:
    editor.set_values([{"name": "A"}, {"name": "B"}])
    stops = [stop for line in editor._lines for stop in line.stops]
    reached = [stops[0]]
    stops[0].setFocus()
    for _stop in stops:
        QTest.keyClick(reached[-1], Qt.Key.Key_Tab)
        reached.append(_with_focus(editor))
    assert reached == [*stops, editor.add_button]


def test_among_other_fields_the_first_row_comes_before_the_button(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    editor = LinesEditor((Field("name", "Name"),), "Add a contact", lambda place: f"Remove contact {place}")
    column = QVBoxLayout(page)
    column.addWidget(editor)
    column.addWidget(QPushButton("Next"))
    page.show()
    assert first_field(page) is editor._lines[0].stops[0]


def _with_focus(editor: LinesEditor) -> QWidget:
    found = editor.focusWidget()
    assert found is not None
    return found


def test_changes_are_told(editor: LinesEditor, qtbot: QtBot) -> None:
    with qtbot.waitSignal(editor.changed):
        editor.set_values([{"name": "A"}])
    with qtbot.waitSignal(editor.changed):
        editor.add_button.click()


def test_a_refusal_is_said_in_the_row_it_is_about(editor: LinesEditor) -> None:
    editor.set_values([{"name": "A"}, {}, {"name": "C"}])
    editor.set_error(1, "email", "Nobody is there.")
    assert [line.fields["email"].error for line in editor._lines] == ["", "", "Nobody is there."]


@pytest.mark.parametrize(("width", "lines"), [(900, 1), (450, 2), (200, 3)])
def test_fields_go_to_the_next_line_where_there_is_no_room(editor: LinesEditor, width: int, lines: int) -> None:
    editor.resize(width, 600)
    cells = [row.editor.widget.parentWidget() for row in editor._lines[0].fields.values()]
    assert len({cell.y() for cell in cells if cell is not None}) == lines
