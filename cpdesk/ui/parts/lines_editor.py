"""Rows of the same few fields, such as the contacts of a company."""

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from cpdesk.ui import theme
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import icon_button, link, rename
from cpdesk.ui.widgets.fields import Field
from cpdesk.ui.widgets.form_row import FORM_SPACE, FormRow
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.layout import Text, hbox, text_of, vbox

_NARROWEST = 168
"""A field narrower than this goes to the next line."""

Values = Mapping[str, Any]


class LinesEditor(QWidget):
    """As many rows as somebody adds. A row in which nothing is filled in does not count."""

    changed = Signal()

    def __init__(
        self,
        fields: Sequence[Field],
        add: Text,
        remove: Callable[[int], str],
        shares: Sequence[int] = (),
        parent: QWidget | None = None,
    ) -> None:
        """`add` is the text of the button for another row, `remove` names the button that takes the n-th away.

        `shares`: of the width, one for each field; equal ones if left out.
        """
        super().__init__(parent)
        self._fields = tuple(fields)
        self._shares = tuple(shares) or (1,) * len(self._fields)
        self._add_text = add
        self._remove_text = remove
        self._lines: list[_Line] = []
        self.add_button = link()
        self._rows = vbox(space=FORM_SPACE)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(spacing.M)
        column.addLayout(self._rows)
        column.addLayout(hbox(self.add_button, None))
        self.add_button.clicked.connect(self._on_add)
        self.add_line()

    def values(self) -> list[dict[str, Any]]:
        """What the rows hold, by field; empty rows left out."""
        return [line.values() for line in self._lines if line.is_filled()]

    def set_values(self, rows: Sequence[Values]) -> None:
        """Show these rows, or an empty one."""
        for line in self._lines:
            self._dispose(line)
        self._lines = []
        for values in rows or ({},):
            self.add_line().set_values(values)
        self._settle()

    def validate(self) -> bool:
        """Whether all is well. If not, each wrong field says why and the first one gets the focus."""
        wrong = [field for line in self._lines for field in line.check()]
        if wrong:
            wrong[0].setFocus(Qt.FocusReason.OtherFocusReason)
        return not wrong

    def set_error(self, place: int, key: str, text: str) -> None:
        """Say at a field of the n-th filled row what a service refused."""
        line = [line for line in self._lines if line.is_filled()][place]
        line.fields[key].set_error(text)
        line.fields[key].editor.widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def add_line(self) -> "_Line":
        """Add an empty row at the end."""
        line = _Line(self._fields, self._shares)
        line.remove.clicked.connect(self._on_remove)
        line.changed.connect(self.changed)
        self._lines.append(line)
        self._rows.addWidget(line)
        if self.isVisible():
            line.show()  # a layout would do so only after the keyboard has been sent there
        self._settle()
        return line

    def retranslate(self) -> None:
        """All texts and choices again."""
        self._name_rows()
        for line in self._lines:
            line.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "_rows"):
            self.retranslate()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # What stands last in a window is not moved behind itself: only among others the button comes after the rows.
        self._settle()

    def _name_rows(self) -> None:
        self.add_button.setText(text_of(self._add_text))
        for place, line in enumerate(self._lines, 1):
            rename(line.remove, self._remove_text(place))

    def _settle(self) -> None:
        """Names by place, and the Tab key row by row: new widgets come last in the whole window otherwise."""
        self._name_rows()
        stops = [stop for line in self._lines for stop in line.stops]
        for before, after in pairwise((*stops, self.add_button)):
            QWidget.setTabOrder(before, after)

    def _dispose(self, line: "_Line") -> None:
        self._rows.removeWidget(line)
        line.hide()
        line.deleteLater()

    def _on_add(self) -> None:
        self.add_line().focus_first()
        self.changed.emit()

    def _on_remove(self) -> None:
        sender = self.sender()
        place = next(place for place, line in enumerate(self._lines) if line.remove is sender)
        self._dispose(self._lines.pop(place))
        if not self._lines:
            self.add_line()
        self._settle()
        self._lines[max(place - 1, 0)].focus_first()
        self.changed.emit()


