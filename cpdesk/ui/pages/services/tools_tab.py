"""The Tools tab: the billing model, and what becomes of it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cpdesk.base.i18n import _
from cpdesk.domain.forecasts import ForecastLine
from cpdesk.ui.context import Action, Kind
from cpdesk.ui.pages.services.mode_card import ModeCard
from cpdesk.ui.pages.services.tools_figures import FigureText
from cpdesk.ui.pages.services.tools_view import PendingText, ToolsView
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
    advice_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pending = Notice(Kind.PENDING)
        self.mode_card = ModeCard()
        self.figures = (KeyFigure(), KeyFigure(), KeyFigure())
        self.licenses, self.advice = link(), link()
        self.outlook = product_table(BACK_FIGURES)
        self.blocked = Label(role=TextRole.CAPTION, wrap=True)
        self._figure_row = CardRow(*self.figures)
        self._outlook_card = Card()
        self._build()
        self.mode_card.edit.clicked.connect(self.edit_asked)
        self.licenses.clicked.connect(self.licenses_asked)
        self.advice.clicked.connect(self.advice_asked)

    def show_view(self, view: ToolsView, outlook: tuple[ForecastLine, ...]) -> None:
        """Show how things stand; `outlook` is what the pending change does to each product."""
        self._show_pending(view.pending)
        self.mode_card.show_view(view)
        self._show_figures(view.figures)
        self.licenses.setText(_("Add or remove licenses"))
        self.licenses.setVisible(view.offers_licenses)
        self.advice.setText(_("Which mode is cheaper?"))
        self.advice.setVisible(view.offers_advice)
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
        column.addLayout(hbox(self.advice, self.licenses, None, space=spacing.L))
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
        for place, card in enumerate(self.figures):
            card.setVisible(place < len(texts))
            if place < len(texts):
                card.set(texts[place].label, texts[place].figure, texts[place].note)
