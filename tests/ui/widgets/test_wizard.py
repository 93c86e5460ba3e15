"""Steps, one after the other."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from cpdesk.base.i18n import _
from cpdesk.ui.shell.language import apply_language
from cpdesk.ui.theme import Theme
from cpdesk.ui.widgets.search import SearchField
from cpdesk.ui.widgets.steps import StepState
from cpdesk.ui.widgets.wizard import Wizard

pytestmark = pytest.mark.usefixtures("theme")


class Step(QWidget):
    """A line to fill in; complete when it says "ok"."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.line = QLineEdit()
        self.line.setAccessibleName(name)
        column = QVBoxLayout(self)
        column.addWidget(self.line)

    def valid(self) -> bool:
        return self.line.text() == "ok"


@pytest.fixture
def steps() -> dict[str, Step]:
    return {key: Step(key.title()) for key in ("file", "products", "seats", "result")}


@pytest.fixture
def wizard(qtbot: QtBot, steps: dict[str, Step]) -> Wizard:
    wizard = Wizard()
    qtbot.addWidget(wizard)
    for key, step in steps.items():
        wizard.add_step(key, key.title(), step, valid=step.valid if key == "products" else None)
    wizard.resize(900, 500)
    wizard.show()
    wizard.activateWindow()
    return wizard


def seen(steps: dict[str, Step]) -> list[str]:
    return [key for key, step in steps.items() if step.isVisible()]


def test_one_goes_on_and_back_and_sees_one_step_at_a_time(wizard: Wizard, steps: dict[str, Step]) -> None:
    assert (wizard.current, seen(steps)) == ("file", ["file"])
    assert not wizard.back_button.isVisible()
    wizard.next_button.click()
    assert (wizard.current, seen(steps)) == ("products", ["products"])
    wizard.back_button.click()
    assert seen(steps) == ["file"]


def test_next_asks_the_step_and_stays_while_it_is_not_valid(wizard: Wizard, steps: dict[str, Step]) -> None:
    wizard.go("products")
    wizard.next_button.click()
    assert wizard.current == "products"
    steps["products"].line.setText("ok")
    wizard.next_button.click()
    assert wizard.current == "seats"


def test_enter_goes_on_with_the_cursor_in_the_first_field(wizard: Wizard, steps: dict[str, Step]) -> None:
    QTest.keyClick(steps["file"].line, Qt.Key.Key_Return)
    assert wizard.current == "products"
    assert wizard.focusWidget() is steps["products"].line


def test_enter_in_a_search_field_searches_and_stays(wizard: Wizard, steps: dict[str, Step]) -> None:
    search = SearchField("Search users")
    layout = steps["file"].layout()
    assert layout is not None
    layout.addWidget(search)
    QTest.keyClicks(search, "dana")
    QTest.keyClick(search, Qt.Key.Key_Return)
    assert wizard.current == "file"


def test_without_a_field_the_keyboard_goes_to_the_button(wizard: Wizard, steps: dict[str, Step]) -> None:
    steps["seats"].line.hide()
    wizard.go("seats")
    assert wizard.focusWidget() is wizard.next_button


def test_the_last_step_finishes(wizard: Wizard, qtbot: QtBot) -> None:
    wizard.go("result")
    assert wizard.next_button.text() == "Finish"
    with qtbot.waitSignal(wizard.finished):
        wizard.next_button.click()


def test_a_step_can_be_named_for_what_its_button_does(wizard: Wizard) -> None:
    wizard.set_next_text("file", "Read the file")
    assert wizard.next_button.text() == "Read the file"
    wizard.set_next_text("file", "")
    assert wizard.next_button.text() == "Next"


def test_a_held_step_says_why_to_eyes_and_ears_and_enter_does_nothing(wizard: Wizard, steps: dict[str, Step]) -> None:
    wizard.hold("file", "Choose a file first.")
    assert not wizard.next_button.isEnabled()
    assert wizard.next_button.accessibleDescription() == "Choose a file first."
    assert wizard._reason.text() == "Choose a file first."
    QTest.keyClick(steps["file"].line, Qt.Key.Key_Return)
    assert wizard.current == "file"
    wizard.hold("file", "")
    assert wizard.next_button.isEnabled()


def test_where_nothing_holds_a_step_there_is_no_empty_text(wizard: Wizard) -> None:
    """A screen reader would come across it."""

    def empty_texts() -> list[QLabel]:
        return [label for label in wizard.findChildren(QLabel) if not label.isHidden() and not label.text()]

    assert not empty_texts()
    wizard.hold("file", "Wait")
    wizard.hold("file", "")
    assert not empty_texts()


def test_a_skipped_step_is_neither_shown_nor_counted(wizard: Wizard) -> None:
    wizard.skip("seats")
    assert wizard.bar.text == "Step 1 of 3: File"
    wizard.go("products")
    wizard.go("result")
    wizard.back_button.click()
    assert wizard.current == "products"
    wizard.skip("seats", skipped=False)
    assert wizard.bar.text == "Step 2 of 4: Products"


def test_there_is_no_way_back_from_what_is_done(qtbot: QtBot) -> None:
    wizard = Wizard()
    qtbot.addWidget(wizard)
    wizard.add_step("run", "Run", Step("Run"))
    wizard.add_step("result", "Result", Step("Result"), back=False)
    wizard.show()
    wizard.go("result")
    assert not wizard.back_button.isVisible()


def test_cancel_is_there_when_it_is_wanted(wizard: Wizard, qtbot: QtBot) -> None:
    assert not wizard.cancel_button.isVisible()
    wizard.allow_cancel()
    with qtbot.waitSignal(wizard.cancelled):
        wizard.cancel_button.click()


def test_steps_are_told_apart_by_more_than_colour(wizard: Wizard) -> None:
    wizard.go("products")
    states = [wizard.bar.state(place) for place in range(4)]
    assert states == [StepState.DONE, StepState.CURRENT, StepState.TO_COME, StepState.TO_COME]
    assert wizard.bar.accessibleName() == "Step 2 of 4: Products"


def test_names_fold_into_one_where_there_is_no_room(wizard: Wizard, theme: Theme) -> None:
    assert not wizard.bar.folded
    wide = wizard.bar.grab().toImage()
    theme.set_text_scale(2.0)
    wizard.bar.resize(400, wizard.bar.sizeHint().height())
    assert wizard.bar.folded
    assert wizard.bar.grab().toImage() != wide


def test_steps_stand_from_right_to_left_where_one_reads_so(wizard: Wizard) -> None:
    before = wizard.bar.grab().toImage()
    wizard.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert wizard.bar.grab().toImage() != before


def test_it_speaks_the_language_in_use(wizard: Wizard, qapp: QApplication) -> None:
    try:
        wizard.add_step("users", lambda: _("Users"), QWidget())
        wizard.go("users")
        apply_language(qapp, "de")
        assert wizard.bar.text.endswith("Benutzer")
    finally:
        apply_language(qapp, "en")


def test_it_is_accessible(wizard: Wizard, assert_accessible: Callable[[QWidget], None]) -> None:
    wizard.allow_cancel()
    assert_accessible(wizard)
