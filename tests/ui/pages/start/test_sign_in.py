"""The sign-in page: who may come in, and what the others are told."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from cpdesk.base.errors import KnownError, UserError
from cpdesk.domain.operators import Session
from cpdesk.services.accounts import Accounts
from cpdesk.services.operators import Operators
from cpdesk.ui.gallery.samples import ACCOUNTS, RESELLER
from cpdesk.ui.gallery.scene import Stage
from cpdesk.ui.gallery.stand_ins import StandIn, services
from cpdesk.ui.pages.start.recover import RecoverAccessDialog
from cpdesk.ui.pages.start.sheet import LAST_EMAIL
from cpdesk.ui.pages.start.sign_in import SignInPage
from cpdesk.ui.shell.window import Window
from cpdesk.ui.widgets.checks import CheckBox
from cpdesk.ui.widgets.forms import Form
from cpdesk.ui.widgets.notice import Notice

_CODE = "K7QF-2M9X-RT4B-WHCN-8ZPD"


def form_of(widget: QWidget) -> Form:
    form = widget.findChild(Form)
    assert isinstance(form, Form)
    return form


def line(form: Form, key: str) -> QLineEdit:
    editor = form.editor(key)
    assert isinstance(editor, QLineEdit)
    return editor


def button(widget: QWidget, text: str) -> QPushButton:
    return next(one for one in widget.findChildren(QPushButton) if one.text() == text)


def refusal(window: Window) -> str:
    assert window.page is not None
    shown = [notice for notice in window.page.findChildren(Notice) if notice.isVisible()]
    return " ".join(notice.text for notice in shown)


class Door:
    """Operators that let Dana in with the right password."""

    def __init__(self) -> None:
        self.operators = StandIn(Operators, sign_in=self._sign_in, recover=_CODE)
        self.services = services(operators=self.operators, accounts=StandIn(Accounts, rows=ACCOUNTS))

    def _sign_in(self, email: str, password: str) -> Session:
        if (email, password) != (RESELLER.email, "correct horse"):
            raise UserError("wrong_credentials")
        return RESELLER


@pytest.fixture
def door() -> Door:
    return Door()


@pytest.fixture
def window(open_page: Callable[..., Window], door: Door) -> Window:
    return open_page("sign_in", door.services, session=None)


def test_the_title_is_the_one_of_the_control_panel(window: Window) -> None:
    assert window.windowTitle().startswith("Log in to the Control Panel with your administrative credentials")


def test_every_widget_has_a_name(window: Window, assert_accessible: Callable[[QWidget], None]) -> None:
    assert_accessible(window)


def test_signing_in_by_keyboard_alone_leads_to_the_customer_list(window: Window, stage: Stage) -> None:
    form = form_of(window)
    assert line(form, "email").hasFocus()
    QTest.keyClicks(line(form, "email"), RESELLER.email)
    QTest.keyClick(line(form, "email"), Qt.Key.Key_Tab)
    assert line(form, "password").hasFocus()
    QTest.keyClicks(line(form, "password"), "correct horse")
    QTest.keyClick(line(form, "password"), Qt.Key.Key_Return)
    assert window.session == RESELLER
    assert stage.settings.value(LAST_EMAIL) == RESELLER.email


def test_the_last_address_is_there_and_the_password_is_asked(
    open_page: Callable[..., Window], stage: Stage, door: Door
) -> None:
    stage.settings.setValue(LAST_EMAIL, RESELLER.email)
    form = form_of(open_page("sign_in", door.services, session=None))
    assert form.values()["email"] == RESELLER.email
    assert line(form, "password").hasFocus()


@pytest.mark.parametrize("email", [RESELLER.email, "nobody@reseller.example"])
def test_it_is_not_said_which_of_the_two_is_wrong(window: Window, email: str) -> None:
    form_of(window).set_values({"email": email, "password": "not this one"})
    button(window, "Log In").click()
    assert refusal(window) == "The e-mail address or the password is wrong."
    assert line(form_of(window), "password").selectedText()
    assert window.session is None


def test_an_empty_field_is_said_before_anybody_is_asked(window: Window, door: Door) -> None:
    button(window, "Log In").click()
    assert form_of(window).error("email")
    assert door.operators.calls == []


def test_a_trouble_with_the_database_is_said_in_place(open_page: Callable[..., Window]) -> None:
    operators = StandIn(Operators, sign_in=KnownError("database_locked", path="/somewhere/cpdesk.db"))
    window = open_page("sign_in", services(operators=operators), session=None)
    form_of(window).set_values({"email": "a@b.example", "password": "x"})
    form_of(window).submitted.emit()
    assert "/somewhere/cpdesk.db" in refusal(window)


def test_a_wait_is_counted_down(open_page: Callable[..., Window]) -> None:
    operators = StandIn(Operators, sign_in=UserError("too_many_attempts", wait=timedelta(seconds=30)))
    window = open_page("sign_in", services(operators=operators), session=None)
    assert isinstance(window.page, SignInPage)
    entry = window.page.entry
    entry.answer({"email": RESELLER.email, "password": "correct horse"})
    assert refusal(window) == "Too many attempts. Try again in 30 seconds."
    entry.pass_second()
    assert refusal(window) == "Too many attempts. Try again in 29 seconds."
    for _second in range(29):
        entry.pass_second()
    assert refusal(window) == ""


def test_the_password_can_be_seen(window: Window) -> None:
    password = line(form_of(window), "password")
    tick = next(box for box in window.findChildren(CheckBox) if box.text() == "Show password")
    tick.toggle()
    assert password.echoMode() is QLineEdit.EchoMode.Normal
    tick.toggle()
    assert password.echoMode() is QLineEdit.EchoMode.Password


@pytest.fixture
def dialog(window: Window) -> RecoverAccessDialog:
    button(window, "Use the recovery code").click()
    dialog = window.findChild(RecoverAccessDialog)
    assert isinstance(dialog, RecoverAccessDialog)
    return dialog


def fill(dialog: RecoverAccessDialog, again: str = "battery staple") -> None:
    form_of(dialog).set_values({"code": "ABCD", "email": RESELLER.email, "password": "battery staple", "again": again})
    button(dialog, "Set new password").click()


def test_the_recovery_code_sets_a_password_and_shows_the_next_code_until_it_is_stored(
    window: Window, dialog: RecoverAccessDialog, door: Door
) -> None:
    fill(dialog)
    name, args, _named = door.operators.calls[0]
    assert (name, args) == ("recover", ("ABCD", RESELLER.email, "battery staple"))
    finish = button(dialog, "Continue to Log In")
    assert not finish.isEnabled()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible(), "Esc must not lose a code that is shown once"
    next(box for box in dialog.findChildren(CheckBox) if box.isVisible()).toggle()
    finish.click()
    assert form_of(window).values()["email"] == RESELLER.email


def test_two_different_passwords_are_not_sent(dialog: RecoverAccessDialog, door: Door) -> None:
    fill(dialog, again="battery stable")
    assert form_of(dialog).error("again") == "The two passwords differ."
    assert door.operators.calls == []


def test_a_wrong_code_is_said_at_the_code(dialog: RecoverAccessDialog, door: Door) -> None:
    door.operators.answers["recover"] = UserError("wrong_recovery_code")
    fill(dialog)
    assert form_of(dialog).error("code")
    assert button(dialog, "Set new password").isEnabled()


def test_every_widget_of_the_dialog_has_a_name(
    dialog: RecoverAccessDialog, assert_accessible: Callable[[QWidget], None]
) -> None:
    assert_accessible(dialog)


# One thing after the other


def test_a_second_factor_is_asked_for_after_the_password(open_page: Callable[..., Window]) -> None:
    given: list[dict[str, str]] = []

    def sign_in(_email: str, _password: str, **more: str) -> Session:
        given.append(more)
        if not more:
            raise UserError("code_needed")
        if more["code"] != "123456":
            raise UserError("wrong_code")
        return RESELLER

    bundle = services(operators=StandIn(Operators, sign_in=sign_in), accounts=StandIn(Accounts, rows=ACCOUNTS))
    window = open_page("sign_in", bundle, session=None)
    entry = page_of(window).entry
    entry.answer({"email": RESELLER.email, "password": "correct horse"})
    assert window.windowTitle().startswith("Second factor")
    entry.answer({"code": "000000"})
    assert refusal(window) == "The code is wrong."
    entry.answer({"code": "123456"})
    assert window.session == RESELLER
    assert given == [{}, {"code": "000000"}, {"code": "123456"}]


def test_a_password_from_an_administrator_is_changed_before_one_is_in(open_page: Callable[..., Window]) -> None:
    def sign_in(email: str, _password: str, new_password: str = "") -> Session:
        if not new_password:
            raise UserError("password_change_needed", email=email)
        return RESELLER

    bundle = services(operators=StandIn(Operators, sign_in=sign_in), accounts=StandIn(Accounts, rows=ACCOUNTS))
    window = open_page("sign_in", bundle, session=None)
    entry = page_of(window).entry
    entry.answer({"email": RESELLER.email, "password": "given to me"})
    entry.answer({"password": "password123", "again": "password123"})
    assert window.session is None, "one of those that are tried first"
    entry.answer({"password": "staple battery", "again": "staple battery"})
    assert window.session == RESELLER


def page_of(window: Window) -> SignInPage:
    assert isinstance(window.page, SignInPage)
    return window.page
