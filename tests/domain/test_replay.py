"""The replay of an account's past in both modes, against a slow count over days and seats that knows only the rules."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import groupby
from random import Random

import pytest

from cpdesk.domain.accounts import ZoneChange
from cpdesk.domain.histories import History, ProductHistory, SeatChange
from cpdesk.domain.modes import Mode
from cpdesk.domain.prices import AccountPricing, Price, PriceBook, merged
from cpdesk.domain.replay import Replay, complete_months, replay
from cpdesk.domain.statements import Proration
from tests.support import slow_statement
from tests.support.lives import LONG_AGO, PRODUCTS, month_after, random_life, random_prices
from tests.support.slow_replay import STORAGE, Past, Step, slowly
from tests.support.slow_statement import Life, Moved, PriceList

IDS = {product: number for number, product in enumerate(PRODUCTS, start=1)}
TENANT = {IDS[STORAGE]}
_BEFORE = datetime(1980, 1, 1, tzinfo=UTC)


def random_past(dice: Random) -> Past:
    life = random_life(dice, random_prices(dice))
    middle = (life.moved[0].at if life.moved else datetime(2026, 3, 5, tzinfo=UTC)).date().replace(day=1)
    months = [month_after(middle, offset) for offset in range(dice.randint(1, 3))]
    begin = datetime(months[0].year, months[0].month, 1, tzinfo=UTC) - timedelta(days=10)
    past = Past(replace(life, moved=[], switched=[]), months, [])
    instants = sorted(begin + timedelta(minutes=dice.randint(0, 60 * 24 * 100)) for _ in range(dice.randint(0, 60)))
    for instant in instants:
        _happen(dice, past, instant)
    past.life.moved += [Moved(step.at, step.product, step.seats) for step in past.steps if step.seats]
    return past


def _happen(dice: Random, past: Past, at: datetime) -> None:
    purchase = past.life.switched[-1:] != [] and past.life.switched[-1][1] == "purchase"
    if dice.random() < 0.1:
        past.life.switched.append((at, "usage" if purchase else "purchase"))
        if purchase:
            past.steps += [Step(at, one, _held(past, one)[1] - _held(past, one)[0], 0) for one in PRODUCTS]
        return
    product = dice.choice(PRODUCTS)
    seats, assigned = _held(past, product)
    if product == STORAGE or (purchase and dice.random() < 0.3):
        if purchase:
            past.steps.append(Step(at, product, dice.choice((1, 3, -min(1, seats - assigned))), 0))
        return
    for more in dice.choice(((1,), (1,), (1, 1, 1), (-1,), (1, -1), (-1, 1))):
        seats, assigned = _held(past, product)
        if assigned + more < 0 or (purchase and assigned + more > seats):
            continue
        past.steps.append(Step(at, product, 0 if purchase else more, more))


def _held(past: Past, product: str) -> tuple[int, int]:
    steps = [step for step in past.steps if step.product == product]
    return sum(step.seats for step in steps), sum(step.assigned for step in steps)


def history_of(past: Past) -> History:
    zones = past.life.zones
    return History(
        account_id=1,
        created_at=_BEFORE,
        first_zone=zones[0][1],
        zone_changes=[ZoneChange(name, day) for day, name in zones[1:]],
        modes=[(at, Mode(mode)) for at, mode in past.life.switched],
        products={number: _product(past, product, number) for product, number in IDS.items()},
    )


def _product(past: Past, product: str, number: int) -> ProductHistory:
    changes: list[SeatChange] = []
    seats = assigned = 0
    steps = [step for step in past.steps if step.product == product]
    for at, run in groupby(steps, key=lambda step: step.at):
        listed = list(run)
        seats += sum(step.seats for step in listed)
        assigned += sum(step.assigned for step in listed)
        given = sum(step.assigned for step in listed if step.assigned > 0)
        taken = -sum(step.assigned for step in listed if step.assigned < 0)
        changes.append(SeatChange(at, seats, assigned, len(changes) + 1, given, taken))
    return ProductHistory(number, 0, 0, changes)


def pricing_of(life: Life) -> AccountPricing:
    lists: dict[int, PriceList] = {}
    for _day, listed in (*life.own, *life.default):
        if listed is not None:
            lists[id(listed)] = listed
    own = [(day, id(listed) if listed is not None else None) for day, listed in life.own]
    timeline = merged(own, [(day, id(listed)) for day, listed in life.default])
    return AccountPricing(life.currency, [(day, _book(lists[number])) for day, number in timeline])


def _book(listed: PriceList) -> PriceBook:
    prices = {number: _prices(listed, product) for product, number in IDS.items()}
    prorations = [(day, Proration.NONE if flat else Proration.DAILY) for day, flat in listed.flat]
    return PriceBook(1, "List", listed.currency, prices, prorations)


def _prices(listed: PriceList, product: str) -> list[Price]:
    rows = sorted((row for row in listed.rows if row.product == product), key=lambda row: row.since)
    return [Price(IDS[product], row.since, row.usage, row.purchase, row.entered) for row in rows]


@pytest.mark.parametrize("seed", range(300))
def test_it_comes_to_what_a_slow_count_comes_to(seed: int) -> None:
    past = random_past(Random(seed))
    found = replay(history_of(past), pricing_of(past.life), past.months, TENANT)
    expected = slowly(past)
    assert [(month.actual, month.usage, month.purchase, month.unpriced) for month in found.by_month] == expected.months
    uses = {product: use for product, number in IDS.items() for use in found.uses if use.product_id == number}
    for product in PRODUCTS:
        use = uses.get(product)
        assert (use.pool if use else 0, use.assigned_days if use else 0) == (
            expected.pools[product],
            expected.assigned_days[product],
        )
        # What came and went in one instant was never held.
        assert use is None or use.moved == expected.moved[product]
    assert found.days == sum(len(slow_statement.days_of(month)) for month in past.months)


def _steady(*steps: Step, months: Sequence[date] = (date(2026, 9, 1),)) -> Replay:
    listed = PriceList("USD", flat=[(LONG_AGO, False)])
    for product in PRODUCTS:
        listed.rows.append(slow_statement.Priced(product, LONG_AGO, Decimal("12.00"), Decimal("10.00"), _BEFORE))
    life = Life("USD", 2, [(LONG_AGO, "Europe/Berlin")], default=[(LONG_AGO, listed)])
    life.moved += [Moved(step.at, step.product, step.seats) for step in steps]
    past = Past(life, list(months), list(steps))
    return replay(history_of(past), pricing_of(life), months, TENANT)


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_a_pool_has_to_suffice_at_noon_too_not_only_in_the_evening() -> None:
    found = _steady(
        Step(_at("2026-08-01T12:00"), "SPB", 3, 3),
        Step(_at("2026-09-10T08:00"), "SPB", 4, 4),
        Step(_at("2026-09-10T15:00"), "SPB", -4, -4),
    )
    assert [use.pool for use in found.uses] == [7]
    assert found.by_month[0].usage == Decimal("36.00")
    assert found.by_month[0].purchase == Decimal("70.00")


def test_what_changes_hands_in_one_instant_needs_one_seat() -> None:
    found = _steady(
        Step(_at("2026-08-01T12:00"), "SPB", 3, 3),
        Step(_at("2026-09-10T08:00"), "SPB", 1, 1),
        Step(_at("2026-09-10T08:00"), "SPB", -1, -1),
    )
    assert [(use.pool, use.moved) for use in found.uses] == [(3, 1)]


def test_products_of_the_tenant_cost_what_they_did_in_purchase_mode_and_nothing_in_usage_mode() -> None:
    found = _steady(Step(_at("2026-09-16T12:00"), STORAGE, 10, 0))
    assert (found.by_month[0].usage, found.by_month[0].purchase) == (Decimal("0.00"), Decimal("50.00"))
    assert [(use.pool, use.held) for use in found.uses] == [(10, True)]


def test_seats_that_nobody_ever_held_need_no_pool() -> None:
    found = _steady(Step(_at("2026-08-16T12:00"), "SPB", 10, 0))
    assert (found.by_month[0].actual, found.by_month[0].purchase) == (Decimal("120.00"), Decimal("0.00"))
    assert [use.pool for use in found.uses] == [0]


@pytest.mark.parametrize(
    ("first", "most", "months"),
    [
        (None, 12, []),
        (date(2026, 11, 2), 12, []),
        (date(2026, 10, 2), 12, []),
        (date(2026, 10, 1), 12, [10]),
        (date(2026, 8, 31), 12, [9, 10]),
        (date(2026, 8, 31), 1, [10]),
        (date(2020, 1, 1), 3, [8, 9, 10]),
    ],
)
def test_only_complete_months_count_that_lie_whole_after_the_first_entry(
    first: date | None, most: int, months: list[int]
) -> None:
    assert complete_months(first, date(2026, 11, 23), most) == [date(2026, month, 1) for month in months]
