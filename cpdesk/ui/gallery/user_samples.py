"""Users of one imagined account, and services that know them, for scenes and tests of what shows users."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from cpdesk.domain import topics
from cpdesk.domain.accounts import Status
from cpdesk.domain.catalog import Scope
from cpdesk.domain.erasing import Erased, ErasurePreview
from cpdesk.domain.leaving import Departure, RemovalForecast, SeatEffect, SeatWish, outcome
from cpdesk.domain.license_plan import LicensePlan, LicensesChanged, plan_licenses
from cpdesk.domain.license_wish import LicenseWish
from cpdesk.domain.modes import Mode
from cpdesk.domain.people import (
    RESTORE_WITHIN,
    AssignmentSheet,
    DeletedUser,
    HeldLicense,
    RemovedUser,
    RestoredUser,
    SheetLine,
    UserDetails,
    UserFields,
    UserFilter,
    UserQuery,
    UserSort,
)
from cpdesk.domain.rows import AccountRow, Done, SubscriptionRow, UserRow
from cpdesk.domain.seat_limits import SeatLimit
from cpdesk.domain.undo import Undone
from cpdesk.services.accounts import Accounts
from cpdesk.services.erasing import Erasing
from cpdesk.services.licenses import Licenses
from cpdesk.services.modes import Modes
from cpdesk.services.seat_tasks import SeatsResult
from cpdesk.services.statements import Statements
from cpdesk.services.users import Users
from cpdesk.ui.gallery.service_samples import (
    CATALOGUE,
    E3,
    NOW,
    PLANNER,
    POOL,
    PREMIUM,
    UNDO,
    VISIO,
    Sample,
    held,
    price,
    prices_of,
    product,
)
from cpdesk.ui.gallery.stand_ins import StandIn, services

if TYPE_CHECKING:
    from cpdesk.services.bundle import Services

_DOMAIN = "contoso-freight.example"
ROOMS = product("Microsoft Teams Rooms Pro", "Microsoft_Teams_Rooms_Pro", 7, Scope.RESOURCE)
_USER_PRODUCTS = tuple(product for product in CATALOGUE if product.assignable_to == "user")


def person(number: int, name: str, *licenses: str, blocked: bool = False, upn: str = "") -> UserRow:
    """A user; a UPN with #EXT# makes a guest."""
    address = upn or f"{name.casefold().replace(' ', '.')}@{_DOMAIN}"
    return UserRow(number, address, name, blocked, "#EXT#" in address, tuple(sorted(licenses)))


MEGAN = person(1, "Megan Bowen", PREMIUM.part_number, VISIO.part_number)
ALEX = person(2, "Alex Wilber", PREMIUM.part_number)
MORGAN = person(3, "Morgan Ellis", PREMIUM.part_number, blocked=True)
LEE = person(4, "Lee Gu")
PEOPLE = (
    ALEX,
    person(5, "Diego Siciliani", E3.part_number),
    person(6, "Grady Archie", E3.part_number, PLANNER.part_number, VISIO.part_number),
    person(7, "Isaiah Langer", PREMIUM.part_number),
    LEE,
    person(8, "Lidia Holloway", E3.part_number),
    MEGAN,
    MORGAN,
    person(9, "Patti Fernandez", PREMIUM.part_number),
    person(10, "Rosa Vance", upn="rosa.vance_fabrikam.example#EXT#@contoso-freight.example"),
)
_LONG = "Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh"
LONG_PEOPLE = (
    person(21, f"Maximiliane Alexandra {_LONG}", *(product.part_number for product in _USER_PRODUCTS)),
    person(22, "نورة بنت عبد الرحمن الفيصل", PREMIUM.part_number, blocked=True, upn=f"noura@{_DOMAIN}"),
    person(23, "山田 太郎", upn=f"{'a-rather-long-name.' * 3}yamada#EXT#@{_DOMAIN}", blocked=True),
)


def many_people(number: int) -> tuple[UserRow, ...]:
    """As many users as a large enterprise has."""
    return tuple(_numbered(place) for place in range(1, number + 1))


def _numbered(place: int) -> UserRow:
    products = [product.part_number for product in _USER_PRODUCTS]
    name = f"User {place:05d}"
    return person(place, name, *products[: place % 4], blocked=place % 50 == 0)


GONE = (
    DeletedUser(
        31,
        f"nestor.wilke@{_DOMAIN}",
        "Nestor Wilke",
        NOW - timedelta(days=2),
        NOW - timedelta(days=2) + RESTORE_WITHIN,
        (PREMIUM.part_number, VISIO.part_number),
    ),
    DeletedUser(32, f"lynne.robbins@{_DOMAIN}", "Lynne Robbins", NOW - timedelta(days=26), NOW + timedelta(days=4), ()),
)


