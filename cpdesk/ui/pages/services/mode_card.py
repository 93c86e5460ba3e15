"""One line: the billing model, and the way to change it."""

from PySide6.QtWidgets import QWidget

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
        self.status = Label(role=TextRole.CAPTION)
        self.since = Label(role=TextRole.CAPTION, wrap=True)
        self.reason = Label(role=TextRole.CAPTION, wrap=True)
        self.edit = primary()
        texts = vbox(
            hbox(self.model, self.meaning, space=spacing.M),
            hbox(self.status, self.since, space=spacing.XS),
            self.reason,
            space=spacing.XS,
        )
        row = hbox(texts, self.edit)
        row.setStretch(0, 1)
        self.body.addLayout(row)

    def show_view(self, view: ToolsView) -> None:
        """Show how things stand."""
        self.model.set_runs(_("Billing model:"), " ", Bold(mode_name(view.mode)))
        self.meaning.setText(view.meaning)
        self.status.setText(view.status)
        self.since.setText(view.since)
        self.since.setVisible(bool(view.since))
        self.reason.setText(view.edit_reason)
        self.reason.setVisible(bool(view.edit_reason))
        self.edit.setText(_("Edit"))
        self.edit.setEnabled(not view.edit_reason)
        self.edit.setAccessibleDescription(view.edit_reason)
