"""From a list on the screen to a file."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from cpdesk.ui.context import MemorySettings
from cpdesk.ui.gallery.scenes_widgets import COLUMNS, CUSTOMERS
from cpdesk.ui.remembering import export_key
from cpdesk.ui.shell import list_export
from cpdesk.ui.shell.list_export import ListExporter
from cpdesk.ui.shell.window import Window
from cpdesk.ui.widgets.list_menu import ListExport
from tests.ui.shell.conftest import CUSTOMER, RESELLER

if TYPE_CHECKING:
    from PySide6.QtCore import QUrl


def wanted(ending: str = "csv", title: str = "Customer List") -> ListExport:
    return ListExport(title, COLUMNS, lambda: CUSTOMERS, ending)


def exporter(window: Window, what: ListExport | None = None) -> ListExporter:
    assert window.page is not None
    return ListExporter(window, window.page.context, what or wanted())


def buttons(window: Window) -> dict[str, QPushButton]:
    return {button.text(): button for button in window.notices.findChildren(QPushButton)}


def test_it_asks_where_and_suggests_the_name_of_the_list(window: Window, tmp_path: Path, qtbot: QtBot) -> None:
    window.export_list(wanted("xlsx", "Users: A/B"))
    [dialog] = window.findChildren(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    assert Path(dialog.selectedFiles()[0]).name == "Users A B.xlsx"
    dialog.fileSelected.emit(str(tmp_path / "users.xlsx"))
    dialog.close()
    qtbot.waitUntil((tmp_path / "users.xlsx").exists)


def test_a_workbook_has_what_was_shown(window: Window, tmp_path: Path) -> None:
    path = tmp_path / "customers.xlsx"
    exporter(window, wanted("xlsx")).write(str(path))
    page: Any = load_workbook(path).active
    assert page.title == "Customer List"
    assert [cell.value for cell in page[1]][:3] == ["Account", "Domain", "Billing mode"]
    assert page.max_row == len(CUSTOMERS) + 1
    assert page["F9"].value == 1391


def test_it_says_what_was_written_and_opens_the_folder(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    exporter(window).write(str(tmp_path / "customers.csv"))
    assert window.notices.texts() == ["8 rows were exported to customers.csv."]
    buttons(window)["Open folder"].click()
    assert [url.toLocalFile() for url in opened] == [str(tmp_path)]


def test_the_next_export_starts_in_the_same_folder(window: Window, tmp_path: Path, settings: MemorySettings) -> None:
    exporter(window).write(str(tmp_path / "customers.csv"))
    again = exporter(window)
    assert again._folder() == tmp_path
    settings.setValue(export_key(RESELLER.email), str(tmp_path / "gone"))
    assert again._folder() != tmp_path / "gone"


def test_the_folder_of_one_operator_is_not_shown_to_another(window: Window, tmp_path: Path) -> None:
    folder = tmp_path / "Fabrikam"
    folder.mkdir()
    exporter(window).write(str(folder / "customers.csv"))
    window.sign_in(CUSTOMER)
    assert exporter(window)._folder() != folder


def test_what_cannot_be_written_is_told_and_can_go_elsewhere(window: Window, tmp_path: Path) -> None:
    exporter(window).write(str(tmp_path / "gone" / "customers.csv"))
    [told] = window.notices.texts()
    assert str(tmp_path / "gone") in told
    buttons(window)["Choose another place"].click()
    [dialog] = window.findChildren(QFileDialog)
    dialog.close()


def test_a_long_export_says_how_far_it_is_and_can_be_stopped(window: Window, tmp_path: Path) -> None:
    work = exporter(window)
    work._on_progress((200, 50_000))
    work._show_progress()
    assert window.banners.text(work._banner) == "Exporting Customer List: 200 of 50,000 rows."
    work._on_progress((400, 50_000))
    assert "400 of 50,000" in window.banners.text(work._banner)
    [stop] = [button for button in window.banners.findChildren(QPushButton) if button.text() == "Stop"]
    stop.click()
    work.write(str(tmp_path / "customers.csv"))
    assert window.notices.texts() == ["The export was stopped. No file was written."]
    assert window.banners.text(work._banner) == ""
    assert list(tmp_path.iterdir()) == []


def test_who_signs_in_next_is_not_told_of_a_list_that_somebody_else_exports(window: Window, qtbot: QtBot) -> None:
    work = exporter(window)
    work._on_progress((200, 50_000))
    work._show_progress()
    window.sign_out()
    assert window.banners.text(work._banner) == ""
    # Who is gone is told nothing by jobs.
    qtbot.waitUntil(lambda: window.findChildren(ListExporter) == [])
    assert window.notices.texts() == []


def test_the_work_needs_no_window_and_tells_how_far_it_is(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    rows = list_export._write(wanted(), tmp_path / "c.csv", lambda *far: told.append(far))
    assert rows == len(CUSTOMERS)
    assert told[-1] == (8, 8)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Customer List", "Customer List"),
        ("a<b>:c", "a b c"),
        ("../../x\n\u202etxt", "x txt"),
        ("W" * 10_000, "W" * 120),
        ("...", "cpdesk"),
    ],
)
def test_names_are_such_as_every_system_takes(title: str, name: str) -> None:
    assert list_export._file_name(title) == name
