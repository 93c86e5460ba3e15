"""What is known of a company, to be changed."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cpdesk.base.i18n import _
from cpdesk.domain.accounts import Contact
from cpdesk.domain.companies import Company
from cpdesk.ui import choices
from cpdesk.ui.pages.company.company_view import CompanyView, zone_in_question
from cpdesk.ui.parts import company_fields
from cpdesk.ui.parts.lines_editor import LinesEditor
from cpdesk.ui.refusals import told_by_field
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.card import Card, CardRow
from cpdesk.ui.widgets.fields import Field
from cpdesk.ui.widgets.forms import Form
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.layout import text_of

_NAMES = ("name", "domain", "aliases")


class CompanyForm(QWidget):
    """Fields for what can be changed, a line with the reason for what cannot."""

    changed = Signal()
    submitted = Signal()
    """Enter was pressed in a line."""

    def __init__(self, company: Company, view: CompanyView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._company = company
        self._view = view
        self._forms: list[Form] = []
        self.contacts = company_fields.contacts_editor()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(spacing.M)
        names = self._card(_("Company"), company_fields.name_fields())
        place = self._card(_("Location"), company_fields.place_fields(zone_help=view.zone_note))
        contacts = Card(_("Contacts"))
        contacts.body.addWidget(self.contacts)
        column.addWidget(CardRow(names, place))
        column.addWidget(contacts)
        self.reset()
        for part in self._parts:
            part.changed.connect(self.changed)
        for form in self._forms:
            form.submitted.connect(self.submitted)

    def reset(self) -> None:
        """Show the company as it is."""
        values = _values(self._company)
        for form in self._forms:
            form.set_values({key: values[key] for key in form.values()})
            form.clear_errors()
        self.contacts.set_values(company_fields.contact_values(self._company.contacts))
        # As the fields give it back: spaces that an import has left at an end are no change of anybody's.
        self._before, self._contacts_before = self._typed(), self._typed_contacts()

    def changes(self) -> dict[str, Any]:
        """What differs from the company as it is, as `Accounts.edit` takes it."""
        found = {key: value for key, value in self._typed().items() if value != self._before[key]}
        if "aliases" in found:
            found["aliases"] = company_fields.aliases_of(found["aliases"])
        contacts = self._typed_contacts()
        return found if contacts == self._contacts_before else {**found, "contacts": contacts}

    def validate(self) -> bool:
        """Whether all is well; if not, it is said where, and the first wrong field gets the keyboard."""
        # The first part comes last: each wrong one takes the keyboard.
        wrong = [part for part in reversed(self._parts) if not part.validate()]
        return not wrong

    def tell(self, error: Exception) -> bool:
        """Show a refusal at the field it is about; False if it is about none."""
        return any(told_by_field(form, error, company_fields.FIELD_OF_ERROR) for form in self._forms)

    def first_field(self) -> QWidget:
        """Where the keyboard goes at first."""
        return self._forms[0].editor("name")

    @property
    def _parts(self) -> list[Form | LinesEditor]:
        return [*self._forms, self.contacts]

    def _typed(self) -> Mapping[str, Any]:
        return {key: value for form in self._forms for key, value in form.values().items()}

    def _typed_contacts(self) -> tuple[Contact, ...]:
        return company_fields.contacts_of(self.contacts.values())

    def _card(self, title: str, fields: tuple[Field, ...]) -> Card:
        card = Card(title)
        fixed = self._view.fixed
        form = Form([field for field in fields if field.key not in fixed])
        self._forms.append(form)
        card.body.addWidget(form)
        for field in fields:
            if field.key in fixed:
                card.body.addSpacing(spacing.XS)
                card.body.addWidget(Label(text_of(field.label), TextRole.STRONG))
                card.body.addWidget(Label(_shown(self._company, field.key), wrap=True, selectable=True))
                card.body.addWidget(Label(fixed[field.key], TextRole.CAPTION, wrap=True))
        card.body.addStretch(1)
        return card


def _values(company: Company) -> dict[str, Any]:
    account = company.account
    return {
        "name": account.name,
        "domain": account.domain,
        "aliases": "\n".join(company.aliases),
        "country": account.country,
        "currency": account.currency,
        "time_zone": zone_in_question(company),
    }


def _shown(company: Company, key: str) -> str:
    if key == "currency":
        return choices.currency_name(company.account.currency)
    return str(_values(company)[key]) or _("none")
