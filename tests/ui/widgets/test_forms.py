"""Forms: what they hold, what they call wrong, and when."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QLocale, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QWidget
from pytestqt.qtbot import QtBot

from cpdesk.ui.theme import Theme
from cpdesk.ui.widgets.fields import Field, FieldKind
from cpdesk.ui.widgets.forms import Form
from cpdesk.ui.widgets.inputs import Choice, NumberField
from cpdesk.ui.widgets.search_combo import SearchCombo

ZONES = [Choice(zone, zone) for zone in ("America/New_York", "Europe/Berlin", "Europe/Bern")]


def positive(number: int) -> str | None:
    return None if number > 0 else "At least one."


FIELDS = (
    Field("name", lambda: "Name", required=True, help="As on the bill."),
    Field("password", "Password", FieldKind.PASSWORD, required=True),
    Field("seats", "Seats", FieldKind.NUMBER, validate=positive),
    Field("zone", "Time zone", FieldKind.SEARCH, choices=ZONES),
    Field("mode", "Mode", FieldKind.CHOICE, choices=lambda: [Choice(1, "One"), Choice(2, "Two")], default=2),
    Field("sure", "I understand", FieldKind.CHECK, required=True),
    Field("notes", "Notes", FieldKind.MULTILINE),
)


@pytest.fixture
def form(qtbot: QtBot, theme: Theme) -> Form:  # noqa: ARG001 - forms are painted in the theme
    made = Form(FIELDS)
    qtbot.addWidget(made)
    made.show()
    return made


def zone_of(form: Form) -> SearchCombo:
    """The long list, with the keyboard in it."""
    combo = form.editor("zone")
    assert isinstance(combo, SearchCombo)
    QApplication.sendEvent(combo, QFocusEvent(QEvent.Type.FocusIn, Qt.FocusReason.TabFocusReason))
    return combo


def offered(combo: SearchCombo) -> list[str]:
    completer = combo.completer()
    assert completer is not None
    model = completer.completionModel()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def leave(combo: SearchCombo) -> None:
    if (completer := combo.completer()) and (popup := completer.popup()):
        popup.hide()  # as Tab does; while it is open, it keeps the focus
    QApplication.sendEvent(combo, QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.TabFocusReason))


def fill(form: Form) -> None:
    form.set_values({"name": " Contoso ", "password": " secret ", "sure": True})


def test_values_come_back_in_their_kinds(form: Form) -> None:
    fill(form)
    form.set_values({"seats": 12, "zone": "Europe/Berlin", "notes": "a\nb"})
    assert form.values() == {
        "name": "Contoso",
        "password": " secret ",
        "seats": 12,
        "zone": "Europe/Berlin",
        "mode": 2,
        "sure": True,
        "notes": "a\nb",
    }


def test_nothing_is_wrong_before_it_is_asked(form: Form) -> None:
    assert all(not form.error(field.key) for field in FIELDS)


def test_what_is_missing_is_said_beside_its_field_and_gets_the_focus(form: Form) -> None:
    form.set_values({"name": "Contoso"})
    assert not form.validate()
    assert form.error("name") == ""
    assert form.error("password") == "Fill this in."
    assert form.error("sure") == "Tick this to go on."
    assert form.editor("password").accessibleDescription() == "Fill this in."
    assert QApplication.focusWidget() is form.editor("password") or not form.isActiveWindow()


def test_a_mended_field_is_no_longer_called_wrong(form: Form) -> None:
    form.validate()
    QTest.keyClicks(form.editor("name"), "C")
    assert form.error("name") == ""
    assert form.editor("name").accessibleDescription() == "As on the bill."


def test_validators_see_filled_fields_only(form: Form) -> None:
    fill(form)
    assert form.validate()
    form.set_values({"seats": 0})
    assert not form.validate()
    assert form.error("seats") == "At least one."


@pytest.mark.parametrize("text", ["1.5", "1,2", "twelve", "99999999999999999999", "1 e3"])
def test_what_is_no_whole_number_is_refused(form: Form, text: str) -> None:
    fill(form)
    QTest.keyClicks(form.editor("seats"), text)
    assert not form.validate()
    assert form.error("seats") == "Enter a whole number."


@pytest.mark.parametrize(
    ("language", "text", "number"),
    [
        ("en_US", "1,200", 1200),
        ("de", "1.200", 1200),
        ("en_US", "-3", -3),
        ("en_US", "1 200", 1200),
        ("en_US", "", None),
    ],
)
@pytest.mark.usefixtures("theme")
def test_numbers_are_read_as_the_language_writes_them(
    qtbot: QtBot, language: str, text: str, number: int | None
) -> None:
    before = QLocale()
    QLocale.setDefault(QLocale(language))
    try:
        field = NumberField()
        qtbot.addWidget(field)
        field.setText(text)
        assert field.value() == number
    finally:
        QLocale.setDefault(before)


def test_arrows_step_a_number_but_not_below_zero(qtbot: QtBot, theme: Theme) -> None:  # noqa: ARG001
    field = NumberField()
    qtbot.addWidget(field)
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageDown):
        QTest.keyClick(field, key)
    assert field.value() == 0


def test_a_long_list_takes_what_is_typed_in_any_case(form: Form) -> None:
    fill(form)
    combo = form.editor("zone")
    assert isinstance(combo, SearchCombo)
    combo.setEditText("europe/bern")
    assert form.values()["zone"] == "Europe/Bern"
    combo.setEditText("Atlantis")
    assert not form.validate()
    assert form.error("zone") == "Nothing matches “Atlantis”. Choose one from the list."
    combo.setEditText("Europe")
    assert not form.validate()
    assert form.error("zone") == "Choose one from the list."


@pytest.mark.parametrize("typed", ["new york", "York NEW", "new_york", "America New York", "america/new"])
def test_a_long_list_is_searched_by_words(form: Form, typed: str) -> None:
    combo = zone_of(form)
    QTest.keyClicks(combo, typed)
    assert offered(combo) == ["America/New_York"]
    leave(combo)
    assert combo.currentText() == "America/New_York"
    assert form.values()["zone"] == "America/New_York"
    assert form.error("zone") == ""


def test_accents_need_not_be_typed(qtbot: QtBot, theme: Theme) -> None:  # noqa: ARG001
    combo = SearchCombo([Choice("CI", "Côte d'Ivoire"), Choice("CW", "Curaçao")])
    qtbot.addWidget(combo)
    combo.setEditText("cote ivoire")
    assert combo.value() == "CI"


def test_what_is_not_in_a_long_list_is_said_in_it_and_on_leaving(form: Form) -> None:
    combo = zone_of(form)
    QTest.keyClicks(combo, "Atlantis")
    assert offered(combo) == ["Nothing matches"]
    completer = combo.completer()
    assert completer is not None
    line = completer.model().index(0, 0)
    assert not line.flags() & Qt.ItemFlag.ItemIsSelectable
    assert form.error("zone") == ""
    leave(combo)
    assert form.error("zone") == "Nothing matches “Atlantis”. Choose one from the list."
    assert combo.currentText() == "Atlantis"


def test_leaving_a_long_list_empty_is_not_called_wrong(form: Form) -> None:
    leave(zone_of(form))
    assert form.error("zone") == ""


def test_enter_takes_the_only_choice_that_fits(form: Form) -> None:
    combo = zone_of(form)
    QTest.keyClicks(combo, "berlin")
    QTest.keyClick(combo, Qt.Key.Key_Return)
    assert combo.currentText() == "Europe/Berlin"


def test_a_click_into_a_long_list_selects_all_and_the_next_one_sets_the_cursor(form: Form) -> None:
    form.set_values({"zone": "Europe/Berlin"})
    combo = form.editor("zone")
    assert isinstance(combo, SearchCombo)
    line = combo.lineEdit()
    assert line is not None
    QApplication.sendEvent(combo, QFocusEvent(QEvent.Type.FocusIn, Qt.FocusReason.MouseFocusReason))
    QTest.mouseClick(line, Qt.MouseButton.LeftButton)
    assert line.selectedText() == "Europe/Berlin"
    QTest.keyClicks(line, "york")
    assert combo.currentText() == "york"
    QTest.mouseClick(line, Qt.MouseButton.LeftButton)
    assert line.selectedText() == ""


def test_what_a_page_knows_is_said_together_with_the_rest(form: Form) -> None:
    form.set_values({"password": "secret"})
    assert not form.validate({"password": "Not this one.", "name": "Unused: it is empty."})
    assert form.error("name") == "Fill this in."
    assert form.error("password") == "Not this one."


def test_a_service_can_refuse_a_field(form: Form) -> None:
    form.set_error("name", "There is one already.")
    assert form.error("name") == "There is one already."
    form.clear_errors()
    assert form.error("name") == ""


def test_reset_brings_the_defaults_back(form: Form) -> None:
    fill(form)
    form.set_values({"mode": 1})
    form.validate()
    form.reset()
    assert form.values()["mode"] == 2
    assert form.values()["name"] == ""
    assert form.error("name") == ""


def test_enter_submits(form: Form, qtbot: QtBot) -> None:
    with qtbot.waitSignal(form.submitted):
        QTest.keyClick(form.editor("name"), Qt.Key.Key_Return)


def test_a_change_of_language_keeps_what_was_entered(form: Form) -> None:
    fill(form)
    form.set_values({"mode": 1, "zone": "Europe/Berlin"})
    QApplication.sendEvent(form, QEvent(QEvent.Type.LanguageChange))
    assert form.values()["mode"] == 1
    assert form.values()["zone"] == "Europe/Berlin"


def test_the_wheel_changes_no_choice(form: Form) -> None:
    combo = form.editor("mode")
    assert isinstance(combo, QComboBox)
    assert combo.currentIndex() == 1
    assert combo.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_fields_are_accessible(form: Form, assert_accessible: Callable[[QWidget], None]) -> None:
    assert_accessible(form)
    assert form.editor("name").accessibleName() == "Name"
    assert form.editor("sure").accessibleName() == "I understand"
