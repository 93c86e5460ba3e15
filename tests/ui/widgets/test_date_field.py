"""A field for a date."""

from datetime import date

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cpdesk.ui.widgets.date_field import DateField
from cpdesk.ui.widgets.fields import Field, FieldKind
from cpdesk.ui.widgets.forms import Form

DAY = date(2026, 12, 1)

pytestmark = pytest.mark.usefixtures("theme")


@pytest.fixture
def field(qtbot: QtBot) -> DateField:
    made = DateField()
    qtbot.addWidget(made)
    return made


def test_a_date_is_shown_in_full(field: DateField) -> None:
    field.set_value(DAY)
    assert field.text() == "December 1, 2026"
    assert field.value() == DAY


@pytest.mark.parametrize("text", ["2026-12-01", "12/1/2026", " 12/1/2026 "])
def test_a_date_can_be_typed_in_short(field: DateField, text: str) -> None:
    before = QLocale()
    QLocale.setDefault(QLocale("en_US"))
    try:
        field.setText(text)
        assert field.value() == DAY
    finally:
        QLocale.setDefault(before)


@pytest.mark.parametrize("text", ["", "yesterday", "2026-13-01", "2026-02-30", "12", "0012-12-12"])
def test_anything_else_is_no_date(field: DateField, text: str) -> None:
    field.setText(text)
    assert field.value() is None


@pytest.mark.parametrize(
    ("key", "day"),
    [
        (Qt.Key.Key_Up, date(2026, 12, 2)),
        (Qt.Key.Key_Down, date(2026, 11, 30)),
        (Qt.Key.Key_PageUp, date(2027, 1, 1)),
        (Qt.Key.Key_PageDown, date(2026, 11, 1)),
    ],
)
def test_keys_move_the_date(field: DateField, key: Qt.Key, day: date) -> None:
    field.set_value(DAY)
    QTest.keyClick(field, key)
    assert field.value() == day


def test_a_form_says_what_is_no_date(qtbot: QtBot) -> None:
    form = Form((Field("since", "Held since", FieldKind.DATE, required=True),))
    qtbot.addWidget(form)
    assert not form.validate()
    assert form.error("since") == "Fill this in."
    editor = form.editor("since")
    assert isinstance(editor, DateField)
    editor.setText("soon")
    assert not form.validate()
    assert form.error("since").startswith("Enter a date such as")
    form.set_values({"since": DAY})
    assert form.validate()
    assert form.values() == {"since": DAY}
