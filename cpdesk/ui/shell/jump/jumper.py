"""Opens the jump, by Ctrl+K or the button in the bar, and remembers where somebody went."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut

from cpdesk.ui.shell.shortcuts import JUMP

if TYPE_CHECKING:
    from collections.abc import Callable

    from cpdesk.ui.context import PageContext
    from cpdesk.ui.shell.navigation import Place
    from cpdesk.ui.shell.registry import Registry
    from cpdesk.ui.shell.window import Window


class Jumper(QObject):
    """There is nothing to find before somebody is signed in."""

    def __init__(self, window: "Window", registry: "Registry", context: "Callable[[], PageContext]") -> None:
        """`context` is asked each time: it is another one after somebody signed in."""
        super().__init__(window)
        self._window = window
        self._registry = registry
        self._context = context
        window.top_bar.jump_asked.connect(self.open)
        QShortcut(QKeySequence(JUMP), window).activated.connect(self.open)

    def open(self) -> None:
        """Offer to go straight to an account, a user or a page."""
        page = self._window.page
        if self._window.session is None or page is None or self._window.top_bar.isHidden():
            return
        from cpdesk.ui.shell.jump.dialog import JumpDialog
        from cpdesk.ui.shell.jump.recent import Recent

        context = self._context()
        recent = Recent(context.settings, context.by.email)
        JumpDialog(self._window, context, self._registry, page.account, recent).open()

    def remember(self, place: "Place") -> None:
        """Remember a place that is about an account or a user for who is signed in."""
        session = self._window.session
        if session is None or place.account is None:
            return
        from cpdesk.ui.shell.jump.recent import Recent, target_of

        target = target_of(place.key, place.params, session)
        if target is not None:
            Recent(self._context().settings, session.email).visit(target)
