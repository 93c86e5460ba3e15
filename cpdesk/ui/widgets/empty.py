"""What a list shows when there is nothing in it: what it is for, and one thing to do."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cpdesk.ui.context import Action
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import primary
from cpdesk.ui.widgets.labels import IconLabel, Label
from cpdesk.ui.widgets.layout import hbox


class EmptyState(QWidget):
    """An icon, a title, a sentence, and at most one action, in the middle."""

    def __init__(
        self,
        title: str = "",
        text: str = "",
        action: Action | None = None,
        icon: str = "info",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon = IconLabel(icon, "soft", 32)
        self._title = Label(role=TextRole.SECTION, wrap=True)
        self._text = Label(role=TextRole.CAPTION, wrap=True)
        self._action: Action | None = None
        self.button = primary()
        self.button.clicked.connect(self._on_clicked)
        self._build()
        self.set(title, text, action)

    def set(self, title: str, text: str = "", action: Action | None = None) -> None:
        """Say something else."""
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self._action = action
        self.button.setText(action.text if action else "")
        self.button.setVisible(action is not None)

    @property
    def title(self) -> str:
        return self._title.text()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(spacing.L, spacing.L, spacing.L, spacing.L)
        column.setSpacing(spacing.S)
        column.addStretch(1)
        column.addLayout(hbox(None, self._icon, None))
        for label in (self._title, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
        column.addSpacing(spacing.S)
        column.addLayout(hbox(None, self.button, None))
        column.addStretch(1)

    def _on_clicked(self) -> None:
        if self._action is not None:
            self._action.callback()
