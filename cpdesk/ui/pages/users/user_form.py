"""What an administrator enters about a user."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLineEdit, QVBoxLayout, QWidget

from cpdesk.base.i18n import _
from cpdesk.domain.people import UserFields, foreign_domain, problems
from cpdesk.ui import choices, theme
from cpdesk.ui.context import Kind
from cpdesk.ui.refusals import sentence_of, told_by_field
from cpdesk.ui.theme import spacing
from cpdesk.ui.widgets.address_field import AddressField
from cpdesk.ui.widgets.fields import Field, FieldKind
from cpdesk.ui.widgets.forms import Form
from cpdesk.ui.widgets.layout import vbox
from cpdesk.ui.widgets.notice import Notice

_REFUSALS = {
    "bad_upn": "upn",
    "upn_taken": "upn",
    "unknown_country": "usage_location",
}

_WIDE = 720
"""From this width on the two halves stand beside each other."""


class UserForm(QWidget):
    """Who it is, and beside it the rest. The display name follows first and last name until somebody edits it."""

    submitted = Signal()
    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._domains: Sequence[str] = ()
        self._follows = True
        self._forms = (Form(_identity_fields()), Form(_other_fields()))
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._halves.setSpacing(spacing.L)
        for form in self._forms:
            self._halves.addLayout(vbox(form, None), 1)
        self.foreign = Notice(Kind.PENDING)
        self.refusal = Notice(Kind.ERROR)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(spacing.M)
        column.addWidget(self.refusal)
        column.addLayout(self._halves)
        column.addWidget(self.foreign)
        self.refusal.hide()
        self.foreign.hide()
        for form in self._forms:
            form.changed.connect(self._on_changed)
            form.submitted.connect(self.submitted)
        self._name().textEdited.connect(self._on_name_edited)
        self._known: UserFields | None = None
        self._shown: dict[str, Any] = {}
        self._remember()

    def set_domains(self, domains: Sequence[str]) -> None:
        """The account's own domains, the main one first."""
        self._domains = domains
        address = self.editor("upn")
        assert isinstance(address, AddressField)
        address.set_domains(domains)

    def show_fields(self, fields: UserFields) -> None:
        """Show a user."""
        self._follows = not fields.display_name
        self.set_values({field: getattr(fields, field) for field in self._values()})
        self._known, self._shown = fields, self._values()
        for form in self._forms:
            form.clear_errors()
        self.refusal.hide()

    def set_values(self, values: Mapping[str, Any]) -> None:
        """Put these into the fields."""
        self._follows = self._follows and not values.get("display_name")
        for form in self._forms:
            form.set_values({key: values[key] for key in form.values() if key in values})

    def mark_saved(self) -> None:
        """What stands there is how it is now."""
        self._remember()
        self.changed.emit()

    def is_edited(self) -> bool:
        """Whether something else stands there than was shown."""
        return self._values() != self._shown

    def fields(self) -> UserFields:
        """What stands there; what was not edited is as it was known, also where a field cannot show it as it is."""
        values = self._values()
        read = UserFields(**values | {"usage_location": values["usage_location"] or ""})
        if self._known is None:
            return read
        same = [key for key, value in values.items() if value == self._shown[key]]
        return replace(read, **{key: getattr(self._known, key) for key in same})

    def reset(self) -> None:
        """Empty, for another user."""
        for form in self._forms:
            form.reset()
        self._follows = True
        self._remember()

    def validate(self) -> bool:
        """Say at each field what is missing or wrong; False if something is."""
        self.refusal.hide()
        wrong = problems(self.fields(), self._known)
        known = {field: sentence_of(error) for field, error in wrong.items()}
        # The first one last: its first wrong field gets the keyboard. All are checked, so that all is marked.
        found = [form.validate(known) for form in reversed(self._forms)]
        return all(found)

    def refused(self, error: Exception) -> None:
        """Say what a service refused, at its field if it is about one."""
        if not any(told_by_field(form, error, _REFUSALS) for form in self._forms):
            self.refusal.set_text(sentence_of(error))
            self.refusal.show()

    def editor(self, key: str) -> QWidget:
        """The editor of a field."""
        return next(form for form in self._forms if key in form.values()).editor(key)

    def error(self, key: str) -> str:
        """What is shown to be wrong with a field, or ""."""
        return next(form for form in self._forms if key in form.values()).error(key)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= theme.current().fonts.scaled(_WIDE)
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._halves.setDirection(direction)

    def _remember(self) -> None:
        self._known = None
        self._known, self._shown = self.fields(), self._values()

    def _values(self) -> dict[str, Any]:
        return {key: value for form in self._forms for key, value in form.values().items()}

    def _name(self) -> QLineEdit:
        editor = self.editor("display_name")
        assert isinstance(editor, QLineEdit)
        return editor

    def _on_changed(self) -> None:
        values = self._values()
        if self._follows:
            name = f"{values['first_name']} {values['last_name']}".strip()
            if name != self._name().text():
                self._name().setText(name)
        self._show_foreign(values["upn"])
        self.changed.emit()

    def _on_name_edited(self, text: str) -> None:
        self._follows = not text.strip()

    def _show_foreign(self, upn: str) -> None:
        domain = foreign_domain(upn, self._domains) if upn and self._domains else ""
        self.foreign.setVisible(bool(domain))
        if domain:
            self.foreign.set_text(_("{domain} is not among the domains of this account.").format(domain=domain))


def _identity_fields() -> tuple[Field, ...]:
    return (
        Field("first_name", lambda: _("First name")),
        Field("last_name", lambda: _("Last name")),
        Field("display_name", lambda: _("Display name"), required=True),
        Field("upn", lambda: _("User principal name"), FieldKind.ADDRESS, required=True),
    )


def _other_fields() -> tuple[Field, ...]:
    return (
        Field(
            "usage_location",
            lambda: _("Usage location"),
            FieldKind.SEARCH,
            choices=choices.countries,
            help=lambda: _("Where the user works: some services differ from country to country."),
        ),
        Field("job_title", lambda: _("Job title")),
        Field("department", lambda: _("Department")),
        Field(
            "blocked",
            lambda: _("Block sign-in"),
            FieldKind.CHECK,
            help=lambda: _("Licenses stay assigned, and billable, while sign-in is blocked."),
        ),
    )
