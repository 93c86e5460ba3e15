"""A folder of the program's: what it is for, where it is, and ways to get there."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QWidget

from cpdesk.base.i18n import _
from cpdesk.ui.context import PageContext
from cpdesk.ui.texts import path_text
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import secondary
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.layout import hbox, vbox


class FolderLine(QWidget):
    """A folder with ways to open it and to copy where it is."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._folder = Path()
        self._name = Label(role=TextRole.STRONG)
        self._path = Label(wrap=True, selectable=True)
        self.open_button, self.copy_button = secondary(), secondary()
        row = hbox(vbox(self._name, self._path, space=spacing.XS), self.open_button, self.copy_button, space=spacing.S)
        row.setStretch(0, 1)
        self.setLayout(row)
        self.open_button.clicked.connect(self._on_open)
        self.copy_button.clicked.connect(self._on_copy)

    def set_folder(self, name: str, folder: Path) -> None:
        """Show a folder by what it is for."""
        self._folder = folder
        self._name.setText(name)
        self._path.setText(path_text(folder))
        self.open_button.setText(_("Open"))
        self.copy_button.setText(_("Copy path"))
        self.open_button.setAccessibleName(_("Open {folder}").format(folder=name))
        self.copy_button.setAccessibleName(_("Copy the path of {folder}").format(folder=name))

    def _on_open(self) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder))):
            text = _("{folder} cannot be opened from here. Copy its path instead.")
            self._context.notices.error(text.format(folder=self._folder))

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(str(self._folder))
        self.copy_button.setText(_("Copied"))
