"""Rule 12: whatever is done to prices, no day that was charged by a price ever gets another one."""

import random
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cpdesk.base import zones
from cpdesk.base.errors import UserError
from cpdesk.domain.modes import Mode
from cpdesk.domain.statements import Proration, days_of_month
from cpdesk.domain.switching import local_date
from cpdesk.store import prices
from tests.support.price_files import prices_file
from tests.support.world import World

if TYPE_CHECKING:
    from collections.abc import Callable

ZONES = ("Pacific/Kiritimati", "America/New_York", "Pacific/Honolulu", "Asia/Tokyo")
PRODUCTS = (1, 3, 46)
Charged = dict[tuple[int, int, Mode, date], Decimal]


class Life:
    """A reseller who changes prices, schedules and accounts at random."""

    def __init__(self, world: World, folder: Path, seed: int) -> None:
        self.world, self.folder = world, folder
        self.random = random.Random(seed)
        self.accounts = {world.account(f"A{place}", zone=zone): zone for place, zone in enumerate(ZONES)}
        euro = world.services.accounts.create(world.by, "Euro", "euro.example", currency="EUR", time_zone=ZONES[0])
        self.accounts[euro.value.id] = ZONES[0]
        self.first = self.today(euro.value.id)
        self.done = 0

    def today(self, account: int) -> date:
        return local_date(self.world.clock.now(), zones.zone(self.accounts[account]))

    def day(self) -> date:
        return self.first + timedelta(days=self.random.randint(-40, 60))

    def schedule(self) -> int:
        return self.random.choice(self.world.services.prices.schedules(self.world.by)).id

    def price(self) -> str | None:
        return self.random.choice([None, "1.00", "2.00", "3.00"])

    def step(self) -> None:
        """Do something, or be refused."""
        actions: tuple[Callable[[], object], ...] = (self.set_price,) * 5 + (
            self.withdraw,
            *(self.assign,) * 4,
            self.make_default,
            self.create,
            self.bring_in,
            self.prorate,
            self.wait,
            self.wait,
        )
        try:
            self.random.choice(actions)()
            self.done += 1
        except UserError:
            return

    def set_price(self) -> None:
        self.world.services.prices.set_price(
            self.world.by, self.schedule(), self.random.choice(PRODUCTS), self.day(), self.price(), self.price()
        )

    def withdraw(self) -> None:
        schedule, product = self.schedule(), self.random.choice(PRODUCTS)
        rows = self.world.services.prices.rows(self.world.by, schedule, history=True)
        days = [row.effective_on for row in rows if row.product_id == product]
        self.world.services.prices.withdraw_price(
            self.world.by, schedule, product, self.random.choice(days or [self.first])
        )

    def assign(self) -> None:
        account = self.random.choice(list(self.accounts))
        self.world.services.prices.assign(
            self.world.by, account, self.random.choice([None, self.schedule(), self.schedule()]), self.day()
        )

    def make_default(self) -> None:
        self.world.services.prices.set_default(self.world.by, self.schedule(), self.day())

    def create(self) -> None:
        copied = self.random.choice([None, self.schedule()])
        currency = self.random.choice(["USD", "EUR"])
        name = f"S{self.random.randint(1, 6)}"
        self.world.services.prices.create(self.world.by, name, currency, copy_of=copied)

    def bring_in(self) -> None:
        file = prices_file(self.folder, {"UnitPrice": self.price() or "4.00"})
        self.world.services.prices.import_prices(self.world.by, self.schedule(), file, effective_on=self.day())

    def prorate(self) -> None:
        proration = self.random.choice(list(Proration))
        self.world.services.prices.set_proration(self.world.by, self.schedule(), self.day(), proration)

    def wait(self) -> None:
        self.world.clock.advance(timedelta(hours=self.random.randint(1, 60)))

    def charged(self) -> Charged:
        """What the days that are over were charged by, account by account."""
        with self.world.store.read():
            pricing = prices.pricing_of(list(self.accounts))
        found: Charged = {}
        for account, one in pricing.items():
            for back in range((self.today(account) - self.first).days + 45):
                day = self.today(account) - timedelta(days=back + 1)
                for product in PRODUCTS:
                    for mode in Mode:
                        price = one.unit_price(product, mode, day)
                        if price is not None:
                            found[account, product, mode, day] = price.amount
        return found

    def prorations(self) -> dict[tuple[int, date], Proration]:
        """How the months are charged that have days before today with a schedule."""
        with self.world.store.read():
            pricing = prices.pricing_of(list(self.accounts))
        months = [date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1)]
        return {
            (account, month): one.proration(month)
            for account, one in pricing.items()
            for month in months
            if any(one.book_on(day) for day in days_of_month(month) if day < self.today(account))
        }


@pytest.mark.parametrize("seed", range(5))
def test_what_was_charged_stays(world: World, tmp_path: Path, seed: int) -> None:
    life = Life(world, tmp_path, seed)
    charged, prorations = life.charged(), life.prorations()
    for _step in range(60):
        life.step()
        now, ways = life.charged(), life.prorations()
        assert charged.items() <= now.items()
        assert prorations.items() <= ways.items()
        charged, prorations = now, ways
    assert life.done > 15
    assert world.problems() == []
