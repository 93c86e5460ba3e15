"""The window before anything is in it: where it stands, and its ground."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow

from cpdesk.ui.shell import geometry
from cpdesk.ui.widgets.surfaces import surface

if TYPE_CHECKING:
    from cpdesk.ui.context import Settings
    from cpdesk.ui.theme import Theme

_LEAST = (800, 560)


class Frame(QMainWindow):
    """Remembers its place in `settings`. What it needs is loaded quickly: it is shown before all else."""

    def __init__(self, settings: "Settings", theme: "Theme") -> None:
        super().__init__()
        self.settings = settings
        self.theme = theme
        self.ground = surface("window")
        self.setWindowTitle("cpdesk")
        self.setMinimumSize(*_LEAST)
        self.setCentralWidget(self.ground)
        geometry.restore(self, settings)

    def closeEvent(self, event: QCloseEvent) -> None:
        geometry.save(self, self.settings)
        super().closeEvent(event)
