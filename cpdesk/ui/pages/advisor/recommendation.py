"""The card that says what is recommended, and why."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from cpdesk.base.i18n import _
from cpdesk.ui import theme
from cpdesk.ui.pages.advisor.view import AdvisorView
from cpdesk.ui.theme import spacing
from cpdesk.ui.widgets.buttons import link, secondary
from cpdesk.ui.widgets.card import Card
from cpdesk.ui.widgets.chips import Chip, ChipLook, Tone
from cpdesk.ui.widgets.labels import Bold, Label
from cpdesk.ui.widgets.layout import hbox, vbox

_NARROW = 800
"""Below this width, at normal text size, the parts stand under each other."""


class RecommendationCard(Card):
    """Chip, one sentence with the saving in bold, the way on, and how it is computed."""

    explanation_asked = Signal()
    went_on = Signal()
    """The way on was pressed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.chip = Chip(ChipLook("", Tone.SOFT))
        self.reason = Label(wrap=True)
        self.way = link()
        self.explain = secondary()
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._line.setSpacing(spacing.M)
        self._line.addWidget(self.chip)
        self._line.addLayout(vbox(self.reason, hbox(self.way, None), space=spacing.XS), 1)
        self._line.addLayout(hbox(self.explain, None, space=0))
        self.body.addLayout(self._line)
        self.explain.clicked.connect(self.explanation_asked)
        self.way.clicked.connect(self.went_on)
        self.way.hide()

    def show_view(self, view: AdvisorView) -> None:
        """Show a recommendation."""
        self.chip.set_look(view.chip)
        before, saving, after = view.reason.partition(view.saving) if view.saving else (view.reason, "", "")
        if saving:
            self.reason.set_runs(before, Bold(saving), after)
        else:
            self.reason.set_plain(before)
        self.way.setText(view.way.text if view.way else "")
        self.way.setVisible(view.way is not None)
        self.explain.setText(_("How this is computed"))
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        narrow = self.width() < theme.current().fonts.scaled(_NARROW)
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if direction != self._line.direction():
            self._line.setDirection(direction)
