"""Everybody's own password, out of the menu of the operator."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QMenu, QWidget

from cpdesk.base.errors import UserError
from cpdesk.domain.operators import Session
from cpdesk.ui.gallery.samples import AUDITOR, CUSTOMER, RESELLER
from cpdesk.ui.gallery.scenes_operators import operator_services
from cpdesk.ui.gallery.scenes_settings import settings_services
from cpdesk.ui.parts.change_password import ChangePasswordDialog
from cpdesk.ui.shell.window import Window

GOOD = {"present": "the old one", "password": "a long sentence", "again": "a long sentence"}


def choose(window: Window, text: str) -> None:
    """Choose an entry of the operator's menu."""
    menus = window.top_bar.operator.findChildren(QMenu)
    next(action for menu in menus for action in menu.actions() if action.text() == text).trigger()


def opened(window: Window) -> ChangePasswordDialog:
    choose(window, "Change password")
    found = window.findChild(ChangePasswordDialog)
    assert isinstance(found, ChangePasswordDialog)
    return found


@pytest.fixture
def window(open_page: Callable[..., Window]) -> Window:
    return open_page("operators", operator_services())


def test_every_widget_has_a_name(window: Window, assert_accessible: Callable[[QWidget], None]) -> None:
    assert_accessible(opened(window))


def test_the_present_one_proves_who_it_is(window: Window) -> None:
    dialog = opened(window)
    dialog.form.set_values(GOOD)
    dialog.go.click()
    assert window.page is not None
    operators = window.page.context.services.operators
    assert operators.called("change_own_password") == [("the old one", "a long sentence")]  # type: ignore[attr-defined]
    assert window.notices.texts() == ["Your password is changed."]


def test_a_wrong_present_one_is_said_at_its_field(open_page: Callable[..., Window]) -> None:
    dialog = opened(open_page("operators", operator_services(change_own_password=UserError("wrong_password"))))
    dialog.form.set_values(GOOD)
    dialog.go.click()
    assert dialog.form.error("present") == "This is not your present password."
    assert dialog.isVisible()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        (GOOD | {"present": ""}, "present"),
        (GOOD | {"password": "short", "again": "short"}, "password"),
        (GOOD | {"again": "another sentence"}, "again"),
    ],
)
def test_what_is_wrong_is_said_before_anything_is_asked(window: Window, values: dict[str, str], field: str) -> None:
    dialog = opened(window)
    dialog.form.set_values(values)
    dialog.go.click()
    assert dialog.form.error(field)


@pytest.mark.parametrize("session", [RESELLER, AUDITOR, CUSTOMER])
def test_everybody_comes_to_it(open_page: Callable[..., Window], session: Session) -> None:
    assert opened(open_page("settings", settings_services(), session)).isVisible()
