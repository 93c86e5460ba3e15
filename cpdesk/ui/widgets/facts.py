"""Lines of what is or will be: a text at the start, a figure at the end."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.layout import clear, hairline

_LEAST, _MOST = 40, 60
"""Percent of the width that figures have: as much as they need beside the texts, within these."""


class Facts(QWidget):
    """Rows with hairlines under them, as in a confirmation."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(spacing.M)
        self._grid.setVerticalSpacing(spacing.S + 2)
        self._texts = self._figures = 0
        self._share_out()

    def add(self, text: str, figure: str | QWidget = "", role: TextRole = TextRole.BODY) -> None:
        """Add a line; instead of a figure there may be a widget, such as a tick box or a link."""
        row = self._grid.rowCount()
        self._texts = max(self._texts, self._width_of(text))
        self._figures = max(self._figures, self._width_of(figure) if isinstance(figure, str) else 0)
        self._share_out()
        figure = _figure(figure) if isinstance(figure, str) else figure
        label, line = Label(text, role, wrap=True), hairline()
        self._grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(figure, row, 1, Qt.AlignmentFlag.AlignVCenter)
        if not isinstance(figure, Label):
            self._grid.setAlignment(figure, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(line, row + 1, 0, 1, 2)
        for part in (label, line):
            part.show()  # otherwise the line takes no room before the next round of events

    def clear(self) -> None:
        """Take all lines away."""
        clear(self._grid)
        self._texts = self._figures = 0
        self._share_out()

    def _width_of(self, text: str) -> int:
        """Of its longest line."""
        return max((self.fontMetrics().horizontalAdvance(line) for line in text.split("\n")), default=0)

    def _share_out(self) -> None:
        wanted = 100 * self._figures // max(self._figures + self._texts, 1)
        figures = min(max(wanted, _LEAST), _MOST)
        self._grid.setColumnStretch(0, 100 - figures)
        self._grid.setColumnStretch(1, figures)


def _figure(text: str) -> Label:
    made = Label(text, wrap=True)
    made.stand_at_end()
    return made
