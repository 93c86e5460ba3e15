"""A field for a date."""

from datetime import date, timedelta

from PySide6.QtCore import QDate, QLocale, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from cpdesk.base.formats import format_date
from cpdesk.ui import theme

_STEPS = {Qt.Key.Key_Up: (1, 0), Qt.Key.Key_Down: (-1, 0), Qt.Key.Key_PageUp: (0, 1), Qt.Key.Key_PageDown: (0, -1)}
"""Days and months by which a key moves the date."""


class DateField(QLineEdit):
    """Takes a date as the language writes it in short, or as 2026-12-01, and shows it in full.

    Holds whatever is typed, so that the form can say what is wrong with it. Up and Down go by days,
    Page Up and Page Down by months.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[str, date] | None = None
        self.setMaximumWidth(theme.current().fonts.scaled(240))

    def value(self) -> date | None:
        """The date, or None if what stands there is none."""
        if self._shown is not None and self._shown[0] == self.text():
            return self._shown[1]
        return _parsed(self.text().strip())

    def set_value(self, day: date | None) -> None:
        """Show a date in full, so that day and month cannot be taken for each other; or nothing."""
        self._shown = (format_date(day), day) if day else None
        self.setText(self._shown[0] if self._shown else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step, day = _STEPS.get(Qt.Key(event.key())), self.value()
        if step is None or day is None:
            super().keyPressEvent(event)
        else:
            self.set_value(_moved(day, *step))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if (day := self.value()) is not None:
            self.set_value(day)


def date_pattern() -> str:
    """How a date can be typed, as an example in the language in use: "12/31/2026"."""
    return QLocale().toString(QDate(2026, 12, 31), _short_format())


def _short_format() -> str:
    short = QLocale().dateFormat(QLocale.FormatType.ShortFormat)
    return short if "yyyy" in short else short.replace("yy", "yyyy")


def _parsed(text: str) -> date | None:
    for day in (QDate.fromString(text, Qt.DateFormat.ISODate), QLocale().toDate(text, _short_format())):
        if day.isValid() and day.year() >= 1900:
            return date(day.year(), day.month(), day.day())
    return None


def _moved(day: date, days: int, months: int) -> date:
    moved = QDate(day.year, day.month, day.day).addMonths(months)
    return date(moved.year(), moved.month(), moved.day()) + timedelta(days=days)