ERASURE = ErasurePreview(
    31, GONE[0].upn, GONE[0].display_name, "erased.31", GONE[0].deleted_at, GONE[0].restorable_until, 14, 1
)
LONG_GONE = ErasurePreview(
    12,
    f"pradeep.gupta@{_DOMAIN}",
    "Pradeep Gupta",
    "",
    NOW - timedelta(days=400),
    NOW - timedelta(days=370),
    0,
    0,
)
ERASED = Erased("erased.31", 14, 1, purged=True, backups=12)


@dataclass(frozen=True, slots=True)
class People:
    """An account with its users."""

    mode: Mode = Mode.PURCHASE
    users: tuple[UserRow, ...] = PEOPLE
    rows: Sequence[SubscriptionRow] = (*POOL, held(VISIO, 3, 2), held(PLANNER, 4, 1))
    gone: tuple[DeletedUser, ...] = GONE
    long_gone: tuple[ErasurePreview, ...] = ()
    active: bool = True
    is_pending: bool = False
    status: Status = Status.ACTIVE
    limits: tuple[SeatLimit, ...] = ()

    @property
    def account(self) -> AccountRow:
        """The account with its seats."""
        sample = Sample(
            mode=self.mode, rows=self.rows, active=self.active, users=len(self.users), is_pending=self.is_pending
        )
        return replace(sample.account, status=self.status)

    def services(self, **answers: Any) -> "Services":
        """Services that know these users; `answers` replace methods of `Users` or `Licenses`."""
        areas = {"users": (Users, self._users()), "licenses": (Licenses, self._licenses())}
        made = {
            name: StandIn(area, **known | {key: answers[key] for key in answers if hasattr(area, key)})
            for name, (area, known) in areas.items()
        }
        sample = Sample(mode=self.mode, rows=self.rows)
        modes = StandIn(
            Modes, show=(self.account, None), outlook=None, forecast=lambda _by, _id, to: sample.forecast(to)
        )
        statements = StandIn(Statements, prices_of=prices_of(self.rows), falls_later=None)
        erasing = StandIn(Erasing, rows=list(self.long_gone), preview=ERASURE, erase=Done(ERASED, topics.LICENSES))
        accounts = StandIn(Accounts, show=self.account)
        return services(accounts=accounts, modes=modes, statements=statements, erasing=erasing, **made)

    def _users(self) -> dict[str, Any]:
        return {
            "find_ids": lambda _by, _id, query: self.find_ids(query),
            "some": lambda _by, _id, ids: self.some(ids),
            "counts": {which: len(self.find_ids(UserQuery(show=frozenset({which})))) for which in UserFilter},
            "show": lambda _by, _id, user_id: details(self.some((user_id,))[0]),
            "add": lambda _by, _id, upn, name, **_more: Done(person(99, name, upn=upn), topics.LICENSES),
            "edit": lambda _by, _id, user_id, fields: Done(_edited(self.some((user_id,))[0], fields), topics.LICENSES),
            "deleted": list(self.gone),
            "removal": lambda _by, _id, ids: self.removal(ids),
            "leave": lambda _by, _id, ids, wishes, **_more: Done(self._left(ids, wishes), topics.LICENSES, UNDO),
            "restore": lambda _by, _id, upn, **_more: Done(self._restored(upn), topics.LICENSES),
        }

    def _licenses(self) -> dict[str, Any]:
        return {
            "rows": list(self.rows),
            "products": [*CATALOGUE, ROOMS],
            "sheet": lambda _by, _id, ids: self.sheet(ids),
            "limits": self.limits,
            "plan": lambda _by, _id, ids, wish: self.plan(ids, wish),
            "change": lambda _by, _id, ids, **ticked: Done(self._changed(ids, **ticked), topics.LICENSES, UNDO),
            "add_seats": lambda _by, _id, guid, count, **_more: Done(self._added(guid, count), topics.LICENSES, UNDO),
            "undo": Done(Undone(self.mode, (), ((PREMIUM.part_number, 1),), (), ()), topics.LICENSES),
        }

    def find_ids(self, query: UserQuery) -> tuple[int, ...]:
        """What a query finds."""
        found = [user for user in self.users if _fits(user, query)]
        order = {
            UserSort.NAME: lambda user: user.display_name.casefold(),
            UserSort.UPN: lambda user: user.upn,
            UserSort.LICENSES: lambda user: len(user.licenses),
            UserSort.WAITING: lambda user: (len(user.licenses), user.blocked),
        }
        found.sort(key=order[query.sort], reverse=query.descending)
        return tuple(user.id for user in found)

    def some(self, ids: Sequence[int]) -> list[UserRow]:
        """These users."""
        known = {user.id: user for user in self.users}
        return [known[number] for number in ids if number in known]

    def sheet(self, ids: Sequence[int]) -> AssignmentSheet:
        """What can be ticked for these users."""
        users = tuple(self.some(ids))
        rows = {row.part_number: row for row in self.rows if row.assignable_to == "user"}
        if self.mode is Mode.USAGE:
            rows |= {item.part_number: held(item, 0, 0) for item in _USER_PRODUCTS if item.part_number not in rows}
        lines = tuple(_line(row, users, self.mode) for row in rows.values())
        guids = {line.part_number: line.guid for line in lines}
        holds = tuple(frozenset(guids[number] for number in user.licenses if number in guids) for user in users)
        return AssignmentSheet(self.mode, users, lines, "USD", holds)

    def plan(self, ids: Sequence[int], wish: LicenseWish) -> LicensePlan:
        """What a wish comes to for these users."""
        return plan_licenses(self.sheet(ids), wish, self.limits)

    def removal(self, ids: Sequence[int]) -> RemovalForecast:
        """What deleting these users would do."""
        users = tuple(self.some(ids))
        lines = [line for line in self.sheet(ids).lines if line.held]
        effects = tuple(_effect(self.mode, line) for line in sorted(lines, key=lambda line: line.name))
        pending = self.account.pending
        ends = pending.effective_on if pending else None
        return RemovalForecast(users, self.mode, effects, "USD", NOW.date(), ends)

    def _left(self, ids: Collection[int], wishes: Sequence[SeatWish]) -> Departure:
        effects = {effect.guid: effect for effect in self.removal(tuple(ids)).effects}
        outcomes = [outcome(self.mode, effects[wish.guid], wish) for wish in wishes]
        users = tuple(RemovedUser(user.upn, self.mode, user.licenses) for user in self.some(tuple(ids)))
        released = tuple((one.effect.part_number, one.released) for one in outcomes if one.released)
        taken = tuple((one.effect.part_number, one.handed_on) for one in outcomes if one.handed_on)
        return Departure(self.mode, users, released if self.mode is Mode.PURCHASE else (), taken)

    def _restored(self, upn: str) -> RestoredUser:
        user = next(user for user in self.gone if user.upn == upn)
        return RestoredUser(upn, self.mode, user.licenses, ())

    def _changed(
        self,
        ids: Sequence[int],
        assign: Sequence[str],
        remove: Sequence[str],
        replace: Mapping[str, str],
        *,
        as_far_as_seats_go: bool,
        **_more: Any,
    ) -> LicensesChanged:
        plan = self.plan(ids, LicenseWish(tuple(assign), tuple(remove), replace, as_far_as_seats_go))
        gained, lost = (
            tuple((one.line.part_number, getattr(one, what)) for one in plan.products if getattr(one, what))
            for what in ("gained", "lost")
        )
        return LicensesChanged(self.mode, len(plan.changed), gained, lost, plan.lacking)

    def _added(self, guid: str, count: int) -> SeatsResult:
        row = next(row for row in self.rows if row.guid == guid)
        product = next(product for product in CATALOGUE if product.guid == guid)
        return SeatsResult(self.mode, product, row.seats + count, row.assigned)


