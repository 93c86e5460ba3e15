"""The window: going from place to place, and what stands around the page."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from cpdesk.base.errors import UserError
from cpdesk.jobs import EVERYTHING
from cpdesk.ui.context import Action, Kind, MemorySettings
from cpdesk.ui.shell.help_dialog import HelpDialog
from cpdesk.ui.shell.language import apply_language
from cpdesk.ui.shell.navigation import Origin, Place
from cpdesk.ui.shell.window import Window
from cpdesk.ui.theme import Appearance, Theme
from cpdesk.ui.widgets.dialog import ModalDialog
from cpdesk.ui.widgets.notice import Notice
from tests.ui.shell.conftest import CUSTOMER, RESELLER, CountingPage

MakeWindow = Callable[..., Window]


def page_of(window: Window) -> CountingPage:
    assert isinstance(window.page, CountingPage)
    return window.page


def texts(window: Window) -> list[str]:
    return [label.text() for label in window.top_bar.findChildren(QLabel) if label.isVisible()]


def test_without_a_session_there_is_only_the_sign_in_page(make_window: MakeWindow) -> None:
    window = make_window(session=None)
    assert page_of(window).title == "Sign in"
    assert not window.side_menu.isVisible()
    assert not window.top_bar.isVisible()


def test_signing_in_leads_home_and_signing_out_leaves_nothing(make_window: MakeWindow) -> None:
    window = make_window(session=None)
    page_of(window).context.sign_in(RESELLER)
    customers = page_of(window)
    assert customers.title == "Customer List"
    assert customers.context.by == RESELLER
    assert window.side_menu.isVisible()
    customers.context.sign_out()
    assert page_of(window).title == "Sign in"
    assert window.session is None
    window.back()
    assert page_of(window).title == "Sign in"


def test_a_customer_starts_in_the_account_and_has_no_way_out_of_it(make_window: MakeWindow) -> None:
    window = make_window(CUSTOMER)
    assert window.place == Place("my_services", {"account": 7})
    assert not window.side_menu._back.isVisible()
    assert not window.navigate("customers")
    assert not window.navigate("my_services", account=8)


def test_the_account_is_on_top_of_each_of_its_pages(window: Window) -> None:
    window.navigate("my_services", account=7)
    assert {"Contoso Freight", "contoso.example", "Purchase Mode"} <= set(texts(window))
    window.navigate("tools")
    assert "Contoso Freight" in texts(window)
    window.navigate("customers")
    assert "Contoso Freight" not in texts(window)
    assert "Customer List" in texts(window)


def test_another_account_gets_a_page_of_its_own(window: Window) -> None:
    window.navigate("my_services", account=7)
    first = page_of(window)
    window.navigate("my_services", account=8)
    assert page_of(window) is not first
    assert "Adatum Insurance" in texts(window)
    assert "Contoso Freight" not in texts(window)


def test_the_menu_lights_where_one_is(window: Window) -> None:
    window.navigate("tools", account=7)
    entry = window.side_menu.button("my_services")
    assert entry is not None
    assert entry.lit
    assert entry.accessibleName() == "My Services"


def test_menu_entries_open_their_pages(window: Window) -> None:
    entry = window.side_menu.button("prices")
    assert entry is not None
    QTest.mouseClick(entry, Qt.MouseButton.LeftButton)
    assert page_of(window).title == "Price Schedules"
    window.navigate("my_services", account=7)
    QTest.mouseClick(window.side_menu._back, Qt.MouseButton.LeftButton)
    assert page_of(window).title == "Customer List"


def test_keys_go_back_and_forward(window: Window, qtbot: QtBot) -> None:
    window.navigate("prices")
    QTest.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: page_of(window).title == "Customer List")
    QTest.keyClick(window, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: page_of(window).title == "Price Schedules")


def test_pages_are_made_once_and_refreshed_when_their_topics_change(window: Window) -> None:
    customers = page_of(window)
    assert customers.refreshed == 1
    jobs = customers.context.jobs
    jobs.changed.emit(frozenset({"accounts"}), None)
    assert customers.refreshed == 2
    jobs.changed.emit(frozenset({"prices"}), None)
    assert customers.refreshed == 2
    window.navigate("prices")
    jobs.changed.emit(frozenset({"accounts"}), None)
    assert customers.refreshed == 2
    window.back()
    assert page_of(window) is customers
    assert customers.refreshed == 3
    window.forward()
    window.back()
    assert customers.refreshed == 3


def test_new_looks_are_for_what_is_seen_and_for_what_was_typed(window: Window, theme: Theme) -> None:
    first = page_of(window)
    window.navigate("prices")
    typed_in = page_of(window)
    window.navigate("operators")
    shown = page_of(window)
    theme.set_appearance(Appearance.DARK)
    assert page_of(window) is shown
    assert not isValid(first)
    window.navigate("prices")
    assert page_of(window) is typed_in


def test_a_change_by_another_process_concerns_every_page(window: Window) -> None:
    jobs = page_of(window).context.jobs
    jobs.changed.emit(EVERYTHING, None)
    assert page_of(window).refreshed == 2


def test_notices_go_with_the_page(window: Window) -> None:
    done: list[int] = []
    page_of(window).context.notices.success("3 seats were added.", Action("Undo", lambda: done.append(1)))
    assert window.notices.texts() == ["3 seats were added."]
    assert window.notices.isVisible()
    undo = window.notices._notices[0].buttons()[0]
    QTest.mouseClick(undo, Qt.MouseButton.LeftButton)
    assert done == [1]
    assert window.notices.texts() == []
    window.notices.info("Something")
    window.navigate("prices")
    assert not window.notices.isVisible()


def test_a_message_that_was_answered_hands_the_keyboard_to_the_page(window: Window) -> None:
    window.activateWindow()
    window.notices.success("Done.", Action("Undo", lambda: None))
    undo = next(button for button in window.notices.findChildren(QPushButton) if button.text() == "Undo")
    undo.setFocus()
    undo.click()
    assert page_of(window).hasFocus()


def test_no_more_than_three_notices(window: Window) -> None:
    for number in range(5):
        window.notices.info(f"{number}")
    assert window.notices.texts() == ["4", "3", "2"]


def test_banners_stay_until_they_are_over(window: Window) -> None:
    window.banners.set("clock", Kind.ERROR, "The clock is behind.")
    window.navigate("prices")
    window.banners.set("clock", Kind.ERROR, "The clock is 3 minutes behind.", [Action("Help", window.refresh)])
    assert window.banners.text("clock") == "The clock is 3 minutes behind."
    assert window.banners.isVisible()
    window.banners.clear("clock")
    window.banners.clear("clock")
    assert not window.banners.isVisible()


def test_a_narrow_window_folds_the_menu_to_icons_with_names(make_window: MakeWindow) -> None:
    window = make_window(width=1024, height=640)
    entry = window.side_menu.button("customers")
    assert entry is not None
    assert window.side_menu.folded
    assert window.side_menu.width() < 80
    assert (entry.toolTip(), entry.accessibleName()) == ("Customer List", "Customer List")
    window.resize(1280, 800)
    assert not window.side_menu.folded
    assert entry.toolTip() == ""


def test_a_fold_by_hand_is_remembered(make_window: MakeWindow) -> None:
    window = make_window()
    QTest.mouseClick(window.side_menu._toggle, Qt.MouseButton.LeftButton)
    assert window.side_menu.folded
    window.close()
    assert make_window().side_menu.folded


def test_large_text_folds_the_menu_sooner(window: Window, theme: Theme) -> None:
    assert not window.side_menu.folded
    theme.set_text_scale(2.0)
    assert window.side_menu.folded


def test_appearance_is_chosen_in_the_menu_of_the_operator(window: Window, theme: Theme) -> None:
    window.top_bar.appearance_chosen.emit(Appearance.DARK.value)
    assert theme.dark


def test_every_text_follows_the_language(window: Window, settings: MemorySettings, qapp: QApplication) -> None:
    translated = page_of(window).translated
    try:
        window.top_bar.language_chosen.emit("de")
        assert settings.value("ui/language") == "de"
        assert page_of(window).translated > translated
    finally:
        apply_language(qapp, "en")


def test_right_to_left_mirrors_the_window(window: Window, qapp: QApplication) -> None:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    QApplication.processEvents()
    assert window.side_menu.x() > window.top_bar.x()


def test_a_known_error_of_a_job_is_a_notice_any_other_a_bug(window: Window, qtbot: QtBot) -> None:
    window.report(UserError("not_allowed", role="auditor"))
    assert len(window.notices.texts()) == 1
    bug = ZeroDivisionError()
    with qtbot.waitSignal(window.crashed) as crashed:
        window.report(bug)
    assert crashed.args == [bug]


@pytest.mark.parametrize("place", [("customers", {}), ("my_services", {"account": 7})])
@pytest.mark.parametrize("width", [1280, 1024])
def test_the_window_is_accessible(
    window: Window,
    assert_accessible: Callable[[QWidget], None],
    place: tuple[str, dict[str, int]],
    width: int,
) -> None:
    window.resize(width, 700)
    window.navigate(place[0], **place[1])
    assert_accessible(window)


def test_arrow_keys_move_in_the_menu(window: Window) -> None:
    first, second = window.side_menu.button("customers"), window.side_menu.button("prices")
    assert first is not None
    assert second is not None
    window.activateWindow()
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Down)
    assert window.focusWidget() is second
    QTest.keyClick(second, Qt.Key.Key_Return)
    assert page_of(window).title == "Price Schedules"


def test_badges_stay_while_the_entry_is_away(window: Window) -> None:
    window.side_menu.set_badge("prices", "3")
    window.navigate("my_services", account=7)
    window.navigate("customers")
    entry = window.side_menu.button("prices")
    assert entry is not None
    assert entry.accessibleDescription() == "3"


@pytest.mark.parametrize("direction", list(Qt.LayoutDirection)[:2])
def test_a_page_that_scrolls_is_as_wide_as_the_notices_above_it(
    make_window: MakeWindow, qapp: QApplication, direction: Qt.LayoutDirection
) -> None:
    qapp.setLayoutDirection(direction)
    window = make_window()
    window.notices.info("Two accounts were added.")
    notice = window.notices.findChild(Notice)
    page = page_of(window)
    assert isinstance(notice, Notice)
    for height in (0, 3000, 0):
        page.content.setMinimumHeight(height)
        for _round in range(4):
            QApplication.processEvents()
        assert edges(notice) == edges(page.content)


def edges(widget: QWidget) -> tuple[int, int]:
    return widget.mapToGlobal(QPoint()).x(), widget.mapToGlobal(QPoint(widget.width(), 0)).x()


def test_the_operators_menu_ends_with_its_button_which_is_not_lit_afterwards(make_window: MakeWindow) -> None:
    window = make_window()
    button = window.top_bar.operator
    menu = button.menu()
    button.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    menu.popup(button.mapToGlobal(QPoint(0, button.height())))
    assert edges(menu)[1] == edges(button)[1]
    QCursor.setPos(window.mapToGlobal(window.rect().center()))
    menu.hide()
    QApplication.processEvents()
    assert not button.underMouse()


def test_f1_opens_the_help_on_the_page_and_knows_the_way_back(window: Window, qtbot: QtBot) -> None:
    window.navigate("my_services", account=7)
    QTest.keyClick(window, Qt.Key.Key_F1)
    qtbot.waitUntil(lambda: page_of(window).title == "Help")
    params = page_of(window).params
    assert params["topic"] == "catalog"
    assert params["origin"] == Origin(Place("my_services", {"account": 7}), "My Services")
    window.show_help()
    assert page_of(window).params == params
    page_of(window).context.back()
    assert page_of(window).title == "My Services"


def test_a_page_with_several_topics_names_the_one_that_is_open(window: Window) -> None:
    page_of(window).help_topic = "pending-changes"
    window.show_help()
    assert page_of(window).params["topic"] == "pending-changes"


def test_help_leaves_the_account_open_and_is_there_without_one(window: Window) -> None:
    window.navigate("my_services", account=7)
    entry = window.side_menu.button("help")
    assert entry is not None
    entry.click()
    assert page_of(window).title == "Help"
    assert "Contoso Freight" in texts(window)
    assert window.side_menu.button("my_services") is not None
    window.navigate("customers")
    window.navigate("help")
    assert "Contoso Freight" not in texts(window)
    assert window.side_menu.button("customers") is not None


def test_help_is_there_before_anybody_signs_in(make_window: MakeWindow) -> None:
    window = make_window(session=None)
    window.show_help()
    assert page_of(window).title == "Help"
    assert not window.side_menu.isVisible()
    window.back()
    assert page_of(window).title == "Sign in"


def test_f1_in_a_dialog_shows_help_over_it_and_leaves_it_open(window: Window, qtbot: QtBot) -> None:
    dialog = ModalDialog(window, "Change to Usage Mode?")
    dialog.help_topic = "switch-to-usage"
    dialog.open()
    QTest.keyClick(dialog, Qt.Key.Key_F1)
    qtbot.waitUntil(lambda: bool(window.findChildren(HelpDialog)))
    [over] = window.findChildren(HelpDialog)
    assert isinstance(over, HelpDialog)
    assert over.page.params == {"topic": "switch-to-usage", "alone": True}
    QTest.keyClick(over, Qt.Key.Key_F1)
    assert dialog.isVisible()
    over.reject()
    dialog.reject()
    assert page_of(window).title == "Customer List"


def test_a_dialog_over_a_page_explains_that_page(window: Window) -> None:
    window.navigate("my_services", account=7)
    dialog = ModalDialog(window, "Activate?")
    second = ModalDialog(dialog, "Over it")
    second.ask_for_help()
    [over] = window.findChildren(HelpDialog)
    assert isinstance(over, HelpDialog)
    assert over.page.params["topic"] == "catalog"


def focus_of(window: Window) -> QWidget:
    found = window.focusWidget()
    assert found is not None
    return found


def test_tab_goes_from_a_message_to_the_page(window: Window) -> None:
    window.activateWindow()
    window.notices.success("3 seats were added.", Action("Undo", list))
    undo = window.notices.findChildren(Notice)[0].buttons()[0]
    undo.setFocus()
    QTest.keyClick(undo, Qt.Key.Key_Tab)
    assert page_of(window).isAncestorOf(focus_of(window))


def test_f6_goes_through_the_parts_of_the_window_and_back_to_where_one_was(window: Window, qtbot: QtBot) -> None:
    window.activateWindow()
    window.banners.set("clock", Kind.ERROR, "The clock is behind.", [Action("Look", list)])
    window.notices.success("3 seats were added.", Action("Undo", list))
    QApplication.processEvents()
    page = page_of(window)
    page.button.setFocus()
    parts = [window.side_menu, window.top_bar, window.banners, window.notices, page]
    for part in parts:
        QTest.keyClick(window, Qt.Key.Key_F6)
        qtbot.waitUntil(lambda part=part: part.isAncestorOf(focus_of(window)))  # type: ignore[misc]
    assert focus_of(window) is page.button
    QTest.keyClick(window, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: window.notices.isAncestorOf(focus_of(window)))


def test_f6_leaves_out_what_has_nothing_to_press(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = make_window(session=None)
    window.activateWindow()
    QTest.keyClick(window, Qt.Key.Key_F6)
    qtbot.waitUntil(lambda: page_of(window).button is focus_of(window))


def test_a_page_ends_its_work_before_the_next_one_is_made(window: Window) -> None:
    left = window.page
    assert isinstance(left, CountingPage)
    window.navigate("customers")
    assert left.left_for == []
    window.navigate("prices")
    assert left.left_for == ["Customer List"]
