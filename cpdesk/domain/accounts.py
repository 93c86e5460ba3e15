"""A customer account as a company: whether it is open, its contacts, its domains, what it brings with it."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from cpdesk.base.errors import UserError
from cpdesk.domain import names
from cpdesk.domain.modes import Mode

OWN = 0
"""The position of an account's own domain among its domains; aliases count from 1."""
MOST_ALIASES = 100
"""More alias domains than this are taken for a slip."""
MOST_CONTACTS = 50


class Status(StrEnum):
    """Whether an account is open (the product's rule 19)."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    """Stays billable; reading and reductions only; its switches still complete."""
    CLOSED = "closed"
    """Holds no seat; reading only."""


_BY_LIBERTY = (Status.ACTIVE, Status.SUSPENDED, Status.CLOSED)


@dataclass(frozen=True, slots=True)
class Contact:
    """A person to talk to at the customer's."""

    name: str
    email: str = ""
    phone: str = ""
    role: str = ""
    """In their own words, such as "Billing"."""


@dataclass(frozen=True, slots=True)
class ZoneChange:
    """A time zone and from when it counts."""

    time_zone: str
    """IANA name."""
    effective_on: date
    """First of a month; from the first instant at which the calendar in `time_zone` shows it."""


@dataclass(frozen=True, slots=True)
class NewAccount:
    """An account to be created, its facts already checked."""

    id: int
    name: str
    domain: str
    country: str
    """ISO 3166 alpha-2."""
    currency: str
    """ISO 4217."""
    time_zone: str
    """IANA name."""
    aliases: tuple[str, ...] = ()
    contacts: tuple[Contact, ...] = ()
    active: bool = False
    """Whether Microsoft 365 is enabled at once."""
    mode: Mode = Mode.USAGE
    """Purchase Mode, which needs Microsoft 365, opens with an empty pool."""

    def as_plain(self) -> dict[str, Any]:
        """What the audit log keeps of it."""
        facts: dict[str, Any] = {
            "name": self.name,
            "domain": self.domain,
            "country": self.country,
            "currency": self.currency,
            "time_zone": self.time_zone,
        }
        if self.aliases:
            facts["aliases"] = list(self.aliases)
        if self.contacts:
            facts["contacts"] = plain_contacts(self.contacts)
        return facts


@dataclass(frozen=True, slots=True)
class DomainHolder:
    """The account that has a domain, or had it before it was closed."""

    account_id: int
    status: Status
    free_on: date | None
    """Account-local, in `time_zone`; None while the account is open."""
    time_zone: str
    """In force now."""


@dataclass(frozen=True, slots=True)
class OpeningLine:
    """Seats of one product that a customer has in Purchase Mode already, when it becomes an account."""

    product: str
    """Part number, GUID or display name."""
    seats: int
    since: date
    """Since when the customer has them; kept for the record, they count from today on."""


def require_status(status: Status, even: Status, *, account: str) -> None:
    """Raise UserError `account_suspended` or `account_closed` for an account that is less free than `even`."""
    if _BY_LIBERTY.index(status) <= _BY_LIBERTY.index(even):
        return
    if status is Status.CLOSED:
        raise UserError("account_closed", account=account)
    raise UserError("account_suspended", account=account)


def checked_domains(domain: str, aliases: Iterable[str]) -> tuple[str, ...]:
    """The own domain and the aliases of an account, in this order, without blanks around.

    Raises UserError `bad_domain`, `domain_twice` or `too_many_aliases`.
    """
    domains = tuple(names.clean_domain(text) for text in (domain, *aliases))
    if len(domains) > MOST_ALIASES + 1:
        raise UserError("too_many_aliases", most=MOST_ALIASES)
    seen: set[str] = set()
    for one in domains:
        if names.key(one) in seen:
            raise UserError("domain_twice", domain=one)
        seen.add(names.key(one))
    return domains


def checked_contacts(contacts: Sequence[Contact]) -> tuple[Contact, ...]:
    """Contacts without blanks around.

    Raises UserError `text_empty` for one without a name, `text_too_long`, `text_not_printable`, `bad_email` or
    `too_many_contacts`.
    """
    if len(contacts) > MOST_CONTACTS:
        raise UserError("too_many_contacts", most=MOST_CONTACTS)
    return tuple(_checked_contact(contact) for contact in contacts)


def _checked_contact(contact: Contact) -> Contact:
    return Contact(
        name=names.clean_text(contact.name, "contact"),
        email=names.clean_address(contact.email, "bad_email") if contact.email.strip() else "",
        phone=_optional(contact.phone, "contact_phone"),
        role=_optional(contact.role, "contact_role"),
    )


def _optional(text: str, field: str) -> str:
    return names.clean_text(text, field) if text.strip() else ""


def plain_contacts(contacts: Iterable[Contact]) -> list[dict[str, Any]]:
    """Contacts as JSON values, as the audit log keeps them."""
    return [asdict(contact) for contact in contacts]
