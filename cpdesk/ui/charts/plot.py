"""The ground of a chart: where its values and times are on the screen."""

from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QRectF, Qt

_MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute


def at_start(*, rtl: bool) -> Qt.AlignmentFlag:
    """Where one begins to read; Qt is kept from turning it round once more."""
    return (Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft) | _MIDDLE


def at_end(*, rtl: bool) -> Qt.AlignmentFlag:
    """Where one ends."""
    return at_start(rtl=not rtl)


@dataclass(frozen=True, slots=True)
class Plot:
    """Turns values, and shares of the time axis (0 to 1), into places."""

    area: QRectF
    top: Decimal
    """The value at the upper edge; the lower one is 0."""
    rtl: bool
    """Whether time runs from right to left."""

    def x(self, share: float) -> float:
        """Where a share of the time axis is."""
        along = 1 - share if self.rtl else share
        return self.area.left() + along * self.area.width()

    def y(self, value: Decimal | int) -> float:
        """Where a value is."""
        return self.area.bottom() - float(value) / float(self.top) * self.area.height()

    def share(self, x: float) -> float:
        """Which share of the time axis is at a place."""
        along = (x - self.area.left()) / max(self.area.width(), 1)
        return 1 - along if self.rtl else along

    def between(self, start: float, end: float) -> QRectF:
        """The whole height of a part of the time axis."""
        left, right = sorted((self.x(start), self.x(end)))
        return QRectF(left, self.area.top(), right - left, self.area.height())
