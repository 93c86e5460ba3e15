"""Printing the summary."""

import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cpdesk.ui.pages.services.printing import print_html


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


def test_the_text_goes_to_the_chosen_printer(parent: QWidget, tmp_path: Path) -> None:
    printing: Any = pytest.importorskip("PySide6.QtPrintSupport", exc_type=ImportError)
    assert print_html(parent, "<p>82 seats</p>") == ""
    (dialog,) = parent.findChildren(printing.QPrintDialog)
    assert dialog.isVisible()
    target = tmp_path / "summary.pdf"
    dialog.printer().setOutputFileName(str(target))
    dialog.accepted.emit(dialog.printer())
    dialog.done(0)
    assert target.read_bytes().startswith(b"%PDF")


def test_without_the_system_s_libraries_it_says_so(parent: QWidget, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "PySide6.QtPrintSupport", None)
    assert print_html(parent, "<p>82 seats</p>").startswith("Printing is not possible on this computer: ")
