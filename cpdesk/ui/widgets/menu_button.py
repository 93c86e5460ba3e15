"""A small button that opens a menu."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QAction, QCursor, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from cpdesk.ui import theme
from cpdesk.ui.context import Action
from cpdesk.ui.widgets import buttons


def gear_menu(name: str, actions: Sequence[Action | None] = ()) -> "GearMenu":
    """The gear of a page or a row; `name` says what it is for: "Actions for Dana Reyes"."""
    made = GearMenu(name)
    made.set_actions(actions)
    return made


class MenuButton(QToolButton):
    """Shows an icon alone; opened by a click, Enter, Space or Alt+Down, closed by Esc."""

    def __init__(self, name: str, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty("kind", buttons.ButtonKind.QUIET.value)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setIcon(theme.current().icon(icon))
        side = theme.current().fonts.scaled(20)
        self.setIconSize(QSize(side, side))
        self.rename(name)
        self.pop_up = EndMenu(self)
        self.setMenu(self.pop_up)
        self.pop_up.aboutToHide.connect(self._on_about_to_hide, Qt.ConnectionType.QueuedConnection)

    def rename(self, name: str) -> None:
        """Say what it is for: its tooltip, and what a screen reader says."""
        buttons.rename(self, name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        opens = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if opens or (event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier):
            self.click()
        else:
            super().keyPressEvent(event)

    def _on_about_to_hide(self) -> None:
        """Qt does not tell a button that the pointer has gone while its menu was open: it would stay lit."""
        inside = self.rect().contains(self.mapFromGlobal(QCursor.pos()))
        self.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, inside)
        self.update()


class GearMenu(MenuButton):
    """The gear, with whatever actions there are."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, "gear", parent)

    def set_actions(self, actions: Sequence[Action | None]) -> None:
        """Offer these from top to bottom; None is a line between two groups."""
        self.pop_up.clear()
        for action in actions:
            if action is None:
                self.pop_up.addSeparator()
            else:
                # A partial is called without what Qt adds to a signal.
                self.pop_up.addAction(action.text.replace("&", "&&"), partial(action.callback))

    def actions_of_menu(self) -> list[QAction]:
        """The entries as Qt has them, lines left out."""
        return [action for action in self.pop_up.actions() if not action.isSeparator()]


class EndMenu(QMenu):
    """Ends where its button ends, for buttons that stand at the end of a line, unless the window ends before."""

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        button = self.parentWidget()
        if button is None:
            return
        rtl = button.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = button.mapToGlobal(QPoint(0 if rtl else button.width() - self.width(), 0)).x()
        window = button.window().frameGeometry()
        if window.left() <= left and left + self.width() <= window.right() + 1:
            self.move(left, self.y())
