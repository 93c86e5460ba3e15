"""The file with the accounts that are to be created."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cpdesk.base.i18n import _
from cpdesk.ui.parts.encoding_choice import EncodingChoice
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import link
from cpdesk.ui.widgets.file_drop import FileDrop
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.layout import hbox


class AccountsFileStep(QWidget):
    """Takes the file, says what it has to look like, and offers one to begin with."""

    asked = Signal()
    """The file or its encoding is another one."""
    template_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.drop = FileDrop(lambda: _("Drop the file with the accounts here"), lambda: _("CSV files (*.csv *.txt)"))
        self.template = link()
        self.encoding = EncodingChoice()
        self._how = Label(role=TextRole.CAPTION, wrap=True)
        self._line = QWidget()
        self._build()
        self.drop.chosen.connect(self._on_chosen)
        self.encoding.chosen.connect(self._on_encoding)
        self.template.clicked.connect(self.template_asked)
        self.retranslate()

    @property
    def path(self) -> Path | None:
        """The file that was taken."""
        return self.drop.path

    @property
    def chosen_encoding(self) -> str | None:
        """How the person said that it is encoded; None: as it says itself."""
        return self.encoding.encoding

    def refuse(self, text: str) -> None:
        """Say why the file cannot be read; a wrong encoding can be the reason."""
        self.drop.set_error(text)
        self._line.show()

    def forget(self) -> None:
        """Start with another file."""
        self.drop.clear()
        self.encoding.set_automatic()
        self._line.hide()

    def retranslate(self) -> None:
        """All texts in the language in use."""
        self._how.setText(
            _(
                "One row for each account, with the columns name, domain, mode, country, zone and currency. Only name "
                "and domain have to be filled in: without a mode an account starts in Usage Mode, and the rest is as "
                "for any new account. Microsoft 365 is activated for all of them. Nothing is created before you have "
                "seen every row."
            )
        )
        self.template.setText(_("Save a file to begin with"))
        self.encoding.retranslate()

    def _build(self) -> None:
        self._line.setLayout(hbox(self.encoding, None, space=spacing.S))
        self._line.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(spacing.M)
        for part in (self.drop, self._line, self._how):
            column.addWidget(part)
        column.addLayout(hbox(self.template, None))
        column.addStretch(1)

    def _on_chosen(self, _path: Path) -> None:
        self.encoding.set_automatic()
        self._line.hide()
        self.asked.emit()

    def _on_encoding(self) -> None:
        if self.path is not None:
            self.asked.emit()
