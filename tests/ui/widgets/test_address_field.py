"""A user principal name in two parts."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cpdesk.ui.theme import Theme
from cpdesk.ui.widgets.address_field import AddressField
from cpdesk.ui.widgets.fields import Field, FieldKind
from cpdesk.ui.widgets.forms import Form
from cpdesk.ui.widgets.inputs import Choice


@pytest.fixture
def field(qtbot: QtBot, theme: Theme) -> AddressField:  # noqa: ARG001 - painted in the theme
    made = AddressField(("contoso.example", "contoso.test"))
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
    return made


def test_the_first_domain_is_taken(field: AddressField) -> None:
    assert field.value() == ""
    QTest.keyClicks(field.local, "megan")
    assert field.value() == "megan@contoso.example"


def test_another_domain_may_be_typed(field: AddressField) -> None:
    field.local.setText("megan")
    field.domain.setEditText("fabrikam.example ")
    assert field.value() == "megan@fabrikam.example"


def test_a_whole_address_is_taken_apart(field: AddressField) -> None:
    field.local.setText("megan@fabrikam.example")
    assert (field.local.text(), field.domain.currentText()) == ("megan", "fabrikam.example")
    field.set_value("rosa_fabrikam#EXT#@contoso.test")
    assert field.value() == "rosa_fabrikam#EXT#@contoso.test"


def test_the_at_sign_leads_to_the_domain(field: AddressField) -> None:
    field.local.setFocus()
    QTest.keyClicks(field.local, "megan@")
    assert field.domain.hasFocus()
    assert field.value() == "megan@contoso.example"


def test_other_domains_leave_what_stands_there(field: AddressField) -> None:
    field.set_value("megan@fabrikam.example")
    field.set_domains(("contoso.example",))
    assert field.value() == "megan@fabrikam.example"


def test_it_is_a_field_of_a_form(qtbot: QtBot, theme: Theme, assert_accessible: Callable[[QWidget], None]) -> None:  # noqa: ARG001
    form = Form((Field("upn", "User name", FieldKind.ADDRESS, required=True, choices=(Choice(1, "contoso.example"),)),))
    qtbot.addWidget(form)
    form.show()
    assert_accessible(form)
    assert not form.validate()
    editor = form.editor("upn")
    assert isinstance(editor, AddressField)
    assert editor.local.property("invalid") == "true"
    form.set_values({"upn": "megan@contoso.example"})
    assert form.values() == {"upn": "megan@contoso.example"}
    with qtbot.waitSignal(form.submitted):
        QTest.keyClick(editor.local, Qt.Key.Key_Return)
