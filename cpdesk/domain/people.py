"""Users of an account: what is known of them, how lists of them are asked for, what they hold (rule 14)."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from cpdesk.base.errors import UserError
from cpdesk.domain import names
from cpdesk.domain.catalog import Product
from cpdesk.domain.modes import Mode
from cpdesk.domain.regional import checked_country
from cpdesk.domain.rows import SubscriptionRow, UserRow

UnitPriceOf = Callable[[int], Decimal | None]
"""What a seat of a product (its id) costs a month; None without a price."""

RESTORE_WITHIN = timedelta(days=30)
"""How long a deleted user can be brought back; Microsoft keeps them as long."""


class UserFilter(StrEnum):
    """Which active users a list shows. Several together show those who fit all of them."""

    ALL = "all"
    """Everybody: no filter."""
    LICENSED = "licensed"
    UNLICENSED = "unlicensed"
    BLOCKED_LICENSED = "blocked_licensed"
    """Sign-in is blocked, and a license is held and paid for nevertheless."""
    OVERLAPPING = "overlapping"
    """A product is held that another one of the same user contains (`overlaps.within`)."""
    GUESTS = "guests"
    ROOMS = "rooms"
    """A product for accounts that are no people is held (`Scope.RESOURCE`): rooms, shared devices, phone resources.
    No file that users come from says what is a room, so one without such a product is not known as one."""


_LICENSED = frozenset({UserFilter.LICENSED, UserFilter.BLOCKED_LICENSED, UserFilter.OVERLAPPING, UserFilter.ROOMS})
"""Nobody whom these show is without a license."""


def narrowed(chosen: Iterable[UserFilter], added: UserFilter) -> frozenset[UserFilter]:
    """The filters after one more was chosen: those that contradict it go, and all of them for ALL."""
    if added is UserFilter.ALL:
        return frozenset()
    others = frozenset(chosen) - {UserFilter.ALL}
    if added is UserFilter.UNLICENSED:
        others -= _LICENSED
    elif added in _LICENSED:
        others -= {UserFilter.UNLICENSED}
    return others | {added}


class UserSort(StrEnum):
    """What a list of users is ordered by; equal ones by name, then by id."""

    NAME = "name"
    """Display name without case."""
    UPN = "upn"
    LICENSES = "licenses"
    """How many licenses are held."""
    WAITING = "waiting"
    """The same, and of those with as many first who can sign in: who is most likely to wait for a license."""


@dataclass(frozen=True, slots=True)
class UserQuery:
    """What a list of users is to show."""

    text: str = ""
    """Found anywhere in the display name or the user principal name, without case."""
    show: frozenset[UserFilter] = frozenset()
    """Only who fits all of these; nothing shows everybody."""
    product: str = ""
    """Part number: only who holds it."""
    lacks: str = ""
    """Part number: only who does not hold it."""
    sort: UserSort = UserSort.NAME
    descending: bool = False


@dataclass(frozen=True, slots=True)
class UserFields:
    """What an administrator may enter about a user."""

    display_name: str
    upn: str
    first_name: str = ""
    last_name: str = ""
    usage_location: str = ""
    """ISO 3166 alpha-2, or nothing."""
    job_title: str = ""
    department: str = ""
    blocked: bool = False
    """Whether sign-in is blocked."""


DETAILS = ("object_id", "guest", *(field.name for field in fields(UserFields)))
"""All that is known of a person, as the users' table and the audit log name it; the rest of a user is bookkeeping."""


@dataclass(frozen=True, slots=True)
class HeldLicense:
    """A seat that a user holds."""

    part_number: str
    guid: str
    name: str
    since: datetime
    """UTC."""


@dataclass(frozen=True, slots=True)
class UserDetails:
    """An active user with everything that is known."""

    id: int
    fields: UserFields
    guest: bool
    object_id: str | None
    """The tenant's own id, where an import brought it."""
    created_at: datetime
    """UTC: when the user was added here."""
    licenses: tuple[HeldLicense, ...]
    """By product name."""


@dataclass(frozen=True, slots=True)
class DeletedUser:
    """A deleted user who can be brought back."""

    id: int
    upn: str
    display_name: str
    deleted_at: datetime
    """UTC."""
    restorable_until: datetime
    """UTC: the last instant at which restoring works."""
    licenses: tuple[str, ...]
    """Part numbers held when deleted, sorted."""


@dataclass(frozen=True, slots=True)
class RemovedUser:
    """What became of the seats of a deleted user."""

    upn: str
    mode: Mode
    """Usage Mode: the seats left the tenant. Purchase Mode: they are back in the pool and stay billable, those left
    out that were released or handed on."""
    freed: tuple[str, ...]
    """Part numbers, sorted."""
    released: bool = False
    """Whether all of these seats were taken out of the pool, and so are no longer billed."""
    falls_later: date | None = None
    """Account-local: from when seats that left are no longer billed (rule 11); None: from the same day on."""


