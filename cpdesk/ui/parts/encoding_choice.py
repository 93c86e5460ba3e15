"""How the letters of a file are to be read."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cpdesk.base.i18n import _
from cpdesk.ui.parts.encodings import AUTOMATIC, encodings
from cpdesk.ui.theme import spacing
from cpdesk.ui.widgets.inputs import ComboBox
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.layout import hbox


class EncodingChoice(QWidget):
    """As the file says itself, or as a person says who knows better."""

    chosen = Signal()
    """The person said something else."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = Label()
        self.box = ComboBox(encodings())
        self._label.setBuddy(self.box)
        self.setLayout(hbox(self._label, self.box, space=spacing.S))
        self.set_automatic()
        self.box.currentIndexChanged.connect(self._on_changed)

    @property
    def encoding(self) -> str | None:
        """What the person said; None: as the file says itself."""
        return str(self.box.value() or "") or None

    def set_automatic(self) -> None:
        """As the file says itself: what was right for one says nothing about another."""
        blocked = self.box.blockSignals(True)
        self.box.set_value(AUTOMATIC)
        self.box.blockSignals(blocked)

    def retranslate(self) -> None:
        """All texts in the language in use."""
        self._label.setText(_("Encoding"))
        self.box.setAccessibleName(_("Encoding of the file"))
        blocked = self.box.blockSignals(True)
        self.box.set_choices(encodings())
        self.box.blockSignals(blocked)

    def _on_changed(self, _place: int) -> None:
        self.chosen.emit()
