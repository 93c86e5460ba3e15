"""A chip that narrows the list when it is pressed."""

from dataclasses import replace

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from cpdesk.ui import theme
from cpdesk.ui.widgets.chips import ChipLook, chip_size, paint_chip
from cpdesk.ui.widgets.tips import set_tip

_RING = 3
"""Room around the chip for the frame of a pressed one and for the focus."""
_TICK = "✓"
_NARROWEST = 64


class FilterChip(QPushButton):
    """Looks like the chips of the list; a frame and a tick say that it is pressed."""

    def __init__(self, look: ChipLook, parent: QWidget | None = None) -> None:
        super().__init__(look.text, parent)
        self._look = look
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.toggled.connect(self._on_toggled)

    def set_look(self, look: ChipLook) -> None:
        """Show another text."""
        self._look = look
        self.setText(look.text)
        set_tip(self, look.text)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return chip_size(self._painted()) + QSize(2 * _RING, 2 * _RING)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint().boundedTo(QSize(theme.current().fonts.scaled(_NARROWEST), self.sizeHint().height()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chip = self.rect().adjusted(_RING, _RING, -_RING, -_RING)
        paint_chip(painter, chip, self._painted(), rtl=self.layoutDirection() == Qt.LayoutDirection.RightToLeft)
        if self.isChecked() or self.underMouse():
            self._paint_frame(painter, QRectF(chip), theme.current().colour(self._look.tone), 1.5)
        if self.hasFocus():
            around = QRectF(chip).adjusted(-1.5, -1.5, 1.5, 1.5)
            self._paint_frame(painter, around, theme.current().tokens.accent, 2)

    def _painted(self) -> ChipLook:
        return replace(self._look, text=f"{self._look.text} {_TICK}") if self.isChecked() else self._look

    def _on_toggled(self) -> None:
        self.updateGeometry()

    @staticmethod
    def _paint_frame(painter: QPainter, place: QRectF, colour: str, width: float) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(colour), width))
        painter.drawRoundedRect(place, place.height() / 2, place.height() / 2)
