"""What a change of mode costs: by example, and against a slow count of days and seats that knows only the rules."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from cpdesk.domain.forecast_money import ForecastMoney
from cpdesk.domain.forecasts import AccountFacts, Difference, Forecast, differences, forecast, outlook, queued
from cpdesk.domain.modes import Mode, PendingSwitch
from cpdesk.domain.prices import AccountPricing, Price, PriceBook
from cpdesk.domain.rows import AccountRow, SubscriptionRow
from cpdesk.domain.statements import Proration

BEGINNING = date(2026, 1, 1)
NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
"""Eight days of November are left, this one among them."""
RECORDED = datetime(2026, 1, 1, tzinfo=UTC)
CONTOSO = AccountFacts(1, "Contoso", "contoso.example", Mode.PURCHASE, "America/New_York")
ACCOUNT = AccountRow(
    id=1,
    name="Contoso",
    domain="contoso.example",
    country="US",
    currency="USD",
    time_zone="America/New_York",
    mode=Mode.PURCHASE,
    service_active=True,
    pending=None,
    users=71,
    seats=87,
    assigned=76,
)
SPB, E3, STORAGE = 1, 2, 3
NOTHING = Decimal()


def price(product: int, day: date, usage: str | None, purchase: str | None) -> Price:
    return Price(product, day, decimal(usage), decimal(purchase), RECORDED)


def decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def pricing(*prices: Price, currency: str = "USD", proration: Proration = Proration.DAILY) -> AccountPricing:
    rows: dict[int, list[Price]] = {}
    for row in sorted(prices, key=lambda row: row.effective_on):
        rows.setdefault(row.product_id, []).append(row)
    book = PriceBook(1, "Default", currency, rows, [(BEGINNING, proration)])
    return AccountPricing(currency, [(BEGINNING, book)])


def held(product: int, seats: int, assigned: int, name: str = "", assignable_to: str = "user") -> SubscriptionRow:
    name = name or f"Product {product}"
    return SubscriptionRow(product, f"P{product}", f"guid {product}", name, assignable_to, seats, assigned)


USUAL = pricing(
    price(SPB, BEGINNING, "26.40", "22.00"),
    price(E3, BEGINNING, "27.60", "23.00"),
    price(STORAGE, BEGINNING, None, "0.20"),
)
POOL = (held(SPB, 60, 54), held(E3, 20, 17), held(STORAGE, 2, 0, assignable_to="tenant"))
IN_USE = (held(SPB, 54, 54), held(E3, 17, 17))


def back(rows: Sequence[SubscriptionRow] = POOL, prices: AccountPricing = USUAL, now: datetime = NOW) -> Forecast:
    return forecast(CONTOSO, Mode.USAGE, now, rows, pricing=prices)


def buying(rows: Sequence[SubscriptionRow] = IN_USE, prices: AccountPricing = USUAL, now: datetime = NOW) -> Forecast:
    return forecast(replace(CONTOSO, mode=Mode.USAGE), Mode.PURCHASE, now, rows, pricing=prices)


def money(of: Forecast) -> ForecastMoney:
    assert of.money
    return of.money


def test_the_way_back_costs_the_whole_pool_until_the_first_and_then_what_is_assigned() -> None:
    told = money(back())
    assert told.monthly_before == Decimal("1780.40")  # 60 x 22.00 + 20 x 23.00 + 2 x 0.20
    assert told.monthly_after == Decimal("1894.80")  # 54 x 26.40 + 17 x 27.60
    assert told.idle.amount == Decimal("201.40")  # 6 x 22.00 + 3 x 23.00 + 2 x 0.20
    assert told.until.amount == Decimal("474.78")  # 352.00 + 122.67 (rounded) + 0.11 (rounded)
    assert told.idle_until.amount == Decimal("53.71")  # 35.20 + 18.40 + 0.11
    assert (told.least_spend, told.unpriced, told.currency) == (None, 0, "USD")


def test_buying_costs_the_pool_as_it_opens_until_the_earliest_return() -> None:
    told = money(buying())
    assert told.monthly_before == Decimal("1894.80")
    assert told.monthly_after == Decimal("1579.00")  # 54 x 22.00 + 17 x 23.00
    assert told.least_spend == Decimal("421.07")  # 316.80 + 104.27, for 8 of 30 days
    assert (told.idle.amount, told.idle_until.amount) == (NOTHING, NOTHING)


def test_on_the_last_day_of_a_month_one_day_is_left() -> None:
    assert money(buying(now=datetime(2026, 11, 30, 15, 0, tzinfo=UTC))).least_spend == Decimal("52.63")


def test_what_a_tenant_product_costs_ends_with_it_whether_usage_mode_has_a_price_or_not() -> None:
    (line,) = [line for line in back().lines if line.assignable_to == "tenant"]
    assert line.money
    assert (line.money.after, line.money.price_after, line.money.is_priced) == (NOTHING, None, True)


def test_a_price_that_begins_meanwhile_counts_from_its_day() -> None:
    dearer = pricing(price(SPB, BEGINNING, "26.40", "22.00"), price(SPB, date(2026, 11, 29), "30.00", "25.00"))
    told = money(back((held(SPB, 3, 1),), dearer))
    assert told.monthly_before == 66  # as today
    assert told.monthly_after == 30  # as on the day of the change
    assert told.until.amount == Decimal("18.20")  # 6 days at 22.00 and 2 at 25.00


def test_half_a_minor_unit_is_rounded_up_once() -> None:
    half = pricing(price(SPB, BEGINNING, "0.05", "0.05"))
    ten_days = datetime(2026, 11, 16, 15, 0, tzinfo=UTC)  # 15 days are left
    assert money(back((held(SPB, 1, 0),), half, ten_days)).until.amount == Decimal("0.03")


def test_amounts_have_the_decimals_of_their_currency() -> None:
    yen = pricing(price(SPB, BEGINNING, "3000", "2500"), currency="JPY")
    assert str(money(back((held(SPB, 2, 1),), yen)).idle_until.amount) == "667"
    assert str(money(back((), yen)).monthly_before) == "0"
    assert str(money(back(())).monthly_before) == "0.00"


def test_without_proration_a_month_is_charged_whole() -> None:
    whole = pricing(price(SPB, BEGINNING, "26.40", "22.00"), proration=Proration.NONE)
    assert money(back((held(SPB, 2, 1),), whole)).idle_until.amount == 22


def test_what_has_no_price_is_counted_and_never_zero() -> None:
    shown = back(prices=pricing(price(SPB, BEGINNING, None, "22.00"), price(E3, BEGINNING, "27.60", "23.00")))
    told = money(shown)
    assert [line.part_number for line in shown.unpriced] == ["P1", "P3"]
    assert told.unpriced == 2
    assert (told.monthly_before, told.before.unpriced) == (Decimal("1780.00"), 1)
    assert (told.monthly_after, told.after.unpriced) == (Decimal("469.20"), 1)
    assert told.until.unpriced == 1


def test_a_price_that_ends_before_the_period_does_leaves_its_amount_unknown() -> None:
    ending = pricing(price(SPB, BEGINNING, "26.40", "22.00"), price(SPB, date(2026, 11, 29), None, None))
    told = money(back((held(SPB, 3, 1),), ending))
    assert (told.monthly_before, told.before.unpriced) == (Decimal(66), 0)
    assert (told.until.amount, told.until.unpriced) == (NOTHING, 1)


def test_a_schedule_in_another_currency_prices_nothing() -> None:
    other = replace(USUAL, currency="EUR")
    assert money(back(prices=other)).unpriced == 3


def test_without_prices_a_forecast_is_one_of_seats() -> None:
    shown = forecast(CONTOSO, Mode.USAGE, NOW, POOL)
    assert (shown.money, shown.unpriced, [line.money for line in shown.lines]) == (None, (), [None] * 3)


def test_a_pending_change_has_the_amounts_that_are_left() -> None:
    due = datetime(2026, 12, 1, 5, 0, tzinfo=UTC)
    pending = PendingSwitch(1, 1, Mode.USAGE, date(2026, 12, 1), "America/New_York", due, NOW, "a@b.example")
    before = datetime(2026, 11, 30, 15, 0, tzinfo=UTC)
    shown = outlook(CONTOSO, pending, before, POOL, pricing=USUAL)
    assert money(shown) == money(back(now=before))
    overdue = outlook(CONTOSO, pending, due, POOL, pricing=USUAL)
    assert (overdue.effective_on, money(overdue).until.amount) == (date(2026, 12, 1), NOTHING)
    assert money(overdue).monthly_after == money(shown).monthly_after


def test_a_queued_change_says_what_the_forecast_says() -> None:
    due = datetime(2026, 12, 1, 5, 0, tzinfo=UTC)
    pending = PendingSwitch(1, 1, Mode.USAGE, date(2026, 12, 1), "America/New_York", due, NOW, "a@b.example")
    rows = (*POOL, held(4, 5, 5))
    shown = queued(ACCOUNT, pending, NOW, rows, USUAL)
    assert shown.money == money(back(rows))
    assert shown.released == back(rows).lines[:3]


def told_as(found: Sequence[Difference]) -> list[tuple[str, str, str, str]]:
    return [(one.what, one.subject, one.shown, one.now) for one in found]


def test_amounts_that_changed_are_differences() -> None:
    cheaper = pricing(
        price(SPB, BEGINNING, "26.40", "21.00"),
        price(E3, BEGINNING, "25.00", "23.00"),
        price(STORAGE, BEGINNING, None, "0.20"),
    )
    assert told_as(differences(back(), back(prices=cheaper))) == [
        ("price_before", "Product 1", "22.00 USD", "21.00 USD"),
        ("price_after", "Product 2", "27.60 USD", "25.00 USD"),
        ("monthly_before", "", "1780.40 USD", "1720.40 USD"),
        ("monthly_after", "", "1894.80 USD", "1850.60 USD"),
        ("idle_monthly", "", "201.40 USD", "195.40 USD"),
        ("until_effective", "", "474.78 USD", "458.78 USD"),
        ("idle_until", "", "53.71 USD", "52.11 USD"),
    ]


def test_a_day_that_passed_changes_what_is_spent_by_then() -> None:
    (one,) = differences(buying(), replace(buying(now=NOW + timedelta(days=1)), effective_on=date(2026, 11, 23)))
    assert told_as([one]) == [("least_spend", "", "421.07 USD", "368.43 USD")]


def test_a_price_that_came_or_went_is_a_difference() -> None:
    unpriced = pricing(price(SPB, BEGINNING, None, "22.00"))
    rows = (held(SPB, 2, 2),)
    found = told_as(differences(back(rows, unpriced), back(rows)))
    assert ("price_after", "Product 1", "", "26.40 USD") in found
    assert ("unpriced", "", "1", "0") in found


def test_the_amounts_are_kept_as_text() -> None:
    plain = json.loads(json.dumps(back().as_plain()))
    assert plain["money"] == {
        "currency": "USD",
        "monthly_before": "1780.40",
        "monthly_after": "1894.80",
        "idle_monthly": "201.40",
        "until_effective": "474.78",
        "idle_until": "53.71",
        "least_spend": None,
        "unpriced": 0,
    }
    assert plain["lines"][0]["amounts"]["until"] == "352.00"
    assert plain["lines"][2]["amounts"]["price_after"] is None
    assert buying().as_plain()["money"]["least_spend"] == "421.07"


# The slow count


@dataclass(frozen=True)
class Case:
    """Some products, their dated prices, and an instant."""

    rows: tuple[SubscriptionRow, ...]
    prices: tuple[Price, ...]
    now: datetime


amounts = st.none() | st.integers(0, 9_999).map(lambda cents: Decimal(cents) / 100)
days = st.dates(date(2026, 9, 20), date(2027, 3, 10))
products = st.integers(1, 3)
cases = st.builds(
    Case,
    st.lists(
        st.builds(
            lambda product, pair: held(product, max(pair), min(pair)), products, st.tuples(*[st.integers(0, 40)] * 2)
        ),
        unique_by=lambda row: row.product_id,
    ).map(tuple),
    st.lists(
        st.builds(Price, products, days, amounts, amounts, st.just(RECORDED)),
        unique_by=lambda row: (row.product_id, row.effective_on),
        max_size=12,
    ).map(tuple),
    st.datetimes(datetime(2026, 10, 1), datetime(2027, 3, 1), timezones=st.just(UTC)),  # noqa: DTZ001
)


def slow_today(now: datetime) -> date:
    """New York is four hours behind until the first Sunday of November, five after it."""
    return (now - timedelta(hours=4 if now < datetime(2026, 11, 1, 6, tzinfo=UTC) else 5)).date()


def slow_price(case: Case, product: int, mode: Mode, day: date) -> Decimal | None:
    known = [row for row in case.prices if row.product_id == product and row.effective_on <= day]
    latest = max(known, key=lambda row: row.effective_on, default=None)
    if latest is None:
        return None
    return latest.usage if mode is Mode.USAGE else latest.purchase


def rounded(exact: Fraction) -> Decimal:
    with localcontext(prec=60):
        quotient = Decimal(exact.numerator) / Decimal(exact.denominator)
        return quotient.quantize(Decimal("0.01"), ROUND_HALF_UP)


def slow_period(case: Case, row: SubscriptionRow, seats: int, today: date) -> Decimal | None:
    """Day by day to the month's end; days in a row with one price are one line, and each line is rounded once."""
    in_month = 31 if (today.replace(day=28) + timedelta(days=3)).month == today.month else 30
    in_month = 28 if today.month == 2 else in_month
    lines: list[tuple[Decimal, Fraction]] = []
    day = today
    while seats and day.month == today.month:
        unit = slow_price(case, row.product_id, Mode.PURCHASE, day)
        if unit is None:
            return None
        share = Fraction(unit) * seats / in_month
        if lines and lines[-1][0] == unit:
            lines[-1] = (unit, lines[-1][1] + share)
        else:
            lines.append((unit, share))
        day += timedelta(days=1)
    return sum((rounded(exact) for _unit, exact in lines), Decimal())


