"""The system's windows for files: where they begin, and what they hand on."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from cpdesk.ui.remembering import documents
from cpdesk.ui.widgets.file_window import ask_for_file, ask_for_folder, ask_where_to_save

Ask = Callable[[QWidget, Callable[[str], None]], QFileDialog]
ASKS: list[Ask] = [
    lambda parent, chosen: ask_where_to_save(parent, "Save", "list.csv", chosen),
    lambda parent, chosen: ask_for_file(parent, "Open", chosen),
    lambda parent, chosen: ask_for_folder(parent, "Folder", chosen),
]


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.mark.parametrize("ask", ASKS)
@pytest.mark.parametrize("there", [True, False])
def test_they_begin_among_the_documents_wherever_the_program_was_started(
    parent: QWidget, ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, there: bool
) -> None:
    """At home, where there is no folder for documents."""
    started, home = tmp_path / "program", tmp_path / "home"
    for folder in (started, home / "Documents") if there else (started, home):
        folder.mkdir(parents=True)
    monkeypatch.chdir(started)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    begins = Path(ask(parent, lambda _path: None).directory().absolutePath())
    assert begins == documents() == (home / "Documents" if there else home)


@pytest.mark.parametrize("ask", ASKS)
def test_the_answer_is_handed_on_and_the_window_goes(qtbot: QtBot, parent: QWidget, ask: Ask, tmp_path: Path) -> None:
    chosen: list[str] = []
    dialog = ask(parent, chosen.append)
    dialog.fileSelected.emit(str(tmp_path))
    dialog.reject()
    qtbot.waitUntil(lambda: not isValid(dialog))
    assert chosen == [str(tmp_path)]


def test_a_file_to_save_has_the_ending_of_the_proposed_name(parent: QWidget, tmp_path: Path) -> None:
    kinds = ["CSV file (*.csv)"]
    dialog = ask_where_to_save(parent, "Save", "contoso.com-list.csv", print, kinds=kinds, folder=tmp_path)
    assert dialog.selectedFiles() == [str(tmp_path / "contoso.com-list.csv")]
    assert dialog.defaultSuffix() == "csv"
    assert dialog.nameFilters() == kinds
    assert not dialog.testOption(QFileDialog.Option.DontConfirmOverwrite)


def test_whoever_never_writes_over_a_file_says_so_later(parent: QWidget) -> None:
    dialog = ask_where_to_save(parent, "Save", "backup.db", print, may_replace=False)
    assert dialog.testOption(QFileDialog.Option.DontConfirmOverwrite)
