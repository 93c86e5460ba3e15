"""A tenant is transitioned in the window, on the real services and a real database."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from cpdesk.domain.modes import Mode
from cpdesk.domain.operators import Role, Session
from cpdesk.domain.user_import.choices import SKIP
from cpdesk.ui.gallery.scene import Stage
from cpdesk.ui.pages import all_pages
from cpdesk.ui.pages.account.activate_service import ActivateServiceDialog
from cpdesk.ui.pages.account.catalog import CatalogPage
from cpdesk.ui.pages.transition.add_product import AddProductDialog
from cpdesk.ui.pages.transition.page import TransitionPage
from cpdesk.ui.shell.window import Window
from cpdesk.ui.theme import Theme
from tests.support.exports import PREMIUM_NAME, person, write
from tests.support.world import PREMIUM, Counts, World
from tests.ui.pages.conftest import Show

ADA, BOB = "ada@relecloud.example", "bob@relecloud.example"
OpenWindow = Callable[..., Window]


@pytest.fixture
def open_window(world: World, theme: Theme, show: Show) -> OpenWindow:
    def open_window(key: str, account: int, session: Session | None = None) -> Window:
        stage = Stage(theme, clock=world.clock)
        session = session or world.by
        return show(stage.window(all_pages(), key, services=world.services, session=session, account=account))

    return open_window


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Two users with licenses, one of a name that the catalogue lacks."""
    people = (person(ADA, PREMIUM_NAME, "Rocket Fuel", name="Ada"), person(BOB, PREMIUM_NAME, name="Bob"))
    return write(tmp_path / "users.csv", *people)


def wizard(window: Window) -> TransitionPage:
    page = window.page
    assert isinstance(page, TransitionPage)
    return page


def go_on(page: TransitionPage) -> None:
    page.wizard.next_button.click()
    QCoreApplication.processEvents()


def choose(page: TransitionPage, file: Path) -> None:
    assert page.steps.file.drop.take(file)
    go_on(page)


def test_a_file_is_held_until_it_is_imported(world: World, open_window: OpenWindow, file: Path) -> None:
    account = world.account("Relecloud")
    page = wizard(open_window("transition", account))
    assert not page.holds_input
    assert page.steps.file.drop.take(file)
    assert page.holds_input


def test_from_the_catalog_to_users_with_licenses(world: World, open_window: OpenWindow, file: Path) -> None:
    account = world.account("Relecloud", active=False)
    window = open_window("catalog", account)
    assert isinstance(window.page, CatalogPage)
    window.page.band.button.click()
    dialog = window.findChild(ActivateServiceDialog)
    assert isinstance(dialog, ActivateServiceDialog)
    dialog.existing.click()
    dialog.go.click()
    page = wizard(window)
    choose(page, file)
    (use,) = page.steps.products.unanswered()
    page.steps.products.answer(use, SKIP)
    go_on(page)
    assert not world.show(account).service_active
    go_on(page)
    assert page.wizard.current == "import"
    assert world.show(account).service_active
    assert world.licenses(account) == {ADA: (PREMIUM,), BOB: (PREMIUM,)}


def test_seats_are_added_with_the_import_in_purchase_mode(world: World, open_window: OpenWindow, file: Path) -> None:
    account = world.pool("Relecloud", seats=1)
    page = wizard(open_window("transition", account))
    choose(page, file)
    page.steps.products.answer(page.steps.products.unanswered()[0], SKIP)
    go_on(page)
    assert page.wizard.next_button.text() == "Add 1 seat and import"
    go_on(page)
    assert world.counts(account) == Counts(2, 2)


def test_what_happens_between_preview_and_import_is_shown(world: World, open_window: OpenWindow, file: Path) -> None:
    account = world.pool("Relecloud", seats=2)
    page = wizard(open_window("transition", account))
    choose(page, file)
    page.steps.products.answer(page.steps.products.unanswered()[0], SKIP)
    go_on(page)
    world.give_back(account, 2)
    go_on(page)
    assert page.wizard.current == "preview"
    assert "Microsoft 365 Business Premium (SPB), missing seats was 0, is 2" in page.steps.preview.news.text
    assert page.wizard.next_button.text() == "Add 2 seats and import"
    go_on(page)
    assert world.counts(account) == Counts(2, 2)
    assert world.mode(account) is Mode.PURCHASE


def test_an_unknown_name_becomes_a_product_and_is_assigned(world: World, open_window: OpenWindow, file: Path) -> None:
    account = world.account("Relecloud")
    window = open_window("transition", account)
    page = wizard(window)
    choose(page, file)
    next(one for one in page.findChildren(QPushButton) if one.text() == "Add it to the catalogue").click()
    dialog = window.findChild(AddProductDialog)
    assert isinstance(dialog, AddProductDialog)
    dialog.form.set_values({"part_number": "ROCKET", "guid": "0c0ffee0-1111-4222-8333-444455556666"})
    dialog.add.click()
    go_on(page)
    go_on(page)
    assert world.licenses(account) == {ADA: ("ROCKET", PREMIUM), BOB: (PREMIUM,)}


def test_a_customer_imports_into_the_own_account(world: World, open_window: OpenWindow, file: Path) -> None:
    account = world.account("Relecloud")
    page = wizard(open_window("transition", account, world.operator(Role.CUSTOMER, account)))
    choose(page, file)
    page.steps.products.answer(page.steps.products.unanswered()[0], SKIP)
    go_on(page)
    go_on(page)
    assert world.licenses(account) == {ADA: (PREMIUM,), BOB: (PREMIUM,)}


def test_the_way_is_walked_by_keyboard(world: World, open_window: OpenWindow, file: Path, qtbot: QtBot) -> None:
    account = world.account("Relecloud")
    page = wizard(open_window("transition", account))
    assert page.steps.file.drop.button.hasFocus()
    page.steps.file.drop.take(file)
    QTest.keyClick(page.wizard, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.wizard.current == "products")
    row = page.steps.products.shown_rows[0]
    QTest.keyClicks(row.license, "skip import")
    QTest.keyClick(row.license, Qt.Key.Key_Return)
    assert page.wizard.current == "products"
    QTest.keyClick(row.license, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.wizard.current == "preview")
    page.wizard.next_button.setFocus()
    QTest.keyClick(page.wizard.next_button, Qt.Key.Key_Return)
    assert world.licenses(account) == {ADA: (PREMIUM,), BOB: (PREMIUM,)}
