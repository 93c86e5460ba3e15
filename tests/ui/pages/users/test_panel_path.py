"""The panel's path to the licenses of a user, over real services and a real database."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QPushButton

from cpdesk.ui.pages.users.remove_users import RemoveUsersDialog
from cpdesk.ui.parts.license_assignment import LicenseAssignmentDialog
from cpdesk.ui.shell.window import Window
from tests.support.world import PREMIUM, Counts, World


def test_a_license_is_assigned_taken_back_and_the_user_deleted_and_restored(
    world: World, open_page: Callable[..., Window]
) -> None:
    account = world.account("Contoso", "megan@contoso.example")
    window = open_page("users", world.services, session=world.by, account=account)

    window_gear(window, 0, "Edit User Details")
    page: Any = window.page
    page.tabs.select("services")
    configure(page)
    dialog = opened(window)
    row = next(row for row in dialog.assignment.rows if row.line.part_number == PREMIUM)
    dialog.choice.products.toggled.emit(row)
    dialog.apply.click()
    assert world.licenses(account) == {"megan@contoso.example": (PREMIUM,)}
    assert world.counts(account) == Counts(1, 1)
    assert [held.part_number for held in page.licenses.table.rows._all] == [PREMIUM]

    undo(window)
    assert world.counts(account) == Counts(0, 0)
    assert page.licenses.empty.isVisible()

    world.assign(account, "megan@contoso.example")
    window.navigate("users", account=account)
    window_gear(window, 0, "Delete User")
    (removal,) = (found for found in window.findChildren(RemoveUsersDialog) if found.isVisible())
    removal.delete.click()
    assert world.licenses(account) == {}
    undo(window)
    assert world.licenses(account) == {"megan@contoso.example": (PREMIUM,)}


def window_gear(window: Window, row: int, text: str) -> None:
    users: Any = window.page
    users.users.table.selectRow(row)
    (action,) = (action for action in users.users.gear.actions_of_menu() if action.text() == text)
    action.trigger()


def configure(page: Any) -> None:
    (action,) = page.licenses.gear.actions_of_menu()
    action.trigger()


def opened(window: Window) -> Any:
    (dialog,) = (found for found in window.findChildren(LicenseAssignmentDialog) if found.isVisible())
    return dialog


def undo(window: Window) -> None:
    (button,) = (
        found for found in window.notices.findChildren(QPushButton) if found.isVisible() and found.text() == "Undo"
    )
    button.click()
