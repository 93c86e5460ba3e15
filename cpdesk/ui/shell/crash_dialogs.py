"""What is shown after a bug, and after a crash that left no time to show anything."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from cpdesk.base import paths
from cpdesk.base.i18n import _
from cpdesk.ui import theme
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import link, primary, secondary
from cpdesk.ui.widgets.dialog import ModalDialog, Side
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.layout import hbox


class ReportDialog(ModalDialog):
    """A sentence on what happened, and a report to copy."""

    def __init__(self, parent: QWidget, title: str, sentence: str, report: str) -> None:
        super().__init__(parent, title)
        self.details = QPlainTextEdit(report)
        self._copy = secondary(_("Copy the report"))
        self._folder = link(_("Open the log folder"))
        self._note = Label(_("Names, addresses and folders are left out of the report."), TextRole.CAPTION, wrap=True)
        self._build_report(sentence)

    def _build_report(self, sentence: str) -> None:
        self.details.setReadOnly(True)
        self.details.setTabChangesFocus(True)
        self.details.setAccessibleName(_("Report"))
        self.details.setMinimumHeight(theme.current().fonts.scaled(200))
        # It is English, and code.
        self.details.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.content.addWidget(Label(sentence, wrap=True))
        self.content.addWidget(self.details)
        self.content.addWidget(self._note)
        # In the row of buttons it would be one too many for large text.
        self.content.addLayout(hbox(self._folder, None))
        self.add_button(self._copy, Side.START)
        self._copy.clicked.connect(self._on_copy)
        self._folder.clicked.connect(self._on_folder)

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.details.toPlainText())
        self._copy.setText(_("Copied"))

    def _on_folder(self) -> None:
        folder = paths.log_dir()
        if not folder.is_dir() or not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            self._note.setText(_("The log folder cannot be opened from here. It is {folder}.").format(folder=folder))


class CrashDialog(ReportDialog):
    """Says that something went wrong that should not have."""

    def __init__(self, parent: QWidget, report: str, restart: Callable[[], object]) -> None:
        sentence = _("Look whether what you did last is there. Everything before it is kept.")
        super().__init__(parent, _("Something went wrong inside cpdesk"), sentence, report)
        self._restart = restart
        self._anew = primary(_("Restart cpdesk"))
        self._on = secondary(_("Go on"))
        self.add_button(self._on)
        self.add_button(self._anew)
        self._anew.clicked.connect(self._on_restart)
        self._on.clicked.connect(self.reject)
        self.set_first(self._anew)

    def add(self, report: str) -> None:
        """Something else went wrong meanwhile."""
        self.details.appendPlainText(f"\n{report}")

    def _on_restart(self) -> None:
        self.accept()
        self._restart()


class PastCrashDialog(ReportDialog):
    """Says that the program ended without a word, at the next start."""

    def __init__(self, parent: QWidget, report: str) -> None:
        sentence = _("cpdesk stopped in the middle of its work. What had been saved is kept.")
        super().__init__(parent, _("cpdesk ended unexpectedly the last time"), sentence, report)
        self.set_safe(self.add_button(primary(_("Go on"))))
