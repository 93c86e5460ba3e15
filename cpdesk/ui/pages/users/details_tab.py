"""The Details tab of a user."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cpdesk.base.i18n import _
from cpdesk.domain.people import UserDetails
from cpdesk.ui.pages.users.user_form import UserForm
from cpdesk.ui.theme import spacing
from cpdesk.ui.widgets.buttons import primary, secondary
from cpdesk.ui.widgets.card import Card
from cpdesk.ui.widgets.layout import hbox


class DetailsTab(QWidget):
    """A form over what is known; what somebody is typing is not overwritten by news from elsewhere."""

    saved = Signal()
    """Save was pressed, and nothing is missing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._user: UserDetails | None = None
        self.form = UserForm()
        self.save = primary()
        self.discard = secondary()
        card = Card()
        card.body.setContentsMargins(spacing.L, spacing.L, spacing.L, spacing.L)
        card.body.setSpacing(spacing.L)
        card.body.addWidget(self.form)
        card.body.addLayout(hbox(self.save, self.discard, None))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        column.addStretch(1)
        self._wire()

    def set_read_only(self, *, read_only: bool) -> None:
        """Whether anything can be entered."""
        self.form.setEnabled(not read_only)
        self.save.setVisible(not read_only)
        self.discard.setVisible(not read_only)

    def show_user(self, user: UserDetails, domains: Sequence[str]) -> None:
        """Show what is known."""
        edited = self._user is not None and self.form.is_edited()
        self._user = user
        self.form.set_domains(domains)
        if not edited:
            self.form.show_fields(user.fields)
        self._on_changed()

    def forget(self) -> None:
        """Another user comes."""
        self._user = None

    def retranslate(self) -> None:
        """Texts in the language in use."""
        self.save.setText(_("Save"))
        self.discard.setText(_("Discard changes"))

    def _wire(self) -> None:
        self.form.changed.connect(self._on_changed)
        self.form.submitted.connect(self._on_save)
        self.save.clicked.connect(self._on_save)
        self.discard.clicked.connect(self._on_discard)

    def _on_changed(self) -> None:
        edited = self._user is not None and self.form.is_edited()
        for button in (self.save, self.discard):
            button.setEnabled(edited)

    def _on_save(self) -> None:
        if self.form.is_edited() and self.form.validate():
            self.saved.emit()

    def _on_discard(self) -> None:
        if self._user is not None:
            self.form.show_fields(self._user.fields)
            self._on_changed()