@dataclass(frozen=True, slots=True)
class RestoredUser:
    """What a restored user has again."""

    upn: str
    mode: Mode
    assigned: tuple[str, ...]
    """Part numbers, sorted."""
    missing: tuple[str, ...]
    """Names of the products for which the pool had no seat."""


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A product that can be ticked for the users of an assignment sheet."""

    part_number: str
    guid: str
    name: str
    seats: int
    assigned: int
    held: int
    """How many of the sheet's users hold it: all, some or none of them make the three states of its box."""
    unit_price: Decimal | None = None
    """What a seat costs a month today; None without a price."""

    @property
    def available(self) -> int:
        return self.seats - self.assigned


@dataclass(frozen=True, slots=True)
class AssignmentSheet:
    """The licenses of some users of an account, to be changed together."""

    mode: Mode
    users: tuple[UserRow, ...]
    """In the order in which they were asked for."""
    lines: tuple[SheetLine, ...]
    """First what the account has, then what it could have (Usage Mode), each by product name."""
    currency: str = ""
    """ISO 4217, of the prices; nothing where they were not asked for."""
    held: tuple[frozenset[str], ...] = ()
    """GUIDs of what each of the users holds."""
    falls_later: date | None = None
    """Account-local: from when what leaves today is no longer billed (rule 11); None: from today on."""

    @property
    def pool(self) -> dict[str, int] | None:
        """Seats available by GUID; None in Usage Mode, where as many come as are assigned."""
        return None if self.mode is Mode.USAGE else {line.guid: line.available for line in self.lines}


def unpriced(_product_id: int) -> None:
    """Where prices are not asked for."""


def foreign_domain(upn: str, domains: Iterable[str]) -> str:
    """The domain of a user principal name if the account has no such domain, else nothing.

    `domains` are the account's domain and its aliases; a domain below one of them counts as its own, and guests
    carry the tenant's domain behind their mark. Worth a warning on a screen, never a refusal.
    """
    domain = names.domain_key(upn.rpartition("@")[2])
    own = [names.domain_key(known) for known in domains]
    return "" if any(domain == known or domain.endswith(f".{known}") for known in own) else domain


def checked(given: UserFields, known: UserFields | None = None) -> UserFields:
    """The fields as they can be stored: blanks around taken off, the usage location in its official spelling.

    What is as `known` has it stays as it is: an import may have brought what nobody would be allowed to type.
    Raises UserError `bad_upn`, `unknown_country`, `text_empty` (display name), `text_too_long` or
    `text_not_printable`.
    """
    cleaned, wrong = _cleaned(given, known)
    for problem in wrong.values():
        raise problem
    return cleaned


def problems(given: UserFields, known: UserFields | None = None) -> dict[str, UserError]:
    """Why the fields cannot be stored, by their names: what `checked` would raise, for each that is wrong."""
    return _cleaned(given, known)[1]


def _cleaned(given: UserFields, known: UserFields | None) -> tuple[UserFields, dict[str, UserError]]:
    values: dict[str, Any] = asdict(given)
    before = asdict(known) if known else {}
    wrong: dict[str, UserError] = {}
    for name in _CLEANING:
        if values[name] != before.get(name):
            try:
                values[name] = clean_field(name, values[name])
            except UserError as error:
                wrong[name] = error
    return UserFields(**values), wrong


def clean_field(name: str, text: str) -> str:
    """One of the texts of `UserFields` as it can be stored. Raises what `checked` raises for it."""
    return _CLEANING[name](text)


def _optional(clean: Callable[[str], str]) -> Callable[[str], str]:
    return lambda text: clean(text) if text.strip() else ""


def _text(field: str) -> Callable[[str], str]:
    return lambda text: names.clean_text(text, field)


_CLEANING: Mapping[str, Callable[[str], str]] = {
    "upn": lambda text: names.clean_address(text, "bad_upn"),
    "display_name": _text("name"),
    "usage_location": _optional(checked_country),
    **{field: _optional(_text(field)) for field in ("first_name", "last_name", "job_title", "department")},
}


def sheet_lines(
    mode: Mode,
    subscriptions: Iterable[SubscriptionRow],
    catalogue: Mapping[int, Product],
    held: Mapping[int, int],
    price: UnitPriceOf = unpriced,
    also: Collection[int] = (),
) -> tuple[SheetLine, ...]:
    """The products that can be ticked for users, who hold so many of each by product id.

    What the account has comes first, then what has a price, then the rest of the catalogue, each in the order of
    names: Microsoft's list has hundreds of products that nobody sells. In Purchase Mode a product without seats has
    nothing to give: it is there only if it is among those that are asked for `also`.
    """
    own = [row for row in subscriptions if row.assignable_to == "user"]
    known = {row.product_id for row in own}
    lines = [
        SheetLine(
            part_number=row.part_number,
            guid=row.guid,
            name=row.name,
            seats=row.seats,
            assigned=row.assigned,
            held=held.get(row.product_id, 0),
            unit_price=price(row.product_id),
        )
        for row in own
    ]
    others = [
        SheetLine(product.part_number, product.guid, product.name, 0, 0, 0, price(product_id))
        for product_id, product in catalogue.items()
        if product.assignable_to == "user" and product_id not in known and (mode is Mode.USAGE or product_id in also)
    ]
    return (*lines, *sorted(others, key=lambda line: line.unit_price is None))
