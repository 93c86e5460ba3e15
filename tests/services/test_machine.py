"""Whatever administrators do in whatever order, the database agrees with a small model of the rules.

A few examples by default; CPDESK_THOROUGH in the environment makes it many.
"""

import os
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from cpdesk.base.errors import UserError
from cpdesk.domain.accounts import Status
from cpdesk.domain.leaving import Departure, SeatWish
from cpdesk.domain.license_plan import LicensesChanged
from cpdesk.domain.modes import Mode
from cpdesk.domain.people import UserFields
from cpdesk.domain.rows import Done
from cpdesk.domain.undo import Undo
from cpdesk.store import accounts
from tests.support.world import E3, PREMIUM, START, STORAGE, Counts, World

THOROUGH = "CPDESK_THOROUGH" in os.environ
ZONES = ("America/New_York", "Etc/GMT+12", "Pacific/Kiritimati", "America/Havana")
PRODUCTS = (PREMIUM, E3, STORAGE)
UPNS = ("ada@contoso.example", "bob@contoso.example", "cy@contoso.example")
LEAP = timedelta(days=35)


class Held(set[str]):
    """The products that a user holds. A user is one and the same set for ever."""

    def __init__(self) -> None:
        super().__init__()
        self.moves: Counter[str] = Counter()
        """How often each product came or went."""

    def gain(self, products: set[str]) -> None:
        self.moves.update(products - self)
        self.update(products)

    def lose(self, products: set[str]) -> None:
        self.moves.update(products & self)
        self.difference_update(products)


@dataclass
class Book:
    """What the model knows of an account."""

    zone: str
    """The first one."""
    zones: list[tuple[datetime, str]] = field(default_factory=list)
    """Later ones and from when they count; the last may wait."""
    mode: Mode = Mode.USAGE
    due: datetime | None = None
    users: dict[str, Held] = field(default_factory=dict)
    pool: Counter[str] = field(default_factory=Counter)
    """Seats that nobody holds."""
    status: Status = Status.ACTIVE
    ended: datetime | None = None
    """When the switch was due that ended when the account was closed."""
    gone: list["Gone"] = field(default_factory=list)
    """Deleted users, in the order of their deletion."""
    switches: int = 0
    """Changes of mode that were completed."""

    def zone_at(self, now: datetime) -> str:
        return next((zone for begins, zone in reversed(self.zones) if begins <= now), self.zone)

    def assigned(self, product: str) -> int:
        return sum(product in held for held in self.users.values())

    def counts(self, product: str) -> Counts:
        return Counts(self.assigned(product) + self.pool[product], self.assigned(product))

    def settle(self, now: datetime) -> None:
        if self.due and self.due <= now:
            self.mode, self.due, self.pool = Mode.USAGE, None, Counter()
            self.switches += 1

    def refuses(self, even: Status) -> str | None:
        """Why a change is refused that is allowed in this status, and in those of more liberty."""
        if self.status is Status.CLOSED and even is not Status.CLOSED:
            return "account_closed"
        return "account_suspended" if self.status is Status.SUSPENDED and even is Status.ACTIVE else None


@dataclass(eq=False)
class Gone:
    """A deleted user, with the licenses that were held."""

    upn: str
    held: Held
    at: datetime


Inverse = Callable[[Book, datetime], str | None]
"""Takes something back at a time: the refusal, or None after it was done."""


@dataclass
class Memo:
    """An undo that somebody may still press."""

    account: int
    undo: Undo
    switches: int
    inverse: Inverse
    used: bool = False

    def apply(self, book: Book, now: datetime) -> str | None:
        if book.switches != self.switches:
            return "undo_ended"
        if self.used:
            return "undone_already"
        grows = any(step.adds for step in self.undo.reversals)
        told = (book.refuses(Status.ACTIVE) if grows else None) or self.inverse(book, now)
        self.used = told is None
        return told


# What the rules say, in the order in which the program looks: the refusal, or None after the change was made.


def assign(book: Book, upn: str, product: str) -> str | None:
    if upn not in book.users:
        return "unknown_user"
    if product == STORAGE:
        return "tenant_needs_purchase_mode" if book.mode is Mode.USAGE else "not_assignable"
    if product in book.users[upn]:
        return "already_assigned"
    if book.mode is Mode.PURCHASE:
        if not book.pool[product]:
            return "no_seats_available"
        book.pool[product] -= 1
    book.users[upn].gain({product})
    return None


