"""The head of a page: title, what it is about, and its one primary action."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.layout import hbox


class PageHeader(QWidget):
    """Title 22 semibold over a caption; actions at the end."""

    def __init__(self, title: str = "", subtitle: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = Label(role=TextRole.TITLE, wrap=True)
        self._subtitle = Label(role=TextRole.CAPTION, wrap=True)
        self._actions: QHBoxLayout = hbox(space=spacing.S)
        self._actions_place = QWidget()
        self._actions_place.setLayout(self._actions)
        texts = QVBoxLayout()
        texts.setSpacing(spacing.XS)
        texts.addWidget(self._title)
        texts.addWidget(self._subtitle)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(spacing.M)
        row.addLayout(texts, 1)
        row.addWidget(self._actions_place, alignment=Qt.AlignmentFlag.AlignVCenter)
        self.set_texts(title, subtitle)

    def set_texts(self, title: str, subtitle: str = "") -> None:
        """Show title and subtitle; an empty subtitle takes no room."""
        self._title.setText(title)
        self._subtitle.setText(subtitle)
        self._subtitle.setVisible(bool(subtitle))

    @property
    def title(self) -> str:
        return self._title.text()

    def add_action(self, widget: QWidget) -> None:
        """Put an action at the end; the primary one comes last."""
        self._actions.addWidget(widget)

    def offer_actions(self, *, offered: bool) -> None:
        """Whether the actions are seen: where there is nothing to act upon, only what helps out of it is."""
        self._actions_place.setVisible(offered)
