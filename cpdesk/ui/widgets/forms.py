"""Forms made of a table of fields."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cpdesk.ui import theme
from cpdesk.ui.widgets.fields import Field
from cpdesk.ui.widgets.form_row import FORM_SPACE, FormRow

_WIDTH = 480


class Form(QWidget):
    """Renders fields one under the other, validates them, and shows what is wrong beside each.

    Nothing is called wrong before `validate`; after that a field is checked while it is mended.
    """

    changed = Signal()
    submitted = Signal()
    """Enter was pressed in a line."""

    def __init__(self, fields: Sequence[Field], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = {field.key: FormRow(field, self) for field in fields}
        self._ready = True
        column = _Column(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(FORM_SPACE)
        self.setMaximumWidth(theme.current().fonts.scaled(_WIDTH))
        for row in self._rows.values():
            column.addLayout(row.layout)
            row.changed.connect(self.changed)
            row.submitted.connect(self.submitted)

    def values(self) -> dict[str, Any]:
        """What the fields hold, by key."""
        return {key: row.editor.get() for key, row in self._rows.items()}

    def set_values(self, values: Mapping[str, Any]) -> None:
        """Fill the fields that are named."""
        for key, value in values.items():
            self._rows[key].editor.set(value)

    def validate(self, known: Mapping[str, str] | None = None) -> bool:
        """Whether all is well. If not, each wrong field says why and the first one gets the focus.

        `known`: what only the page can know to be wrong, by key; said of fields with nothing else wrong.
        """
        problems = {key: row.problem() or (known or {}).get(key, "") for key, row in self._rows.items()}
        for key, problem in problems.items():
            self._rows[key].set_error(problem)
        first = next((key for key, problem in problems.items() if problem), None)
        if first is not None:
            self._rows[first].editor.widget.setFocus(Qt.FocusReason.OtherFocusReason)
        return first is None

    def set_error(self, key: str, text: str) -> None:
        """Say at a field what a service refused."""
        self._rows[key].set_error(text)
        if text:
            self._rows[key].editor.widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def error(self, key: str) -> str:
        """What is shown to be wrong with a field, or ""."""
        return self._rows[key].error

    def clear_errors(self) -> None:
        """Nothing is wrong any more."""
        for row in self._rows.values():
            row.set_error("")

    def reset(self) -> None:
        """Back to the defaults."""
        for row in self._rows.values():
            row.reset()

    def editor(self, key: str) -> QWidget:
        """The editor of a field, for what a page alone knows about it."""
        return self._rows[key].editor.widget

    def focus_first(self) -> None:
        """Put the cursor where one starts."""
        next(iter(self._rows.values())).editor.widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def sizeHint(self) -> QSize:
        return QSize(theme.current().fonts.scaled(_WIDTH), super().sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "_ready"):
            for row in self._rows.values():
                row.retranslate()


class _Column(QVBoxLayout):
    """Tells its height at the width that the form can have: Qt asks about all of the width that there is."""

    def heightForWidth(self, width: int) -> int:
        form = self.parentWidget()
        return super().heightForWidth(min(width, form.maximumWidth()) if form is not None else width)
