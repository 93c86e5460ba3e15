"""The first step of an import of products: which file, or the list that comes with the program."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cpdesk.base import assets
from cpdesk.base.i18n import _
from cpdesk.ui.parts.encoding_choice import EncodingChoice
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import secondary
from cpdesk.ui.widgets.file_drop import FileDrop
from cpdesk.ui.widgets.flow import Flow
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.layout import hbox


class FileStep(QWidget):
    """Takes the file; asks for its encoding only where it does not say that itself."""

    changed = Signal()
    """It is another file, or read otherwise: what was shown of it no longer holds."""
    shipped_asked = Signal()
    """The list that comes with the program, at once."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.drop = FileDrop(
            lambda: _("Drop Microsoft's list of product names here"), lambda: _("CSV files (*.csv *.txt)")
        )
        self.encoding = EncodingChoice()
        self.how = Label(role=TextRole.CAPTION, wrap=True)
        self.shipped = secondary()
        self._about_shipped = Label(role=TextRole.CAPTION, wrap=True)
        self._line = QWidget()
        self._line.setLayout(hbox(self.encoding, None, space=spacing.S))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(spacing.M)
        for part in (self.drop, self._line, self.how, Flow(self.shipped), self._about_shipped):
            column.addWidget(part)
        column.addStretch(1)
        self.drop.chosen.connect(self._on_chosen)
        self.encoding.chosen.connect(self.changed)
        self.shipped.clicked.connect(self._on_shipped)
        self._line.hide()

    @property
    def path(self) -> Path | None:
        """The file that was taken."""
        return self.drop.path

    def refuse(self, text: str) -> None:
        """Say why the file cannot be read; a wrong encoding can be the reason."""
        self.drop.set_error(text)
        self._line.show()

    def forget(self) -> None:
        """Start with another file."""
        self.drop.clear()
        self._forget_encoding()

    def retranslate(self) -> None:
        """All texts in the language in use."""
        self.how.setText(
            _(
                "Microsoft publishes it as “Product names and service plan identifiers for licensing”, a CSV file. "
                "Products are known by their GUID: one that is renamed keeps its prices and its seats. Nothing is "
                "changed before you have seen what it is."
            )
        )
        self.shipped.setText(_("Use the list that comes with cpdesk"))
        self._about_shipped.setText(_("It is Microsoft's list of March 2026."))
        self.encoding.retranslate()

    def _on_chosen(self) -> None:
        self._forget_encoding()
        self.changed.emit()

    def _on_shipped(self) -> None:
        self.drop.take(assets.published_products())
        self.shipped_asked.emit()

    def _forget_encoding(self) -> None:
        self.encoding.set_automatic()
        self._line.hide()
