"""How high the rows of a list are: one line of text, or two where its columns are too narrow for one."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QTableView

from cpdesk.ui import theme
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.column_widths import ColumnWidths


class RowHeight(QObject):
    """Keeps all rows of a list at one height."""

    changed = Signal()

    def __init__(self, view: QTableView, widths: ColumnWidths) -> None:
        super().__init__(view)
        self._view = view
        self._widths = widths
        widths.fitted.connect(self.fit)
        theme.current().changed.connect(self.fit)
        self.fit()

    def fit(self) -> None:
        """Look again at the theme and at the columns."""
        height = theme.current().row_height
        if self._widths.folding:
            height += QFontMetrics(theme.current().fonts.font(TextRole.BODY)).lineSpacing()
        rows = self._view.verticalHeader()
        rows.setMinimumSectionSize(spacing.L)
        if rows.defaultSectionSize() != height:
            rows.setDefaultSectionSize(height)
            self.changed.emit()
