"""What holds for the whole window until it is over: the clock is behind, the database is read-only."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from cpdesk.ui.context import Action, Kind
from cpdesk.ui.widgets.notice import Notice


class Banners(QWidget):
    """One banner per key, across the window under the top bar."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._banners: dict[str, Notice] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(1)
        self.hide()

    def set(self, key: str, kind: Kind, text: str, actions: Sequence[Action] = ()) -> None:
        """Show a banner, or change it."""
        banner = self._banners.get(key)
        if banner is None:
            banner = Notice(kind)
            banner.setProperty("flush", "true")
            self._banners[key] = banner
            self._column.addWidget(banner)
        banner.set_kind(kind)
        banner.set_text(text)
        banner.set_actions(actions)
        self.show()

    def clear(self, key: str) -> None:
        """Take a banner away; nothing happens if there is none."""
        banner = self._banners.pop(key, None)
        if banner is not None:
            self._column.removeWidget(banner)
            banner.hide()
            banner.deleteLater()
        self.setVisible(bool(self._banners))

    def text(self, key: str) -> str:
        """What a banner says, or ""."""
        banner = self._banners.get(key)
        return banner.text if banner is not None else ""
