"""A slow replay of an account's past in both modes, that knows nothing but the rules: it counts days and seats."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from tests.support import slow_statement
from tests.support.lives import PRODUCTS
from tests.support.slow_statement import Life, Moved

STORAGE = "SHAREPOINTSTORAGE"
_BEFORE = datetime(1980, 1, 1, tzinfo=UTC)


class Step(NamedTuple):
    """What one entry of the ledger changed."""

    at: datetime
    product: str
    seats: int
    assigned: int


@dataclass
class Past:
    """An account in which seats are assigned, too."""

    life: Life
    months: list[date]
    steps: list[Step]


class Slow(NamedTuple):
    """What the replay has to come to."""

    months: list[tuple[Decimal, Decimal, Decimal, int]]
    pools: dict[str, int]
    assigned_days: dict[str, int]
    moved: dict[str, int]


def slowly(past: Past) -> Slow:
    """What the months of an account cost as they were, in Usage Mode, and with the smallest pools in Purchase Mode."""
    life, days = past.life, [day for month in past.months for day in slow_statement.days_of(month)]
    start = slow_statement.over(life, days[0] - timedelta(days=1))
    end = slow_statement.over(life, days[-1])
    within = [step for step in past.steps if start <= step.at < end]
    pools = {product: _most(past, product, start, within) for product in PRODUCTS}
    usage = replace(life, switched=[], moved=[_moved(step) for step in past.steps if step.product != STORAGE])
    storage = [moved for moved in life.moved if moved.product == STORAGE]
    pool = [Moved(_BEFORE, product, pools[product]) for product in PRODUCTS if product != STORAGE]
    purchase = replace(life, switched=[(_BEFORE, "purchase")], moved=pool + storage)
    return Slow(
        months=[_charged(month, (life, usage, purchase)) for month in past.months],
        pools=pools,
        assigned_days={product: sum(_assigned(past, product, day) for day in days) for product in PRODUCTS},
        moved={product: _moves(within, product) for product in PRODUCTS},
    )


def _most(past: Past, product: str, start: datetime, within: Sequence[Step]) -> int:
    """The most seats of storage, or assignments, at any instant."""
    counts = []
    for instant in [start - timedelta(microseconds=1), *(step.at for step in within)]:
        steps = [step for step in past.steps if step.product == product and step.at <= instant]
        counts.append(sum(step.seats if product == STORAGE else step.assigned for step in steps))
    return max(counts)


def _moved(step: Step) -> Moved:
    return Moved(step.at, step.product, step.assigned)


def _charged(month: date, lives: Sequence[Life]) -> tuple[Decimal, Decimal, Decimal, int]:
    lines = [slow_statement.statement(life, month) for life in lives]
    sums = [sum((line.amount for line in each if line.amount is not None), Decimal()) for each in lines]
    return sums[0], sums[1], sums[2], sum(line.amount is None for each in lines for line in each)


def _assigned(past: Past, product: str, day: date) -> int:
    end = slow_statement.over(past.life, day)
    count = 0
    for step in past.steps:
        if step.product == product and step.at < end:
            count += step.assigned
    return count


def _moves(within: Sequence[Step], product: str) -> int:
    changes = [step.assigned for step in within if step.product == product]
    return min(sum(one for one in changes if one > 0), -sum(one for one in changes if one < 0))
