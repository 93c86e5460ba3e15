"""A service of The Catalog: what it is, how it stands, and the one thing to do about it."""

from PySide6.QtWidgets import QSizePolicy, QWidget

from cpdesk.base.apart import beside
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import ButtonKind, secondary, set_kind
from cpdesk.ui.widgets.card import Card
from cpdesk.ui.widgets.labels import IconLabel, Label
from cpdesk.ui.widgets.layout import hbox, vbox


class OfferBand(Card):
    """As wide as the page; its button names the service too for a screen reader."""

    def __init__(self, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._name = Label(role=TextRole.SECTION, wrap=True)
        self._text = Label(role=TextRole.CAPTION, wrap=True)
        self._state = Label(wrap=True)
        self._tick = IconLabel("success", "usage")
        self.button = secondary()
        self.body.setContentsMargins(spacing.L, spacing.L, spacing.L, spacing.L)
        state = hbox(self._tick, self._state, space=spacing.S)
        state.setStretch(1, 1)
        texts = vbox(self._name, self._text, state, space=spacing.XS)
        row = hbox(IconLabel(icon, "accent", 28), texts, self.button)
        row.setStretch(1, 1)
        self.body.addLayout(row)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def set_texts(self, name: str, text: str) -> None:
        """Say which service it is."""
        self._name.setText(name)
        self._text.setText(text)
        self.setAccessibleName(name)

    def set_state(self, text: str, *, active: bool) -> None:
        """Say how it stands; "" says nothing."""
        self._state.setText(text)
        self._state.setVisible(bool(text))
        self._tick.setVisible(active and bool(text))

    def set_action(self, text: str, *, primary: bool) -> None:
        """Say what the button does."""
        self.button.setText(text)
        self.button.setAccessibleName(beside(text, self._name.text(), between=": "))
        set_kind(self.button, ButtonKind.PRIMARY if primary else ButtonKind.SECONDARY)
