"""One field of a form on the screen: label, editor, help, and what is wrong."""

from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit

from cpdesk.base.i18n import _
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.address_field import AddressField
from cpdesk.ui.widgets.checks import CheckBox
from cpdesk.ui.widgets.fields import Field, FieldKind, editor_for
from cpdesk.ui.widgets.inputs import ComboBox
from cpdesk.ui.widgets.labels import IconLabel, Label
from cpdesk.ui.widgets.layout import hbox, restyle, show_if, text_of, vbox
from cpdesk.ui.widgets.search_combo import SearchCombo


class FormRow(QObject):
    """Reads, checks and marks one field."""

    changed = Signal()
    submitted = Signal()

    def __init__(self, field: Field, parent: QObject) -> None:
        super().__init__(parent)
        self.field = field
        self.editor = editor_for(field)
        self._label = Label(role=TextRole.STRONG)
        self._help = Label(role=TextRole.CAPTION, wrap=True)
        self._mark = IconLabel("error", "danger", 16)
        self._error = Label(role=TextRole.ERROR, wrap=True)
        self.layout = vbox(
            self._label, self.editor.widget, self._help, hbox(self._mark, self._error, space=6), space=spacing.S
        )
        self._label.setBuddy(self.editor.widget)
        # Known before the first look at it, the style sheet need not look twice.
        self.editor.widget.setProperty("invalid", "false")
        self._wire()
        self.retranslate()
        self.reset()

    @property
    def error(self) -> str:
        """What is shown to be wrong, or ""."""
        return self._error.text()

    def problem(self) -> str | None:
        """What is wrong with the field as it stands."""
        if found := self.editor.problem():
            return found
        value = self.editor.get()
        if value is None or value is False or value == "":
            return self._when_missing() if self.field.required else None
        return self.field.validate(value) if self.field.validate else None

    def set_error(self, text: str) -> None:
        """Show what is wrong under the field and in its accessible description; "" takes it back."""
        self._error.setText(text)
        self._error.setVisible(bool(text))
        self._mark.setVisible(bool(text))
        restyle(self.editor.widget, "invalid", "true" if text else "false")
        self.editor.widget.setAccessibleDescription(text or self._help.text())

    def reset(self) -> None:
        """Back to the default, nothing wrong."""
        self.editor.set(self.field.default)
        self.set_error("")

    def retranslate(self) -> None:
        """All texts and choices in the language in use."""
        field, widget, label = self.field, self.editor.widget, text_of(self.field.label)
        self._help.setText(text_of(field.help))
        show_if(self._help, shown=bool(self._help.text()))
        show_if(self._label, shown=field.kind is not FieldKind.CHECK)
        self._label.setText(label if field.required else _("{label} (optional)").format(label=label))
        widget.setAccessibleName(label)
        widget.setAccessibleDescription(self.error or self._help.text())
        if isinstance(widget, CheckBox):
            widget.setText(label)
        elif isinstance(widget, ComboBox):
            widget.set_choices(field.offered())
        elif isinstance(widget, QLineEdit | QPlainTextEdit):
            widget.setPlaceholderText(text_of(field.placeholder))
        if isinstance(widget, QComboBox) and (line := widget.lineEdit()):
            line.setPlaceholderText(text_of(field.placeholder))
            line.setAccessibleName(label)

    def _wire(self) -> None:
        self.editor.changed.connect(self._on_changed)
        if isinstance(self.editor.widget, QLineEdit):
            self.editor.widget.returnPressed.connect(self.submitted)
        elif isinstance(self.editor.widget, AddressField):
            self.editor.widget.submitted.connect(self.submitted)
        elif isinstance(self.editor.widget, SearchCombo):
            self.editor.widget.left.connect(self._on_left)

    def _when_missing(self) -> str:
        if self.field.kind is FieldKind.CHECK:
            return _("Tick this to go on.")
        if self.field.kind in (FieldKind.CHOICE, FieldKind.SEARCH):
            return _("Choose one from the list.")
        return _("Fill this in.")

    def _on_left(self) -> None:
        """A text that is no choice is wrong at once: it cannot become one by itself."""
        if problem := self.editor.problem():
            self.set_error(problem)

    def _on_changed(self, *_value: Any) -> None:
        if self.error:
            self.set_error(self.problem() or "")
        self.changed.emit()


FORM_SPACE = spacing.M + 2
"""Between two rows of a form."""
