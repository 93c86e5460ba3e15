"""A section of the settings, and in it one thing that can be set: what it is, what it does, and the way to set it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.card import Card
from cpdesk.ui.widgets.labels import Label


class SettingsCard(Card):
    """A section."""

    def retranslate(self) -> None:
        """All texts, in the language in use."""
        raise NotImplementedError


class SettingRow(QWidget):
    """Texts at the start, the control at the end."""

    def __init__(self, control: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._control = control
        self._name = Label(role=TextRole.STRONG, wrap=True)
        self._help = Label(role=TextRole.CAPTION, wrap=True)
        texts = QVBoxLayout()
        texts.setSpacing(spacing.XS)
        texts.addWidget(self._name)
        texts.addWidget(self._help)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(spacing.L)
        row.addLayout(texts, 1)
        row.addWidget(control, 0, Qt.AlignmentFlag.AlignVCenter)
        self._name.setBuddy(control)

    def set_texts(self, name: str, text: str = "") -> None:
        """Name the setting; the control gets the same name for who does not see it."""
        self._name.setText(name)
        self._help.setText(text)
        self._help.setVisible(bool(text))
        self._control.setAccessibleName(name)
        self._control.setAccessibleDescription(text)
