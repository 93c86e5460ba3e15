"""Statements of accounts that live through the services, against a slow count that knows nothing but the rules."""

from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

import pytest

from cpdesk.base.errors import UserError
from cpdesk.domain.accounts import Status
from cpdesk.domain.billing import Statement
from cpdesk.domain.modes import Mode
from cpdesk.domain.rows import AccountRow
from cpdesk.domain.statements import Proration
from tests.support.lives import LONG_AGO, month_after
from tests.support.slow_statement import DAY, Life, Line, Moved, Priced, PriceList, date_in, statement
from tests.support.world import E3, PREMIUM, START, STORAGE, World

STEPS = 120
ZONES = ("America/New_York", "Europe/Berlin", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Beirut", "UTC")
USERS = tuple(f"user{number}@contoso.example" for number in range(4))
PRODUCTS = (PREMIUM, E3)


@dataclass
class Tenant:
    """What the rules say that the account holds, kept beside the program."""

    mode: Mode = Mode.USAGE
    seats: dict[str, int] = field(default_factory=lambda: {PREMIUM: 0, E3: 0, STORAGE: 0})
    holders: dict[str, set[str]] = field(default_factory=lambda: {PREMIUM: set(), E3: set(), STORAGE: set()})
    due: datetime | None = None
    """Of the pending switch."""
    ended: datetime | None = None
    """When the switch was due that ended with closing the account."""


class Driver:
    """Does what an administrator might do, and notes what follows by the rules."""

    def __init__(self, world: World, dice: Random) -> None:
        self.world, self.dice, self.tenant = world, dice, Tenant()
        zone = dice.choice(ZONES)
        self.account = world.account("Contoso", *USERS, zone=zone)
        self.ids = {row[0]: row[1] for row in world.stored("SELECT part_number, id FROM product")}
        self.lists: dict[int, PriceList] = {}
        for row in world.services.prices.schedules(world.by):
            self.lists[row.id] = PriceList(row.currency, self._rows(row.id), [(LONG_AGO, False)])
        default = next(iter(self.lists.values()))
        self.life = Life("USD", 2, [(LONG_AGO, zone)], default=[(LONG_AGO, default)])

    def _rows(self, schedule: int) -> list[Priced]:
        rows = self.world.services.prices.rows(self.world.by, schedule, history=True)
        return [
            Priced(row.part_number, row.effective_on, row.usage_price, row.purchase_price, START)
            for row in rows
            if row.part_number in self.tenant.seats
        ]

    def step(self) -> None:
        """Let some time pass, and try something; what is refused changes nothing."""
        hours = self.dice.choice((0, 0, 1, 5, 24, 24 * self.dice.randint(1, 12)))
        self.world.clock.advance(timedelta(hours=hours, minutes=self.dice.randint(0, 59)))
        action = self.dice.choice(self.actions())
        try:
            self.settle()
            action()
        except UserError:
            pass

    def actions(self) -> Sequence[Callable[[], None]]:
        """An account that is not active is soon brought back, or nothing would happen to it."""
        if self.row().status is not Status.ACTIVE and self.dice.random() < 0.6:
            return (self.resume, self.reopen)
        return (
            *(self.assign,) * 14,
            *(self.unassign,) * 5,
            *(self.buy,) * 9,
            *(self.give_back,) * 6,
            *(self.to_purchase,) * 4,
            *(self.request_usage,) * 4,
            *(self.keep, self.remove_user, self.restore_user, self.restore_user, self.suspend, self.close),
            *(self.set_zone,) * 2,
            *(self.set_price,) * 5,
            *(self.new_schedule, self.have_schedule, self.have_schedule, self.set_default, self.set_proration),
        )

    @property
    def now(self) -> datetime:
        return self.world.clock.now()

    def row(self) -> AccountRow:
        return self.world.show(self.account)

    def today(self) -> date:
        return date_in(self.row().time_zone, self.now)

    # What the rules say

    def settle(self) -> None:
        """At the due instant seats that nobody has are released, however late it is found out."""
        if self.tenant.due and self.tenant.due <= self.now:
            due, self.tenant.due = self.tenant.due, None
            self.complete(due)

    def complete(self, due: datetime) -> None:
        self.life.switched.append((due, "usage"))
        self.tenant.mode = Mode.USAGE
        for product, seats in self.tenant.seats.items():
            self.move(product, len(self.tenant.holders[product]) - seats, due)

    def move(self, product: str, seats: int, at: datetime | None = None) -> None:
        if seats:
            self.tenant.seats[product] += seats
            self.life.moved.append(Moved(at or self.now, product, seats))

    # What an administrator does

    def assign(self) -> None:
        user, product = self.dice.choice(USERS), self.dice.choice(PRODUCTS)
        self.world.assign(self.account, user, product)
        self.tenant.holders[product].add(user)
        self.move(product, int(self.tenant.mode is Mode.USAGE))

    def unassign(self) -> None:
        user, product = self.dice.choice(USERS), self.dice.choice(PRODUCTS)
        self.world.unassign(self.account, user, product)
        self.tenant.holders[product].remove(user)
        self.move(product, -int(self.tenant.mode is Mode.USAGE))

    def buy(self) -> None:
        product, count = self.dice.choice((*PRODUCTS, STORAGE)), self.dice.randint(1, 6)
        self.world.buy(self.account, count, product)
        self.move(product, count)

    def give_back(self) -> None:
        product, count = self.dice.choice((*PRODUCTS, STORAGE)), self.dice.randint(1, 4)
        self.world.give_back(self.account, count, product)
        self.move(product, -count)

    def to_purchase(self) -> None:
        self.world.to_purchase(self.account)
        self.tenant.mode = Mode.PURCHASE
        self.life.switched.append((self.now, "purchase"))

    def request_usage(self) -> None:
        pending = self.world.request_usage(self.account).pending
        assert pending
        self.tenant.due = pending.due_at

    def keep(self) -> None:
        self.world.keep(self.account)
        self.tenant.due = None

    def remove_user(self) -> None:
        user = self.dice.choice(USERS)
        self.world.services.users.remove(self.world.by, self.account, user)
        for product, holders in self.tenant.holders.items():
            if user in holders:
                holders.remove(user)
                self.move(product, -int(self.tenant.mode is Mode.USAGE))

    def restore_user(self) -> None:
        """One who comes back gets what there is a seat for."""
        user = self.dice.choice(USERS)
        self.world.services.users.restore(self.world.by, self.account, user)
        for product in self.world.licenses(self.account)[user]:
            self.tenant.holders[product].add(user)
            self.move(product, int(self.tenant.mode is Mode.USAGE))

    def suspend(self) -> None:
        self.world.suspend(self.account)

    def resume(self) -> None:
        self.world.resume(self.account)

    def close(self) -> None:
        self.world.shut(self.account)
        self.tenant.ended, self.tenant.due = self.tenant.due, None
        for product, seats in self.tenant.seats.items():
            self.tenant.holders[product].clear()
            self.move(product, -seats)

    def reopen(self) -> None:
        self.world.open_again(self.account)
        self.tenant.due, self.tenant.ended = self.tenant.ended, None
        self.settle()

    def set_zone(self) -> None:
        zone = self.dice.choice(ZONES)
        self.world.services.accounts.edit(self.world.by, self.account, time_zone=zone)
        stored = self.world.stored("SELECT effective_on, time_zone FROM account_zone ORDER BY effective_on")
        self.life.zones = [self.life.zones[0], *((date.fromisoformat(day), name) for day, name in stored)]

    def set_price(self) -> None:
        """Also one that is too late: it is only taken for days that had none."""
        schedule, product = self.dice.choice(list(self.lists)), self.dice.choice(list(self.tenant.seats))
        day = self.today() + self.dice.randint(-20, 20) * DAY
        usage, purchase = (self.dice.choice((None, Decimal(self.dice.randint(0, 4000)) / 100)) for _ in range(2))
        self.world.services.prices.set_price(self.world.by, schedule, self.ids[product], day, usage, purchase)
        self.lists[schedule].rows.append(Priced(product, day, usage, purchase, self.now))

    def new_schedule(self) -> None:
        made = self.world.services.prices.create(self.world.by, f"List {len(self.lists)}", "USD").value
        self.lists[made.id] = PriceList("USD", [], [(LONG_AGO, False)])

    def have_schedule(self) -> None:
        schedule, day = self.dice.choice((None, *self.lists)), self.coming_day()
        self.world.services.prices.assign(self.world.by, self.account, schedule, day)
        listed = None if schedule is None else self.lists[schedule]
        before = [one for since, one in self.life.own if since <= day]
        if listed is not (before[-1] if before else None):
            self.life.own = dated(self.life.own, day, listed)

    def set_default(self) -> None:
        schedule, day = self.dice.choice(list(self.lists)), self.coming_day()
        self.world.services.prices.set_default(self.world.by, schedule, day)
        self.life.default = dated(self.life.default, day, self.lists[schedule])

    def set_proration(self) -> None:
        schedule, day, flat = self.dice.choice(list(self.lists)), self.coming_day(), self.dice.random() < 0.5
        proration = Proration.NONE if flat else Proration.DAILY
        self.world.services.prices.set_proration(self.world.by, schedule, day, proration)
        self.lists[schedule].flat = dated(self.lists[schedule].flat, day, flat)

    def coming_day(self) -> date:
        return self.today() + self.dice.randint(0, 40) * DAY

    # What is compared

    def require_right_statements(self) -> None:
        """Every month of the account, and what is foreseen of this one and the next."""
        shown = self.world.services.statements
        self.settle()
        first, today = date_in(self.life.zones[0][1], START).replace(day=1), self.today()
        months = [month_after(first, offset) for offset in range(13)]
        for month in [one for one in months if one <= today]:
            found = shown.show(self.world.by, self.account, month)
            assert lines(found) == statement(self.life, month, found.through), month
            self.require_explained(found)
        months_shown = shown.months(self.world.by, self.account)
        assert [row.month for row in months_shown] == [one for one in reversed(months) if one <= today]
        assert [row.total for row in months_shown] == [
            shown.show(self.world.by, self.account, row.month).total for row in months_shown
        ]
        self.require_right_forecasts(today)

    def require_right_forecasts(self, today: date) -> None:
        """As if nothing happened any more but the pending switch."""
        shown = self.world.services.statements
        forecast, following = (one(self.world.by, self.account) for one in (shown.forecast, shown.next_month))
        assert [forecast.month, following.month] == [month_after(today.replace(day=1), offset) for offset in (0, 1)]
        kept = deepcopy((self.tenant, self.life.moved, self.life.switched))
        if self.tenant.due:
            self.complete(self.tenant.due)
        assert lines(forecast) == statement(self.life, forecast.month)
        assert lines(following) == statement(self.life, following.month)
        self.tenant, self.life.moved, self.life.switched = kept

    def require_explained(self, found: Statement) -> None:
        """The entries lead from the seats of the day before to those of the line."""
        for place, row in enumerate(found.lines):
            explained = self.world.services.statements.explain(self.world.by, self.account, found.month, place)
            assert explained.line == row
            assert (explained.price_effective_on is None) == (row.unit_price is None)
            assert explained.entries
            if explained.opening == row.seats:
                assert explained.entries[0].seats_after == row.seats
            else:
                assert explained.entries[0].seats_after - explained.entries[0].seats == explained.opening


def dated(known: list, day: date, value: object) -> list:  # type: ignore[type-arg]
    """The same with something else from a day on, in the place of what begins on that very day."""
    return sorted([*(one for one in known if one[0] != day), (day, value)], key=lambda one: one[0])


def lines(found: Statement) -> list[Line]:
    rows = [
        Line(one.part_number, str(one.mode), one.first, one.last, one.seats, one.unit_price, one.amount, one.priced_at)
        for one in found.lines
    ]
    return sorted(rows, key=lambda line: (line.product, line.first))


@pytest.mark.parametrize("seed", range(8))
def test_every_statement_comes_out_as_in_a_slow_count(world: World, seed: int) -> None:
    driver = Driver(world, Random(seed))
    for step in range(STEPS):
        driver.step()
        if step % 40 == 39:
            driver.require_right_statements()


@pytest.mark.parametrize("seed", range(2))
def test_what_comes_later_changes_no_month_that_is_over(world: World, seed: int) -> None:
    """Only days without a price may get one."""
    driver = Driver(world, Random(f"later {seed}"))
    known: dict[date, Statement] = {}
    for _ in range(STEPS):
        driver.step()
        today = driver.today()
        for month, before in known.items():
            assert world.services.statements.show(world.by, driver.account, month) == before
        last = (today.replace(day=1) - DAY).replace(day=1)
        if last >= START.date().replace(day=1) and last not in known:
            found = world.services.statements.show(world.by, driver.account, last)
            if not found.provisional and not found.unpriced:
                known[last] = found
    assert known
