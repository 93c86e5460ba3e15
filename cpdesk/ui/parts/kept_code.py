"""Showing a code that opens something, the one time it is seen."""

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QMarginsF, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cpdesk.base import private
from cpdesk.base.errors import KnownError
from cpdesk.base.i18n import _
from cpdesk.gateways.exports import write_whole
from cpdesk.ui.context import Kind
from cpdesk.ui.refusals import sentence_of
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import secondary
from cpdesk.ui.widgets.checks import CheckBox
from cpdesk.ui.widgets.file_window import ask_where_to_save
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.layout import hbox
from cpdesk.ui.widgets.notice import Notice

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

_MARGIN_MM = 25.0


class KeptCode(QWidget):
    """The code with ways to keep it, and the tick that says it is kept. What code it is, is for the class to say."""

    file_name: ClassVar[str]
    """What the file is called in which it is saved."""
    text_role: ClassVar[TextRole] = TextRole.FIGURE
    """How large it is shown."""

    stored_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._printer: QPrinter | None = None
        self._code = Label(role=self.text_role, selectable=True, wrap=True)
        self._copy = secondary()
        self._save = secondary()
        self._print = secondary()
        self._told = Notice(Kind.SUCCESS)
        self.stored = CheckBox()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(spacing.M)
        column.addWidget(self._code)
        column.addLayout(hbox(self._copy, self._save, self._print, None, space=spacing.S))
        column.addWidget(self._told)
        column.addWidget(self.stored)
        # Its place is kept, so that the button one has just pressed stays where it is.
        policy = self._told.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._told.setSizePolicy(policy)
        self._told.hide()
        self._copy.clicked.connect(self._on_copy)
        self._save.clicked.connect(self._on_save)
        self._print.clicked.connect(self._on_print)
        self.stored.toggled.connect(self.stored_changed)
        self.retranslate()

    @property
    def code(self) -> str:
        """The code that is shown."""
        return self._code.text()

    def show_code(self, code: str) -> None:
        """Show a code, of which nothing has been done yet."""
        self._code.setText(code)
        self._told.hide()
        self.stored.setChecked(False)

    def retranslate(self) -> None:
        """All texts, in the language in use."""
        self._copy.setText(_("Copy"))
        self._save.setText(_("Save to file"))
        self._print.setText(_("Print"))
        self.stored.setText(self.stored_text())
        if self._told.isHidden():
            # The place that is kept is that of a text of one line.
            self._told.set_text(_copied())

    def sheet(self) -> str:
        """What is saved and printed: the code, and what it is for."""
        raise NotImplementedError

    def save_title(self) -> str:
        """Over the window that asks where to save it."""
        raise NotImplementedError

    def print_title(self) -> str:
        """Over the window that asks where to print it."""
        raise NotImplementedError

    def stored_text(self) -> str:
        """Beside the tick."""
        raise NotImplementedError

    def save_to(self, name: str) -> None:
        """Write the code to a file that only its owner can read."""
        try:
            # Never into a file that is there: in a folder that is shared it, or what it is a link to, may be read by
            # others.
            write_whole(Path(name), lambda: self.sheet().encode(), private.FILE)
        except KnownError as error:
            self._tell(Kind.ERROR, sentence_of(error))
        else:
            self._tell(Kind.SUCCESS, _("Saved to {file}").format(file=name))

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.code)
        self._tell(Kind.SUCCESS, _copied())

    def _on_save(self) -> None:
        ask_where_to_save(self, self.save_title(), self.file_name, self.save_to)

    def _on_print(self) -> None:
        from PySide6.QtGui import QPageLayout
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter
        from PySide6.QtWidgets import QDialog

        self._printer = QPrinter()
        self._printer.setPageMargins(QMarginsF(*[_MARGIN_MM] * 4), QPageLayout.Unit.Millimeter)
        dialog = QPrintDialog(self._printer, self)
        dialog.setWindowTitle(self.print_title())
        dialog.accepted.connect(self._on_printer_chosen)
        dialog.finished.connect(dialog.deleteLater)
        QDialog.open(dialog)

    def _on_printer_chosen(self) -> None:
        from PySide6.QtGui import QTextDocument

        assert self._printer is not None
        document = QTextDocument(self.sheet())
        document.print_(self._printer)

    def _tell(self, kind: Kind, text: str) -> None:
        self._told.set_kind(kind)
        self._told.set_text(text)
        self._told.show()


def _copied() -> str:
    return _("Copied. Paste it where only you can find it.")
