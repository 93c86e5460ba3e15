"""Tooltips, labels, tick boxes and what is copied show a text, whatever it looks like."""

import pytest
from PySide6.QtGui import Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from cpdesk.ui.theme import Theme
from cpdesk.ui.widgets.checks import CheckBox
from cpdesk.ui.widgets.columns import Column, as_tsv
from cpdesk.ui.widgets.labels import Bold, Label
from cpdesk.ui.widgets.tips import plain, set_tip
from tests.support.hostile import LONG, MARKUP, OVERRIDE, TEXTS

pytestmark = pytest.mark.usefixtures("qapp", "theme")


@pytest.mark.parametrize("text", [*TEXTS, "<?xml version='1'?>", "  <p>", "a < b", "\n<b>", f"{'x ' * 60}{MARKUP}"])
def test_a_tooltip_is_never_markup_and_never_wide(text: str, qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    set_tip(widget, text)
    assert not Qt.mightBeRichText(widget.toolTip())
    assert max(map(len, widget.toolTip().split("\n"))) <= 85


def test_a_usual_tooltip_is_as_it_is() -> None:
    assert plain("Contoso Freight & Söhne: 82 seats") == "Contoso Freight & Söhne: 82 seats"
    assert plain("") == ""


def test_a_wrapping_label_is_never_as_wide_as_a_name_without_blanks(theme: Theme, qtbot: QtBot) -> None:
    narrow, runs = Label(f"{LONG} is closed", wrap=True), Label(wrap=True)
    for label in (narrow, runs):
        qtbot.addWidget(label)
    runs.set_runs("It is ", Bold(LONG))
    most = theme.fonts.scaled(1280)
    assert narrow.minimumSizeHint().width() < most
    assert runs.minimumSizeHint().width() < most


def test_what_is_copied_of_it_has_no_places_to_break_at(qtbot: QtBot, qapp: object) -> None:
    label = Label("W" * 130, wrap=True, selectable=True)
    qtbot.addWidget(label)
    assert label.text() == "W" * 130
    label.setSelection(0, len(QLabel.text(label)))
    label.copy()
    assert qapp.clipboard().text() == "W" * 130  # type: ignore[attr-defined]


def test_runs_show_markup_as_a_text(qtbot: QtBot) -> None:
    label = Label()
    qtbot.addWidget(label)
    label.set_runs("To ", Bold(MARKUP))
    assert "<a" not in label.text()
    assert label.accessibleName() == f"To {MARKUP}"


def test_a_name_turns_nothing_round(qtbot: QtBot) -> None:
    label, box = Label(f"Close {OVERRIDE} now?"), CheckBox(f"I understand {OVERRIDE}")
    qtbot.addWidget(label)
    qtbot.addWidget(box)
    assert (label.text(), box.text()) == ("Close txt.exe now?", "I understand txt.exe")
    label.setText("No user \u2068\u05d0\u2069.")
    assert label.text() == "No user \u2068\u05d0\u2069.", "what our own sentences put around a name stays"
    label.setText("Close \u2068 now?")
    assert label.text() == "Close  now?"


def test_an_ampersand_in_a_tick_box_is_one(qtbot: QtBot) -> None:
    box = CheckBox("A&B && C")
    qtbot.addWidget(box)
    assert box.text() == "A&B && C"
    assert QCheckBox.text(box) == "A&&B &&&& C"
    assert box.shortcut().isEmpty()


@pytest.mark.parametrize(
    ("cell", "pasted"),
    [
        ("=cmd|'/c calc'!A0", "'=cmd|'/c calc'!A0"),
        ("@SUM(1)", "'@SUM(1)"),
        ("+cmd", "'+cmd"),
        ("-2+3", "'-2+3"),
        ("-25.00 USD", "-25.00 USD"),
        ("-$1,204.50", "-$1,204.50"),
        ("-3", "-3"),
        ("-1.204,50 €", "-1.204,50 €"),
        ("+49 30 1234", "+49 30 1234"),
        ("a\nb\tc", "a b c"),
        ("\t=1", "'=1"),
        ("Contoso", "Contoso"),
    ],
)
def test_what_is_pasted_into_a_spreadsheet_is_no_formula(cell: str, pasted: str) -> None:
    column = Column[str]("name", lambda: "Name", lambda row: row, lambda row: row)
    assert as_tsv([column], [cell]) == pasted


def test_labels_of_qt_are_where_pictures_are() -> None:
    assert QLabel().textFormat() == Qt.TextFormat.AutoText, "why Label is used for every text"
