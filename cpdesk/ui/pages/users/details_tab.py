"""The Details tab of a user."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cpdesk.base.i18n import _
from cpdesk.domain.people import UserDetails, UserFields
from cpdesk.ui import choices
from cpdesk.ui.pages.users.user_form import UserForm
from cpdesk.ui.theme import spacing
from cpdesk.ui.widgets.buttons import primary, secondary
from cpdesk.ui.widgets.card import Card
from cpdesk.ui.widgets.facts import Facts
from cpdesk.ui.widgets.layout import hbox


class DetailsTab(QWidget):
    """A form over what is known, or who may not change it reads it.

    What somebody is typing is not overwritten by news from elsewhere.
    """

    saved = Signal()
    """Save was pressed, and nothing is missing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._user: UserDetails | None = None
        self.form = UserForm()
        self.facts = Facts()
        self.save = primary()
        self.discard = secondary()
        card = Card()
        card.body.setContentsMargins(spacing.L, spacing.L, spacing.L, spacing.L)
        card.body.setSpacing(spacing.L)
        card.body.addWidget(self.form)
        card.body.addWidget(self.facts)
        card.body.addLayout(hbox(self.save, self.discard, None))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        column.addStretch(1)
        self._wire()

    @property
    def is_edited(self) -> bool:
        """Whether something else stands there than is known."""
        return self._user is not None and self.form.is_edited()

    def set_read_only(self, *, read_only: bool) -> None:
        """Whether anything can be entered."""
        self.form.setEnabled(not read_only)
        for entering in (self.form, self.save, self.discard):
            entering.setVisible(not read_only)
        self.facts.setVisible(read_only)

    def show_user(self, user: UserDetails, domains: Sequence[str]) -> None:
        """Show what is known."""
        edited = self.is_edited
        self._user = user
        self.form.set_domains(domains)
        if not edited:
            self.form.show_fields(user.fields)
        self._show_facts(user.fields)
        self._on_changed()

    def forget(self) -> None:
        """Another user comes."""
        self._user = None

    def retranslate(self) -> None:
        """Texts in the language in use."""
        self.save.setText(_("Save changes"))
        self.discard.setText(_("Discard changes"))
        if self._user is not None:
            self._show_facts(self._user.fields)

    def _wire(self) -> None:
        self.form.changed.connect(self._on_changed)
        self.form.submitted.connect(self._on_save)
        self.save.clicked.connect(self._on_save)
        self.discard.clicked.connect(self._on_discard)

    def _show_facts(self, fields: UserFields) -> None:
        self.facts.clear()
        for what, how in _told(fields):
            self.facts.add(what, how)

    def _on_changed(self) -> None:
        for button in (self.save, self.discard):
            button.setEnabled(self.is_edited)

    def _on_save(self) -> None:
        if self.form.is_edited() and self.form.validate():
            self.saved.emit()

    def _on_discard(self) -> None:
        if self._user is not None:
            self.form.show_fields(self._user.fields)
            self._on_changed()


def _told(fields: UserFields) -> Sequence[tuple[str, str]]:
    """What is known of a user, without what was never entered."""
    location = fields.usage_location
    told = (
        (_("First name"), fields.first_name),
        (_("Last name"), fields.last_name),
        (_("Display name"), fields.display_name),
        (_("User principal name"), fields.upn),
        (_("Usage location"), choices.country_name(location) if location else ""),
        (_("Job title"), fields.job_title),
        (_("Department"), fields.department),
        (_("Sign-in blocked"), _("yes") if fields.blocked else _("no")),
    )
    return [(what, how) for what, how in told if how]
