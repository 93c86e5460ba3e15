"""Whatever administrators do in whatever order, the database agrees with a small model of the rules.

A few examples by default, the same ones each time; CPDESK_THOROUGH in the environment makes it many, at random.
"""

import csv
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
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
from cpdesk.domain.bulk.file import BulkChange
from cpdesk.domain.leaving import Departure, SeatWish
from cpdesk.domain.license_plan import LicensesChanged
from cpdesk.domain.modes import Mode
from cpdesk.domain.people import UserFields
from cpdesk.domain.planned import Farewell
from cpdesk.domain.rows import Done
from cpdesk.store import accounts
from tests.support import model
from tests.support.model import Book, Held, Inverse, Memo
from tests.support.thorough import THOROUGH
from tests.support.world import E3, PREMIUM, START, STORAGE, Counts, World

ZONES = ("America/New_York", "Etc/GMT+12", "Pacific/Kiritimati", "America/Havana")
PRODUCTS = (PREMIUM, E3, STORAGE)
NAMES = {PREMIUM: "Microsoft 365 Business Premium", E3: "Office 365 E3"}
"""What exports call them."""
UPNS = ("ada@contoso.example", "bob@contoso.example", "cy@contoso.example")
LEAP = timedelta(days=35)


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
    days = st.sampled_from([0, 1, 1, 8, 40])

    def _do(
        self,
        which: int,
        pause: timedelta,
        expect: Callable[[Book], str | None],
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
        expected, told, done = book.refuses(even) or expect(book), None, None
        try:
            done = real(account)
        except UserError as error:
            told = error.code
        assert told == expected
        if done is not None and inverse and done.undo:
            gone = book.gone[-1] if any(step.restores for step in done.undo.reversals) else None
            self.memos.append(Memo(account, done.undo, book.switches, inverse(book), gone))
        self._note()

    def _ids(self, account: int) -> dict[str, int]:
        """The active users of an account; the file is read past the services, since reading settles."""
        found = self.world.stored("SELECT upn, id FROM user WHERE account_id = ? AND deleted_at IS NULL", account)
        return dict(found)

    def _guid(self, product: str) -> str:
        ((guid,),) = self.world.stored("SELECT guid FROM product WHERE part_number = ?", product)
        return str(guid)

    def _written(self, header: list[str], rows: Sequence[tuple[str, ...]]) -> Path:
        path = Path(self._place.name) / "file.csv"
        with path.open("w", newline="", encoding="utf-8") as out:
            csv.writer(out).writerows([header, *rows])
        return path

    def _day(self, account: int, days: int) -> date:
        zone = ZoneInfo(self.books[account].zone_at(self.now))
        return self.now.astimezone(zone).date() + timedelta(days=days)

    def _due(self, book: Book, days: int) -> datetime | None:
        return model.days_later(self.now, book.zone_at(self.now), days)

    def _exchanged(self, before: list[tuple[Held, set[str]]]) -> Inverse:
        """How to take back what became of these since."""
        return model.exchange([(held, held - was, was - held) for held, was in before if held != was])

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
            lambda book: model.assign(book, upn, product),
            lambda account: self.world.assign(account, upn, product),
            inverse=lambda book: model.exchange([(book.users[upn], {product}, set())]),
        )

    @rule(which=which, pause=pauses, upn=upns, product=products)
    def unassign(self, which: int, pause: timedelta, upn: str, product: str) -> None:
        self._do(
            which,
            pause,
            lambda book: model.unassign(book, upn, product),
            lambda account: self.world.unassign(account, upn, product),
            Status.SUSPENDED,
            lambda book: model.exchange([(book.users[upn], set(), {product})]),
        )

    @rule(which=which, pause=pauses, product=products, count=counts)
    def buy(self, which: int, pause: timedelta, product: str, count: int) -> None:
        self._do(
            which,
            pause,
            lambda book: model.buy(book, product, count),
            lambda account: self.world.buy(account, count, product),
            inverse=lambda _book: lambda book, _now: model.give_back(book, product, count),
        )

    @rule(which=which, pause=pauses, product=products, count=counts)
    def give_back(self, which: int, pause: timedelta, product: str, count: int) -> None:
        self._do(
            which,
            pause,
            lambda book: model.give_back(book, product, count),
            lambda account: self.world.give_back(account, count, product),
            Status.SUSPENDED,
            lambda _book: lambda book, _now: model.buy(book, product, count),
        )

    @rule(which=which, pause=pauses, upn=upns)
    def add_user(self, which: int, pause: timedelta, upn: str) -> None:
        self._do(which, pause, lambda book: model.add_user(book, upn), lambda account: self.world.user(account, upn))

    @rule(which=which, pause=pauses, upn=upns)
    def remove_user(self, which: int, pause: timedelta, upn: str) -> None:
        self._do(
            which,
            pause,
            lambda book: model.remove_user(book, upn, self.now),
            lambda account: self.world.services.users.remove(self.world.by, account, upn),
            Status.SUSPENDED,
            lambda book: model.return_of(book.gone[-1]),
        )

    @rule(which=which, pause=pauses, upn=upns)
    def leave_and_release(self, which: int, pause: timedelta, upn: str) -> None:
        self._do(
            which,
            pause,
            lambda book: model.leave_and_release(book, upn, self.now),
            lambda account: self.world.services.users.remove(self.world.by, account, upn, release=True),
            Status.SUSPENDED,
            lambda book: model.return_with_seats(book.gone[-1]),
        )

    @rule(which=which, pause=pauses, upn=upns, product=products, to=upns)
    def hand_on(self, which: int, pause: timedelta, upn: str, product: str, to: str) -> None:
        users, by = self.world.services.users, self.world.by

        def real(account: int) -> Done[Departure]:
            ids = self._ids(account)
            wish = SeatWish(self._guid(product), takers=(ids.get(to, 0),))
            return users.leave(by, account, [ids.get(upn, 0)], [wish])

        self._do(
            which,
            pause,
            lambda book: model.hand_on(book, upn, product, to, self.now),
            real,
            Status.SUSPENDED,
            lambda book: model.return_from(book.users[to], product, book.gone[-1]),
        )

    @rule(which=which, pause=pauses, upn=upns)
    def restore(self, which: int, pause: timedelta, upn: str) -> None:
        self._do(
            which,
            pause,
            lambda book: model.restore(book, upn, self.now),
            lambda account: self.world.services.users.restore(self.world.by, account, upn),
        )

    @rule(which=which, pause=pauses, upn=upns, to=upns)
    def rename(self, which: int, pause: timedelta, upn: str, to: str) -> None:
        users, by = self.world.services.users, self.world.by

        def real(account: int) -> None:
            row = next((row for row in users.rows(by, account) if row.upn == upn), None)
            known = users.show(by, account, row.id).fields if row else UserFields(upn, upn)
            users.edit(by, account, row.id if row else 0, replace(known, upn=to))

        self._do(which, pause, lambda book: model.rename(book, upn, to), real)

    @rule(which=which, pause=pauses, get=products, lose=products, replacing=st.booleans(), as_far=st.booleans())
    def change_licenses(
        self, which: int, pause: timedelta, get: str, lose: str, *, replacing: bool, as_far: bool
    ) -> None:
        """Of all users at once."""
        before: list[tuple[Held, set[str]]] = []

        def expect(book: Book) -> str | None:
            before.extend((book.users[upn], set(book.users[upn])) for upn in sorted(book.users))
            return model.change_licenses(book, get, lose, replacing=replacing, as_far=as_far)

        def real(account: int) -> Done[LicensesChanged]:
            ids = self._ids(account)
            comes, goes = self._guid(get), self._guid(lose)
            wish: dict[str, Any] = {"assign": [comes], "remove": [goes]}
            if replacing:
                wish = {"replace": {goes: comes}}
            return self.world.services.licenses.change(
                self.world.by, account, [ids[upn] for upn in sorted(ids)], as_far_as_seats_go=as_far, **wish
            )

        self._do(which, pause, expect, real, inverse=lambda _book: self._exchanged(before))

    @rule(
        which=which, pause=pauses, rows=st.lists(st.tuples(upns, products), min_size=1, max_size=4), gives=st.booleans()
    )
    def by_file(self, which: int, pause: timedelta, rows: list[tuple[str, str]], *, gives: bool) -> None:
        before: list[tuple[Held, set[str]]] = []

        def expect(book: Book) -> str | None:
            before.extend((book.users[upn], set(book.users[upn])) for upn in dict(rows) if upn in book.users)
            return model.by_file(book, rows, gives=gives)

        bulk, path = self.world.services.bulk, self._written(["UserPrincipalName", "SkuPartNumber"], rows)
        file = bulk.read(path, BulkChange.ASSIGN if gives else BulkChange.UNASSIGN)
        self._do(
            which,
            pause,
            expect,
            lambda account: bulk.run(self.world.by, account, file),
            Status.ACTIVE if gives else Status.SUSPENDED,
            lambda _book: self._exchanged(before),
        )

    @rule(
        which=which,
        pause=pauses,
        rows=st.dictionaries(upns, st.sets(st.sampled_from(sorted(NAMES))), min_size=1),
        buys=st.booleans(),
    )
    def import_users(self, which: int, pause: timedelta, rows: dict[str, set[str]], *, buys: bool) -> None:
        lines = [(upn, upn, "+".join(NAMES[product] for product in sorted(held))) for upn, held in rows.items()]
        path = self._written(["Display name", "User principal name", "Licenses"], lines)
        self._do(
            which,
            pause,
            lambda book: model.import_users(book, rows, buys=buys),
            lambda account: self.world.services.imports.run(self.world.by, account, path, add_seats=buys),
        )

    @rule(which=which, pause=pauses, days=days, upn=upns, product=products, buys=st.booleans())
    def plan_joiner(self, which: int, pause: timedelta, days: int, upn: str, product: str, *, buys: bool) -> None:
        self._do(
            which,
            pause,
            lambda book: model.plan_joiner(book, upn, product, self._due(book, days), buys=buys),
            lambda account: self.world.services.planning.join(
                self.world.by,
                account,
                self._day(account, days),
                UserFields(upn, upn),
                licenses=[product],
                add_seats=buys,
            ),
        )

    @rule(which=which, pause=pauses, days=days, upn=upns, deletes=st.booleans())
    def plan_leaver(self, which: int, pause: timedelta, days: int, upn: str, *, deletes: bool) -> None:
        farewell = Farewell.DELETE if deletes else Farewell.LICENSES
        self._do(
            which,
            pause,
            lambda book: model.plan_leaver(book, upn, self._due(book, days), deletes=deletes),
            lambda account: self.world.services.planning.leave(
                self.world.by,
                account,
                self._day(account, days),
                [self._ids(account).get(upn, 0)],
                farewell=farewell,
            ),
            Status.SUSPENDED,
        )

    @rule(which=which, pause=pauses, days=days, product=products, count=counts)
    def plan_reduction(self, which: int, pause: timedelta, days: int, product: str, count: int) -> None:
        self._do(
            which,
            pause,
            lambda book: model.plan_reduction(book, product, count, self._due(book, days)),
            lambda account: self.world.services.planning.reduce(
                self.world.by, account, self._day(account, days), product, count
            ),
            Status.SUSPENDED,
        )

    @rule(which=which, pause=pauses, number=st.integers(1, 4))
    def withdraw(self, which: int, pause: timedelta, number: int) -> None:
        self._do(
            which,
            pause,
            lambda book: model.withdraw(book, number),
            lambda account: self.world.services.planning.withdraw(self.world.by, account, number),
            Status.SUSPENDED,
        )

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
            which,
            pause,
            lambda book: model.change(book, to, self.now),
            lambda account: self.world.change(account, to),
            even,
        )

    @rule(which=which, pause=pauses)
    def buy_and_request(self, which: int, pause: timedelta) -> None:
        """What seldom comes together by chance: a pool with idle seats that is to end."""
        self.change(which, pause, Mode.PURCHASE)
        self.buy(which, timedelta(), PREMIUM, 3)
        self.change(which, timedelta(), Mode.USAGE)

    @rule(which=which, pause=pauses)
    def keep(self, which: int, pause: timedelta) -> None:
        self._do(which, pause, model.keep, self.world.keep, Status.SUSPENDED)

    @rule(which=which, pause=pauses, zone=st.sampled_from(ZONES))
    def move(self, which: int, pause: timedelta, zone: str) -> None:
        self._do(
            which,
            pause,
            lambda book: model.move(book, zone, self.now),
            lambda account: self.world.services.accounts.edit(self.world.by, account, time_zone=zone),
        )

    @rule(which=which, pause=pauses)
    def suspend(self, which: int, pause: timedelta) -> None:
        self._do(which, pause, model.suspend, self.world.suspend)

    @rule(which=which, pause=pauses)
    def resume(self, which: int, pause: timedelta) -> None:
        self._do(which, pause, model.resume, self.world.resume, Status.SUSPENDED)

    @rule(which=which, pause=pauses)
    def shut(self, which: int, pause: timedelta) -> None:
        self._do(which, pause, model.shut, self.world.shut, Status.SUSPENDED)

    @rule(which=which, pause=pauses)
    def open_again(self, which: int, pause: timedelta) -> None:
        self._do(which, pause, lambda book: model.open_again(book, self.now), self.world.open_again, Status.CLOSED)

    @rule(which=which, pause=pauses)
    def shut_and_open_again(self, which: int, pause: timedelta) -> None:
        """What would otherwise leave most accounts closed."""
        self.shut(which, timedelta())
        self.open_again(which, pause)

    @rule(pause=pauses)
    def apply_due(self, pause: timedelta) -> None:
        self.world.clock.advance(pause)
        due = {account for account, book in self.books.items() if book.due and book.due <= self.now}
        planned = [plan for book in self.books.values() for plan in book.waiting()]
        leapt = self.world.clock.now() > self.last + LEAP
        report = self.world.services.modes.apply_due()
        assert {settled.account_id for settled in report.applied} == due
        assert bool(report.warning and report.warning.code == "clock_leapt") == leapt
        for book in self.books.values():
            book.settle(self.now)
        waiting = [book.due for book in self.books.values() if book.due]
        assert (report.pending, report.next_due_at) == (len(waiting), min(waiting, default=None))
        ended = [plan for plan in planned if plan.state != "planned"]
        assert sorted(str(one.state) for one in report.carried_out) == sorted(plan.state for plan in ended)
        left = [plan.due for plan in planned if plan.state == "planned"]
        assert (report.planned, report.next_planned_at) == (len(left), min(left, default=None))
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
    def what_is_planned_agrees_with_the_model(self) -> None:
        for account, book in self.books.items():
            stored = self.world.stored(
                "SELECT number, state, due_at FROM planned_change WHERE account_id = ? ORDER BY number", account
            )
            planned = [(number, state, datetime.fromisoformat(due)) for number, state, due in stored]
            assert planned == [(plan.number, plan.state, plan.due) for plan in book.plans]

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


@pytest.mark.long
@pytest.mark.timeout(1800 if THOROUGH else 300)
def test_the_services_obey_the_model(template: Path) -> None:
    Machine.template = template
    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=400 if THOROUGH else 12,
            stateful_step_count=60 if THOROUGH else 25,
            derandomize=not THOROUGH,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
