"""The steps of a wizard along its top: which are done, where one is, what is to come."""

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from cpdesk.base.i18n import _
from cpdesk.ui import theme
from cpdesk.ui.theme import icons, spacing
from cpdesk.ui.theme.fonts import TextRole

_MARK = 24
_LINE = 24
"""The shortest line between two steps."""
_SEGMENT = 4


class StepState(Enum):
    """Told by shape, not by colour alone: a tick, a filled number, a number in a ring."""

    DONE = "done"
    CURRENT = "current"
    TO_COME = "to come"


@dataclass(frozen=True, slots=True)
class _Looks:
    """The colours of one state."""

    ground: str
    edge: str
    mark: str
    words: str


class StepBar(QWidget):
    """Shows where one is; nothing in it can be pressed. Where the names find no room: "Step 2 of 4: Products"."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._titles: tuple[str, ...] = ()
        self._current = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_steps(self, titles: tuple[str, ...], current: int) -> None:
        """Show these steps, one of them current."""
        self._titles, self._current = titles, current
        self.setAccessibleName(self.text)
        self.updateGeometry()
        self.update()

    @property
    def text(self) -> str:
        """Where one is, in words: "Step 2 of 4: Products"."""
        if not self._titles:
            return ""
        return _("Step {number} of {steps}: {title}").format(
            number=self._current + 1, steps=len(self._titles), title=self._titles[self._current]
        )

    @property
    def folded(self) -> bool:
        """Whether there is no room for all names."""
        return self.sizeHint().width() > self.width()

    def state(self, place: int) -> StepState:
        """How far the step at a place is."""
        if place == self._current:
            return StepState.CURRENT
        return StepState.DONE if place < self._current else StepState.TO_COME

    def sizeHint(self) -> QSize:
        steps = sum(self._step_width(title) for title in self._titles)
        lines = max(len(self._titles) - 1, 0) * (theme.current().fonts.scaled(_LINE) + 2 * spacing.S)
        return QSize(steps + lines, theme.current().fonts.scaled(_MARK) + spacing.S)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.folded:
            self._paint_folded(painter)
        else:
            self._paint_steps(painter)

    def _paint_steps(self, painter: QPainter) -> None:
        spare = self.width() - self.sizeHint().width()
        line = theme.current().fonts.scaled(_LINE)
        line += min(spare // max(len(self._titles) - 1, 1), 3 * line)
        left = 0
        for place, title in enumerate(self._titles):
            width = self._step_width(title)
            self._paint_step(painter, QRect(left, 0, width, self.height()), place)
            left += width + spacing.S
            if place + 1 < len(self._titles):
                self._paint_line(painter, left, line, done=place < self._current)
            left += line + spacing.S

    def _paint_step(self, painter: QPainter, room: QRect, place: int) -> None:
        looks, state = _looks(self.state(place)), self.state(place)
        side = theme.current().fonts.scaled(_MARK)
        mark = self._mirrored(QRect(room.left() + 1, (room.height() - side) // 2, side - 2, side))
        mark.setHeight(side - 2)
        painter.setPen(QPen(QColor(looks.edge), 1.5))
        painter.setBrush(QColor(looks.ground))
        painter.drawEllipse(mark)
        if state is StepState.DONE:
            self._paint_tick(painter, mark, looks.mark)
        else:
            painter.setFont(theme.current().fonts.font(TextRole.CHIP, tabular=True))
            painter.setPen(QColor(looks.mark))
            painter.drawText(mark, int(Qt.AlignmentFlag.AlignCenter), str(place + 1))
        words = self._mirrored(room.adjusted(side + spacing.S, 0, 0, 0))
        painter.setFont(_font(state))
        painter.setPen(QColor(looks.words))
        painter.drawText(words, int(self._start | Qt.AlignmentFlag.AlignVCenter), self._titles[place])

    def _paint_tick(self, painter: QPainter, mark: QRect, colour: str) -> None:
        side = round(mark.width() * 0.7)
        tick = icons.pixmap("check", colour, QSize(side, side), self.devicePixelRatioF())
        painter.drawPixmap(mark.center() - QPoint(side // 2 - 1, side // 2 - 1), tick)

    def _paint_line(self, painter: QPainter, left: int, width: int, *, done: bool) -> None:
        tokens = theme.current().tokens
        stroke = self._mirrored(QRect(left, self.height() // 2 - 1, width, 2))
        painter.fillRect(stroke, QColor(tokens.accent if done else tokens.line))

    def _paint_folded(self, painter: QPainter) -> None:
        tokens = theme.current().tokens
        painter.setFont(_font(StepState.CURRENT))
        painter.setPen(QColor(tokens.ink))
        room = self.rect().adjusted(0, 0, 0, -_SEGMENT - 2)
        text = painter.fontMetrics().elidedText(self.text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(self._start | Qt.AlignmentFlag.AlignVCenter), text)
        share = (self.width() + spacing.XS) // max(len(self._titles), 1)
        for place in range(len(self._titles)):
            part = QRect(place * share, self.height() - _SEGMENT, share - spacing.XS, _SEGMENT)
            reached = self.state(place) is not StepState.TO_COME
            painter.fillRect(self._mirrored(part), QColor(tokens.accent if reached else tokens.line))

    def _step_width(self, title: str) -> int:
        words = QFontMetrics(_font(StepState.CURRENT)).horizontalAdvance(title)
        return theme.current().fonts.scaled(_MARK) + spacing.S + words + 2

    def _mirrored(self, rect: QRect) -> QRect:
        if self.layoutDirection() != Qt.LayoutDirection.RightToLeft:
            return rect
        return QRect(self.width() - rect.right() - 1, rect.top(), *rect.size().toTuple())

    @property
    def _start(self) -> Qt.AlignmentFlag:
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        return Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft


def _font(state: StepState) -> QFont:
    return theme.current().fonts.font(TextRole.STRONG if state is StepState.CURRENT else TextRole.BODY)


def _looks(state: StepState) -> _Looks:
    tokens = theme.current().tokens
    return {
        StepState.DONE: _Looks(tokens.accent_tint, tokens.accent, tokens.accent, tokens.ink),
        StepState.CURRENT: _Looks(tokens.accent, tokens.accent, tokens.on_accent, tokens.ink),
        StepState.TO_COME: _Looks(tokens.surface, tokens.outline, tokens.soft, tokens.soft),
    }[state]
