"""The patterns and shapes of charts: what is green or violet is plain or striped as well."""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from cpdesk.domain.modes import Mode
from cpdesk.ui import theme

_STRIPES = 6
_CORNER = 3.0
_LINE = 2.0


class Swatch(StrEnum):
    """How something looks in a chart and in its legend."""

    USAGE = "usage"
    """Plain, with a round mark."""
    PURCHASE = "purchase"
    """Striped, with a square mark."""
    CHARGED = "charged"
    """A bar across with a diamond on it."""
    SEATS = "seats"
    """A line."""
    ASSIGNED = "assigned"
    """A dotted line."""


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """What a swatch means."""

    swatch: Swatch
    text: str


def swatch_of(mode: Mode) -> Swatch:
    """How a mode looks."""
    return Swatch.USAGE if mode is Mode.USAGE else Swatch.PURCHASE


def line_pen(swatch: Swatch) -> QPen:
    """The pen of a line."""
    if swatch is Swatch.ASSIGNED:
        return QPen(_colour("accent"), _LINE, Qt.PenStyle.DotLine)
    return QPen(_colour("ink"), _LINE)


def paint_bar(painter: QPainter, bar: QRectF, mode: Mode, *, faint: bool = False) -> None:
    """A bar that is round at its upper end; faint: of a month that is not over."""
    painter.save()
    painter.setOpacity(0.55 if faint else 1.0)
    shape = _bar_shape(bar)
    if mode is Mode.USAGE:
        painter.fillPath(shape, _colour("usage"))
    else:
        _fill_striped(painter, shape, bar)
        painter.strokePath(_bar_shape(bar.adjusted(0.75, 0.75, -0.75, 0)), QPen(_colour("purchase"), 1.5))
    painter.restore()


def paint_ground(painter: QPainter, ground: QPainterPath, mode: Mode) -> None:
    """What lies under a line: the tint of the mode, striped for Purchase Mode."""
    painter.fillPath(ground, _colour(f"{mode}_tint"))
    if mode is Mode.PURCHASE:
        painter.save()
        painter.setClipPath(ground, Qt.ClipOperation.IntersectClip)
        painter.setOpacity(0.35)
        _paint_stripes(painter, ground.boundingRect(), QPen(_colour("purchase"), 1))
        painter.restore()


def paint_mode_mark(painter: QPainter, middle: QPointF, side: float, mode: Mode) -> None:
    """The mark that chips have: round for usage, square for purchase."""
    box = QRectF(middle.x() - side / 2, middle.y() - side / 2, side, side)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_colour(mode))
    if mode is Mode.USAGE:
        painter.drawEllipse(box)
    else:
        painter.drawRoundedRect(box, 1, 1)


def paint_charged(painter: QPainter, left: float, right: float, y: float) -> None:
    """What was charged: a bar across with a diamond, edged so that it shows on any colour."""
    middle = QPointF((left + right) / 2, y)
    line = QLineF(left, y, right, y)
    painter.setPen(QPen(_colour("surface"), _LINE + 2))
    painter.drawLine(line)
    painter.setPen(QPen(_colour("ink"), _LINE))
    painter.drawLine(line)
    painter.setPen(QPen(_colour("surface"), 1))
    painter.setBrush(_colour("ink"))
    reach = 4.5
    painter.drawPolygon([middle + QPointF(*by) for by in ((0, -reach), (reach, 0), (0, reach), (-reach, 0))])


def paint_swatch(painter: QPainter, box: QRectF, swatch: Swatch) -> None:
    """A small sample of how something looks."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if swatch in (Swatch.USAGE, Swatch.PURCHASE):
        _paint_mode_swatch(painter, box, Mode(swatch))
    elif swatch is Swatch.CHARGED:
        paint_charged(painter, box.left(), box.right(), box.center().y())
    else:
        painter.setPen(line_pen(swatch))
        painter.drawLine(QLineF(box.left(), box.center().y(), box.right(), box.center().y()))
    painter.restore()


def _paint_mode_swatch(painter: QPainter, box: QRectF, mode: Mode) -> None:
    side = box.height() * 0.75
    sample = QRectF(box.left(), box.top(), box.width() - side - 4, box.height())
    paint_bar(painter, sample, mode)
    paint_mode_mark(painter, QPointF(box.right() - side / 2, box.center().y()), side, mode)


def _bar_shape(bar: QRectF) -> QPainterPath:
    """Round above, straight where it stands."""
    path = QPainterPath()
    corner = min(_CORNER, bar.height(), bar.width() / 2)
    path.setFillRule(Qt.FillRule.WindingFill)
    path.addRoundedRect(bar, corner, corner)
    path.addRect(bar.adjusted(0, corner, 0, 0))
    return path.simplified()


def _fill_striped(painter: QPainter, shape: QPainterPath, bar: QRectF) -> None:
    painter.save()
    painter.fillPath(shape, _colour("purchase_tint"))
    painter.setClipPath(shape, Qt.ClipOperation.IntersectClip)
    _paint_stripes(painter, bar, QPen(_colour("purchase"), 2.4))
    painter.restore()


def _paint_stripes(painter: QPainter, ground: QRectF, pen: QPen) -> None:
    """Lines that rise to the right, the same everywhere on the chart, so that neighbours fit together."""
    painter.setPen(pen)
    first = int((ground.left() + ground.top()) // _STRIPES)
    last = int((ground.right() + ground.bottom()) // _STRIPES) + 1
    for number in range(first, last + 1):
        whole = number * _STRIPES
        painter.drawLine(QLineF(whole - ground.bottom(), ground.bottom(), whole - ground.top(), ground.top()))


def _colour(token: str) -> QColor:
    return QColor(theme.current().colour(token))
