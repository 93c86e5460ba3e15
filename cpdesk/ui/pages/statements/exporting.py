"""Writing a statement into a file: asks where, writes off the GUI thread, tells what came of it."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from cpdesk.base.i18n import _
from cpdesk.domain.documents import StatementDocument
from cpdesk.gateways.documents.file_names import safe_name
from cpdesk.ui.context import Action, PageContext
from cpdesk.ui.refusals import sentence_of
from cpdesk.ui.remembering import export_key, folder_of
from cpdesk.ui.widgets.file_window import ask_where_to_save


class StatementExport(QObject):
    """One export, from the question where to until it is told; then it is gone."""

    again = Signal(str)
    """Somebody wants another place for a file of this kind (its suffix)."""

    def __init__(self, parent: QWidget, context: PageContext, document: StatementDocument, suffix: str) -> None:
        super().__init__(parent)
        self._parent = parent
        self._context = context
        self._document = document
        self._suffix = suffix

    def ask(self) -> None:
        """Ask where the file is to go."""
        name, kinds = file_name(self._document) + self._suffix, [_filters()[self._suffix]]
        dialog = ask_where_to_save(
            self._parent.window(), _("Export the statement"), name, self.write, kinds=kinds, folder=self._folder()
        )
        dialog.rejected.connect(self.deleteLater)

    def write(self, name: str) -> None:
        """Write the statement to a path."""
        path = Path(name)
        self._context.settings.setValue(export_key(self._context.by.email), str(path.parent))
        work = partial(_write, self._document, path)
        self._context.jobs.run(self, work, partial(self._on_written, path), self._on_failed)

    def _folder(self) -> Path:
        """Where the latest export went, as long as it is there."""
        return folder_of(self._context.settings, export_key(self._context.by.email))

    def _on_written(self, path: Path, _nothing: None) -> None:
        self._context.notices.success(
            _("The statement was exported to {file}.").format(file=path.name),
            Action(_("Open folder"), partial(_open, path.parent)),
        )
        self.deleteLater()

    def _on_failed(self, error: Exception) -> None:
        again = Action(_("Choose another place"), partial(self.again.emit, self._suffix))
        self._context.notices.error(sentence_of(error), again)


def file_name(document: StatementDocument) -> str:
    """A name that every system takes, without its suffix: "Contoso Freight 2026-10"."""
    return f"{safe_name(document.account)} {document.month:%Y-%m} {document.number}".strip()


def _filters() -> dict[str, str]:
    return {
        ".pdf": _("PDF file (*.pdf)"),
        ".xlsx": _("Excel workbook (*.xlsx)"),
        ".csv": _("CSV file (*.csv)"),
    }


def _write(document: StatementDocument, path: Path) -> None:
    """Another thread."""
    from cpdesk.gateways.documents import write_statement

    write_statement(document, path)


def _open(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
