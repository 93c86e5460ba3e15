"""Whatever administrators do in whatever order, the database agrees with a small model of the rules.

A few examples by default; CPDESK_THOROUGH in the environment makes it many.
"""

import os
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
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
from cpdesk.domain.modes import Mode
from tests.support.world import E3, PREMIUM, START, STORAGE, Counts, World

THOROUGH = "CPDESK_THOROUGH" in os.environ
ZONES = ("America/New_York", "Etc/GMT+12", "Pacific/Kiritimati", "America/Havana")
PRODUCTS = (PREMIUM, E3, STORAGE)
UPNS = ("ada@contoso.example", "bob@contoso.example", "cy@contoso.example")
LEAP = timedelta(days=35)


@dataclass
class Book:
    """What the model knows of an account."""

    zone: str
    mode: Mode = Mode.USAGE
    due: datetime | None = None
    users: dict[str, set[str]] = field(default_factory=dict)
    pool: Counter[str] = field(default_factory=Counter)
    """Seats that nobody holds."""

    def assigned(self, product: str) -> int:
        return sum(product in held for held in self.users.values())

    def counts(self, product: str) -> Counts:
        return Counts(self.assigned(product) + self.pool[product], self.assigned(product))

    def settle(self, now: datetime) -> None:
        if self.due and self.due <= now:
            self.mode, self.due, self.pool = Mode.USAGE, None, Counter()


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
    book.users[upn].add(product)
    return None


def unassign(book: Book, upn: str, product: str) -> str | None:
    if upn not in book.users:
        return "unknown_user"
    if product not in book.users[upn]:
        return "not_assigned"
    book.users[upn].remove(product)
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
    book.users[upn] = set()
    return None


def remove_user(book: Book, upn: str) -> str | None:
    if upn not in book.users:
        return "unknown_user"
    for product in book.users.pop(upn):
        book.pool[product] += book.mode is Mode.PURCHASE
    return None


def change(book: Book, to: Mode, now: datetime) -> str | None:
    if book.mode is to:
        return "already_in_mode"
    if book.due:
        return "switch_pending"
    if to is Mode.PURCHASE:
        book.mode = to
    else:
        book.due = first_of_next_month(now, book.zone)
    return None


def keep(book: Book) -> str | None:
    if not book.due:
        return "nothing_pending"
    book.due = None
    return None


def first_of_next_month(now: datetime, zone: str) -> datetime:
    """Midnight is good enough for these zones: no 1st of theirs begins at another time after 2025."""
    local = now.astimezone(ZoneInfo(zone))
    year, month = divmod(local.year * 12 + local.month, 12)
    return datetime(year, month + 1, 1, tzinfo=ZoneInfo(zone)).astimezone(UTC)


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

    @initialize(zones=st.lists(st.sampled_from(ZONES), min_size=1, max_size=2))
    def _accounts(self, zones: list[str]) -> None:
        for number, zone in enumerate(zones):
            account = self.world.account(f"Contoso{number}", *UPNS[:2], zone=zone)
            self.books[account] = Book(zone, users={upn: set() for upn in UPNS[:2]})

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
        self, which: int, pause: timedelta, model: Callable[[Book], str | None], real: Callable[[int], Any]
    ) -> None:
        """Let time pass, do a thing in an account, and see that it ends as the model says."""
        self.world.clock.advance(pause)
        account = list(self.books)[which % len(self.books)]
        self.books[account].settle(self.now)
        expected, told = model(self.books[account]), None
        try:
            real(account)
        except UserError as error:
            told = error.code
        assert told == expected
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
        )

    @rule(which=which, pause=pauses, upn=upns, product=products)
    def unassign(self, which: int, pause: timedelta, upn: str, product: str) -> None:
        self._do(
            which,
            pause,
            lambda book: unassign(book, upn, product),
            lambda account: self.world.unassign(account, upn, product),
        )

    @rule(which=which, pause=pauses, product=products, count=counts)
    def buy(self, which: int, pause: timedelta, product: str, count: int) -> None:
        self._do(
            which,
            pause,
            lambda book: buy(book, product, count),
            lambda account: self.world.buy(account, count, product),
        )

    @rule(which=which, pause=pauses, product=products, count=counts)
    def give_back(self, which: int, pause: timedelta, product: str, count: int) -> None:
        self._do(
            which,
            pause,
            lambda book: give_back(book, product, count),
            lambda account: self.world.give_back(account, count, product),
        )

    @rule(which=which, pause=pauses, upn=upns)
    def add_user(self, which: int, pause: timedelta, upn: str) -> None:
        self._do(which, pause, lambda book: add_user(book, upn), lambda account: self.world.user(account, upn))

    @rule(which=which, pause=pauses, upn=upns)
    def remove_user(self, which: int, pause: timedelta, upn: str) -> None:
        self._do(
            which,
            pause,
            lambda book: remove_user(book, upn),
            lambda account: self.world.services.users.remove(self.world.by, account, upn),
        )

    @rule(which=which, pause=pauses, to=st.sampled_from(Mode))
    def change(self, which: int, pause: timedelta, to: Mode) -> None:
        self._do(which, pause, lambda book: change(book, to, self.now), lambda account: self.world.change(account, to))

    @rule(which=which, pause=pauses)
    def buy_and_request(self, which: int, pause: timedelta) -> None:
        """What seldom comes together by chance: a pool with idle seats that is to end."""
        self.change(which, pause, Mode.PURCHASE)
        self.buy(which, timedelta(), PREMIUM, 3)
        self.change(which, timedelta(), Mode.USAGE)

    @rule(which=which, pause=pauses)
    def keep(self, which: int, pause: timedelta) -> None:
        self._do(which, pause, keep, self.world.keep)

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
            ((mode,),) = self.world.stored("SELECT mode FROM account WHERE id = ?", account)
            assert mode == book.mode
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