def unassign(book: Book, upn: str, product: str) -> str | None:
    if upn not in book.users:
        return "unknown_user"
    if product not in book.users[upn]:
        return "not_assigned"
    book.users[upn].lose({product})
    book.pool[product] += book.mode is Mode.PURCHASE
    return None


def buy(book: Book, product: str, count: int) -> str | None:
    if book.mode is Mode.USAGE:
        return "tenant_needs_purchase_mode" if product == STORAGE else "seats_follow_assignments"
    if count < 1:
        return "bad_count"
    book.pool[product] += count
    return None


def give_back(book: Book, product: str, count: int) -> str | None:
    if book.mode is Mode.USAGE:
        return "tenant_needs_purchase_mode" if product == STORAGE else "seats_follow_assignments"
    if count < 1:
        return "bad_count"
    if count > book.pool[product]:
        return "seats_below_assigned"
    book.pool[product] -= count
    return None


def add_user(book: Book, upn: str) -> str | None:
    if upn in book.users:
        return "upn_taken"
    book.users[upn] = Held()
    return None


def remove_user(book: Book, upn: str, now: datetime) -> str | None:
    if upn not in book.users:
        return "unknown_user"
    book.gone.append(Gone(upn, book.users.pop(upn), now))
    for product in book.gone[-1].held:
        book.pool[product] += book.mode is Mode.PURCHASE
    book.gone[-1].held.moves.update(book.gone[-1].held)
    return None


def rename(book: Book, upn: str, to: str) -> str | None:
    if upn not in book.users:
        return "unknown_user"
    if to in book.users and to != upn:
        return "upn_taken"
    book.users[to] = book.users.pop(upn)
    return None


def restore(book: Book, upn: str, now: datetime) -> str | None:
    gone = next((gone for gone in reversed(book.gone) if gone.upn == upn), None)
    return bring_back(book, gone, now, "restore_lacks_seats") if gone else "no_deleted_user"


def bring_back(book: Book, gone: Gone, now: datetime, lacking: str) -> str | None:
    if now - gone.at > timedelta(days=30):
        return "restore_too_late"
    if gone.upn in book.users:
        return "upn_taken"
    if book.mode is Mode.PURCHASE:
        if any(not book.pool[product] for product in gone.held):
            return lacking
        book.pool.subtract(gone.held)
    book.gone.remove(gone)
    book.users[gone.upn] = gone.held
    gone.held.moves.update(gone.held)
    return None


def change_licenses(book: Book, get: str, lose: str) -> str | None:
    if get == STORAGE:
        return "tenant_needs_purchase_mode" if book.mode is Mode.USAGE else "not_assignable"
    if get == lose:
        return "assign_and_remove"
    gaining = [held for held in book.users.values() if get not in held]
    if book.mode is Mode.PURCHASE and book.pool[get] < len(gaining):
        return "no_seats_available"
    for held in book.users.values():
        book.pool[lose] += lose in held and book.mode is Mode.PURCHASE
        held.lose({lose})
    for held in gaining:
        book.pool[get] -= book.mode is Mode.PURCHASE
        held.gain({get})
    return None


def exchange(changes: list[tuple[Held, set[str], set[str]]]) -> Inverse:
    """The inverse of what users got and lost: for each the set that is held, what to take and what to give."""
    moves = [held.moves.copy() for held, _take, _give in changes]

    def inverse(book: Book, _now: datetime) -> str | None:
        if any(not any(held is known for known in book.users.values()) for held, _take, _give in changes):
            return "unknown_user"
        for (held, take, give), then in zip(changes, moves, strict=True):
            if take - held or give & held:
                return "not_assigned" if take - held else "already_assigned"
            if any(held.moves[product] != then[product] for product in take | give):
                return "changed_since"
        if book.mode is Mode.PURCHASE:
            needed = Counter(product for _held, _take, give in changes for product in give)
            if any(book.pool[product] < count for product, count in needed.items()):
                return "no_seats_available"
            book.pool.subtract(needed)
            book.pool.update(product for _held, take, _give in changes for product in take)
        for held, take, give in changes:
            held.lose(take)
            held.gain(give)
        return None

    return inverse


def return_of(gone: Gone) -> Inverse:
    """The inverse of a deletion; who came back otherwise is no longer its matter."""

    def inverse(book: Book, now: datetime) -> str | None:
        return bring_back(book, gone, now, "no_seats_available") if gone in book.gone else "undone_already"

    return inverse


