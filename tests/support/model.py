"""A small model of what administrators do with seats, users, modes and plans, written from the rules alone.

Functions named after use cases return the code of the refusal, or None after the change was made; they ask in the
order in which the program does.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from cpdesk.domain.accounts import Status
from cpdesk.domain.modes import Mode
from cpdesk.domain.undo import Undo
from tests.support.world import STORAGE, Counts


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
    plans: list["Plan"] = field(default_factory=list)
    """Every planned change, in the order of planning."""

    def zone_at(self, now: datetime) -> str:
        return next((zone for begins, zone in reversed(self.zones) if begins <= now), self.zone)

    def assigned(self, product: str) -> int:
        return sum(product in held for held in self.users.values())

    def counts(self, product: str) -> Counts:
        return Counts(self.assigned(product) + self.pool[product], self.assigned(product))

    def settle(self, now: datetime) -> None:
        """Do what is due: the switch first, then the planned changes, by the rules of now."""
        if self.due and self.due <= now:
            self.mode, self.due, self.pool = Mode.USAGE, None, Counter()
            self.switches += 1
        for plan in sorted(self.waiting(), key=lambda plan: plan.order):
            if plan.due <= now:
                plan.state = plan.carry_out(self, now)

    def waiting(self) -> list["Plan"]:
        return [plan for plan in self.plans if plan.state == "planned"]

    def upn_of(self, held: Held) -> str | None:
        """What the user is called now who holds these; None for one who is gone."""
        return next((upn for upn, known in self.users.items() if known is held), None)

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


@dataclass
class Plan:
    """A planned change."""

    due: datetime
    number: int
    """Within the account, from 1."""
    state: str = "planned"
    rank = 0
    """Of equal due instants the lower one is first."""

    @property
    def order(self) -> tuple[datetime, int, int]:
        return self.due, self.rank, self.number

    def carry_out(self, book: Book, now: datetime) -> str:
        """Do what can be done; returns what came of it."""
        raise NotImplementedError


@dataclass
class Leaver(Plan):
    held: Held = field(default_factory=Held)
    """Of the user, who may be renamed meanwhile."""
    deletes: bool = True

    def carry_out(self, book: Book, now: datetime) -> str:
        upn = book.upn_of(self.held)
        if upn is None:
            return "skipped"
        if self.deletes:
            remove_user(book, upn, now)
            return "done"
        if not self.held:
            return "skipped"
        book.pool.update(self.held if book.mode is Mode.PURCHASE else ())
        self.held.lose(self.held.copy())
        return "done"


@dataclass
class Joiner(Plan):
    upn: str = ""
    product: str = ""
    buys: bool = False
    rank = 1

    def carry_out(self, book: Book, now: datetime) -> str:  # noqa: ARG002 - as the others
        if book.status is not Status.ACTIVE or add_user(book, self.upn):
            return "skipped"
        if book.mode is Mode.PURCHASE and not book.pool[self.product] and self.buys:
            book.pool[self.product] += 1
        return "partly" if assign(book, self.upn, self.product) else "done"


@dataclass
class Reduction(Plan):
    product: str = ""
    count: int = 0
    rank = 2

    def carry_out(self, book: Book, now: datetime) -> str:  # noqa: ARG002 - as the others
        count = min(self.count, book.pool[self.product])
        if give_back(book, self.product, count):
            return "skipped"
        return "done" if count == self.count else "partly"


Inverse = Callable[[Book, datetime], str | None]
"""Takes something back at a time: the refusal, or None after it was done."""


@dataclass
class Memo:
    """An undo that somebody may still press."""

    account: int
    undo: Undo
    switches: int
    inverse: Inverse
    gone: Gone | None
    """Whom it brings back."""
    used: bool = False

    def apply(self, book: Book, now: datetime) -> str | None:
        if book.switches != self.switches:
            return "undo_ended"
        if self.used or (self.gone and self.gone not in book.gone):
            return "undone_already"
        grows = any(step.adds for step in self.undo.reversals)
        told = (book.refuses(Status.ACTIVE) if grows else None) or self.inverse(book, now)
        self.used = told is None
        return told


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


def change_licenses(book: Book, get: str, lose: str, *, replacing: bool, as_far: bool) -> str | None:
    """Of all users, in the order of their names. `replacing`: who holds the one gets the other in its place."""
    if get == STORAGE:
        return "tenant_needs_purchase_mode" if book.mode is Mode.USAGE else "not_assignable"
    if get == lose:
        return "assign_and_remove"
    users = [book.users[upn] for upn in sorted(book.users)]
    gaining = [held for held in users if get not in held and (lose in held or not replacing)]
    seats = book.pool[get] if book.mode is Mode.PURCHASE else len(gaining)
    lucky = gaining[:seats]
    kept = gaining[seats:] if replacing else []
    losing = [held for held in users if lose in held and not any(held is other for other in kept)]
    if len(lucky) < len(gaining) and not (as_far and (lucky or losing)):
        return "no_seats_available"
    for held in losing:
        book.pool[lose] += book.mode is Mode.PURCHASE
        held.lose({lose})
    for held in lucky:
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
    """The inverse of a deletion."""
    return lambda book, now: bring_back(book, gone, now, "no_seats_available")


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
        told = "restore_too_late" if now - gone.at > timedelta(days=30) else None
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


def by_file(book: Book, rows: list[tuple[str, str]], *, gives: bool) -> str | None:
    """A file of users and products, all of it or nothing; what is so already is no fault."""
    if any(upn not in book.users or product == STORAGE for upn, product in rows):
        return "file_has_problems"
    moves = {(upn, product) for upn, product in rows if (product in book.users[upn]) is not gives}
    if gives and book.mode is Mode.PURCHASE:
        wanted = Counter(product for _upn, product in moves)
        if any(count > book.pool[product] for product, count in wanted.items()):
            return "file_lacks_seats"
    for upn, product in moves:
        (assign if gives else unassign)(book, upn, product)
    return None


def import_users(book: Book, rows: dict[str, set[str]], *, buys: bool) -> str | None:
    """An export of users, whose licenses are the whole truth for those in it; netted before seats are looked for."""
    net = Counter[str]()
    for upn, wanted in rows.items():
        held = book.users.get(upn, Held())
        net.update(wanted - held)
        net.subtract(held - wanted)
    if book.mode is Mode.PURCHASE:
        missing = {product: count - book.pool[product] for product, count in net.items() if count > book.pool[product]}
        if missing and not buys:
            return "import_lacks_seats"
        book.pool.update(missing)
        book.pool.subtract(net)
    for upn, wanted in rows.items():
        held = book.users.setdefault(upn, Held())
        held.lose(held - wanted)
        held.gain(wanted)
    return None


def plan_joiner(book: Book, upn: str, product: str, due: datetime | None, *, buys: bool) -> str | None:
    if due is None:
        return "plan_not_later"
    if upn in book.users:
        return "upn_taken"
    if any(isinstance(plan, Joiner) and plan.upn == upn for plan in book.waiting()):
        return "plan_joins_already"
    if product == STORAGE:
        return "tenant_needs_purchase_mode" if book.mode is Mode.USAGE else "not_assignable"
    book.plans.append(Joiner(due, len(book.plans) + 1, upn=upn, product=product, buys=buys))
    return None


def plan_leaver(book: Book, upn: str, due: datetime | None, *, deletes: bool) -> str | None:
    if due is None:
        return "plan_not_later"
    if upn not in book.users:
        return "unknown_user"
    held = book.users[upn]
    if any(isinstance(plan, Leaver) and plan.held is held for plan in book.waiting()):
        return "plan_leaves_already"
    book.plans.append(Leaver(due, len(book.plans) + 1, held=held, deletes=deletes))
    return None


def plan_reduction(book: Book, product: str, count: int, due: datetime | None) -> str | None:
    if due is None:
        return "plan_not_later"
    if book.mode is Mode.USAGE:
        return "tenant_needs_purchase_mode" if product == STORAGE else "seats_follow_assignments"
    if count < 1:
        return "bad_count"
    if count > book.counts(product).seats:
        return "plan_more_than_seats"
    book.plans.append(Reduction(due, len(book.plans) + 1, product=product, count=count))
    return None


def withdraw(book: Book, number: int) -> str | None:
    if not 0 < number <= len(book.plans):
        return "unknown_plan"
    plan = book.plans[number - 1]
    if plan.state != "planned":
        return "plan_not_waiting"
    plan.state = "withdrawn"
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
    for plan in book.waiting():
        plan.state = "closed"


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


def days_later(now: datetime, zone: str, days: int) -> datetime | None:
    """When the day begins that is so many days after today by the calendar of the zone; None for today and before."""
    day = now.astimezone(ZoneInfo(zone)).date() + timedelta(days=days)
    # Where clocks leap over midnight, the hour before it is the instant of the leap; where it comes twice, the first.
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)).astimezone(UTC) if days > 0 else None


def midnight(month: tuple[int, int], zone: str) -> datetime:
    """Good enough for these zones: no 1st of theirs begins at another time after 2025."""
    return datetime(*month, 1, tzinfo=ZoneInfo(zone)).astimezone(UTC)
