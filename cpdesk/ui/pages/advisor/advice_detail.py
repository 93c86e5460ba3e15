"""The advice for the account that is selected in the list, in full."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cpdesk.base.i18n import _
from cpdesk.ui.pages.advisor.advice_lines import AdviceLine
from cpdesk.ui.pages.advisor.looks import recommendation_look
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import secondary
from cpdesk.ui.widgets.card import Card
from cpdesk.ui.widgets.chips import Chip, ChipLook, Tone
from cpdesk.ui.widgets.flow import Flow
from cpdesk.ui.widgets.labels import Label

_ALL_BUT = 1000
"""The name and the chip take what the button leaves."""


class AdviceDetail(Card):
    """Whom it is about, what is recommended and why; a way to all of it."""

    opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._chip = Chip(ChipLook("", Tone.SOFT))
        self._reason = Label(role=TextRole.BODY, wrap=True)
        self.open_button = secondary()
        # In large text the chip has no room beside the name of the account.
        self.header.insertWidget(0, Flow(self.title, self._chip), _ALL_BUT)
        self.add_action(self.open_button)
        self.body.addWidget(self._reason)
        self.open_button.clicked.connect(self.opened)

    def show_line(self, line: AdviceLine) -> None:
        """Show an account's advice, in the language in use."""
        self.set_title(line.advice.account)
        self._chip.set_look(recommendation_look(line.advice.recommended, line.headline))
        self._reason.setText(line.reason)
        self.open_button.setText(_("Open the Advisor"))
