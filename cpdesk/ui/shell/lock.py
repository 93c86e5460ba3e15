"""Locking the window: what is in it goes out of sight until whoever is signed in has proven who it is.

Hidden would not be enough: screen readers find hidden widgets, and dialogs are windows of their own. Everything is
taken out of the window and parked where nothing is shown, as it is: what was typed, what is under way, where one
was. What opens meanwhile is parked as well.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QShortcut, QWindow
from PySide6.QtWidgets import QApplication, QDialog, QScrollBar, QToolTip, QWidget

from cpdesk.ui.shell.idle import Idleness, idle_limit
from cpdesk.ui.shell.shortcuts import LOCK

if TYPE_CHECKING:
    from collections.abc import Callable

    from cpdesk.base.clock import Clock
    from cpdesk.domain.operators import Session
    from cpdesk.ui.context import PageContext
    from cpdesk.ui.shell.window import Window

_LOOK_MS = 10_000
_USES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)


@dataclass(frozen=True, slots=True)
class _Parked:
    """A window that was open, and how to open it again as it was."""

    widget: QWidget
    parent: QWidget | None
    flags: Qt.WindowType
    focus: QWidget | None
    scrolled: tuple[tuple[QScrollBar, int], ...]


class _Uses(QObject):
    """Hears of each key and each move of the mouse in the window that has the keyboard, and of the keys that lock:
    shortcuts of a window are deaf while a dialog is open over it.

    Only the system's windows are asked, which hear of little else: all widgets would be asked far too often.
    """

    used = Signal()
    lock_asked = Signal()
    came_too_late = False
    """Set while `used` is told of: what was pressed reaches nothing."""

    def watch(self, window: QWindow | None) -> None:
        """Listen to this window too."""
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in _USES:
            self.used.emit()
            if self.came_too_late:
                self.came_too_late = False
                return True
        locks = isinstance(event, QKeyEvent) and _locks(event)
        if locks:
            self.lock_asked.emit()
        return locks


class Lock(QObject):
    """Locks on request and when nobody has used the window for as long as the settings say."""

    locked = Signal()
    unlocked = Signal()

    def __init__(self, window: "Window", clock: "Clock", context: "Callable[[], PageContext]") -> None:
        """`context` is asked each time: it is another one after somebody signed in."""
        super().__init__(window)
        self._window = window
        self._context = context
        self.idleness = Idleness(clock)
        self.hint: Callable[[], str] = str
        """What is said besides to whoever comes back."""
        self._content: QWidget | None = None
        self._focus: QWidget | None = None
        self._title = ""
        self._parking: QWidget | None = None
        self._parked: list[_Parked] = []
        self._resting: list[QShortcut] = []
        self._ticking = QTimer(self, interval=_LOOK_MS, timerType=Qt.TimerType.VeryCoarseTimer)
        self._ticking.timeout.connect(self.look)
        QShortcut(QKeySequence(LOCK), window).activated.connect(self.lock)
        self._uses = _Uses(self)
        self._uses.used.connect(self._on_used)
        self._uses.lock_asked.connect(self.lock)
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        self._uses.watch(app.focusWindow())
        app.focusWindowChanged.connect(self._uses.watch)
        window.top_bar.lock_asked.connect(self.lock)
        window.signed_in.connect(self._on_signed_in)
        window.signed_out.connect(self._ticking.stop)

    @property
    def is_locked(self) -> bool:
        """Whether the window shows nothing."""
        return self._content is not None

    def look(self) -> None:
        """Lock if nobody has used the window for long enough."""
        if self.is_locked:
            return
        limit = idle_limit(self._window.settings)
        if limit and self.idleness.duration() >= limit:
            self.lock()

    def lock(self) -> None:
        """Take everything out of sight; nothing happens where nobody is signed in."""
        if self.is_locked or self._window.session is None:
            return
        from cpdesk.ui.shell.lock_sheet import LockSheet

        self._focus = self._window.focusWidget()
        self._parking = QWidget()
        self._rest_shortcuts()
        self._park_windows()
        self._content = self._window.takeCentralWidget()
        sheet = LockSheet(self._context(), self._window.session.email, self.hint)
        sheet.unlocked.connect(self._on_proven)
        sheet.left.connect(self.leave)
        self._window.setCentralWidget(sheet)
        sheet.show()
        self._window.setWindowTitle("cpdesk")
        sheet.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)
        _application().installEventFilter(self)
        self.locked.emit()

    def leave(self) -> None:
        """Somebody else may sign in: what was open is lost, as its owner is not there to be asked."""
        self._drop_parked()
        self._unlock()
        self._window.leave_for_good()

    def entitle(self, text: str) -> None:
        """Give the window a title; while it is locked that waits."""
        self._title = text
        if not self.is_locked:
            self._window.setWindowTitle(text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """While it is locked: the window itself takes no key and no button, and nothing opens."""
        if watched is self._window:
            return event.type() in (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress)
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and self._must_hide(watched):
            # It is not put on the screen, and parked once Qt has done with showing it.
            watched.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
            QTimer.singleShot(0, self, self._park_windows)
        return False

    def _on_used(self) -> None:
        """After sleep the first key is pressed before the next look: it is no proof that somebody was there."""
        before = self.is_locked
        self.look()
        self._uses.came_too_late = self.is_locked and not before
        self.idleness.used()

    def _on_signed_in(self) -> None:
        self.idleness.used()
        self._ticking.start()

    def _on_proven(self, session: "Session") -> None:
        """Back to where one was; somebody whose role has changed meanwhile begins anew with it."""
        if session == self._window.session:
            self._unlock()
        else:
            self._drop_parked()
            self._unlock()
            self._window.sign_in(session)

    def _drop_parked(self) -> None:
        """What was open over the page is nothing for whoever comes now."""
        for parked in self._parked:
            parked.widget.deleteLater()
        self._parked.clear()

    def _unlock(self) -> None:
        content = self._content
        if content is None:
            return
        _application().removeEventFilter(self)
        sheet = self._window.takeCentralWidget()
        if sheet is not None:
            sheet.hide()
            sheet.deleteLater()
        self._content = None
        self._window.setCentralWidget(content)
        content.show()
        self._window.setWindowTitle(self._title)
        for shortcut in self._resting:
            shortcut.setEnabled(True)
        self._resting.clear()
        self.idleness.used()
        self._reopen()
        if self._parking is not None:
            self._parking.deleteLater()
            self._parking = None
        self.unlocked.emit()

    def _reopen(self) -> None:
        """Open what was open, the undermost first, with the keyboard where it was."""
        focus = self._focus
        for parked in self._parked:
            parked.widget.setParent(parked.parent, parked.flags)
            parked.widget.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen, on=False)
            parked.widget.show()
            for bar, value in parked.scrolled:
                bar.setValue(value)
            focus = parked.focus or focus
        self._parked.clear()
        self._focus = None
        if focus is not None and focus.isVisible():
            focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def _rest_shortcuts(self) -> None:
        """All but the one that closes the window would lead somewhere."""
        for shortcut in self._window.findChildren(QShortcut, options=Qt.FindChildOption.FindDirectChildrenOnly):
            if shortcut.isEnabled() and shortcut.key() != QKeySequence("Ctrl+Q"):
                shortcut.setEnabled(False)
                self._resting.append(shortcut)

    def _park_windows(self) -> None:
        if self._parking is None:
            return
        QToolTip.hideText()
        for popup in [one for one in QApplication.topLevelWidgets() if one.windowType() == Qt.WindowType.Popup]:
            popup.close()
        seen = [one for one in QApplication.topLevelWidgets() if one.isVisible() and self._must_hide(one)]
        for widget in sorted(seen, key=_depth):
            self._park(widget)

    def _park(self, widget: QWidget) -> None:
        parent = widget.parentWidget()
        scrolled = tuple((bar, bar.value()) for bar in widget.findChildren(QScrollBar))
        kept = _Parked(widget, parent, widget.windowFlags(), widget.focusWidget(), scrolled)
        widget.hide()
        widget.setParent(self._parking)
        self._parked.append(kept)

    def _must_hide(self, widget: QWidget) -> bool:
        """Every window of the program but this one; tool tips and menus go by themselves."""
        if not widget.isWindow() or widget is self._window or widget is self._parking:
            return False
        return isinstance(widget, QDialog) or widget.windowType() in (Qt.WindowType.Window, Qt.WindowType.Dialog)


def _locks(event: QKeyEvent) -> bool:
    return event.type() == QEvent.Type.KeyPress and QKeySequence(event.keyCombination()) == QKeySequence(LOCK)


def _application() -> QObject:
    app = QApplication.instance()
    assert app is not None
    return app


def _depth(widget: QWidget) -> int:
    """How many windows a window stands over."""
    above, depth = widget.parentWidget(), 0
    while above is not None:
        above, depth = above.parentWidget(), depth + 1
    return depth
