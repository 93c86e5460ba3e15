"""Short messages above the page."""

from PySide6.QtCore import QEasingCurve, QPropertyAnimation, Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from cpdesk.base.i18n import _
from cpdesk.ui import theme
from cpdesk.ui.context import Action, Kind
from cpdesk.ui.theme import spacing
from cpdesk.ui.widgets.layout import tab_next
from cpdesk.ui.widgets.notice import Notice
from cpdesk.ui.widgets.speech import announce

_MOST = 3
_SLIDE_MS = 160
_UNLIMITED = 16_777_215
"""QWIDGETSIZE_MAX."""


class NoticeStack(QWidget):
    """The newest message on top, three at most; they are read aloud, and go when another page is opened."""

    focus_lost = Signal()
    """A message has gone that had the keyboard."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._notices: list[Notice] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(spacing.XL, spacing.M, spacing.XL, 0)
        self._column.setSpacing(spacing.S)
        self.hide()

    def info(self, text: str, action: Action | None = None) -> None:
        """Say something worth knowing."""
        self._add(Kind.INFO, text, action)

    def success(self, text: str, action: Action | None = None) -> None:
        """Say that something is done; `action` undoes it, say."""
        self._add(Kind.SUCCESS, text, action)

    def pending(self, text: str, action: Action | None = None) -> None:
        """Say that something will happen later."""
        self._add(Kind.PENDING, text, action)

    def error(self, text: str, action: Action | None = None) -> None:
        """Say what went wrong and what to do."""
        self._add(Kind.ERROR, text, action)

    def clear(self) -> None:
        """Take all messages away."""
        for notice in list(self._notices):
            self._remove(notice)

    def texts(self) -> list[str]:
        """What is said at the moment, newest first."""
        return [notice.text for notice in self._notices]

    def _add(self, kind: Kind, text: str, action: Action | None) -> None:
        notice = Notice(kind, text, actions=(action,) if action else (), dismissible=True)
        notice.dismissed.connect(self._on_dismissed)
        for button in notice.buttons():
            button.clicked.connect(notice.dismissed)
        self._notices.insert(0, notice)
        self._column.insertWidget(0, notice)
        for old in self._notices[_MOST:]:
            self._remove(old)
        self.show()
        # What comes later is last in the order of the Tab key, but a message stands before the page.
        tab_next(self, notice)
        self._slide_in(notice)
        announce(notice, _spoken(text, action))

    def _remove(self, notice: Notice) -> None:
        focused = QApplication.focusWidget()
        had_focus = focused is not None and notice.isAncestorOf(focused)
        self._notices.remove(notice)
        self._column.removeWidget(notice)
        notice.hide()
        notice.deleteLater()
        self.setVisible(bool(self._notices))
        if had_focus:
            self.focus_lost.emit()

    def _slide_in(self, notice: Notice) -> None:
        if theme.current().reduced_motion or not self.isVisible():
            return
        motion = QPropertyAnimation(notice, b"maximumHeight", notice)
        motion.setDuration(_SLIDE_MS)
        motion.setEasingCurve(QEasingCurve.Type.OutCubic)
        motion.setStartValue(0)
        motion.setEndValue(max(notice.sizeHint().height(), notice.heightForWidth(self.width())))
        motion.finished.connect(self._on_slid_in)
        motion.start(QPropertyAnimation.DeletionPolicy.DeleteWhenStopped)

    def _on_slid_in(self) -> None:
        for notice in self._notices:
            notice.setMaximumHeight(_UNLIMITED)

    def _on_dismissed(self) -> None:
        notice = self.sender()
        if isinstance(notice, Notice) and notice in self._notices:
            self._remove(notice)


def _spoken(text: str, action: Action | None) -> str:
    """What is read aloud: the keyboard is elsewhere, so also how to get to the button."""
    if action is None:
        return text
    way = _("F6 leads to: {action}").format(action=action.text)
    return f"{text} {way}"
