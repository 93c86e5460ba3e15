"""Printing a text."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QDialog, QWidget

from cpdesk.base.i18n import _

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter


class _PrintJob(QObject):
    """Keeps printer and document until the print dialog, its parent, is answered."""

    def __init__(self, html: str, printer: "QPrinter", parent: QObject) -> None:
        super().__init__(parent)
        self._document = QTextDocument(self)
        self._document.setHtml(html)
        self._printer = printer

    def on_accepted(self) -> None:
        self._document.print_(self._printer)


def print_html(parent: QWidget, html: str) -> str:
    """Open the system's print dialog for a text; why that is impossible, or "".

    Qt's printing needs system libraries that a computer without printers may lack.
    """
    try:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter
    except ImportError as error:
        return _("Printing is not possible on this computer: {reason}").format(reason=error)
    printer = QPrinter()
    dialog = QPrintDialog(printer, parent)
    job = _PrintJob(html, printer, dialog)
    dialog.accepted.connect(job.on_accepted)
    dialog.finished.connect(dialog.deleteLater)
    # Its own open() wants a slot by name; that of all dialogs is meant.
    QDialog.open(dialog)
    return ""
