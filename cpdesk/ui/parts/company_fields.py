"""The fields of a company, as an account is created and as it is edited."""

from collections.abc import Callable, Sequence

from cpdesk.base.apart import noted
from cpdesk.base.errors import UserError
from cpdesk.base.i18n import _
from cpdesk.domain import names
from cpdesk.domain.accounts import Contact
from cpdesk.ui.parts.lines_editor import LinesEditor, Values
from cpdesk.ui.parts.region_fields import country_field, currency_field, time_zone_field
from cpdesk.ui.refusals import sentence_of
from cpdesk.ui.widgets.fields import Field, FieldKind
from cpdesk.ui.widgets.layout import Text

FIELD_OF_ERROR = {
    "bad_domain": "domain",
    "domain_taken": "domain",
    "domain_not_yet_free": "domain",
    "domain_twice": "aliases",
    "too_many_aliases": "aliases",
    "bad_email": "contacts",
    "too_many_contacts": "contacts",
    "unknown_country": "country",
    "unknown_currency": "currency",
    "unknown_time_zone": "time_zone",
    "currency_fixed": "currency",
    "zone_fixed_while_pending": "time_zone",
}
"""At which field a refusal by a service is said."""


def name_fields() -> tuple[Field, ...]:
    """What the company is called, and by which domains it is known."""
    return (
        Field("name", lambda: _("Account name"), required=True),
        Field("domain", lambda: _("Domain"), required=True, validate=_domain_problem, placeholder="contoso.example"),
        aliases_field(),
    )


def aliases_field() -> Field:
    """Further domains of the company."""
    return Field(
        "aliases",
        lambda: _("Alias domains"),
        FieldKind.MULTILINE,
        validate=_aliases_problem,
        help=lambda: _("One in each line. The account is found by them, too."),
    )


def place_fields(zone_help: Text = "") -> tuple[Field, ...]:
    """Where the company is, what it is billed in, and whose calendar counts.

    `zone_help` is said of the time zone instead of what it is for.
    """
    return (
        country_field(),
        currency_field(note=lambda: _("Fixed once the first seat is added.")),
        time_zone_field(note=zone_help or _zone_help),
    )


def _zone_help() -> str:
    return _("Billing days and due dates follow it.")


def contacts_editor() -> LinesEditor:
    """The people to talk to."""
    fields = (
        Field("name", lambda: _("Name"), required=True),
        Field("email", lambda: _("E-mail address"), validate=_problem_with(_checked_email)),
        Field("phone", lambda: _("Phone")),
        Field("role", lambda: _("Role"), placeholder=lambda: _("Billing, for example")),
    )
    return LinesEditor(fields, lambda: _("Add a contact"), _remove_contact, shares=(3, 4, 2, 2))


def aliases_of(text: str) -> tuple[str, ...]:
    """The domains typed into the field, one a line."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def contacts_of(rows: Sequence[Values]) -> tuple[Contact, ...]:
    """The contacts typed into the editor."""
    return tuple(Contact(**row) for row in rows)


def contact_values(contacts: Sequence[Contact]) -> list[Values]:
    """Contacts as the editor shows them."""
    return [{"name": one.name, "email": one.email, "phone": one.phone, "role": one.role} for one in contacts]


def contact_line(contact: Contact) -> tuple[str, str]:
    """Who it is, and how to reach them."""
    who = noted(contact.name, contact.role)
    return who, "\n".join(filter(None, (contact.email, contact.phone)))


def _remove_contact(place: int) -> str:
    return _("Remove contact {number}").format(number=place)


def _checked_email(text: str) -> str:
    return names.clean_address(text, "bad_email")


def _problem_with(check: Callable[[str], object]) -> Callable[[str], str | None]:
    def problem(text: str) -> str | None:
        try:
            check(text)
        except UserError as error:
            return sentence_of(error)
        return None

    return problem


_domain_problem = _problem_with(names.clean_domain)


def _aliases_problem(text: str) -> str | None:
    return next(filter(None, map(_domain_problem, aliases_of(text))), None)
