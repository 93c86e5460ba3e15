"""Statements as they are printed: pages of paper, which are the same in both palettes."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cpdesk.domain.documents import StatementDocument
from cpdesk.domain.own_company import OwnCompany
from cpdesk.gateways.documents.pdf import pictures
from cpdesk.ui import theme
from cpdesk.ui.gallery import billing_samples as samples
from cpdesk.ui.gallery.scene import Stage, scene

_MOST_PAGES = 3
_SHARP = 220
"""Dots per inch: the pages are made smaller to fit."""
_GAP = 12


class _Sheets(QWidget):
    """The first pages of a statement side by side."""

    def __init__(self, document: StatementDocument) -> None:
        super().__init__()
        self._pages = pictures(document, _SHARP)[:_MOST_PAGES]
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.current().tokens.line))
        room = (self.width() - _GAP * (len(self._pages) + 1)) // len(self._pages)
        left = _GAP
        for page in self._pages:
            smaller = page.scaled(
                *(room, self.height() - 2 * _GAP),
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            painter.drawImage(left, _GAP, smaller)
            left += smaller.width() + _GAP
        painter.end()


@scene("paper_statement", variants=("german",))
def statement(_stage: Stage) -> QWidget:
    """An issued one with corrections."""
    return _Sheets(samples.issued(samples.switched(), samples.CORRECTIONS).document)


@scene("paper_statement_long", variants=("german",))
def long_statement(_stage: Stage) -> QWidget:
    """Hundreds of lines."""
    return _Sheets(samples.document(samples.many_lines()))


@scene("paper_statement_without_company")
def without_company(_stage: Stage) -> QWidget:
    """Before anybody entered who sends it."""
    return _Sheets(samples.document(samples.switched(), OwnCompany()))
