"""Replacing one product by another for those who hold it: which, by which, and whom that is about."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cpdesk.base.i18n import _
from cpdesk.ui.parts.assignment import Assignment
from cpdesk.ui.parts.assignment_texts import replacing_text
from cpdesk.ui.parts.product_picker import ProductPicker, product_choices
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import link, secondary
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.layout import hbox, vbox


class ReplaceLine(QWidget):
    """Folded into a link until somebody wants it."""

    chosen = Signal(str, str)
    """GUIDs: who holds the first is to get the second in its place."""
    unfolded = Signal()
    """It takes more room now, or less."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._assignment: Assignment | None = None
        self.open = link(_("Replace a product by another one"))
        self.old, self.new = ProductPicker(), ProductPicker()
        self.replace = secondary(_("Replace"))
        self.whom = Label(role=TextRole.CAPTION, wrap=True)
        self._fields = QWidget()
        self._build()
        self._wire()

    def show_assignment(self, assignment: Assignment) -> None:
        """Offer what its users hold, and what could come in its place."""
        self._assignment = assignment
        lines = assignment.sheet.lines
        held = product_choices(line for line in lines if line.held)
        self.old.set_choices(held)
        self.new.set_choices(product_choices(lines))
        self.setVisible(len(assignment.sheet.users) > 1 and bool(held) and len(lines) > 1)
        self._on_changed()

    def _build(self) -> None:
        self.old.set_name(_("Product to be replaced"), _("Product to be replaced"))
        self.new.set_name(_("Product in its place"), _("Product in its place"))
        by = Label(_("by"), TextRole.SOFT)
        row = hbox(self.old, by, self.new, self.replace, space=spacing.S)
        for place in (0, 2):
            row.setStretch(place, 1)
        self._fields.setLayout(vbox(row, self.whom, space=spacing.XS))
        self._fields.hide()
        self.setLayout(vbox(hbox(self.open, None), self._fields, space=spacing.S))

    def _wire(self) -> None:
        self.open.clicked.connect(self._on_open)
        self.replace.clicked.connect(self._on_replace)
        for combo in (self.old, self.new):
            combo.currentIndexChanged.connect(self._on_changed)
            combo.left.connect(self._on_changed)
            combo.editTextChanged.connect(self._on_changed)

    def _on_open(self) -> None:
        self._fields.setVisible(self._fields.isHidden())
        if not self._fields.isHidden():
            self.old.setFocus()
        self.unfolded.emit()

    def _pair(self) -> tuple[str, str] | None:
        old, new = self.old.value(), self.new.value()
        return (str(old), str(new)) if old and new and old != new else None

    def _on_changed(self) -> None:
        pair = self._pair()
        self.replace.setEnabled(pair is not None)
        self.whom.setText(
            self._about(*pair) if pair else _("Who holds the first product gets the second in its place.")
        )

    def _about(self, old: str, new: str) -> str:
        assert self._assignment is not None
        trial = self._assignment.going(as_far_as_seats_go=False).replacing(old, new)
        rows = {row.line.guid: row.plan for row in trial.rows}
        return replacing_text(rows[old], rows[new], len(trial.sheet.users))

    def _on_replace(self) -> None:
        pair = self._pair()
        if pair is None:
            return
        self._fields.hide()
        for combo in (self.old, self.new):
            combo.set_value(None)
        self.chosen.emit(*pair)
        self.unfolded.emit()
