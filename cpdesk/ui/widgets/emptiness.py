"""What a list shows in place of rows that are not there."""

from PySide6.QtCore import QObject, QRect
from PySide6.QtWidgets import QAbstractItemView

from cpdesk.base.i18n import _
from cpdesk.ui.widgets.beside import Beside
from cpdesk.ui.widgets.empty import EmptyState
from cpdesk.ui.widgets.speech import announce


class Emptiness(QObject):
    """One state for a list with nothing in it, another one for a search that found nothing.

    Each is made when it is needed: most lists always have rows.
    """

    def __init__(self, view: QAbstractItemView, empty: EmptyState | None) -> None:
        super().__init__(view)
        self._view = view
        self._empty = empty
        self._nothing_found: EmptyState | None = None
        self._placed: dict[EmptyState, Beside] = {}
        if empty is not None:
            self._put(empty)

    @property
    def empty(self) -> EmptyState:
        """Stands in a list with nothing in it."""
        if self._empty is None:
            self._empty = self._put(EmptyState(_("Nothing here yet")))
        return self._empty

    @property
    def nothing_found(self) -> EmptyState:
        """Stands in a list of which nothing is shown."""
        if self._nothing_found is None:
            self._nothing_found = self._put(EmptyState(icon="search"))
        return self._nothing_found

    def show(self, *, rows: int, total: int, sought: str) -> None:
        """Show what fits: `rows` are seen out of `total`; `sought` says what was sought in vain."""
        if rows == 0 < total:
            self._say_nothing_found(sought)
        shown = self._for(total) if rows == 0 else None
        for state, beside in self._placed.items():
            beside.set_visible(visible=state is shown)

    def height(self, total: int) -> int:
        """What the state needs that stands in a list of `total` rows when none of them is seen."""
        return self._for(total).sizeHint().height()

    def follow(self) -> None:
        """Go where the rows would be."""
        for beside in self._placed.values():
            beside.follow()

    def _for(self, total: int) -> EmptyState:
        return self.nothing_found if total else self.empty

    def _put(self, state: EmptyState) -> EmptyState:
        self._placed[state] = Beside(self._view, state, self._place)
        return state

    def _say_nothing_found(self, sought: str) -> None:
        title = _("Nothing found")
        self.nothing_found.set(title, sought)
        if self._view.isVisible():
            announce(self._view, f"{title}. {sought}")

    def _place(self) -> QRect:
        viewport = self._view.viewport()
        return viewport.geometry()
