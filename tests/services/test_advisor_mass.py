"""The mode advisor over random lives that were led through the services, against a slow count from the rules."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest

from cpdesk.base.errors import UserError
from cpdesk.domain.modes import Mode
from tests.support.lives import LONG_AGO, PRODUCTS
from tests.support.slow_replay import STORAGE, Past, Step, slowly
from tests.support.slow_statement import Life, Moved, Priced, PriceList
from tests.support.world import Counts, World

ZONES = ("America/New_York", "Europe/Berlin", "Pacific/Kiritimati", "Asia/Kathmandu", "America/St_Johns")
USERS = tuple(f"user{number}@contoso.example" for number in range(7))
DEFAULT = 1
OPS = 70


class Witness:
    """Leads a life at random, and writes down for itself what came of each step."""

    def __init__(self, world: World, dice: Random) -> None:
        self._world, self._dice = world, dice
        zone = dice.choice(ZONES)
        self.account = world.account("Contoso", *USERS, zone=zone)
        life = Life("USD", 2, [(LONG_AGO, zone)], default=[(LONG_AGO, _prices(world))])
        self.past = Past(life, [], [])
        self._known = self._counts()

    def live(self) -> None:
        for _number in range(OPS):
            self.rest(timedelta(minutes=self._dice.randint(1, 60 * 60)))
            with suppress(UserError):
                self._happen()
                self._note(self._world.clock.now())

    def rest(self, time: timedelta) -> None:
        """Nobody does anything, but a change to Usage Mode may become due."""
        before = self._world.show(self.account)
        self._world.clock.advance(time)
        if before.pending and self._world.mode(self.account) is Mode.USAGE:
            self.past.life.switched.append((before.pending.due_at, "usage"))
            self._note(before.pending.due_at)

    def _happen(self) -> None:
        world, dice, account = self._world, self._dice, self.account
        upn, product = dice.choice(USERS), dice.choice(PRODUCTS[:2])
        at_random = dice.random()
        if at_random < 0.06:
            world.to_purchase(account)
            self.past.life.switched.append((world.clock.now(), "purchase"))
        elif at_random < 0.12:
            world.request_usage(account)
        elif at_random < 0.22:
            world.buy(account, dice.randint(1, 4), dice.choice(PRODUCTS))
        elif at_random < 0.28:
            world.give_back(account, 1, dice.choice(PRODUCTS))
        elif at_random < 0.72:
            world.assign(account, upn, product)
        else:
            world.unassign(account, upn, product)

    def _note(self, at: datetime) -> None:
        counts = self._counts()
        for product in PRODUCTS:
            seats, assigned = (now - then for now, then in zip(counts[product], self._known[product], strict=True))
            if seats or assigned:
                self.past.steps.append(Step(at, product, seats, assigned))
                self.past.life.moved.append(Moved(at, product, seats))
        self._known = counts

    def _counts(self) -> dict[str, Counts]:
        return {product: self._world.counts(self.account, product) for product in PRODUCTS}


def _prices(world: World) -> PriceList:
    rows = world.services.prices.rows(world.by, DEFAULT, history=True)
    entered = datetime(2025, 1, 1, tzinfo=UTC)
    priced = [
        Priced(row.part_number, row.effective_on, row.usage_price, row.purchase_price, entered)
        for row in rows
        if row.part_number in PRODUCTS
    ]
    return PriceList("USD", priced)


@pytest.mark.parametrize("seed", range(6))
def test_the_advice_is_what_a_slow_count_comes_to(world: World, seed: int) -> None:
    witness = Witness(world, Random(seed))
    witness.live()
    witness.rest(timedelta(days=40))
    advice = world.services.advisor.advise(world.by, witness.account, months=24)
    assert advice.months > 2
    past = witness.past
    past.months = [month.month for month in advice.by_month]
    expected = slowly(past)
    assert [(month.actual, month.usage, month.purchase, month.unpriced) for month in advice.by_month] == expected.months
    pools = {product.part_number: product.pool for product in advice.products}
    assert {product: pools.get(product, 0) for product in PRODUCTS} == expected.pools
    held = sum(expected.assigned_days.values())
    moved = sum(expected.moved[product] for product in PRODUCTS if product in pools)
    days = sum(_days_in(month.month.year, month.month.month) for month in advice.by_month)
    assert advice.turnover == (_four_places(Fraction(moved * days, held * advice.months)) if held else None)
    everything = sum(pool for product, pool in expected.pools.items() if product != STORAGE) * days
    assert advice.utilisation == (_four_places(Fraction(held, everything)) if everything else None)


def _days_in(year: int, month: int) -> int:
    return (datetime(year + month // 12, month % 12 + 1, 1, tzinfo=UTC) - datetime(year, month, 1, tzinfo=UTC)).days


def _four_places(exact: Fraction) -> Decimal:
    return Decimal((exact * 10**4 + Fraction(1, 2)) // 1).scaleb(-4)
