"""What holds for the whole window until it is over: the clock is behind, the database is read-only."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from cpdesk.ui.context import Action, Kind
from cpdesk.ui.widgets.layout import tab_next
from cpdesk.ui.widgets.notice import Notice


class Banners(QWidget):
    """One banner per key, across the window under the top bar."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._banners: dict[str, QWidget] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(1)
        self.hide()

    def set(self, key: str, kind: Kind, text: str, actions: Sequence[Action] = ()) -> None:
        """Show a banner, or change it."""
        banner = self._banners.get(key)
        known = isinstance(banner, Notice)
        notice = banner if isinstance(banner, Notice) else Notice(kind)
        notice.setProperty("flush", "true")
        notice.set_kind(kind)
        notice.set_text(text)
        notice.set_actions(actions)
        if not known:
            # Filled first: what is put into a part that is seen already is not seen at once.
            self.put(key, notice)
        else:
            tab_next(self, notice)

    def put(self, key: str, banner: QWidget) -> None:
        """Show a banner of one's own under those that are there; `key` must be new."""
        self._banners[key] = banner
        self._column.addWidget(banner)
        tab_next(self, banner)
        self.show()

    def say(self, key: str, text: str) -> None:
        """Say something else in a banner that is shown; its buttons keep the keyboard."""
        banner = self._banners.get(key)
        if isinstance(banner, Notice):
            banner.set_text(text)

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
        return banner.text if isinstance(banner, Notice) else ""
