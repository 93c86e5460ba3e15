"""What each role may do."""

from PySide6.QtWidgets import QGridLayout

from cpdesk.base.i18n import _
from cpdesk.domain.operators import Role
from cpdesk.ui.pages.operators.role_texts import role_sentence
from cpdesk.ui.shell.top_bar import role_name
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.card import Card
from cpdesk.ui.widgets.labels import Label

_SENTENCE = 3
"""Shares of the width: one for the role, three for its sentence."""


class RolesCard(Card):
    """The roles with a sentence for each."""

    def __init__(self) -> None:
        super().__init__()
        self._texts = {role: (Label(role=TextRole.STRONG, wrap=True), Label(wrap=True)) for role in Role}
        grid = QGridLayout()
        grid.setHorizontalSpacing(spacing.M)
        grid.setVerticalSpacing(spacing.S)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, _SENTENCE)
        for line, (name, sentence) in enumerate(self._texts.values()):
            grid.addWidget(name, line, 0)
            grid.addWidget(sentence, line, 1)
        self.body.addLayout(grid)
        self.retranslate()

    def retranslate(self) -> None:
        """All texts, in the language in use."""
        self.set_title(_("What each role may do"))
        for role, (name, sentence) in self._texts.items():
            name.setText(role_name(role))
            sentence.setText(role_sentence(role))
