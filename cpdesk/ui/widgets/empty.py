"""What a list shows when there is nothing in it: what it is for, and one thing to do."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cpdesk.base.i18n import _
from cpdesk.ui.context import Action
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import link, primary
from cpdesk.ui.widgets.labels import IconLabel, Label
from cpdesk.ui.widgets.layout import hbox


class EmptyState(QWidget):
    """An icon, a title, a sentence, maybe a command to copy, and at most one action, in the middle."""

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
        self._command = Label(role=TextRole.STRONG, wrap=True, selectable=True)
        self._copy = link()
        self._action: Action | None = None
        self.button = primary()
        self.button.clicked.connect(self._on_clicked)
        self._copy.clicked.connect(self._on_copy)
        self._build()
        self.set(title, text, action)

    def set(self, title: str, text: str = "", action: Action | None = None, command: str = "") -> None:
        """Say something else; `command` is for the command line and can be copied."""
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self._command.setText(command)
        self._copy.setText(_("Copy the command"))
        for part in (self._command, self._copy):
            part.setVisible(bool(command))
        self._action = action
        self.button.setText(action.text if action else "")
        self.button.setVisible(action is not None)

    @property
    def title(self) -> str:
        return self._title.text()

    @property
    def command(self) -> str:
        """The command that is offered, or ""."""
        return self._command.text()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(spacing.L, spacing.L, spacing.L, spacing.L)
        column.setSpacing(spacing.S)
        column.addStretch(1)
        column.addLayout(hbox(None, self._icon, None))
        for label in (self._title, self._text, self._command):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
        column.addLayout(hbox(None, self._copy, None))
        column.addSpacing(spacing.S)
        column.addLayout(hbox(None, self.button, None))
        column.addStretch(1)

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.command)
        self._copy.setText(_("Copied"))

    def _on_clicked(self) -> None:
        if self._action is not None:
            self._action.callback()
