"""How the fields of a form are described, and the editors that go with each kind."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Protocol

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from cpdesk.base.i18n import _
from cpdesk.ui import theme
from cpdesk.ui.widgets.address_field import AddressField
from cpdesk.ui.widgets.checks import CheckBox
from cpdesk.ui.widgets.date_field import DateField, date_pattern
from cpdesk.ui.widgets.inputs import Choice, ComboBox, NumberField
from cpdesk.ui.widgets.layout import Text
from cpdesk.ui.widgets.search_combo import SearchCombo


class FieldKind(StrEnum):
    """What a field holds; its value is a str unless said otherwise."""

    TEXT = "text"
    PASSWORD = "password"
    NUMBER = "number"
    """An int, or None while empty."""
    CHOICE = "choice"
    """The value of one of a few choices."""
    SEARCH = "search"
    """The value of one of many choices."""
    CHECK = "check"
    """A bool."""
    MULTILINE = "multiline"
    DATE = "date"
    """A date, or None while empty."""
    ADDRESS = "address"
    """A user principal name; the choices are domains."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form.

    `validate` gets the value of a filled field and says in one sentence what is wrong, or None.
    """

    key: str
    label: Text
    kind: FieldKind = FieldKind.TEXT
    required: bool = False
    validate: Callable[[Any], str | None] | None = None
    choices: Sequence[Choice] | Callable[[], Sequence[Choice]] = ()
    help: Text = ""
    placeholder: Text = ""
    default: Any = None

    def offered(self) -> Sequence[Choice]:
        """The choices in the language in use."""
        return self.choices() if callable(self.choices) else self.choices


class Editor(Protocol):
    """One way to treat all kinds of editors."""

    @property
    def widget(self) -> QWidget: ...

    @property
    def changed(self) -> SignalInstance: ...

    def get(self) -> Any: ...

    def set(self, value: Any) -> None: ...

    def problem(self) -> str | None:
        """What is wrong with what stands there, whatever the field is for."""


class _LineEditor:
    def __init__(self, field: Field) -> None:
        self.widget = QLineEdit()
        if field.kind is FieldKind.PASSWORD:
            self.widget.setEchoMode(QLineEdit.EchoMode.Password)
        self.changed = self.widget.textChanged
        self._strip = field.kind is FieldKind.TEXT

    def get(self) -> str:
        return self.widget.text().strip() if self._strip else self.widget.text()

    def set(self, value: Any) -> None:
        self.widget.setText("" if value is None else str(value))

    def problem(self) -> str | None:
        return None


class _NumberEditor:
    def __init__(self) -> None:
        self.widget = NumberField()
        self.changed = self.widget.textChanged

    def get(self) -> int | None:
        return self.widget.value()

    def set(self, value: Any) -> None:
        self.widget.set_value(value)

    def problem(self) -> str | None:
        wrong = self.widget.text().strip() and self.widget.value() is None
        return _("Enter a whole number.") if wrong else None


class _DateEditor:
    def __init__(self) -> None:
        self.widget = DateField()
        self.changed = self.widget.textChanged

    def get(self) -> date | None:
        return self.widget.value()

    def set(self, value: Any) -> None:
        self.widget.set_value(value)

    def problem(self) -> str | None:
        wrong = self.widget.text().strip() and self.widget.value() is None
        return _("Enter a date such as {example}.").format(example=date_pattern()) if wrong else None


class _AddressEditor:
    def __init__(self, field: Field) -> None:
        self.widget = AddressField([choice.text for choice in field.offered()])
        self.changed = self.widget.changed

    def get(self) -> str:
        return self.widget.value()

    def set(self, value: Any) -> None:
        self.widget.set_value("" if value is None else str(value))

    def problem(self) -> str | None:
        return None


class _ChoiceEditor:
    def __init__(self, field: Field) -> None:
        long = field.kind is FieldKind.SEARCH
        self.widget = SearchCombo(field.offered()) if long else ComboBox(field.offered())
        self.changed = self.widget.currentTextChanged

    def get(self) -> Any:
        return self.widget.value()

    def set(self, value: Any) -> None:
        self.widget.set_value(value)

    def problem(self) -> str | None:
        typed = self.widget.currentText().strip()
        if not typed or self.widget.value() is not None:
            return None
        if isinstance(self.widget, SearchCombo) and not self.widget.matches(typed):
            return _("Nothing matches “{text}”. Choose one from the list.").format(text=typed)
        return _("Choose one from the list.")


class _CheckEditor:
    def __init__(self) -> None:
        self.widget = CheckBox()
        # Qt measures a row that does not want to grow at its narrowest, and takes the height from the others.
        policy = self.widget.sizePolicy()
        policy.setHorizontalPolicy(QSizePolicy.Policy.Expanding)
        self.widget.setSizePolicy(policy)
        self.changed = self.widget.toggled

    def get(self) -> bool:
        return self.widget.isChecked()

    def set(self, value: Any) -> None:
        self.widget.setChecked(bool(value))

    def problem(self) -> str | None:
        return None


class _MultilineEditor:
    def __init__(self) -> None:
        self.widget = QPlainTextEdit()
        self.widget.setTabChangesFocus(True)
        self.widget.setFixedHeight(theme.current().fonts.scaled(88))
        self.changed = self.widget.textChanged

    def get(self) -> str:
        return self.widget.toPlainText().strip()

    def set(self, value: Any) -> None:
        self.widget.setPlainText("" if value is None else str(value))

    def problem(self) -> str | None:
        return None


_PLAIN: Mapping[FieldKind, Callable[[], Editor]] = {
    FieldKind.NUMBER: _NumberEditor,
    FieldKind.DATE: _DateEditor,
    FieldKind.CHECK: _CheckEditor,
    FieldKind.MULTILINE: _MultilineEditor,
}
"""Editors that need to know nothing of their field."""


def editor_for(field: Field) -> Editor:
    """A fresh editor of a field's kind."""
    if field.kind in _PLAIN:
        return _PLAIN[field.kind]()
    if field.kind is FieldKind.ADDRESS:
        return _AddressEditor(field)
    if field.kind in (FieldKind.CHOICE, FieldKind.SEARCH):
        return _ChoiceEditor(field)
    return _LineEditor(field)