def details(user: UserRow) -> UserDetails:
    """Everything that is known of a user of these samples."""
    first, _blank, last = user.display_name.partition(" ")
    fields = UserFields(
        display_name=user.display_name,
        upn=user.upn,
        first_name=first,
        last_name=last,
        usage_location="US",
        job_title="Dispatcher",
        department="Operations",
        blocked=user.blocked,
    )
    since = datetime(2026, 9, 14, 13, 30, tzinfo=UTC)
    known = {product.part_number: product for product in CATALOGUE}
    licenses = tuple(HeldLicense(number, known[number].guid, known[number].name, since) for number in user.licenses)
    return UserDetails(user.id, fields, user.guest, None, since, licenses)


def _edited(user: UserRow, fields: UserFields) -> UserDetails:
    return replace(details(user), fields=fields)


def _fits(user: UserRow, query: UserQuery) -> bool:
    fits = {
        UserFilter.ALL: True,
        UserFilter.LICENSED: bool(user.licenses),
        UserFilter.UNLICENSED: not user.licenses,
        UserFilter.BLOCKED_LICENSED: user.blocked and bool(user.licenses),
        UserFilter.OVERLAPPING: {PREMIUM.part_number, E3.part_number} <= set(user.licenses),
        UserFilter.GUESTS: user.guest,
        UserFilter.ROOMS: ROOMS.part_number in user.licenses,
    }
    found = query.text.casefold() in f"{user.display_name}\n{user.upn}".casefold()
    holds = not query.product or query.product in user.licenses
    return all(fits[one] for one in query.show) and found and holds and query.lacks not in user.licenses


def _line(row: SubscriptionRow, users: Sequence[UserRow], mode: Mode) -> SheetLine:
    holders = sum(row.part_number in user.licenses for user in users)
    known = price(row.product_id)
    unit_price = known.of(mode) if known else None
    return SheetLine(row.part_number, row.guid, row.name, row.seats, row.assigned, holders, unit_price)


def _effect(mode: Mode, line: SheetLine) -> SeatEffect:
    seats = line.seats - line.held if mode is Mode.USAGE else line.seats
    available = 0 if mode is Mode.USAGE else line.available + line.held
    return SeatEffect(line.part_number, line.guid, line.name, line.held, seats, available, line.unit_price)