def leave_and_release(book: Book, upn: str, now: datetime) -> str | None:
    told = remove_user(book, upn, now)
    if told is None and book.mode is Mode.PURCHASE:
        book.pool.subtract(book.gone[-1].held)
    return told


def return_with_seats(gone: Gone) -> Inverse:
    """The inverse of that: the seats are bought again first, so that none lacks."""

    def inverse(book: Book, now: datetime) -> str | None:
        bought = gone.held if book.mode is Mode.PURCHASE else set[str]()
        book.pool.update(bought)
        told = return_of(gone)(book, now)
        book.pool.subtract(bought if told else ())
        return told

    return inverse


def hand_on(book: Book, upn: str, product: str, to: str, now: datetime) -> str | None:
    """Somebody leaves, and somebody else takes over one product."""
    leaver, taker = book.users.get(upn), book.users.get(to)
    refusals = {
        "unknown_user": leaver is None,
        "takers_exceed_freed": product not in (leaver or ()),
        "account_suspended": book.status is Status.SUSPENDED,
        "taker_leaves": to == upn,
        "already_assigned": product in (taker or ()),
    }
    if taker is None and not any(list(refusals.values())[:3]):
        return "unknown_user"
    told = next((code for code, holds in refusals.items() if holds), None)
    if told is None and taker is not None:
        remove_user(book, upn, now)
        book.pool[product] -= book.mode is Mode.PURCHASE
        taker.gain({product})
    return told


def return_from(taker: Held, product: str, gone: Gone) -> Inverse:
    """The inverse of that: who took over gives back first."""
    then = taker.moves[product]

    def inverse(book: Book, now: datetime) -> str | None:
        told = None if gone in book.gone else "undone_already"
        told = told or ("restore_too_late" if now - gone.at > timedelta(days=30) else None)
        told = told or ("upn_taken" if gone.upn in book.users else None)
        told = told or exchange_refused(book, taker, product, then)
        if not told and book.mode is Mode.PURCHASE and any(not book.pool[one] for one in gone.held - {product}):
            told = "no_seats_available"
        if told:
            return told
        taker.lose({product})
        book.pool[product] += book.mode is Mode.PURCHASE
        return bring_back(book, gone, now, "no_seats_available")

    return inverse


def exchange_refused(book: Book, taker: Held, product: str, then: int) -> str | None:
    if not any(taker is known for known in book.users.values()):
        return "unknown_user"
    if product not in taker:
        return "not_assigned"
    return "changed_since" if taker.moves[product] != then else None


def change(book: Book, to: Mode, now: datetime) -> str | None:
    if book.mode is to:
        return "already_in_mode"
    if book.due:
        return "switch_pending"
    if to is Mode.PURCHASE:
        book.mode = to
        book.switches += 1
    else:
        book.due = first_of_next_month(now, book.zone_at(now))
    return None


def move(book: Book, zone: str, now: datetime) -> str | None:
    """A wish for another time zone, which the 1st of the next month by both calendars fulfils."""
    present = book.zone_at(now)
    waiting = book.zones[-1:] if book.zones and book.zones[-1][0] > now else []
    if zone == (waiting[0][1] if waiting else present):
        return None
    if book.due:
        return "zone_fixed_while_pending"
    book.zones = book.zones[: len(book.zones) - len(waiting)]
    if zone != present:
        later = max(next_month(now, name) for name in (present, zone))
        book.zones.append((midnight(later, zone), zone))
    return None


def keep(book: Book) -> str | None:
    if not book.due:
        return "nothing_pending"
    book.due = None
    return None


def suspend(book: Book) -> None:
    book.status = Status.SUSPENDED


def resume(book: Book) -> str | None:
    if book.status is Status.ACTIVE:
        return "not_suspended"
    book.status = Status.ACTIVE
    return None


def shut(book: Book) -> None:
    book.status, book.ended, book.due = Status.CLOSED, book.due, None
    book.pool = Counter()
    for held in book.users.values():
        held.lose(held.copy())


def open_again(book: Book, now: datetime) -> str | None:
    if book.status is not Status.CLOSED:
        return "not_closed"
    book.status, book.due, book.ended = Status.ACTIVE, book.ended, None
    book.settle(now)
    return None


def first_of_next_month(now: datetime, zone: str) -> datetime:
    return midnight(next_month(now, zone), zone)


def next_month(now: datetime, zone: str) -> tuple[int, int]:
    """Year and month, by the calendar of the zone."""
    local = now.astimezone(ZoneInfo(zone))
    year, month = divmod(local.year * 12 + local.month, 12)
    return year, month + 1


