"""A user before and after, side by side."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from cpdesk.base.i18n import _
from cpdesk.ui.pages.transition.comparison import Line
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.layout import clear, hairline


class ComparisonView(QWidget):
    """Texts that wrap, since lists of licenses get long; a list would cut them short."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: Sequence[Line] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(spacing.L)
        self._grid.setVerticalSpacing(spacing.S)
        for place, stretch in enumerate((2, 4, 4)):
            self._grid.setColumnStretch(place, stretch)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these fields."""
        self.lines = lines
        clear(self._grid)
        titles = (_("Field"), _("Now"), _("After the import"))
        self._add(0, *(Label(title, TextRole.CAPTION) for title in titles))
        for place, line in enumerate(lines, 1):
            self._add(2 * place, *_labels(line))
        self.setVisible(bool(lines))

    def _add(self, row: int, *labels: Label) -> None:
        for place, label in enumerate(labels):
            self._grid.addWidget(label, row, place, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(hairline(), row + 1, 0, 1, len(labels))


def _labels(line: Line) -> tuple[Label, Label, Label]:
    nothing = _("nothing")
    return (
        Label(line.field, wrap=True),
        Label(line.before or nothing, wrap=True, selectable=True),
        Label(line.after or nothing, TextRole.STRONG, wrap=True, selectable=True),
    )
