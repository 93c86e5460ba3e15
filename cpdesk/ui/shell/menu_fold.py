"""Folds the side menu in a narrow window, or when a person wants it."""

from PySide6.QtCore import QObject

from cpdesk.ui.shell.folding import Folding
from cpdesk.ui.shell.frame import Frame
from cpdesk.ui.shell.side_menu import SideMenu

_FOLDED = "window/menu_folded"


class MenuFold(QObject):
    """Ask it to `fit` when the window has another size."""

    def __init__(self, window: Frame, menu: SideMenu) -> None:
        super().__init__(window)
        self._window = window
        self._menu = menu
        self._folding = Folding(folded_when_wide=str(window.settings.value(_FOLDED, "")) == "1")
        menu.fold_asked.connect(self._on_asked)
        window.theme.changed.connect(self.fit)
        self.fit()

    def fit(self) -> None:
        """Fold or unfold by the window's width."""
        self._folding.resize(self._window.width(), self._window.theme.fonts.scale)
        self._menu.set_folded(folded=self._folding.folded)

    def _on_asked(self) -> None:
        self._folding.toggle()
        self._window.settings.setValue(_FOLDED, "1" if self._folding.folded_when_wide else "0")
        self.fit()
