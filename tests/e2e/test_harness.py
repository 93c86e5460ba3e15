"""What the walks rely on: the screen, the accessibility client, the keyboard, the fake clock."""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.e2e.program import Program, Window
from tests.e2e.sample import ACCOUNTS, USER
from tests.e2e.screen import Screen, open_screen
from tests.e2e.waiting import wait_until

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the virtual screen is an X server"),
]

NOVEMBER = datetime(2026, 11, 20, 10, tzinfo=UTC)


@pytest.fixture
def sample(screen: Screen, tmp_path: Path) -> Iterator[Program]:
    sample = Program(screen, tmp_path, module="tests.e2e.sample")
    yield sample
    sample.close()


@pytest.fixture
def window(sample: Program) -> Window:
    return sample.open_window()


def _tick_and_change(window: Window) -> None:
    dialog = window.root.wait_for("dialog", "Change billing mode")
    yes = dialog.wait_for("push button", "Yes, Change")
    assert "enabled" not in yes.states
    dialog.wait_for("check box", "I understand").press()
    yes.wait_state("enabled")
    yes.press()


def test_walking_by_the_accessibility_interface(window: Window) -> None:
    window.root.wait_for("push button", "Customer List").press()
    window.root.wait_for("label", "Customer List is open")
    window.root.wait_for("page tab", "Tools").press()
    window.root.wait_for("label", "Billing model: Usage Mode")
    window.root.wait_for("push button", "Edit").press()
    _tick_and_change(window)
    window.root.wait_for("label", "Purchase Mode is active")
    window.root.wait_gone("dialog", "Change billing mode")


def test_walking_by_the_keyboard_alone(window: Window) -> None:
    keyboard = window.keyboard
    window.tab_to("table", "Customers")
    keyboard.press("Down", "Enter")
    window.root.wait_for("label", "Fabrikam is open")
    window.tab_to("page tab list", "Subscriptions")
    keyboard.press("Right")
    window.tab_to("push button", "Edit")
    keyboard.press("Space")
    window.root.wait_for("dialog", "Change billing mode")
    window.tab_to("check box", "I understand")
    keyboard.press("Space")
    window.tab_to("push button", "Yes, Change")
    keyboard.press("Enter")
    window.root.wait_for("label", "Purchase Mode is active")
    window.tab_to("push button", "Edit")


def test_a_key_with_a_modifier_and_an_end_by_itself(window: Window) -> None:
    window.keyboard.press("Ctrl+Q")
    assert window.wait_ended() == 0


def test_text_is_typed_and_set(window: Window) -> None:
    field = window.root.wait_for("text", "E-mail")
    field.grab_focus()
    window.keyboard.type("Admin_1@Example.com")
    wait_until(lambda: field.text == "Admin_1@Example.com", "the typed text", evidence=lambda: field.text)
    field.set_text("anna.müller@example.com")
    assert field.text == "anna.müller@example.com"


def test_backwards_through_the_window(window: Window) -> None:
    window.tab_to("text", "E-mail")
    window.tab_to("push button", "Customer List", key="Shift+Tab", most=2)


def test_a_combo_box_is_found_by_its_label(window: Window) -> None:
    assert window.root.wait_for("combo box", "Time zone").name == "UTC"


def test_a_table_is_read_and_a_row_of_it_opened(window: Window) -> None:
    table = window.root.wait_for("table", "Customers")
    assert table.rows() == [list(account) for account in ACCOUNTS]
    table.grab_focus()
    table.cell(1, 0).press()
    table.cell(1, 0).wait_state("selected")
    window.keyboard.press("Enter")
    window.root.wait_for("label", "Fabrikam is open")


def test_what_does_not_show_is_not_found(window: Window) -> None:
    window.root.wait_for("label", "Nothing yet")
    assert window.root.find("push button", "Edit") is None
    with pytest.raises(AssertionError, match=r"push button 'Edit'(?s:.*)page tab 'Tools'"):
        window.root.wait_for("push button", "Edit", timeout=0)


def test_what_is_found_is_in_order(window: Window) -> None:
    window.root.wait_for("page tab", "Users")
    assert [tab.name for tab in window.root.find_all("page tab")] == ["Subscriptions", "Tools", "Users"]
    cells = window.root.wait_for("table", "Customers").find_all("cell")
    assert [cell.name for cell in cells] == [text for account in ACCOUNTS for text in account]


def test_cells_of_a_table_that_does_not_show_are_not_found(window: Window) -> None:
    window.root.wait_for("page tab", "Users").press()
    window.root.wait_for("cell", USER)
    window.root.wait_for("page tab", "Tools").press()
    window.root.wait_for("push button", "Edit")
    assert window.root.find("cell", USER) is None


def test_the_wall_clock_can_be_set_and_runs_on(sample: Program) -> None:
    before, after = map(datetime.fromisoformat, sample.run("now", at=NOVEMBER).json())
    assert NOVEMBER <= before < after < NOVEMBER + timedelta(minutes=1)
    window = sample.open_window(at=NOVEMBER)
    window.root.wait_for_label("Started on 2026-11-20 10:0")


def test_a_picture_of_the_screen(window: Window, screen: Screen, tmp_path: Path) -> None:
    window.root.wait_for("push button", "Customer List")
    file = tmp_path / "pictures" / "screen.png"
    screen.grab(file)
    assert file.read_bytes().startswith(b"\x89PNG")


def test_a_program_that_ends_at_once_is_told_with_what_it_said(screen: Screen, tmp_path: Path) -> None:
    broken = Program(screen, tmp_path, module="tests.e2e.there_is_no_such_module")
    try:
        with pytest.raises(AssertionError, match="there_is_no_such_module"):
            broken.open_window()
    finally:
        broken.close()


def test_a_missing_program_is_named_by_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(RuntimeError, match="apt-get install xvfb dbus matchbox-window-manager"), open_screen():
        pass
