"""The Tools tab: the billing model, and what becomes of it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cpdesk.base.i18n import _
from cpdesk.domain.forecasts import ForecastLine
from cpdesk.ui.context import Action, Kind
from cpdesk.ui.pages.services.mode_card import ModeCard
from cpdesk.ui.pages.services.tools_view import FigureText, PendingText, ToolsView
from cpdesk.ui.parts.product_table import BACK_FIGURES, product_table
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import link
from cpdesk.ui.widgets.card import Card, CardRow, KeyFigure
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.layout import hbox
from cpdesk.ui.widgets.notice import Notice


class ToolsTab(QWidget):
    """Shows a ToolsView and asks for what can be done about it."""

    edit_asked = Signal()
    keep_asked = Signal()
    licenses_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pending = Notice(Kind.PENDING)
        self.mode_card = ModeCard()
        self.figures = (KeyFigure(), KeyFigure())
        self.licenses = link()
        self.outlook = product_table(BACK_FIGURES)
        self.blocked = Label(role=TextRole.CAPTION, wrap=True)
        self._figure_row = CardRow(*self.figures)
        self._outlook_card = Card()
        self._build()
        self.mode_card.edit.clicked.connect(self.edit_asked)
        self.licenses.clicked.connect(self.licenses_asked)

    def show_view(self, view: ToolsView, outlook: tuple[ForecastLine, ...]) -> None:
        """Show how things stand; `outlook` is what the pending change does to each product."""
        self._show_pending(view.pending)
        self.mode_card.show_view(view)
        self._show_figures(view.figures)
        self.licenses.setText(_("Add or remove licenses"))
        self.licenses.setVisible(view.offers_licenses)
        self._outlook_card.set_title(view.outlook_title)
        self._outlook_card.setVisible(bool(outlook))
        self.outlook.set_rows(outlook)
        self.blocked.setText(view.blocked)
        self.blocked.setVisible(bool(view.blocked))

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(spacing.M)
        self._outlook_card.body.addWidget(self.outlook)
        self._outlook_card.body.addWidget(self.blocked)
        for part in (self.pending, self.mode_card, self._figure_row):
            column.addWidget(part)
        column.addLayout(hbox(self.licenses, None))
        column.addWidget(self._outlook_card)
        column.addStretch(1)

    def _show_pending(self, pending: PendingText | None) -> None:
        self.pending.setVisible(pending is not None)
        if pending is None:
            return
        self.pending.set_text(pending.text, pending.title)
        keep = Action(_("Keep Purchase Mode"), self.keep_asked.emit)
        self.pending.set_actions((keep,) if pending.may_keep else ())

    def _show_figures(self, texts: tuple[FigureText, ...]) -> None:
        self._figure_row.setVisible(bool(texts))
        for card, text in zip(self.figures, texts, strict=False):
            card.set(text.label, text.figure, text.note)
