"""The operators as a reseller administrator, and an auditor, meet them."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from cpdesk.base.errors import UserError
from cpdesk.domain import topics
from cpdesk.domain.operators import OperatorRow, Role, Session
from cpdesk.domain.rows import Done
from cpdesk.ui.gallery.samples import AUDITOR, CONTOSO, RESELLER
from cpdesk.ui.gallery.scenes_operators import DANA, KIM, MORGAN, ROBIN, operator_services
from cpdesk.ui.pages.operators.add_operator import AddOperatorDialog
from cpdesk.ui.pages.operators.operator_dialogs import ChangeRoleDialog, RemoveOperatorDialog
from cpdesk.ui.pages.operators.password_choice import OneTimePassword
from cpdesk.ui.pages.operators.password_dialog import ResetPasswordDialog
from cpdesk.ui.shell.window import Window
from cpdesk.ui.widgets.checks import RadioButton
from cpdesk.ui.widgets.dialog import ModalDialog
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.table import DataTable

OpenPage = Callable[..., Window]


@pytest.fixture
def services() -> Any:
    return operator_services()


@pytest.fixture
def window(open_page: OpenPage, services: Any) -> Window:
    return open_page("operators", services)


def table(window: Window) -> DataTable[OperatorRow]:
    found = window.findChild(DataTable)
    assert isinstance(found, DataTable)
    return found


def button(root: QWidget, text: str) -> QPushButton:
    return next(one for one in root.findChildren(QPushButton) if one.text() == text)


def opened(window: Window, kind: type[ModalDialog], text: str, row: OperatorRow | None = None) -> Any:
    """The dialog that a button opens for a row."""
    if row is not None:
        table(window).select(row.id)
    assert window.page is not None
    button(window.page, text).click()
    return window.findChildren(kind)[-1]


def told(window: Window) -> list[str]:
    return window.notices.texts()


def said(dialog: QWidget) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(Label) if label.isVisibleTo(dialog))


def test_every_widget_has_a_name(window: Window, assert_accessible: Callable[[QWidget], None]) -> None:
    assert_accessible(window)
    for text, kind in (("Change role", ChangeRoleDialog), ("Reset password", ResetPasswordDialog)):
        dialog = opened(window, kind, text, MORGAN)
        assert_accessible(dialog)
        dialog.reject()
    assert_accessible(opened(window, AddOperatorDialog, "Add operator"))


def test_operators_stand_by_address_with_role_and_account(window: Window) -> None:
    rows = table(window).rows
    cells = [[rows.index(row, column).data() for column in range(3)] for row in range(rows.rowCount())]
    assert cells == [
        [DANA.email, "Reseller administrator", ""],
        [KIM.email, "Reseller administrator", ""],
        [MORGAN.email, "Customer administrator", "Contoso Freight"],
        [ROBIN.email, "Auditor", ""],
    ]


def test_it_is_marked_which_one_is_you(window: Window) -> None:
    spoken = table(window).rows.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == f"{DANA.email}, You"


def test_what_can_be_done_waits_for_a_choice(window: Window) -> None:
    assert window.page is not None
    names = ("Change role", "Reset password", "Remove")
    assert not any(button(window.page, name).isEnabled() for name in names)
    table(window).select(ROBIN.id)
    assert all(button(window.page, name).isEnabled() for name in names)


def test_an_auditor_reads_only(open_page: OpenPage, services: Any) -> None:
    window = open_page("operators", services, session=AUDITOR)
    assert window.page is not None
    for name in ("Add operator", "Change role", "Reset password", "Remove"):
        assert not button(window.page, name).isVisible()
    assert "auditor, who reads everything" in said(window.page)
    table(window).select(ROBIN.id)
    QTest.keyClick(table(window), Qt.Key.Key_Return)
    assert not window.findChildren(ModalDialog)


def test_the_last_reseller_administrator_can_neither_go_nor_be_demoted(open_page: OpenPage) -> None:
    window = open_page("operators", operator_services((DANA, ROBIN)))
    assert window.page is not None
    assert "one reseller administrator only" in said(window.page)
    table(window).select(DANA.id)
    assert not button(window.page, "Remove").isEnabled()
    assert not button(window.page, "Change role").isEnabled()
    assert button(window.page, "Change password").isEnabled()
    assert "can neither be removed nor get another role" in said(window.page)


def test_adding_with_a_generated_password_shows_it_once(window: Window, services: Any) -> None:
    dialog = opened(window, AddOperatorDialog, "Add operator")
    dialog.form.set_values({"email": KIM.email})
    dialog.add.click()
    ((email, role, account, password),) = services.operators.called("add")
    assert (email, role, account) == (KIM.email, Role.AUDITOR, None)
    assert password in said(dialog)
    assert told(window) == [f"{KIM.email} can sign in now, as Reseller administrator."]
    shown = dialog.findChild(OneTimePassword)
    shown.copy.click()
    assert QGuiApplication.clipboard().text() == password
    button(dialog, "Done").click()
    assert password not in said(window)


def test_adding_with_a_chosen_password_asks_for_it_twice(window: Window, services: Any) -> None:
    dialog = opened(window, AddOperatorDialog, "Add operator")
    dialog.form.set_values({"email": KIM.email})
    dialog.choice.choose()
    fields = dialog.choice.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)[-1]
    fields.set_values({"password": "a long sentence", "again": "another one"})
    dialog.add.click()
    assert fields.error("again") == "The two passwords differ."
    assert not services.operators.called("add")
    fields.set_values({"again": "a long sentence"})
    dialog.add.click()
    assert services.operators.called("add")[0][3] == "a long sentence"
    assert not dialog.isVisible()


def test_a_customer_administrator_needs_an_account(window: Window, services: Any) -> None:
    dialog = opened(window, AddOperatorDialog, "Add operator")
    dialog.form.set_values({"email": "new@contoso-freight.example"})
    dialog.roles.set_value(Role.CUSTOMER, None)
    dialog.add.click()
    assert not services.operators.called("add")
    assert "Choose one from the list." in said(dialog)
    dialog.roles.set_value(Role.CUSTOMER, CONTOSO.id)
    dialog.add.click()
    assert services.operators.called("add")[0][1:3] == (Role.CUSTOMER, CONTOSO.id)


@pytest.mark.parametrize(
    "error", [UserError("operator_exists", email=KIM.email), UserError("bad_email", text="kim.osei")]
)
def test_a_refused_address_is_said_at_its_field(window: Window, services: Any, error: UserError) -> None:
    services.operators.answers["add"] = error
    dialog = opened(window, AddOperatorDialog, "Add operator")
    dialog.form.set_values({"email": KIM.email})
    dialog.add.click()
    assert dialog.form.error("email")
    assert dialog.isVisible()


def test_enter_in_the_address_adds(window: Window, services: Any) -> None:
    dialog = opened(window, AddOperatorDialog, "Add operator")
    dialog.form.set_values({"email": KIM.email})
    QTest.keyClick(dialog.form.editor("email"), Qt.Key.Key_Return)
    assert services.operators.called("add")


def test_a_role_is_explained_and_changed(window: Window, services: Any) -> None:
    dialog = opened(window, ChangeRoleDialog, "Change role", MORGAN)
    assert not dialog.go.isEnabled(), "nothing is changed yet"
    assert "changes nothing" in said(dialog)
    dialog.roles.set_value(Role.AUDITOR, None)
    dialog.go.click()
    assert services.operators.called("change_role") == [(MORGAN.email, Role.AUDITOR, None)]
    assert told(window) == [f"{KIM.email} is Reseller administrator now."]


def test_who_changes_the_own_role_is_signed_in_with_it_at_once(window: Window, services: Any) -> None:
    demoted = OperatorRow(DANA.id, DANA.email, Role.AUDITOR, None, None)
    services.operators.answers["change_role"] = Done(demoted, topics.OPERATORS)
    dialog = opened(window, ChangeRoleDialog, "Change role", DANA)
    dialog.roles.set_value(Role.AUDITOR, None)
    dialog.go.click()
    assert window.session == Session(DANA.id, DANA.email, Role.AUDITOR, None)


def test_a_new_password_for_somebody_else(window: Window, services: Any) -> None:
    dialog = opened(window, ResetPasswordDialog, "Reset password", ROBIN)
    dialog.set.click()
    ((email, password),) = services.operators.called("reset_password")
    assert email == ROBIN.email
    assert password in said(dialog)


def test_removing_says_what_ends_and_what_stays(window: Window, services: Any) -> None:
    dialog = opened(window, RemoveOperatorDialog, "Remove", MORGAN)
    assert "can no longer sign in" in said(dialog)
    assert "stays in the audit log" in said(dialog)
    dialog.leave.click()
    assert not services.operators.called("remove")
    opened(window, RemoveOperatorDialog, "Remove", MORGAN).remove.click()
    assert services.operators.called("remove") == [(MORGAN.email,)]
    assert told(window) == [f"{MORGAN.email} can no longer sign in."]


def test_who_removes_oneself_is_signed_out(window: Window) -> None:
    window._parts = replace(window._parts, sign_in_key="sign_in")
    dialog = opened(window, RemoveOperatorDialog, "Remove", DANA)
    assert "This is you" in said(dialog)
    dialog.remove.click()
    assert window.session is None


def test_escape_leaves_everything_as_it_is(window: Window, services: Any, qtbot: QtBot) -> None:
    dialog = opened(window, RemoveOperatorDialog, "Remove", MORGAN)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.findChildren(RemoveOperatorDialog))
    assert not services.operators.called("remove")


def test_the_list_is_read_again_when_operators_change(window: Window, services: Any) -> None:
    services.operators.answers["rows"] = [DANA, KIM]
    assert window.page is not None
    window.page.context.jobs.announce(frozenset({"operators"}))
    assert table(window).rows.rowCount() == 2
    assert RESELLER.email == DANA.email


def test_tab_leads_to_the_role_that_is_chosen(window: Window, qtbot: QtBot) -> None:
    dialog = opened(window, AddOperatorDialog, "Add operator")
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.form.focus_first()
    QTest.keyClick(dialog.form.editor("email"), Qt.Key.Key_Tab)
    focused = QApplication.focusWidget()
    assert isinstance(focused, RadioButton)
    assert focused.text() == "Auditor"
    QTest.keyClick(focused, Qt.Key.Key_Up)
    assert dialog.roles.role is Role.CUSTOMER
