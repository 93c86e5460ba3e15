"""Replacing one product by another for those who hold it: which, by which, and whom that is about."""

from PySide6.QtCore import QSignalBlocker, Signal
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
        self.fields: ReplaceFields | None = None
        """Made when they are first wanted: most never want them."""
        self.setLayout(vbox(hbox(self.open, None), space=spacing.S))
        self.open.clicked.connect(self._on_open)

    def show_assignment(self, assignment: Assignment) -> None:
        """Offer what its users hold, and what could come in its place."""
        self._assignment = assignment
        lines = assignment.sheet.lines
        self.setVisible(len(assignment.sheet.users) > 1 and len(lines) > 1 and any(line.held for line in lines))
        if self.fields is not None:
            self.fields.show_assignment(assignment)

    def _on_open(self) -> None:
        assert self._assignment is not None
        if self.fields is None:
            self.fields = ReplaceFields()
            self.fields.chosen.connect(self._on_chosen)
            self.layout().addWidget(self.fields)  # type: ignore[union-attr] # set above
            self.fields.hide()
        self.fields.show_assignment(self._assignment)
        self.fields.setVisible(self.fields.isHidden())
        if not self.fields.isHidden():
            self.fields.old.setFocus()
        self.unfolded.emit()

    def _on_chosen(self, old: str, new: str) -> None:
        assert self.fields is not None
        self.fields.hide()
        self.chosen.emit(old, new)
        self.unfolded.emit()


class ReplaceFields(QWidget):
    """Two products, and whom it is about."""

    chosen = Signal(str, str)
    """Their GUIDs."""

    def __init__(self) -> None:
        super().__init__()
        self._assignment: Assignment | None = None
        self.old, self.new = ProductPicker(), ProductPicker()
        self.replace = secondary(_("Replace"))
        self.whom = Label(role=TextRole.CAPTION, wrap=True)
        self.old.set_name(_("Product to be replaced"), _("Product to be replaced"))
        self.new.set_name(_("Product in its place"), _("Product in its place"))
        row = hbox(self.old, Label(_("by"), TextRole.SOFT), self.new, self.replace, space=spacing.S)
        for place in (0, 2):
            row.setStretch(place, 1)
        self.setLayout(vbox(row, self.whom, space=spacing.XS))
        self.replace.clicked.connect(self._on_replace)
        for combo in (self.old, self.new):
            combo.editTextChanged.connect(self._on_changed)

    def show_assignment(self, assignment: Assignment) -> None:
        """Offer what its users hold, and what could come in its place; nothing is chosen yet."""
        self._assignment = assignment
        lines = assignment.sheet.lines
        with QSignalBlocker(self.old), QSignalBlocker(self.new):
            self.old.set_choices(product_choices(line for line in lines if line.held))
            self.new.set_choices(product_choices(lines))
            for combo in (self.old, self.new):
                combo.set_value(None)
        self._on_changed()

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
        if pair is not None:
            self.chosen.emit(*pair)
