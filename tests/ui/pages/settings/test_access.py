"""Access, among the settings: locking, the second factor, and what its dialogs keep from being lost."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from cpdesk.base.errors import UserError
from cpdesk.ui.gallery.scenes_settings import CODES, FACTOR, SECRET, settings_services
from cpdesk.ui.pages.settings.factor_dialogs import FactorDialog, SetUpFactorDialog, TurnOffFactorDialog
from cpdesk.ui.pages.settings.page import SettingsPage
from cpdesk.ui.pages.settings.security import SecurityCard
from cpdesk.ui.shell.idle import idle_limit
from cpdesk.ui.shell.window import Window
from cpdesk.ui.widgets.labels import Label

OpenPage = Callable[..., Window]


def card(window: Window) -> SecurityCard:
    assert isinstance(window.page, SettingsPage)
    return window.page.security


def said(shown: QWidget) -> str:
    return "\n".join(label.text() for label in shown.findChildren(Label) if label.isVisibleTo(shown))


def set_up(window: Window) -> SetUpFactorDialog:
    card(window).set_up.click()
    return window.findChildren(SetUpFactorDialog)[-1]


@pytest.fixture
def services() -> Any:
    return settings_services()


def test_the_minutes_are_remembered(open_page: OpenPage, services: Any) -> None:
    window = open_page("settings", services)
    card(window).lock.set_value(5)
    card(window).lock.activated.emit(card(window).lock.currentIndex())
    assert idle_limit(window.settings) == timedelta(minutes=5)


def test_a_second_factor_is_set_up_by_the_code_of_the_app_and_the_password(open_page: OpenPage, services: Any) -> None:
    dialog = set_up(open_page("settings", services))
    assert SECRET[:4] in said(dialog)
    dialog.form.set_values({"code": "123456", "present": "correct horse"})
    dialog.go.click()
    ((password, _enrolment, code),) = services.factors.called("turn_on")
    assert (password, code) == ("correct horse", "123456")
    assert dialog.codes.code.splitlines() == list(CODES)


def test_codes_that_nobody_has_stored_are_not_lost_by_a_key(open_page: OpenPage, services: Any) -> None:
    dialog = set_up(open_page("settings", services))
    dialog.show_codes(CODES)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    dialog.codes.stored.setChecked(True)
    dialog.finish.click()
    assert not dialog.isVisible()


@pytest.mark.parametrize(("code", "field"), [("wrong_password", "present"), ("wrong_first_code", "code")])
def test_what_is_wrong_is_said_where_it_is(open_page: OpenPage, services: Any, code: str, field: str) -> None:
    services.factors.answers["turn_on"] = UserError(code)
    dialog = set_up(open_page("settings", services))
    dialog.form.set_values({"code": "123456", "present": "correct horse"})
    dialog.go.click()
    assert dialog.form.error(field)
    assert dialog.go.isEnabled()


def test_turning_it_off_takes_the_password(open_page: OpenPage) -> None:
    services = settings_services(factor=FACTOR)
    window = open_page("settings", services)
    assert "9 recovery codes are left" in said(card(window))
    card(window).turn_off.click()
    dialog = window.findChildren(TurnOffFactorDialog)[-1]
    dialog.go.click()
    assert not services.factors.called("turn_off"), "without the password"
    dialog.form.set_values({"present": "correct horse"})
    dialog.go.click()
    assert services.factors.called("turn_off") == [("correct horse",)]


def test_every_widget_has_a_name(
    open_page: OpenPage, services: Any, assert_accessible: Callable[[QWidget], None]
) -> None:
    window = open_page("settings", services)
    assert_accessible(card(window))
    dialog: FactorDialog = set_up(window)
    assert_accessible(dialog)
    dialog.show_codes(CODES)
    assert_accessible(dialog)
