"""Ctrl+K: going straight to an account, a user or a page."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from cpdesk.base.errors import KnownError
from cpdesk.domain.jump import Found, Target
from cpdesk.domain.modes import Mode
from cpdesk.domain.operators import Role, Session
from cpdesk.services.jump import Jump
from cpdesk.ui.context import AccountBadge, MemorySettings
from cpdesk.ui.gallery.scenes_jump import FOUND, FREIGHT, LEGAL, OWN, USERS
from cpdesk.ui.gallery.stand_ins import StandIn, services
from cpdesk.ui.pages import all_pages
from cpdesk.ui.shell.jump.dialog import JumpDialog
from cpdesk.ui.shell.jump.entries import Entry, count_text, found_groups, page_entries
from cpdesk.ui.shell.jump.recent import Recent, target_of
from cpdesk.ui.shell.shortcuts import _Claim
from cpdesk.ui.shell.window import Window
from tests.ui.shell.conftest import AUDITOR, CUSTOMER, RESELLER, PricesPage

MakeWindow = Callable[..., Window]


class Slow:
    """Answers when it is told to, as a busy thread does; an older question of a key is dropped."""

    def __init__(self) -> None:
        self.asked: list[tuple[Any, Any]] = []

    def run(self, _owner: QObject, work: Any, done: Any, _failed: Any, *, key: str) -> None:
        assert key
        self.asked = [(work, done)]

    def answer(self) -> None:
        for work, done in self.asked:
            done(work())
        self.asked = []


@pytest.fixture
def jump() -> StandIn:
    return StandIn(Jump, find=FOUND, some=())


@pytest.fixture
def window(make_window: MakeWindow, jump: StandIn) -> Window:
    made = make_window()
    made._context = replace(made._context, services=services(jump=jump))
    return made


def opened(window: Window) -> JumpDialog:
    window.top_bar.jump.click()
    return shown(window)[0]


def shown(window: Window) -> list[JumpDialog]:
    return [dialog for dialog in window.findChildren(JumpDialog) if dialog.isVisible()]


def rows(dialog: JumpDialog) -> list[str]:
    model = dialog.results.model()
    return [model.index(place, 0).data() for place in range(model.rowCount())]


def press(dialog: JumpDialog, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(dialog.field, key)


def places(window: Window) -> list[tuple[str, dict[str, Any]]]:
    """Where the window is sent from now on."""
    gone: list[tuple[str, dict[str, Any]]] = []

    def navigate(key: str, /, **params: Any) -> bool:
        gone.append((key, params))
        return True

    window._context = replace(window._context, navigate=navigate)
    return gone


def test_what_fits_is_shown_in_groups_and_enter_opens_the_first(window: Window) -> None:
    gone = places(window)
    dialog = opened(window)
    assert dialog.focusWidget() is dialog.field
    QTest.keyClicks(dialog.field, "cont")
    assert rows(dialog)[:5] == [
        "ACCOUNTS",
        "Contoso Freight, contoso-freight.example",
        "Contoso Legal, contoso-legal.example",
        "Contoso, contoso.example, Closed",
        "USERS",
    ]
    assert rows(dialog)[-1] == "There are more. Type on to narrow them down."
    press(dialog, Qt.Key.Key_Return)
    assert gone == [("services", {"account": FREIGHT.id})]
    assert shown(window) == []


def test_the_arrows_go_over_the_captions_to_a_user(window: Window) -> None:
    gone = places(window)
    dialog = opened(window)
    QTest.keyClicks(dialog.field, "c")
    press(dialog, *[Qt.Key.Key_Down] * 4, Qt.Key.Key_Up, Qt.Key.Key_Return)
    assert gone == [("user", {"account": FREIGHT.id, "user": USERS[0].id, "tab": "details"})]


def test_a_click_opens(window: Window) -> None:
    gone = places(window)
    dialog = opened(window)
    QTest.keyClicks(dialog.field, "c")
    middle = dialog.results.visualRect(dialog.results.model().index(2, 0)).center()
    QTest.mouseClick(dialog.results.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert gone == [("services", {"account": LEGAL.id})]


def test_esc_closes_at_once_and_goes_nowhere(window: Window) -> None:
    gone = places(window)
    dialog = opened(window)
    QTest.keyClicks(dialog.field, "cont")
    press(dialog, Qt.Key.Key_Escape)
    assert (gone, shown(window)) == ([], [])


def test_nothing_that_fits_is_said(window: Window, jump: StandIn) -> None:
    jump.answers["find"] = Found()
    gone = places(window)
    dialog = opened(window)
    QTest.keyClicks(dialog.field, "xqz")
    assert rows(dialog) == ["Nothing matches “xqz”."]
    press(dialog, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert gone == []


def test_trouble_is_told_in_place_of_results(window: Window, jump: StandIn) -> None:
    jump.answers["find"] = KnownError("database_locked", path="cpdesk.sqlite3")
    dialog = opened(window)
    QTest.keyClicks(dialog.field, "c")
    assert "Another program is writing" in rows(dialog)[0]


def test_enter_waits_for_what_was_typed_last(window: Window, jump: StandIn) -> None:
    gone, slow = places(window), Slow()
    window._context = replace(window._context, jobs=slow)  # type: ignore[arg-type]
    dialog = opened(window)
    slow.answer()
    QTest.keyClicks(dialog.field, "cont")
    press(dialog, Qt.Key.Key_Return)
    assert gone == []
    slow.answer()
    assert jump.called("find") == [("cont",)]
    assert gone == [("services", {"account": FREIGHT.id})]


def test_before_anything_is_typed_recent_places_come_first(window: Window, jump: StandIn) -> None:
    window.navigate("my_services", account=8)
    window.navigate("my_services", account=7)
    jump.answers["some"] = (FREIGHT, LEGAL)
    dialog = opened(window)
    assert jump.called("some") == [((Target(7), Target(8)),)]
    assert rows(dialog)[:4] == [
        "RECENT",
        "Contoso Freight, contoso-freight.example",
        "Contoso Legal, contoso-legal.example",
        "PAGES",
    ]


def test_a_page_is_gone_to_by_its_name(window: Window, jump: StandIn) -> None:
    jump.answers["find"] = Found()
    dialog = opened(window)
    QTest.keyClicks(dialog.field, "sched")
    press(dialog, Qt.Key.Key_Return)
    assert isinstance(window.page, PricesPage)


def test_ctrl_k_opens_it_even_from_a_field_that_knows_the_key(window: Window, qtbot: QtBot) -> None:
    assert window.page is not None
    line = QLineEdit("text", window.page)
    line.show()
    window.activateWindow()
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert len(shown(window)) == 1
    assert line.text() == "text"


def test_the_button_in_the_bar_opens_it_and_says_the_keys(window: Window) -> None:
    button = window.top_bar.jump
    assert button.accessibleName() == "Search accounts, users and pages"
    assert button.accessibleDescription() == "Ctrl+K"
    button.click()
    assert len(shown(window)) == 1


def test_without_anybody_signed_in_there_is_nothing_to_find(make_window: MakeWindow) -> None:
    window = make_window(None)
    window.top_bar.jump.click()
    assert shown(window) == []


def test_nothing_tells_a_customer_administrator_of_other_accounts(make_window: MakeWindow, jump: StandIn) -> None:
    jump.answers["find"] = OWN
    window = make_window(CUSTOMER)
    window._context = replace(window._context, services=services(jump=jump))
    dialog = opened(window)
    QTest.keyClicks(dialog.field, "c")
    assert dialog.field.placeholderText() == "Search users and pages"
    assert window.top_bar.jump.accessibleName() == "Search users and pages"
    assert rows(dialog)[:4] == [
        "MY COMPANY",
        "Contoso Freight, contoso-freight.example",
        "USERS",
        "Megan Bowen, megan.bowen@contoso-freight.example",
    ]


def test_everything_has_a_name(window: Window, assert_accessible: Callable[[QWidget], None]) -> None:
    assert_accessible(opened(window))


def test_the_number_of_results_is_announced() -> None:
    groups = found_groups(OWN, (), RESELLER)
    assert (count_text(groups), count_text(groups[:1]), count_text(())) == ("3 results", "1 result", "Nothing matches")


# Pages of the program itself


@pytest.mark.parametrize("session", [RESELLER, CUSTOMER, AUDITOR])
def test_only_pages_are_offered_that_a_name_is_enough_for(session: Session) -> None:
    found = {entry.key for letter in "abcdefghijklmnopqrstuvwxyz" for entry in _pages(session, letter)}
    assert not found & {"user", "statement", "price_schedule", "sign_in", "setup"}
    if session.role is Role.CUSTOMER:
        assert not found & {"customers", "operators", "create_account", "prices", "pending_changes"}


@pytest.mark.parametrize(
    ("typed", "key"), [("pending", "pending_changes"), ("import users", "transition"), ("user imp", "transition")]
)
def test_pages_are_found_by_words(typed: str, key: str) -> None:
    assert _pages(RESELLER, typed)[0].key == key


def _pages(session: Session, typed: str) -> list[Entry]:
    return page_entries(all_pages(), session, AccountBadge(7, "Contoso", "contoso.example", Mode.USAGE), typed)


# What is remembered


def test_the_latest_place_comes_first_and_once() -> None:
    recent = Recent(MemorySettings(), "dana@example.com")
    for number in range(20):
        recent.visit(Target(number % 10, 5 if number % 2 else None))
    assert recent.targets()[:2] == (Target(9, 5), Target(8))
    assert len(recent.targets()) == 8


@pytest.mark.parametrize(
    ("kept", "read"), [("7/3", (Target(7, 3),)), (["x", "7", None, "/"], (Target(7),)), (None, ())]
)
def test_what_cannot_be_read_is_left_out(kept: object, read: tuple[Target, ...]) -> None:
    settings = MemorySettings()
    settings.setValue("jump/dana@example.com", kept)
    assert Recent(settings, "dana@example.com").targets() == read


def test_operators_do_not_share_what_is_remembered() -> None:
    settings = MemorySettings()
    Recent(settings, "dana@example.com").visit(Target(7))
    assert Recent(settings, "kim@example.com").targets() == ()


def test_what_is_worth_remembering() -> None:
    assert target_of("tools", {"account": 7}, RESELLER) == Target(7)
    assert target_of("user", {"account": 7, "user": 3}, CUSTOMER) == Target(7, 3)
    assert target_of("tools", {"account": 7}, CUSTOMER) is None
    assert target_of("customers", {}, RESELLER) is None


def test_keys_that_come_while_a_window_is_thrown_away_do_no_harm(window: Window) -> None:
    """Python may have forgotten the attributes of what Qt still asks."""
    (claim,) = window.findChildren(_Claim)
    vars(claim).clear()
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_A)