class _Line(QWidget):
    """One row: its fields side by side where there is room, and the button that takes it away."""

    changed = Signal()

    def __init__(self, fields: Sequence[Field], shares: Sequence[int]) -> None:
        super().__init__()
        self.fields = {field.key: FormRow(field, self) for field in fields}
        self.remove = icon_button("close", "")
        cells = _Beside([_cell(field) for field in self.fields.values()], shares)
        end = vbox(Label(" ", TextRole.STRONG), self.remove, None, space=spacing.S)
        row = hbox(cells, end, space=spacing.S)
        row.setStretch(0, 1)
        self.setLayout(row)
        for field in self.fields.values():
            field.changed.connect(self.changed)

    @property
    def stops(self) -> list[QWidget]:
        """Where the Tab key stops, in order."""
        return [*(row.editor.widget for row in self.fields.values()), self.remove]

    def values(self) -> dict[str, Any]:
        return {key: row.editor.get() for key, row in self.fields.items()}

    def set_values(self, values: Values) -> None:
        for key, value in values.items():
            self.fields[key].editor.set(value)
            _show_beginning(self.fields[key].editor.widget)

    def is_filled(self) -> bool:
        """Whether anything stands here that did not stand here from the beginning."""
        return any(row.editor.problem() or _is_own(row) for row in self.fields.values())

    def check(self) -> list[QWidget]:
        """Say what is wrong at each field; returns the editors of the wrong ones."""
        filled = self.is_filled()
        for row in self.fields.values():
            row.set_error((row.problem() or "") if filled else "")
        return [row.editor.widget for row in self.fields.values() if row.error]

    def focus_first(self) -> None:
        next(iter(self.fields.values())).editor.widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        for row in self.fields.values():
            row.retranslate()


class _Beside(QGridLayout):
    """Cells side by side; two in a line, or one, where there is no room. It knows its height beforehand: otherwise
    what stands around would learn of it step by step, in sight."""

    def __init__(self, cells: Sequence[QWidget], shares: Sequence[int]) -> None:
        super().__init__()
        self._cells = cells
        self._shares = shares
        self._columns = 0
        self.setHorizontalSpacing(spacing.M)
        self.setVerticalSpacing(spacing.S)
        self._arrange(len(cells))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        columns = self._columns_for(width)
        heights = [cell.sizeHint().height() for cell in self._cells]
        lines = [max(heights[start : start + columns]) for start in range(0, len(heights), columns)]
        return sum(lines) + spacing.S * (len(lines) - 1)

    def minimumHeightForWidth(self, width: int) -> int:  # noqa: N802 - called by Qt
        return self.heightForWidth(width)

    def minimumSize(self) -> QSize:  # noqa: N802 - called by Qt
        return QSize(theme.current().fonts.scaled(_NARROWEST), super().minimumSize().height())

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802 - called by Qt
        self._arrange(self._columns_for(rect.width()))
        super().setGeometry(rect)

    def _columns_for(self, width: int) -> int:
        room = width // theme.current().fonts.scaled(_NARROWEST)
        return len(self._cells) if room >= len(self._cells) else max(1, min(room, 2))

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for place, cell in enumerate(self._cells):
            self.addWidget(cell, place // columns, place % columns, Qt.AlignmentFlag.AlignTop)
        for column in range(len(self._cells)):
            share = self._shares[column] if columns == len(self._cells) else 1
            self.setColumnStretch(column, share if column < columns else 0)


def _cell(row: FormRow) -> QWidget:
    cell = QWidget()
    cell.setLayout(row.layout)
    return cell


def _show_beginning(editor: QWidget) -> None:
    """Of a text that is too long, the beginning says most."""
    line = editor.lineEdit() if isinstance(editor, QComboBox) else editor
    if isinstance(line, QLineEdit):
        line.setCursorPosition(0)


def _is_own(row: FormRow) -> bool:
    value = row.editor.get()
    return value not in (None, "", row.field.default)
