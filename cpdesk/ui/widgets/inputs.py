"""Fields that know what they hold."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLocale, QPoint, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QListView, QSizePolicy, QWidget

from cpdesk.base.apart import steady
from cpdesk.ui import theme
from cpdesk.ui.theme import icons


@dataclass(frozen=True, slots=True)
class Choice:
    """A value and what it is called."""

    value: Hashable
    text: str
    codes: tuple[str, ...] = ()
    """Other spellings that stand for it where one searches, such as a GUID: each is found by its beginning."""


class NumberField(QLineEdit):
    """A whole number. Holds whatever is typed, so that the form can say what is wrong with it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setMaximumWidth(theme.current().fonts.scaled(160))

    def value(self) -> int | None:
        """The number, or None if what stands there is none. Takes the language's thousands separators."""
        number, is_number = QLocale().toLongLong("".join(self.text().split()))
        return number if is_number else None

    def set_value(self, number: int | None) -> None:
        """Show a number, or nothing."""
        self.setText("" if number is None else str(number))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1, Qt.Key.Key_PageUp: 10, Qt.Key.Key_PageDown: -10}
        step = steps.get(Qt.Key(event.key()), 0)
        if step:
            self.set_value(max(0, (self.value() or 0) + step))
        else:
            super().keyPressEvent(event)


class ComboBox(QComboBox):
    """A choice from a short list."""

    def __init__(self, choices: Sequence[Choice] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choices: tuple[Choice, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)
        # Else the list measures each of its entries anew whenever the box, or what it stands in, finds its place.
        shown = self.view()
        assert isinstance(shown, QListView)
        shown.setUniformItemSizes(True)
        self.set_choices(choices)

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Offer these; what was chosen stays chosen if it is among them."""
        chosen = self.value()
        self.choices = tuple(choices)
        self.clear()
        for choice in choices:
            self.addItem(steady(choice.text), choice.value)
        self.set_value(chosen)

    def stand_alone(self, name: str) -> None:
        """Name a box without a label beside it: some screen readers say its value for its name, so its description
        says what it is for."""
        self.setAccessibleName(name)
        self.setAccessibleDescription(name)

    def setAccessibleName(self, name: str) -> None:  # noqa: N802 - as every widget
        """Name what is typed into, too."""
        super().setAccessibleName(name)
        line = self.lineEdit()
        if line is not None:
            line.setAccessibleName(name)

    def value(self) -> Hashable | None:
        """The chosen value."""
        found: Hashable | None = self.currentData()
        return found

    def set_value(self, value: Hashable | None) -> None:
        """Choose; an unknown value chooses nothing."""
        self.setCurrentIndex(self.findData(value))

    def wheelEvent(self, event: QWheelEvent) -> None:
        # Scrolling the page must not change what the pointer happens to pass.
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        looks = theme.current()
        side = looks.fonts.scaled(16)
        left = 10 if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else self.width() - side - 10
        arrow = icons.pixmap("chevron_down", looks.tokens.soft, QSize(side, side), self.devicePixelRatioF())
        QPainter(self).drawPixmap(QPoint(left, (self.height() - side) // 2), arrow)
