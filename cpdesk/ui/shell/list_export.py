"""Writes a list into a file: asks where, writes off the GUI thread, tells what came of it."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, QUrl
from PySide6.QtGui import QDesktopServices

from cpdesk.base.formats import format_number
from cpdesk.base.i18n import _, ngettext
from cpdesk.gateways.documents.file_names import safe_name
from cpdesk.gateways.exports import Sheet, write_csv, write_xlsx
from cpdesk.jobs import Cancelled, Progress
from cpdesk.ui.context import Action, Kind
from cpdesk.ui.refusals import sentence_of
from cpdesk.ui.remembering import export_key, folder_of
from cpdesk.ui.widgets.file_window import ask_where_to_save

if TYPE_CHECKING:
    from cpdesk.base.progress import Tell
    from cpdesk.ui.context import PageContext
    from cpdesk.ui.shell.window import Window
    from cpdesk.ui.widgets.list_menu import ListExport

_PATIENCE_MS = 500
"""What takes less needs no banner."""


class ListExporter(QObject):
    """One export, from the question where to until it is told; then it is gone."""

    def __init__(self, window: "Window", context: "PageContext", wanted: "ListExport") -> None:
        super().__init__(window)
        self._window = window
        self._context = context
        self._wanted = wanted
        self._banner = f"export-{id(self)}"
        self._told = (0, 0)
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._patience.timeout.connect(self._show_progress)
        self._progress: Progress = context.jobs.progress(self, self._on_progress)
        window.signed_in.connect(self._on_left)
        window.signed_out.connect(self._on_left)

    def ask(self) -> None:
        """Ask where the file is to go."""
        ending = self._wanted.ending
        kind = _("CSV file (*.csv)") if ending == "csv" else _("Excel workbook (*.xlsx)")
        name = f"{_file_name(self._wanted.title)}.{ending}"
        dialog = ask_where_to_save(self._window, self._title(), name, self.write, kinds=[kind], folder=self._folder())
        dialog.rejected.connect(self.deleteLater)

    def write(self, name: str) -> None:
        """Write the list to a path."""
        path = Path(name)
        self._context.settings.setValue(export_key(self._context.by.email), str(path.parent))
        self._patience.start()
        work = partial(_write, self._wanted, path, self._progress.report)
        self._context.jobs.run(self, work, partial(self._on_written, path), self._on_failed)

    def _title(self) -> str:
        return _("Export as CSV") if self._wanted.ending == "csv" else _("Export as Excel workbook")

    def _folder(self) -> Path:
        """Where the latest export went, as long as it is there."""
        return folder_of(self._context.settings, export_key(self._context.by.email))

    def _on_progress(self, told: tuple[int, int]) -> None:
        self._told = told
        self._window.banners.say(self._banner, self._how_far())

    def _show_progress(self) -> None:
        stop = Action(_("Stop"), self._progress.cancel)
        self._window.banners.set(self._banner, Kind.INFO, self._how_far(), (stop,))

    def _how_far(self) -> str:
        done, total = self._told
        if not total:
            return _("Exporting {list}: reading the rows.").format(list=self._wanted.title)
        return _("Exporting {list}: {done} of {total} rows.").format(
            list=self._wanted.title, done=format_number(done), total=format_number(total)
        )

    def _on_written(self, path: Path, rows: int) -> None:
        self._end()
        text = ngettext("{number} row was exported to {file}.", "{number} rows were exported to {file}.", rows)
        self._context.notices.success(
            text.format(number=format_number(rows), file=path.name),
            Action(_("Open folder"), partial(_open, path.parent)),
        )

    def _on_failed(self, error: Exception) -> None:
        self._end()
        if isinstance(error, Cancelled):
            self._context.notices.info(_("The export was stopped. No file was written."))
            return
        again = Action(_("Choose another place"), partial(self._window.export_list, self._wanted))
        self._context.notices.error(sentence_of(error), again)

    def _on_left(self) -> None:
        """Who asked for the list is not there any more: whoever is must not be told of it."""
        self._progress.cancel()
        self._end()

    def _end(self) -> None:
        self._patience.stop()
        self._window.banners.clear(self._banner)
        self.deleteLater()


def _write(wanted: "ListExport", path: Path, tell: "Tell") -> int:
    """The rows that were written. Another thread."""
    rows = wanted.reading()
    captions = [column.caption() for column in wanted.columns]
    cells = [[column.exported(row) for column in wanted.columns] for row in rows]
    write = write_csv if wanted.ending == "csv" else write_xlsx
    write(path, Sheet(wanted.title, captions, cells), tell)
    return len(rows)


def _file_name(title: str) -> str:
    """A name that every system takes."""
    return safe_name(title).strip("_") or "cpdesk"


def _open(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
