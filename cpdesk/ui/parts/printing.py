"""The system's print dialog."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QWidget

from cpdesk.base.i18n import _

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

PrintOn = Callable[["QPrinter"], None]


class _PrintJob(QObject):
    """Keeps the printer, and what is to be printed, until the print dialog, its parent, is answered."""

    def __init__(self, print_on: PrintOn, printer: "QPrinter", parent: QObject) -> None:
        super().__init__(parent)
        self._print_on = print_on
        self._printer = printer

    def on_accepted(self) -> None:
        self._print_on(self._printer)


def ask_to_print(parent: QWidget, print_on: PrintOn) -> str:
    """Open the system's print dialog for something; why that is impossible, or "".

    Qt's printing needs system libraries that a computer without printers may lack.
    """
    try:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter
    except ImportError as error:
        return _("Printing is not possible on this computer: {reason}").format(reason=error)
    printer = QPrinter()
    dialog = QPrintDialog(printer, parent)
    job = _PrintJob(print_on, printer, dialog)
    dialog.accepted.connect(job.on_accepted)
    dialog.finished.connect(dialog.deleteLater)
    # Its own open() wants a slot by name; that of all dialogs is meant.
    QDialog.open(dialog)
    return ""