def slow_month(seats: int, unit: Decimal | None) -> Decimal | None:
    if not seats:
        return Decimal()
    return None if unit is None else sum(([unit] * seats), Decimal())


def summed(parts: Sequence[Decimal | None]) -> tuple[Decimal, int]:
    return sum((part for part in parts if part is not None), Decimal()), parts.count(None)


@given(cases)
def test_a_slow_count_of_days_and_seats_agrees(case: Case) -> None:
    told = money(back(case.rows, pricing(*case.prices), case.now))
    rows = [row for row in case.rows if row.seats]
    today = slow_today(case.now)
    first = today
    while first.day != 1 or first == today:
        first += timedelta(days=1)
    before = [slow_month(row.seats, slow_price(case, row.product_id, Mode.PURCHASE, today)) for row in rows]
    after = [slow_month(row.assigned, slow_price(case, row.product_id, Mode.USAGE, first)) for row in rows]
    until = [slow_period(case, row, row.seats, today) for row in rows]
    idle_until = [slow_period(case, row, row.seats - row.assigned, today) for row in rows]
    assert (told.before.amount, told.before.unpriced) == summed(before)
    assert (told.after.amount, told.after.unpriced) == summed(after)
    assert (told.until.amount, told.until.unpriced) == summed(until)
    assert (told.idle_until.amount, told.idle_until.unpriced) == summed(idle_until)


@given(cases)
def test_the_least_spend_agrees_too(case: Case) -> None:
    rows = tuple(replace(row, assigned=row.seats) for row in case.rows)
    told = money(buying(rows, pricing(*case.prices), case.now))
    today = slow_today(case.now)
    until = [slow_period(case, row, row.seats, today) for row in rows if row.seats]
    assert (told.least_spend, told.until.unpriced) == summed(until)
