"""Statements of thousands of random accounts, against a slow count that knows nothing but the rules."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from cpdesk.domain.billing import Statement
from cpdesk.services import billed
from tests.support import slow_statement
from tests.support.lives import Writer, month_after, random_life, random_prices
from tests.support.slow_statement import Life, Line
from tests.support.world import World

LIVES = 125
LATER = datetime(2027, 6, 10, 12, tzinfo=UTC)
"""When all months of `lives.PLACES` are over."""


@pytest.fixture
def world(folder: Path) -> Iterator[World]:
    """A database whose books nobody checks: its ledger is written without any use case."""
    opened = World(folder, LATER)
    opened.open()
    yield opened
    opened.close()


def lives(world: World, dice: Random, until: datetime | None = None) -> dict[int, Life]:
    """Random accounts, written into the database, by id."""
    prices = random_prices(dice)
    with world.store.write():
        writer = Writer(prices)
        made = [random_life(dice, prices, until) for _ in range(LIVES)]
        return {writer.write(life): life for life in made}


def lines(statement: Statement) -> list[Line]:
    found = [
        Line(
            row.part_number,
            str(row.mode),
            row.first,
            row.last,
            row.seats,
            row.unit_price,
            row.amount,
            row.priced_at,
        )
        for row in statement.lines
    ]
    return sorted(found, key=lambda line: (line.product, line.first))


def months_of(life: Life) -> list[date]:
    if not life.moved:
        return []
    first = life.moved[0].at.date().replace(day=1)
    return [month_after(first, offset) for offset in range(4)]


@pytest.mark.parametrize("seed", range(8))
def test_past_months_come_out_as_in_a_slow_count(world: World, seed: int) -> None:
    known = lives(world, Random(seed))
    for month in sorted({month for life in known.values() for month in months_of(life)}):
        ids = [number for number, life in known.items() if month in months_of(life)]
        with world.store.read() as moment:
            statements = list(billed.statements(ids, month, moment.now))
        assert [one.account_id for one in statements] == ids
        for one in statements:
            life = known[one.account_id]
            assert lines(one) == slow_statement.statement(life, month), (one.account_id, life)
            require_sums(one)


@pytest.mark.parametrize("seed", range(2))
def test_what_is_shown_is_what_many_are_billed(world: World, seed: int) -> None:
    dice = Random(f"shown {seed}")
    for number, life in lives(world, dice).items():
        for month in dice.sample(months_of(life), min(1, len(life.moved))):
            shown = world.services.statements.show(world.by, number, month)
            assert lines(shown) == slow_statement.statement(life, month), (number, life)
            assert (shown.month, shown.currency, shown.provisional) == (month, life.currency, False)
            assert shown.time_zone == slow_statement.zone_of(life, month)
            require_sums(shown)


@pytest.mark.parametrize("seed", range(5))
def test_a_month_that_is_not_over_is_counted_through_today(world: World, seed: int) -> None:
    dice = Random(f"today {seed}")
    now = datetime(2026, 12, dice.randint(1, 31), dice.randint(0, 23), dice.randint(0, 59), tzinfo=UTC)
    world.clock.set(now)
    known = lives(world, dice, now)
    month = date(2026, 12, 1)
    for number, life in known.items():
        today = slow_statement.date_in(slow_statement.zone_of(life, month), now)
        if today < month:
            continue
        shown = world.services.statements.show(world.by, number, month)
        over = now >= slow_statement.over(life, date(2026, 12, 31))
        assert (shown.provisional, shown.through) == (not over, min(today, date(2026, 12, 31)))
        assert lines(shown) == slow_statement.statement(life, month, shown.through), (number, life)
        forecast = world.services.statements.forecast(world.by, number)
        if forecast.month == month:
            assert lines(forecast) == slow_statement.statement(life, month)


def require_sums(statement: Statement) -> None:
    amounts = [row.amount for row in statement.lines]
    assert statement.total == sum(amount for amount in amounts if amount is not None)
    assert statement.unpriced == amounts.count(None)
    assert [(row.product, row.first) for row in statement.lines] == sorted(
        (row.product, row.first) for row in statement.lines
    )
    assert all(row.days == (row.last - row.first + timedelta(days=1)).days for row in statement.lines)
