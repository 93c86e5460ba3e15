"""A place to drop a file."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from cpdesk.ui.widgets.file_drop import FileDrop

pytestmark = pytest.mark.usefixtures("theme")

BUTTON = Qt.MouseButton.LeftButton
NO_KEY = Qt.KeyboardModifier.NoModifier
COPY = Qt.DropAction.CopyAction


@pytest.fixture
def drop(qtbot: QtBot) -> FileDrop:
    drop = FileDrop("Drop the file with the users here", "CSV files (*.csv *.txt)")
    qtbot.addWidget(drop)
    drop.show()
    return drop


@pytest.fixture
def users(tmp_path: Path) -> Path:
    path = tmp_path / "users.CSV"
    path.write_bytes(b"x" * 2_600)
    return path


def data_of(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def let_fall(drop: FileDrop, *paths: Path) -> None:
    data = data_of(*paths)
    drop.dropEvent(QDropEvent(QPointF(5, 5), COPY, data, BUTTON, NO_KEY))


def test_a_dropped_file_is_taken_and_shown_with_its_size(drop: FileDrop, users: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(drop.chosen) as chosen:
        let_fall(drop, users)
    assert chosen.args == [users]
    assert drop.path == users
    assert (drop._text.text(), drop._note.text()) == ("users.CSV", "3 kB")
    assert "users.CSV is chosen" in drop.button.accessibleName()


def test_another_kind_is_refused_in_words_and_the_former_file_stays(drop: FileDrop, users: Path) -> None:
    drop.take(users)
    other = users.with_name("users.pdf")
    other.touch()
    let_fall(drop, other)
    assert drop.path == users
    assert drop.error == "“users.pdf” is of another kind. This takes CSV files (*.csv *.txt)."
    assert drop._error.isVisible()
    assert drop.button.accessibleDescription() == drop.error
    drop.take(users)
    assert not drop._error.isVisible()


def test_folders_and_several_files_are_refused(drop: FileDrop, users: Path) -> None:
    let_fall(drop, users.parent)
    assert "is not a file" in drop.error
    let_fall(drop, users, users)
    assert drop.error == "Drop one file at a time."
    assert drop.path is None


def test_what_is_dragged_over_it_lights_it_if_it_is_a_file(drop: FileDrop, users: Path) -> None:
    quiet = drop.grab().toImage()
    data = data_of(users)
    over = QDragEnterEvent(QPoint(5, 5), COPY, data, BUTTON, NO_KEY)
    drop.dragEnterEvent(over)
    assert over.isAccepted()
    assert drop.grab().toImage() != quiet
    drop.dragLeaveEvent(QDragLeaveEvent())
    assert drop.grab().toImage() == quiet
    words = QMimeData()
    words.setText("no file")
    other = QDragEnterEvent(QPoint(5, 5), COPY, words, BUTTON, NO_KEY)
    other.ignore()
    drop.dragEnterEvent(other)
    assert not other.isAccepted()


def test_the_button_opens_a_choice_by_keyboard(drop: FileDrop, users: Path, qtbot: QtBot) -> None:
    QTest.keyClick(drop.button, Qt.Key.Key_Return)
    dialog = drop.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    with qtbot.waitSignal(drop.chosen) as chosen:
        dialog.fileSelected.emit(str(users))
    dialog.close()
    assert chosen.args == [users]


def test_it_can_be_emptied(drop: FileDrop, users: Path) -> None:
    drop.take(users)
    drop.set_error("Row 3 has no name.")
    drop.clear()
    assert (drop.path, drop.error) == (None, "")
    assert drop._text.text() == "Drop the file with the users here"


def test_it_is_accessible(drop: FileDrop, assert_accessible: Callable[[QWidget], None]) -> None:
    assert_accessible(drop)
