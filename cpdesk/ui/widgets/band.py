"""A wide band that opens something, as on My Services."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.labels import IconLabel, Label


class Band(QPushButton):
    """One large button with an icon, a title and a line under it; its accessible name is the title."""

    def __init__(self, title: str = "", text: str = "", icon: str = "cloud", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = Label(role=TextRole.SECTION)
        self._text = Label(role=TextRole.CAPTION, wrap=True)
        self._row = QHBoxLayout(self)
        self.setProperty("band", "true")
        self.setAutoDefault(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._build(icon)
        self.set_texts(title, text)

    def set_texts(self, title: str, text: str = "") -> None:
        """Show other texts."""
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)

    def add(self, widget: QWidget) -> None:
        """Put something that only shows, such as a chip, before the arrow."""
        widget.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._row.insertWidget(self._row.count() - 1, widget)

    def sizeHint(self) -> QSize:
        return self._row.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self._row.minimumSize()

    def hasHeightForWidth(self) -> bool:
        return self._row.hasHeightForWidth()

    def heightForWidth(self, width: int) -> int:
        return self._row.heightForWidth(width)

    def _build(self, icon: str) -> None:
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self._title)
        texts.addWidget(self._text)
        self._row.setContentsMargins(spacing.L, spacing.M + 2, spacing.L, spacing.M + 2)
        self._row.setSpacing(spacing.M)
        self._row.addWidget(IconLabel(icon, "accent", 28))
        self._row.addLayout(texts, 1)
        self._row.addWidget(IconLabel("chevron_right", "soft"))
        for label in self.findChildren(QLabel):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
