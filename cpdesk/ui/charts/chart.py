"""What all charts have in common."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from cpdesk.base.i18n import _
from cpdesk.ui import theme
from cpdesk.ui.charts.axes import ValueAxis, paint_modes, paint_times, paint_values, plot_within
from cpdesk.ui.charts.marks import LegendEntry
from cpdesk.ui.charts.plot import Plot
from cpdesk.ui.charts.reading import Reading, paint_reading
from cpdesk.ui.charts.scales import Stretch, TimeLabel
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.columns import Column
from cpdesk.ui.widgets.speech import announce

_HEIGHT = 270
_EMPTY_HEIGHT = 90
"""There is no more than a sentence."""
_LEAST_WIDTH = 200
_EDGE = 4
"""Keeps the frame of the focus off the figures."""
_LIGHT = 0.12
"""How much of the accent lies over what is pointed at."""


@dataclass(frozen=True, slots=True)
class _Drawn:
    """Figures that are drawn already, and for which looks."""

    key: tuple[object, ...]
    picture: QPixmap
    plot: Plot | None
    """None where there are no figures."""


class Chart(QWidget):
    """Draws figures over time. Arrow keys move over the points, and a screen reader says their values.

    What derives from it says where the points are and what there is to say about each.
    """

    figures_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pointed: int | None = None
        self._drawn: _Drawn | None = None
        """Kept until something else is to be seen: a pointer that moves leaves the figures as they are."""
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.figures_changed.connect(self._on_figures_changed)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to show."""
        return self._count() == 0

    @property
    def pointed(self) -> Reading | None:
        """The values that are pointed at, by hand or by keyboard."""
        return None if self._pointed is None else self._reading(self._pointed)

    def legend(self) -> Sequence[LegendEntry]:
        """What the parts of the chart mean, in the language in use."""
        raise NotImplementedError

    def gist(self) -> str:
        """What the chart says, in a few sentences."""
        raise NotImplementedError

    def columns(self) -> Sequence[Column[Any]]:
        """The columns of the same figures as a table."""
        raise NotImplementedError

    def rows(self) -> Sequence[Any]:
        """The rows of the same figures as a table; the first column names each."""
        raise NotImplementedError

    def paint(self, painter: QPainter, whole: QRectF) -> Plot | None:
        """Draw the figures with their axes into a rectangle; None if there are none."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.empty:
            self._paint_emptiness(painter, whole)
            return None
        plot, axis, modes = self._layout(whole)
        paint_values(painter, plot, axis)
        self._paint_figures(painter, plot)
        paint_modes(painter, plot, modes)
        paint_times(painter, plot, self._time_labels(plot))
        return plot

    def sizeHint(self) -> QSize:
        return QSize(2 * self.minimumSizeHint().width(), self.minimumSizeHint().height())

    def minimumSizeHint(self) -> QSize:
        scale = theme.current().fonts.scale
        height = _EMPTY_HEIGHT if self.empty else _HEIGHT
        return QSize(_LEAST_WIDTH, round(height * (1 + (scale - 1) / 2)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        drawn = self._drawing()
        painter.drawPixmap(0, 0, drawn.picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if drawn.plot is not None and self._pointed is not None:
            self._paint_pointed(painter, drawn.plot, self._pointed)
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme.current().tokens.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        plot = self._drawing().plot
        if plot is not None:
            self._point_at(self._nearest(min(max(plot.share(event.position().x()), 0.0), 1.0)))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._point_at(None)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason) and not self.empty:
            self._point_at(self._count() - 1)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._point_at(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        place = self._place_after(event.key())
        if place is None:
            super().keyPressEvent(event)
            return
        self._point_at(place)
        announce(self, self._reading(place).sentence())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self._drawn = None
        if event.type() == QEvent.Type.LanguageChange:
            self.figures_changed.emit()

    def _place_after(self, key: int) -> int | None:
        """Where a key leads to; None if it leads nowhere."""
        last = self._count() - 1
        here = last + 1 if self._pointed is None else self._pointed
        onward, back = Qt.Key.Key_Right, Qt.Key.Key_Left
        if self._is_rtl():
            onward, back = back, onward
        places = {onward: here + 1, back: here - 1, Qt.Key.Key_Home: 0, Qt.Key.Key_End: last}
        wanted = places.get(Qt.Key(key)) if key in places else None
        return None if wanted is None or self.empty else min(max(wanted, 0), last)

    def _point_at(self, place: int | None) -> None:
        if place != self._pointed:
            self._pointed = place
            self.update()

    def _on_figures_changed(self) -> None:
        self._pointed = self._drawn = None
        self.updateGeometry()
        # Where there is nothing to move over, there is nothing to stop at.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if self.empty else Qt.FocusPolicy.StrongFocus)
        told = self._empty_text() if self.empty else f"{self.gist()} {_how_to_read()}"
        self.setAccessibleDescription(told)
        self.update()

    def _drawing(self) -> "_Drawn":
        """The figures as they are to be seen now."""
        looks = theme.current()
        key = (self.size(), self.devicePixelRatioF(), looks.tokens, looks.fonts.scale)
        if self._drawn is None or self._drawn.key != key:
            picture = QPixmap(self.size() * self.devicePixelRatioF())
            picture.setDevicePixelRatio(self.devicePixelRatioF())
            picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(picture)
            plot = self.paint(painter, self._inside())
            painter.end()
            self._drawn = _Drawn(key, picture, plot)
        return self._drawn

    def _paint_pointed(self, painter: QPainter, plot: Plot, place: int) -> None:
        """Light up a point, and tell its values."""
        extent = self._extent(place)
        light = QColor(theme.current().tokens.accent)
        light.setAlphaF(_LIGHT)
        painter.fillRect(plot.between(*extent), light)
        under_the_modes = self._inside().adjusted(0, plot.area.top(), 0, 0)
        paint_reading(painter, under_the_modes, plot.x(sum(extent) / 2), self._reading(place), rtl=plot.rtl)

    def _inside(self) -> QRectF:
        return QRectF(self.rect()).adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)

    def _layout(self, whole: QRectF) -> tuple[Plot, ValueAxis, Sequence[Stretch]]:
        axis, modes = self._axis(), self._modes()
        return plot_within(whole, axis, band=bool(modes), rtl=self._is_rtl()), axis, modes

    def _is_rtl(self) -> bool:
        return self.layoutDirection() == Qt.LayoutDirection.RightToLeft

    def _paint_emptiness(self, painter: QPainter, whole: QRectF) -> None:
        looks = theme.current()
        painter.setFont(looks.fonts.font(TextRole.SOFT))
        painter.setPen(QColor(looks.tokens.soft))
        painter.drawText(whole, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._empty_text())

    def _count(self) -> int:
        """How many points there are."""
        raise NotImplementedError

    def _extent(self, place: int) -> tuple[float, float]:
        """Which part of the time axis, 0 to 1, belongs to a point."""
        raise NotImplementedError

    def _nearest(self, share: float) -> int:
        """The point at a share of the time axis."""
        raise NotImplementedError

    def _reading(self, place: int) -> Reading:
        """What there is to say about a point."""
        raise NotImplementedError

    def _axis(self) -> ValueAxis:
        raise NotImplementedError

    def _modes(self) -> Sequence[Stretch]:
        raise NotImplementedError

    def _time_labels(self, plot: Plot) -> Sequence[TimeLabel]:
        raise NotImplementedError

    def _paint_figures(self, painter: QPainter, plot: Plot) -> None:
        raise NotImplementedError

    def _empty_text(self) -> str:
        raise NotImplementedError


def _how_to_read() -> str:
    return _("Arrow keys move over the values.")