def midnight(month: tuple[int, int], zone: str) -> datetime:
    """Good enough for these zones: no 1st of theirs begins at another time after 2025."""
    return datetime(*month, 1, tzinfo=ZoneInfo(zone)).astimezone(UTC)


class Machine(RuleBasedStateMachine):
    """Every rule moves the clock by what Hypothesis likes, then does one thing."""

    template: Path

    def __init__(self) -> None:
        super().__init__()
        self._place = TemporaryDirectory()
        folder = Path(shutil.copytree(self.template, Path(self._place.name) / "books"))
        self.world = World(folder)
        self.world.open()
        self.last = START
        self.books: dict[int, Book] = {}
        self.memos: list[Memo] = []

    @initialize(zones=st.lists(st.sampled_from(ZONES), min_size=1, max_size=2))
    def _accounts(self, zones: list[str]) -> None:
        for number, zone in enumerate(zones):
            account = self.world.account(f"Contoso{number}", *UPNS[:2], zone=zone)
            self.books[account] = Book(zone, users={upn: Held() for upn in UPNS[:2]})

    pauses = st.sampled_from(
        [timedelta()] * 6
        + [timedelta(days=days) for days in (-5, 9, 33, 100)]
        + [timedelta(hours=7), -timedelta(hours=1)]
    )
    which = st.integers(0, 1)
    upns = st.sampled_from(UPNS)
    products = st.sampled_from(PRODUCTS)
    counts = st.integers(0, 3)

    def _do(
        self,
        which: int,
        pause: timedelta,
        model: Callable[[Book], str | None],
        real: Callable[[int], Any],
        even: Status = Status.ACTIVE,
        inverse: Callable[[Book], Inverse] | None = None,
    ) -> None:
        """Let time pass, do a thing in an account, and see that it ends as the model says.

        `inverse` tells from the changed model how to take it back; the undo is kept for later.
        """
        self.world.clock.advance(pause)
        account = list(self.books)[which % len(self.books)]
        book = self.books[account]
        book.settle(self.now)
        expected, told, done = book.refuses(even) or model(book), None, None
        try:
            done = real(account)
        except UserError as error:
            told = error.code
        assert told == expected
        if done is not None and inverse and done.undo:
            self.memos.append(Memo(account, done.undo, book.switches, inverse(book)))
        self._note()

    @property
    def now(self) -> datetime:
        return max(self.world.clock.now(), self.last)

    def _note(self) -> None:
        """Remember the latest entry, from the file: reading settles nothing."""
        ((text,),) = self.world.stored("SELECT max(recorded_at) FROM audit_entry")
        assert datetime.fromisoformat(text) <= self.now
        self.last = datetime.fromisoformat(text)

    @rule(which=which, pause=pauses, upn=upns, product=products)
    def assign(self, which: int, pause: timedelta, upn: str, product: str) -> None:
        self._do(
            which,
            pause,
            lambda book: assign(book, upn, product),
            lambda account: self.world.assign(account, upn, product),
            inverse=lambda book: exchange([(book.users[upn], {product}, set())]),
        )

    @rule(which=which, pause=pauses, upn=upns, product=products)
    def unassign(self, which: int, pause: timedelta, upn: str, product: str) -> None:
        self._do(
            which,
            pause,
            lambda book: unassign(book, upn, product),
            lambda account: self.world.unassign(account, upn, product),
            Status.SUSPENDED,
            lambda book: exchange([(book.users[upn], set(), {product})]),
        )

    @rule(which=which, pause=pauses, product=products, count=counts)
    def buy(self, which: int, pause: timedelta, product: str, count: int) -> None:
        self._do(
            which,
            pause,
            lambda book: buy(book, product, count),
            lambda account: self.world.buy(account, count, product),
            inverse=lambda _book: lambda book, _now: give_back(book, product, count),
        )

    @rule(which=which, pause=pauses, product=products, count=counts)
    def give_back(self, which: int, pause: timedelta, product: str, count: int) -> None:
        self._do(
            which,
            pause,
            lambda book: give_back(book, product, count),
            lambda account: self.world.give_back(account, count, product),
            Status.SUSPENDED,
            lambda _book: lambda book, _now: buy(book, product, count),
        )

    @rule(which=which, pause=pauses, upn=upns)
    def add_user(self, which: int, pause: timedelta, upn: str) -> None:
        self._do(which, pause, lambda book: add_user(book, upn), lambda account: self.world.user(account, upn))

    @rule(which=which, pause=pauses, upn=upns)
    def remove_user(self, which: int, pause: timedelta, upn: str) -> None:
        self._do(
            which,
            pause,
            lambda book: remove_user(book, upn, self.now),
            lambda account: self.world.services.users.remove(self.world.by, account, upn),
            Status.SUSPENDED,
            lambda book: return_of(book.gone[-1]),
        )

    @rule(which=which, pause=pauses, upn=upns)
    def leave_and_release(self, which: int, pause: timedelta, upn: str) -> None:
        self._do(
            which,
            pause,
            lambda book: leave_and_release(book, upn, self.now),
            lambda account: self.world.services.users.remove(self.world.by, account, upn, release=True),
            Status.SUSPENDED,
            lambda book: return_with_seats(book.gone[-1]),
        )

    @rule(which=which, pause=pauses, upn=upns, product=products, to=upns)
    def hand_on(self, which: int, pause: timedelta, upn: str, product: str, to: str) -> None:
        users, by = self.world.services.users, self.world.by

        def real(account: int) -> Done[Departure]:
            ids = {row.upn: row.id for row in users.rows(by, account)}
            guids = {item.part_number: item.guid for item in self.world.services.licenses.products()}
            wish = SeatWish(guids[product], takers=(ids.get(to, 0),))
            return users.leave(by, account, [ids.get(upn, 0)], [wish])

        self._do(
            which,
            pause,
            lambda book: hand_on(book, upn, product, to, self.now),
            real,
            Status.SUSPENDED,
            lambda book: return_from(book.users[to], product, book.gone[-1]),
        )

    @rule(which=which, pause=pauses, upn=upns)
    def restore(self, which: int, pause: timedelta, upn: str) -> None:
        self._do(
            which,
            pause,
            lambda book: restore(book, upn, self.now),
            lambda account: self.world.services.users.restore(self.world.by, account, upn),
        )

    @rule(which=which, pause=pauses, upn=upns, to=upns)
    def rename(self, which: int, pause: timedelta, upn: str, to: str) -> None:
        users, by = self.world.services.users, self.world.by

        def real(account: int) -> None:
            row = next((row for row in users.rows(by, account) if row.upn == upn), None)
            known = users.show(by, account, row.id).fields if row else UserFields(upn, upn)
            users.edit(by, account, row.id if row else 0, replace(known, upn=to))

        self._do(which, pause, lambda book: rename(book, upn, to), real)

    @rule(which=which, pause=pauses, get=products, lose=products)
    def change_licenses(self, which: int, pause: timedelta, get: str, lose: str) -> None:
        """Of all users at once."""
        before: list[tuple[Held, set[str]]] = []

        def model(book: Book) -> str | None:
            before.extend((book.users[upn], set(book.users[upn])) for upn in sorted(book.users))
            return change_licenses(book, get, lose)

        def real(account: int) -> Done[LicensesChanged]:
            rows = sorted(self.world.services.users.rows(self.world.by, account), key=lambda row: row.upn)
            guids = {product.part_number: product.guid for product in self.world.services.licenses.products()}
            return self.world.services.licenses.change(
                self.world.by, account, [row.id for row in rows], assign=[guids[get]], remove=[guids[lose]]
            )

        def inverse(_book: Book) -> Inverse:
            return exchange([(held, held - was, was - held) for held, was in before if held != was])

        self._do(which, pause, model, real, inverse=inverse)

    @rule(pause=pauses, back=st.integers(1, 3))
    def undo(self, pause: timedelta, back: int) -> None:
        """Press one of the latest undos, be it for the second time."""
        if len(self.memos) < back:
            return
        memo = self.memos[-back]
        self._do(
            list(self.books).index(memo.account),
            pause,
            lambda book: memo.apply(book, self.now),
            lambda _account: self.world.services.licenses.undo(self.world.by, memo.undo),
            Status.SUSPENDED,
        )

    @rule(which=which, pause=pauses, to=st.sampled_from(Mode))
    def change(self, which: int, pause: timedelta, to: Mode) -> None:
        even = Status.SUSPENDED if to is Mode.USAGE else Status.ACTIVE
        self._do(
            which, pause, lambda book: change(book, to, self.now), lambda account: self.world.change(account, to), even
        )

    @rule(which=which, pause=pauses)
    def buy_and_request(self, which: int, pause: timedelta) -> None:
        """What seldom comes together by chance: a pool with idle seats that is to end."""
        self.change(which, pause, Mode.PURCHASE)
        self.buy(which, timedelta(), PREMIUM, 3)
        self.change(which, timedelta(), Mode.USAGE)

    @rule(which=which, pause=pauses)
    def keep(self, which: int, pause: timedelta) -> None:
        self._do(which, pause, keep, self.world.keep, Status.SUSPENDED)

    @rule(which=which, pause=pauses, zone=st.sampled_from(ZONES))
    def move(self, which: int, pause: timedelta, zone: str) -> None:
        self._do(
            which,
            pause,
            lambda book: move(book, zone, self.now),
            lambda account: self.world.services.accounts.edit(self.world.by, account, time_zone=zone),
        )

    @rule(which=which, pause=pauses)
    def suspend(self, which: int, pause: timedelta) -> None:
        self._do(which, pause, suspend, self.world.suspend)

    @rule(which=which, pause=pauses)
    def resume(self, which: int, pause: timedelta) -> None:
        self._do(which, pause, resume, self.world.resume, Status.SUSPENDED)

    @rule(which=which, pause=pauses)
    def shut(self, which: int, pause: timedelta) -> None:
        self._do(which, pause, shut, self.world.shut, Status.SUSPENDED)

    @rule(which=which, pause=pauses)
    def open_again(self, which: int, pause: timedelta) -> None:
        self._do(which, pause, lambda book: open_again(book, self.now), self.world.open_again, Status.CLOSED)

    @rule(which=which, pause=pauses)
    def shut_and_open_again(self, which: int, pause: timedelta) -> None:
        """What would otherwise leave most accounts closed."""
        self.shut(which, timedelta())
        self.open_again(which, pause)

    @rule(pause=pauses)
    def apply_due(self, pause: timedelta) -> None:
        self.world.clock.advance(pause)
        due = {account for account, book in self.books.items() if book.due and book.due <= self.now}
        leapt = self.world.clock.now() > self.last + LEAP
        report = self.world.services.modes.apply_due()
        assert {settled.account_id for settled in report.applied} == due
        assert bool(report.warning and report.warning.code == "clock_leapt") == leapt
        for book in self.books.values():
            book.settle(self.now)
        waiting = [book.due for book in self.books.values() if book.due]
        assert (report.pending, report.next_due_at) == (len(waiting), min(waiting, default=None))
        self._note()

    @rule()
    def reopen(self) -> None:
        self.world.reopen()

    @invariant()
    def the_books_agree_with_the_model(self) -> None:
        for account, book in self.books.items():
            rows = dict(self._stored(account, "product.part_number, subscription.seats, subscription.assigned"))
            assert rows == {product: book.counts(product) for product in PRODUCTS if sum(book.counts(product))}
            stored = self.world.stored("SELECT mode, status FROM account WHERE id = ?", account)
            assert stored == [(book.mode, book.status)]
            with self.world.store.read():
                assert accounts.listed(self.now, account)[0].time_zone == book.zone_at(self.now)
            waiting = "SELECT due_at FROM mode_switch WHERE state = 'pending' AND account_id = ?"
            pending = [datetime.fromisoformat(due) for (due,) in self.world.stored(waiting, account)]
            assert pending == ([book.due] if book.due else [])

    @invariant()
    def who_holds_what_agrees_with_the_model(self) -> None:
        held = self.world.stored(
            "SELECT user.account_id, user.upn, product.part_number FROM assignment"
            " JOIN user ON user.id = user_id JOIN product ON product.id = product_id"
        )
        assert sorted(held) == sorted(
            (account, upn, product)
            for account, book in self.books.items()
            for upn, products in book.users.items()
            for product in products
        )

    @invariant()
    def check_finds_nothing(self) -> None:
        assert self.world.problems() == []

    def _stored(self, account: int, columns: str) -> list[tuple[str, Counts]]:
        rows = self.world.stored(
            f"SELECT {columns} FROM subscription JOIN product ON product.id = product_id"
            " WHERE account_id = ? AND seats > 0",
            account,
        )
        return [(row[0], Counts(*row[1:])) for row in rows]

    def teardown(self) -> None:
        self.world.close()
        self._place.cleanup()


@pytest.mark.timeout(1800 if THOROUGH else 120)
def test_the_services_obey_the_model(template: Path) -> None:
    Machine.template = template
    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=400 if THOROUGH else 12,
            stateful_step_count=60 if THOROUGH else 25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
