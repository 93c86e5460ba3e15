"""Where the data is, and how much of it."""

from pathlib import Path

from PySide6.QtCore import QLocale, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QWidget

from cpdesk.base import paths
from cpdesk.base.formats import format_number
from cpdesk.base.i18n import _
from cpdesk.services.preferences import DatabaseCounts, DatabaseFacts
from cpdesk.ui.context import PageContext
from cpdesk.ui.pages.settings.setting_row import SettingsCard
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import secondary
from cpdesk.ui.widgets.facts import Facts
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.layout import hairline, hbox, vbox


class DataCard(SettingsCard):
    """The folders, to be opened or copied, and facts about the database."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._known: DatabaseFacts | None = None
        self.data, self.log = FolderLine(context), FolderLine(context)
        self._facts = Facts()
        for part in (self.data, hairline(), self.log, hairline(), self._facts):
            self.body.addWidget(part)

    def show_facts(self, facts: DatabaseFacts) -> None:
        """Show where the database is, and how much is in it if that may be told."""
        self._known = facts
        self.data.set_folder(_("Data folder"), facts.file.parent)
        self._facts.clear()
        if facts.counts is not None:
            for text, figure in _lines(facts.file, facts.counts):
                self._facts.add(text, figure)

    def retranslate(self) -> None:
        self.set_title(_("Data"))
        self.log.set_folder(_("Log folder"), paths.log_dir())
        if self._known is not None:
            self.show_facts(self._known)


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
        # A path has no blanks to break at.
        self._path.setText(str(folder).replace("/", "/\u200b").replace("\\", "\\\u200b"))
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


def _lines(file: Path, counts: DatabaseCounts) -> tuple[tuple[str, str], ...]:
    return (
        (_("Database"), file.name),
        (_("Size on the disk"), _size(counts.size)),
        (_("Accounts"), format_number(counts.accounts)),
        (_("Active users"), format_number(counts.users)),
        (_("Entries of the audit log"), format_number(counts.entries)),
    )


def _size(size: int) -> str:
    """ "48.3 MB"."""
    return QLocale().formattedDataSize(size, 1, QLocale.DataSizeFormat.DataSizeSIFormat)
