"""The consequences of a change of mode as widgets: rows, products, ticks."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from cpdesk.base.apart import beside
from cpdesk.ui.pages.services.consequences import Consequence, Consequences, folded_people
from cpdesk.ui.parts.product_table import product_table
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import link
from cpdesk.ui.widgets.checks import CheckBox
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.layout import hairline, hbox, vbox


class ConsequenceView(QWidget):
    """Shows Consequences once; a new forecast gets a new view, with nothing ticked."""

    ticked = Signal()
    unfolded = Signal()
    """Names that were folded away are shown: the view needs more room."""

    def __init__(self, shown: Consequences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ticks = [CheckBox(text) for text in shown.ticks]
        self.table = product_table(shown.figures)
        self.table.set_rows(shown.products)
        self.table.setVisible(bool(shown.products))
        self._folded: list[tuple[Label, QPushButton, Consequence]] = []
        self._build(shown)
        for tick in self.ticks:
            tick.toggled.connect(self.ticked)

    def all_ticked(self) -> bool:
        """Whether everything that has to be understood is."""
        return all(tick.isChecked() for tick in self.ticks)

    def _build(self, shown: Consequences) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(spacing.S)
        column.addWidget(Label(shown.advice, TextRole.SOFT, wrap=True))
        column.addWidget(hairline())
        for row in shown.rows:
            column.addLayout(self._row(row))
            column.addWidget(hairline())
        for tick in self.ticks:
            column.addWidget(tick)
        column.addWidget(Label(shown.closing, TextRole.CAPTION, wrap=True))
        column.addWidget(self.table)

    def _row(self, row: Consequence) -> QVBoxLayout:
        line = hbox(Label(row.text, wrap=True))
        line.setStretch(0, 1)
        if row.figure:
            line.addWidget(Label(row.figure, TextRole.STRONG))
        lines = vbox(line, space=spacing.XS)
        if row.people:
            lines.addLayout(self._people(row))
        return lines

    def _people(self, row: Consequence) -> QVBoxLayout:
        names, more = folded_people(row.people)
        label = Label(names, TextRole.CAPTION, wrap=True)
        column = vbox(label, space=0)
        if more:
            unfold = link(more)
            unfold.clicked.connect(self._on_unfold)
            self._folded.append((label, unfold, row))
            column.addLayout(hbox(unfold, None))
        return column

    def _on_unfold(self) -> None:
        for label, unfold, row in self._folded:
            label.setText(beside(*row.people, between=", "))
            unfold.hide()
        self.unfolded.emit()
