"""The help as one reads it."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from cpdesk.domain.operators import Session
from cpdesk.services.accounts import Accounts
from cpdesk.ui.gallery.samples import CONTOSO, CUSTOMER, RESELLER
from cpdesk.ui.gallery.scene import Stage
from cpdesk.ui.gallery.stand_ins import StandIn, services
from cpdesk.ui.pages import all_pages
from cpdesk.ui.pages.help.page import HelpPage
from cpdesk.ui.shell.help_dialog import HelpDialog
from cpdesk.ui.shell.language import apply_language
from cpdesk.ui.shell.navigation import Origin, Place
from cpdesk.ui.shell.window import Window
from cpdesk.ui.theme import Theme
from cpdesk.ui.widgets.dialog import ModalDialog

Make = Callable[..., Window]


@pytest.fixture
def make(qtbot: QtBot, theme: Theme) -> Make:
    def made(at: str = "help", session: Session | None = RESELLER, **params: object) -> Window:
        bundle = services(accounts=StandIn(Accounts, show=CONTOSO, rows=[CONTOSO]))
        window = Stage(theme).window(all_pages(), at, services=bundle, session=session, **params)
        qtbot.addWidget(window)
        window.resize(1280, 800)
        window.show()
        window.activateWindow()
        return window

    return made


def page_of(window: Window) -> HelpPage:
    assert isinstance(window.page, HelpPage)
    return window.page


def title_of(window: Window) -> str:
    return page_of(window).article.accessibleName()


def button(window: Window, text: str) -> QPushButton:
    [found] = [found for found in page_of(window).header.findChildren(QPushButton) if found.text() == text]
    return found


def test_it_begins_with_the_first_steps(make: Make) -> None:
    window = make()
    assert title_of(window) == "Getting started"
    assert "Help" in window.windowTitle()
    assert page_of(window).list_of_topics.titles()[0] == "Getting started"


def test_a_topic_is_opened_from_the_list_by_keyboard(make: Make) -> None:
    window = make()
    topics = page_of(window).list_of_topics.list
    topics.setFocus()
    QTest.keyClick(topics, Qt.Key.Key_Down)
    assert title_of(window) == "The demo"
    for _step in range(2):
        QTest.keyClick(topics, Qt.Key.Key_Down)
    assert title_of(window) == "Customer List"
    window.back()
    assert title_of(window) == "Keyboard"


def test_links_lead_from_topic_to_topic_and_back(make: Make) -> None:
    window = make(topic="switch-to-usage")
    page_of(window).article.followed.emit("first-of-month")
    assert title_of(window) == "What happens on the first of the month"
    assert window.place == Place("help", {"topic": "first-of-month"})
    button(window, "Back").click()
    assert title_of(window) == "Switch to Usage Mode"


def test_f1_opens_the_topic_of_a_page_and_one_can_return(make: Make, qtbot: QtBot) -> None:
    window = make("my_services", account=CONTOSO.id)
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window, Qt.Key.Key_F1)
    qtbot.waitUntil(lambda: isinstance(window.page, HelpPage))
    assert title_of(window) == "My Services and The Catalog"
    page_of(window).article.followed.emit("import-users")
    button(window, "Return to My Services").click()
    assert window.place == Place("my_services", {"account": CONTOSO.id})


def test_help_inside_an_account_names_it_on_top(make: Make) -> None:
    window = make(account=CONTOSO.id)
    assert page_of(window).account is not None
    assert page_of(window).account.name == "Contoso Freight"  # type: ignore[union-attr]


def test_a_customer_administrator_has_it_too(make: Make) -> None:
    window = make("my_services", CUSTOMER, account=CONTOSO.id)
    assert window.navigate("help")
    assert title_of(window) == "Getting started"


def test_it_is_there_before_anybody_signs_in(make: Make) -> None:
    window = make(session=None, topic="operators")
    assert title_of(window) == "Operators"


def test_a_search_lists_what_it_found_and_enter_opens_the_best(make: Make) -> None:
    window = make()
    topics = page_of(window).list_of_topics
    QTest.keyClicks(topics.search, "recovery code")
    QTest.keyClick(topics.search, Qt.Key.Key_Return)
    assert "Operators" in topics.titles()
    assert title_of(window) == topics.titles()[0]
    topics.search.setText("helicopter")
    QTest.keyClick(topics.search, Qt.Key.Key_Return)
    assert topics.titles() == []
    assert topics._nothing.isVisible()
    assert "helicopter" in topics._nothing.text()


def test_where_there_is_little_room_topics_and_text_take_turns(make: Make, theme: Theme) -> None:
    window = make()
    theme.set_text_scale(2.0)
    window.navigate("help", topic="users")
    QApplication.processEvents()
    page = page_of(window)
    assert page.article.isVisible()
    assert not page.list_of_topics.isVisible()
    button(window, "All topics").click()
    QApplication.processEvents()
    assert page.list_of_topics.isVisible()
    assert not page.article.isVisible()


def test_links_out_of_the_program_are_shown_and_not_followed(make: Make) -> None:
    window = make()
    page_of(window).article.followed.emit("https://learn.example/licenses")
    [told] = window.notices.texts()
    assert "https://learn.example/licenses" in told
    assert title_of(window) == "Getting started"


def test_over_a_dialog_there_is_the_topic_alone(make: Make) -> None:
    window = make("my_services", account=CONTOSO.id)
    dialog = ModalDialog(window, "Change to Usage Mode?")
    dialog.help_topic = "switch-to-usage"
    dialog.open()
    dialog.ask_for_help()
    [over] = window.findChildren(HelpDialog)
    assert isinstance(over, HelpDialog)
    page = over.page
    assert isinstance(page, HelpPage)
    assert page.article.accessibleName() == "Switch to Usage Mode"
    assert not page.list_of_topics.isVisible()
    assert over.windowTitle() == "Switch to Usage Mode"
    page.article.followed.emit("first-of-month")
    assert page.article.accessibleName() == over.windowTitle() == "What happens on the first of the month"
    assert dialog.isVisible()
    over.reject()
    dialog.reject()
    assert window.place == Place("my_services", {"account": CONTOSO.id})


def test_it_speaks_the_language_in_use(make: Make, qapp: QApplication) -> None:
    window = make(topic="first-of-month", origin=Origin(Place("customers"), "Customer List"))
    try:
        apply_language(qapp, "de")
        assert title_of(window) == "Was am Monatsersten geschieht"
        assert "Erste Schritte" in page_of(window).list_of_topics.titles()
    finally:
        apply_language(qapp, "en")


@pytest.mark.parametrize("width", [1280, 1024])
def test_it_is_accessible(make: Make, width: int, assert_accessible: Callable[[QWidget], None]) -> None:
    window = make(topic="users")
    window.resize(width, 640)
    assert_accessible(window)
