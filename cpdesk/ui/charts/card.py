"""A chart with its title, its legend, and ways to have it otherwise."""

from functools import cached_property
from typing import Any

from PySide6.QtCore import QEvent
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from cpdesk.base.i18n import _
from cpdesk.ui import theme
from cpdesk.ui.charts.chart import Chart
from cpdesk.ui.charts.legend import Legend
from cpdesk.ui.charts.picture import picture_of
from cpdesk.ui.context import Settings
from cpdesk.ui.widgets.buttons import quiet, secondary
from cpdesk.ui.widgets.card import Card
from cpdesk.ui.widgets.speech import announce
from cpdesk.ui.widgets.table import DataTable

_MOST_ROWS = 14
"""Of a table, its header among them."""


class ChartCard(Card):
    """A chart that can be had as a table and as a picture. The page sets its title, in the language in use."""

    def __init__(
        self,
        title: str,
        chart: Chart,
        *,
        name: str = "",
        settings: Settings | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """name: under which the table's columns are remembered in `settings`."""
        self.chart = chart
        self.legend = Legend()
        self.as_table = secondary()
        self.copy = quiet()
        self._name, self._settings = name, settings
        super().__init__(title, parent)
        for action in (self.copy, self.as_table):
            self.add_action(action)
        for part in (self.legend, chart):
            self.body.addWidget(part)
        self.as_table.clicked.connect(self._on_as_table)
        self.copy.clicked.connect(self._on_copy)
        chart.figures_changed.connect(self._show)
        self._show()

    @cached_property
    def table(self) -> DataTable[Any]:
        """The same figures; made when somebody wants them so, which few do."""
        columns = self.chart.columns()
        made: DataTable[Any] = DataTable(columns, columns[0].value, name=self._name, settings=self._settings)
        made.setAccessibleName(self.title.text())
        made.height_changed.connect(self._on_height_changed)
        made.hide()
        self.body.addWidget(made)
        return made

    @property
    def shows_table(self) -> bool:
        """Whether the figures are shown as a table at the moment."""
        return "table" in vars(self) and not self.table.isHidden()

    def set_title(self, title: str) -> None:
        super().set_title(title)
        self.chart.setAccessibleName(title)
        if "table" in vars(self):
            self.table.setAccessibleName(title)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._show()

    def _show(self) -> None:
        """Show the figures, in the language in use."""
        self.as_table.setText(_("As chart") if self.shows_table else _("As table"))
        self.copy.setText(_("Copy as picture"))
        self.legend.set_entries(self.chart.legend())
        if self.shows_table:
            self.table.set_rows(self.chart.rows())
        self.as_table.setVisible(not self.chart.empty)
        self.copy.setVisible(not self.chart.empty and not self.shows_table)
        self.legend.setVisible(not self.chart.empty and not self.shows_table)

    def _on_as_table(self) -> None:
        wanted = not self.shows_table
        self.table.setVisible(wanted)
        self.chart.setVisible(not wanted)
        self._show()

    def _on_height_changed(self) -> None:
        """Show all rows of a year of months; of more, so many that the page need not be left to scroll."""
        rows = self.table.content_height()
        self.table.setFixedHeight(min(rows, _MOST_ROWS * theme.current().row_height))

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setImage(picture_of(self.chart, self.title.text()))
        self.copy.setText(_("Copied"))
        announce(self, _("The picture is on the clipboard."))
