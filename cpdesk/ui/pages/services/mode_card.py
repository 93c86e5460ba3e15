"""One line: the billing model, and the way to change it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from cpdesk.base.i18n import _
from cpdesk.base.messages import mode_name
from cpdesk.ui.pages.services.tools_view import ToolsView
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import primary
from cpdesk.ui.widgets.card import Card
from cpdesk.ui.widgets.labels import Bold, Label
from cpdesk.ui.widgets.layout import hbox, vbox


class ModeCard(Card):
    """The mode, what it means, since when it holds, and Edit, with the reason if that is off."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.model = Label()
        self.meaning = Label(role=TextRole.CAPTION, wrap=True)
        self.status = Label()
        self.since = Label(role=TextRole.CAPTION, wrap=True)
        self.reason = Label(role=TextRole.CAPTION, wrap=True)
        self.edit = primary()
        texts = vbox(
            _beside(self.model, self.meaning, spacing.M),
            _beside(self.status, self.since, spacing.S),
            self.reason,
            space=spacing.XS,
        )
        row = hbox(texts, self.edit, space=spacing.L)
        row.setStretch(0, 1)
        self.body.addLayout(row)

    def show_view(self, view: ToolsView) -> None:
        """Show how things stand."""
        self.model.set_runs(_("Billing model:"), " ", Bold(mode_name(view.mode)))
        self.meaning.setText(view.meaning)
        self.status.setText(view.status)
        for label, text in ((self.since, view.since), (self.reason, view.edit_reason)):
            label.setText(text)
            label.setVisible(bool(text))
        self.edit.setText(_("Edit"))
        self.edit.setEnabled(not view.edit_reason)
        self.edit.setAccessibleDescription(view.edit_reason)


def _beside(first: Label, second: Label, space: int) -> QHBoxLayout:
    """Two texts whose first lines stand level, also where the second wraps."""
    row = hbox(first, second, space=space)
    row.setStretch(1, 1)
    for label in (first, second):
        row.setAlignment(label, Qt.AlignmentFlag.AlignTop)
    return row
