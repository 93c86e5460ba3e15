"""From a statement to a file and to the printer."""

import csv
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton

from cpdesk.ui.gallery.billing_samples import complete, document, issued
from cpdesk.ui.gallery.scenes_billing import ISSUED, USUAL
from cpdesk.ui.pages.statements.exporting import StatementExport, file_name
from tests.ui.pages.statements.conftest import Open, Opened


def export(opened: Opened, path: Path) -> None:
    StatementExport(opened.page, opened.page.context, document(complete()), path.suffix).write(str(path))


def told(opened: Opened) -> list[str]:
    return [label.text() for label in opened.window.notices.findChildren(QLabel) if label.text()]


def test_the_menu_asks_where_and_suggests_a_name(open_statement: Open) -> None:
    opened = open_statement(ISSUED)
    pdf, xlsx, plain = opened.page.more.pop_up.actions()
    assert [action.text() for action in (pdf, xlsx, plain)] == [
        "Export as PDF",
        "Export as Excel workbook",
        "Export as CSV",
    ]
    xlsx.trigger()
    [dialog] = opened.window.findChildren(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    assert Path(dialog.selectedFiles()[0]).name == "Contoso Freight 2026-10 2026-000123.xlsx"
    dialog.reject()


@pytest.mark.parametrize("suffix", [".csv", ".pdf", ".xlsx"])
def test_it_is_written_as_asked(open_statement: Open, tmp_path: Path, suffix: str) -> None:
    opened = open_statement(USUAL)
    path = tmp_path / f"statement{suffix}"
    export(opened, path)
    assert path.stat().st_size > 100
    assert f"The statement was exported to statement{suffix}." in told(opened)


def test_the_file_has_the_amounts_of_the_screen(open_statement: Open, tmp_path: Path) -> None:
    path = tmp_path / "statement.csv"
    export(open_statement(USUAL), path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        text = "\n".join(",".join(row) for row in csv.reader(file))
    assert all(str(line.amount) in text for line in complete().lines)


def test_a_place_that_cannot_be_written_is_said(open_statement: Open, tmp_path: Path) -> None:
    opened = open_statement(USUAL)
    export(opened, tmp_path / "missing" / "statement.csv")
    buttons = {one.text(): one for one in opened.window.notices.findChildren(QPushButton)}
    assert "Choose another place" in buttons


def test_the_folder_is_opened(open_statement: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened_urls: list[Any] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened_urls.append)
    opened = open_statement(USUAL)
    export(opened, tmp_path / "statement.csv")
    next(one for one in opened.window.notices.findChildren(QPushButton) if one.text() == "Open folder").click()
    assert [url.toLocalFile() for url in opened_urls] == [str(tmp_path)]


def test_names_of_files_hold_what_every_system_takes() -> None:
    made = document(complete())
    assert file_name(made) == "Contoso Freight 2026-10"
    assert file_name(issued(complete()).document) == "Contoso Freight 2026-10 2026-000123"


def test_the_system_s_print_dialog_prints_it(open_statement: Open, tmp_path: Path) -> None:
    printing: Any = pytest.importorskip("PySide6.QtPrintSupport", exc_type=ImportError)
    opened = open_statement(USUAL)
    opened.page.print_it.click()
    (dialog,) = opened.page.findChildren(printing.QPrintDialog)
    target = tmp_path / "statement.pdf"
    dialog.printer().setOutputFileName(str(target))
    dialog.accepted.emit(dialog.printer())
    dialog.done(0)
    assert target.read_bytes().startswith(b"%PDF")
