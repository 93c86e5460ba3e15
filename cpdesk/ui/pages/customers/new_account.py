"""What the steps of Create New Account are filled in with, and what is told of it before it is created."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from cpdesk.base.errors import CodedError
from cpdesk.base.formats import format_date, format_list
from cpdesk.base.i18n import _
from cpdesk.domain.accounts import Contact, OpeningLine
from cpdesk.ui import choices
from cpdesk.ui.parts.company_fields import FIELD_OF_ERROR, contact_line
from cpdesk.ui.texts import seats_text

COMPANY = "company"
PLACE = "place"
CONTACTS = "contacts"
SERVICE = "service"
REVIEW = "review"

_STEP_OF_FIELD = {
    "name": COMPANY,
    "domain": COMPANY,
    "aliases": COMPANY,
    "country": PLACE,
    "currency": PLACE,
    "time_zone": PLACE,
    "contacts": CONTACTS,
}
_CONTACT_FIELDS = dict.fromkeys(("contact", "phone", "contact_role"), "contacts")


@dataclass(frozen=True, slots=True)
class NewAccount:
    """An account as it was filled in."""

    name: str
    domain: str
    aliases: tuple[str, ...]
    country: str
    currency: str
    time_zone: str
    contacts: tuple[Contact, ...]
    activate: bool
    pool: tuple[OpeningLine, ...] | None
    """What a customer who already is in Purchase Mode holds; None: it starts in Usage Mode."""


@dataclass(frozen=True, slots=True)
class ReviewSection:
    """What one step was filled in with, in words."""

    step: str
    title: str
    lines: tuple[tuple[str, str], ...]
    """What, and how it is filled in."""


def place_of(error: Exception, new: NewAccount) -> tuple[str, str] | None:
    """The step and the field that a refusal is about; None if it is about none."""
    if not isinstance(error, CodedError):
        return None
    named = str(error.params.get("field", ""))
    field = _CONTACT_FIELDS.get(named) or FIELD_OF_ERROR.get(error.code, named)
    if field == "domain" and error.params.get("domain", error.params.get("text")) in new.aliases:
        field = "aliases"
    return (_STEP_OF_FIELD[field], field) if field in _STEP_OF_FIELD else None


def review(new: NewAccount, products: Mapping[str, str], today: date) -> tuple[ReviewSection, ...]:
    """Everything that was filled in; `products` are the names by GUID, `today` is the account's date."""
    return (
        ReviewSection(COMPANY, _("Company"), _company_lines(new)),
        ReviewSection(PLACE, _("Location"), _place_lines(new)),
        ReviewSection(CONTACTS, _("Contacts"), tuple(map(contact_line, new.contacts)) or ((_("No contacts"), ""),)),
        ReviewSection(SERVICE, _("Microsoft 365"), _service_lines(new, products, today)),
    )


def _company_lines(new: NewAccount) -> tuple[tuple[str, str], ...]:
    aliases = format_list(new.aliases) if new.aliases else _("none")
    return (_("Account name"), new.name), (_("Domain"), new.domain), (_("Alias domains"), aliases)


def _place_lines(new: NewAccount) -> tuple[tuple[str, str], ...]:
    return (
        (_("Country"), choices.country_name(new.country)),
        (_("Currency"), choices.currency_name(new.currency)),
        (_("Time zone"), new.time_zone),
    )


def _service_lines(new: NewAccount, products: Mapping[str, str], today: date) -> tuple[tuple[str, str], ...]:
    if not new.activate:
        return ((_("Activated later, from The Catalog of the account"), ""),)
    active = (_("Activated at once"), "")
    if new.pool is None:
        return active, (_("Billing mode"), _("Usage Mode"))
    mode = _("Purchase Mode, effective {date}").format(date=format_date(today))
    total = sum(line.seats for line in new.pool)
    return (
        active,
        (_("Billing mode"), mode),
        *((products.get(line.product, line.product), _pool_text(line)) for line in new.pool),
        (_("Seats billed from {date} on").format(date=format_date(today)), seats_text(total)),
    )


def _pool_text(line: OpeningLine) -> str:
    return _("{seats}, held since {date}").format(seats=seats_text(line.seats), date=format_date(line.since))
