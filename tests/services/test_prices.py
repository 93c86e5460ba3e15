"""Price schedules: what seats cost from when, and which accounts pay by which schedule."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from cpdesk.domain.audit_query import AuditQuery
from cpdesk.domain.modes import Mode
from cpdesk.domain.operators import Role
from cpdesk.domain.prices import UnitPrice
from cpdesk.domain.schedules import PriceRow, ScheduleRow
from cpdesk.domain.statements import Proration
from cpdesk.store import connection, prices
from tests.support.refusals import refused
from tests.support.world import PREMIUM, START, World, dump

TODAY, TOMORROW = date(2026, 11, 10), date(2026, 11, 11)
DECEMBER, LISTED = date(2026, 12, 1), date(2025, 11, 1)
DEFAULT = 1


def number(world: World, part_number: str = PREMIUM) -> int:
    ((found,),) = world.stored("SELECT id FROM product WHERE part_number = ?", part_number)
    return int(found)


def of_premium(world: World, schedule: int = DEFAULT, *, history: bool = False) -> list[PriceRow]:
    rows = world.services.prices.rows(world.by, schedule, history=history)
    return [row for row in rows if row.part_number == PREMIUM]


def put(world: World, day: date, usage: str | None, purchase: str | None = "9.00", schedule: int = DEFAULT) -> PriceRow:
    """Set the price of Premium."""
    return world.services.prices.set_price(world.by, schedule, number(world), day, usage, purchase).value


def schedule(world: World, name: str, currency: str = "USD", copy_of: int | None = None) -> int:
    return world.services.prices.create(world.by, name, currency, copy_of=copy_of).value.id


def shown(world: World, schedule_id: int = DEFAULT) -> ScheduleRow:
    return next(row for row in world.services.prices.schedules(world.by) if row.id == schedule_id)


def unit_price(world: World, account: int, day: date, mode: Mode = Mode.USAGE) -> str | None:
    with world.store.read():
        pricing = prices.pricing_of([account])[account]
    found = pricing.unit_price(number(world), mode, day)
    return str(found.amount) if found else None


# The schedule that there is from set-up


def test_a_new_database_has_the_default_schedule(world: World) -> None:
    (row,) = world.services.prices.schedules(world.by)
    assert (row.name, row.currency, row.is_default, row.proration) == ("Default", "USD", True, Proration.DAILY)
    assert (row.accounts, row.products) == (0, 78)
    (premium,) = of_premium(world)
    assert (premium.usage_price, premium.purchase_price) == (Decimal("26.40"), Decimal("23.10"))
    assert (premium.effective_on, premium.in_force, premium.upcoming) == (LISTED, True, False)


def test_an_account_without_another_schedule_uses_it(world: World) -> None:
    account = world.account()
    assert unit_price(world, account, TODAY) == "26.40"
    assert unit_price(world, account, TODAY, Mode.PURCHASE) == "23.10"
    assert unit_price(world, account, LISTED) == "26.40"
    assert unit_price(world, account, LISTED - timedelta(days=1)) is None
    assert shown(world).accounts == 1


def test_an_account_in_another_currency_has_no_price(world: World) -> None:
    account = world.services.accounts.create(world.by, "Bau", "bau.example", currency="EUR").value.id
    assert unit_price(world, account, TODAY) is None
    assert world.services.prices.of_account(world.by, account) == []
    assert shown(world).accounts == 0


def test_a_unit_price_says_where_it_comes_from(world: World) -> None:
    account = world.account()
    with world.store.read():
        found = prices.pricing_of([account])[account].unit_price(number(world), Mode.USAGE, TODAY)
    assert found == UnitPrice(Decimal("26.40"), LISTED, START)


# Prices


def test_a_price_counts_from_its_day_on(world: World) -> None:
    account = world.account()
    row = put(world, DECEMBER, "30", "25.5")
    assert (row.usage_price, row.purchase_price) == (Decimal("30.00"), Decimal("25.50"))
    assert (row.in_force, row.upcoming, row.withdrawable) == (False, True, True)
    days = (TODAY, DECEMBER - timedelta(days=1), DECEMBER)
    assert [unit_price(world, account, day) for day in days] == ["26.40", "26.40", "30.00"]
    assert [one.effective_on for one in of_premium(world)] == [LISTED, DECEMBER]
    world.clock.advance(timedelta(days=30))
    assert [one.effective_on for one in of_premium(world)] == [DECEMBER]
    assert [one.effective_on for one in of_premium(world, history=True)] == [LISTED, DECEMBER]


@pytest.mark.parametrize(
    ("usage", "code"),
    [
        ("x", "price_not_a_number"),
        ("1,50", "price_not_a_number"),
        ("1e3", "price_not_a_number"),
        ("NaN", "price_not_a_number"),
        (Decimal("Infinity"), "price_not_a_number"),
        ("-0.01", "price_negative"),
        (Decimal("-1"), "price_negative"),
        ("1.005", "price_too_precise"),
        ("1000000000.01", "price_too_large"),
    ],
)
def test_what_is_no_price_is_refused(world: World, usage: str | Decimal, code: str) -> None:
    before = dump(world.store.path)
    with refused(code):
        world.services.prices.set_price(world.by, DEFAULT, number(world), DECEMBER, usage, "9.00")
    with refused(code):
        world.services.prices.set_price(world.by, DEFAULT, number(world), DECEMBER, "9.00", "", usage_cost=usage)
    assert dump(world.store.path) == before


@pytest.mark.parametrize(("given", "wanted"), [("0", "0.00"), ("-0", "0.00"), (".5", "0.50"), (" 7.10 ", "7.10")])
def test_prices_have_the_decimals_of_their_currency(world: World, given: str, wanted: str) -> None:
    put(world, DECEMBER, given)
    stored = world.stored("SELECT usage_price FROM price WHERE effective_on = ?", DECEMBER.isoformat())
    assert stored == [(wanted,)]


def test_a_currency_without_decimals_takes_none(world: World) -> None:
    yen = schedule(world, "Yen", "JPY")
    with refused("price_too_precise") as refusal:
        put(world, DECEMBER, "1200.5", schedule=yen)
    assert refusal.params["digits"] == 0
    assert str(put(world, DECEMBER, "1200.0", "1000", schedule=yen).usage_price) == "1200"


def test_a_product_can_have_one_price_or_none_any_more(world: World) -> None:
    account = world.account()
    put(world, TOMORROW, None, "9.00")
    put(world, DECEMBER, None, " ")
    assert unit_price(world, account, TOMORROW) is None
    assert unit_price(world, account, TOMORROW, Mode.PURCHASE) == "9.00"
    assert unit_price(world, account, DECEMBER, Mode.PURCHASE) is None
    with refused("price_missing"):
        put(world, DECEMBER + timedelta(days=1), None, None)


def test_two_prices_from_the_same_day_are_refused(world: World) -> None:
    put(world, DECEMBER, "30")
    with refused("price_exists"):
        put(world, DECEMBER, "31")


def test_unknown_schedules_and_products_are_refused(world: World) -> None:
    with refused("unknown_schedule"):
        put(world, DECEMBER, "1", schedule=7)
    with refused("unknown_product"):
        world.services.prices.set_price(world.by, DEFAULT, 4711, DECEMBER, "1", "1")
    with refused("unknown_schedule"):
        world.services.prices.rows(world.by, 7)


# Rule 12: today or later


def test_days_that_are_over_keep_their_price(world: World) -> None:
    world.account()
    with refused("date_in_the_past") as refusal:
        put(world, TODAY - timedelta(days=1), "30")
    assert refusal.params == {"date": TODAY - timedelta(days=1), "earliest": TODAY}
    put(world, TODAY, "30")


def test_today_is_the_latest_date_among_the_accounts_that_use_the_schedule(world: World) -> None:
    world.account("West", zone="Pacific/Honolulu")
    world.clock.advance(timedelta(hours=11))
    assert shown(world).earliest == TODAY
    world.account("East", zone="Asia/Tokyo")
    assert shown(world).earliest == TOMORROW
    with refused("date_in_the_past"):
        put(world, TODAY, "30")
    put(world, TOMORROW, "30")


def test_a_schedule_that_nobody_uses_goes_by_the_reseller(world: World) -> None:
    gold = schedule(world, "Gold")
    world.account("East", zone="Asia/Tokyo")
    world.clock.advance(timedelta(hours=11))
    assert (shown(world).earliest, shown(world, gold).earliest) == (TOMORROW, TODAY)


def test_days_without_a_price_can_get_a_first_one(world: World) -> None:
    account = world.account()
    ((unpriced,),) = world.stored("SELECT min(id) FROM product WHERE id NOT IN (SELECT product_id FROM price)")
    set_price = world.services.prices.set_price
    set_price(world.by, DEFAULT, unpriced, date(2026, 9, 1), "5.00", None)
    with refused("date_in_the_past"):
        set_price(world.by, DEFAULT, unpriced, date(2026, 10, 1), "6.00", "4.00")
    set_price(world.by, DEFAULT, unpriced, date(2026, 10, 1), "5.00", "4.00")
    set_price(world.by, DEFAULT, unpriced, date(2026, 8, 1), "7.00", "7.00")
    with world.store.read():
        pricing = prices.pricing_of([account])[account]
    days = [date(2026, month, 15) for month in (7, 8, 9, 10)]
    usage = [pricing.unit_price(unpriced, Mode.USAGE, day) for day in days]
    assert [found and str(found.amount) for found in usage] == [None, "7.00", "5.00", "5.00"]
    assert usage[1]
    assert usage[1].recorded_at == START


def test_only_a_price_of_no_day_that_is_over_can_be_withdrawn(world: World) -> None:
    account = world.account()
    put(world, TODAY, "30")
    put(world, DECEMBER, "31")
    withdraw = world.services.prices.withdraw_price
    with refused("price_has_begun"):
        withdraw(world.by, DEFAULT, number(world), LISTED)
    with refused("unknown_price"):
        withdraw(world.by, DEFAULT, number(world), TOMORROW)
    withdraw(world.by, DEFAULT, number(world), DECEMBER)
    assert unit_price(world, account, DECEMBER) == "30.00"
    assert [row.withdrawable for row in of_premium(world)] == [True]
    withdraw(world.by, DEFAULT, number(world), TODAY)
    assert unit_price(world, account, TODAY) == "26.40"
    put(world, TODAY, "30")
    world.clock.advance(timedelta(days=1))
    with refused("price_has_begun"):
        withdraw(world.by, DEFAULT, number(world), TODAY)


# Schedules


def test_a_copy_has_the_present_and_the_coming_prices(world: World) -> None:
    put(world, TODAY, "30")
    put(world, DECEMBER, "31")
    world.services.prices.set_proration(world.by, DEFAULT, DECEMBER, Proration.NONE)
    gold = schedule(world, "Gold", copy_of=DEFAULT)
    rows = of_premium(world, gold, history=True)
    assert [(row.effective_on, str(row.usage_price)) for row in rows] == [(TODAY, "30.00"), (DECEMBER, "31.00")]
    assert shown(world, gold).products == 78
    assert shown(world, gold).next_proration == (DECEMBER, Proration.NONE)
    with refused("schedule_currency_differs"):
        schedule(world, "Euro", "EUR", copy_of=DEFAULT)
    with refused("unknown_schedule"):
        schedule(world, "Nothing", copy_of=7)


def test_an_empty_schedule_charges_by_the_day(world: World) -> None:
    gold = schedule(world, "Gold", "eur")
    row = shown(world, gold)
    assert (row.currency, row.products, row.proration, row.is_default) == ("EUR", 0, Proration.DAILY, False)


@pytest.mark.parametrize("name", ["Default", " dEFAULT ", "de\u0301fault"])
def test_names_are_unique_without_case(world: World, name: str) -> None:
    schedule(world, "D\u00e9fault")
    with refused("schedule_name_taken"):
        schedule(world, name)


@pytest.mark.parametrize(
    ("name", "code"), [("", "text_empty"), ("x" * 300, "text_too_long"), ("a\nb", "text_not_printable")]
)
def test_a_name_can_be_read(world: World, name: str, code: str) -> None:
    with refused(code):
        schedule(world, name)


def test_a_schedule_is_renamed(world: World) -> None:
    rename = world.services.prices.rename
    gold = schedule(world, "Gold")
    assert rename(world.by, gold, " GOLD ").value.name == "GOLD"
    before = dump(world.store.path)
    rename(world.by, gold, "GOLD")
    assert dump(world.store.path) == before
    with refused("schedule_name_taken"):
        rename(world.by, gold, "default")
    with refused("unknown_schedule"):
        rename(world.by, 7, "Silver")


def test_the_default_can_change_from_a_day_on(world: World) -> None:
    account = world.account()
    gold = schedule(world, "Gold")
    put(world, TODAY, "20", schedule=gold)
    with refused("date_in_the_past"):
        world.services.prices.set_default(world.by, gold, TODAY - timedelta(days=1))
    row = world.services.prices.set_default(world.by, gold, DECEMBER).value
    assert (row.is_default, row.next_default) == (False, DECEMBER)
    assert [unit_price(world, account, day) for day in (TODAY, DECEMBER)] == ["26.40", "20.00"]
    world.clock.advance(timedelta(days=30))
    assert (shown(world, gold).is_default, shown(world).is_default) == (True, False)
    assert (shown(world, gold).accounts, shown(world).accounts) == (1, 0)


def test_proration_counts_for_whole_months(world: World) -> None:
    account = world.account()
    set_proration = world.services.prices.set_proration
    with refused("date_in_the_past"):
        set_proration(world.by, DEFAULT, TODAY - timedelta(days=1), Proration.NONE)
    row = set_proration(world.by, DEFAULT, TOMORROW, Proration.NONE).value
    assert (row.proration, row.next_proration) == (Proration.DAILY, (TOMORROW, Proration.NONE))
    with world.store.read():
        pricing = prices.pricing_of([account])[account]
    assert [pricing.proration(day) for day in (TODAY, date(2026, 11, 30), DECEMBER)] == [
        Proration.DAILY,
        Proration.DAILY,
        Proration.NONE,
    ]


# Accounts


def test_an_account_gets_a_schedule_from_a_day_on_and_the_default_again(world: World) -> None:
    account = world.account()
    gold = schedule(world, "Gold")
    put(world, TODAY, "20", schedule=gold)
    assign, schedule_of = world.services.prices.assign, world.services.prices.schedule_of
    done = assign(world.by, account, gold, TOMORROW).value
    assert done.now
    assert (done.now.name, done.own, done.next) == ("Default", False, ((TOMORROW, "Gold"),))
    assign(world.by, account, None, DECEMBER)
    assert [unit_price(world, account, day) for day in (TODAY, TOMORROW, DECEMBER)] == ["26.40", "20.00", "26.40"]
    world.clock.advance(timedelta(days=2))
    found = schedule_of(world.by, account)
    assert found.now
    assert (found.now.name, found.now.accounts, found.own) == ("Gold", 1, True)
    assert found.next == ((DECEMBER, "Default"),)


def test_another_default_is_no_news_for_an_account_with_a_schedule_of_its_own(world: World) -> None:
    account, gold, silver = world.account(), schedule(world, "Gold"), schedule(world, "Silver")
    world.services.prices.set_default(world.by, silver, DECEMBER)
    assign = world.services.prices.assign
    assert assign(world.by, account, gold, TODAY).value.next == ()
    assert assign(world.by, account, None, TOMORROW).value.next == ((TOMORROW, "Default"), (DECEMBER, "Silver"))


def test_a_schedule_counts_from_today_on_at_the_earliest(world: World) -> None:
    account = world.account()
    gold = schedule(world, "Gold")
    for day in (TODAY - timedelta(days=1), date(2000, 1, 1)):
        with refused("date_in_the_past"):
            world.services.prices.assign(world.by, account, gold, day)
    world.services.prices.assign(world.by, account, gold, TODAY)
    with refused("date_in_the_past"):
        world.services.prices.assign(world.by, account, None, TODAY - timedelta(days=1))


def test_an_account_that_had_none_in_its_currency_can_get_one_for_the_past(world: World) -> None:
    account = world.services.accounts.create(world.by, "Bau", "bau.example", currency="EUR").value.id
    euro, other = schedule(world, "Euro", "EUR"), schedule(world, "Other", "EUR")
    put(world, date(2026, 9, 1), "20", schedule=euro)
    world.services.prices.assign(world.by, account, euro, date(2026, 10, 1))
    assert [unit_price(world, account, day) for day in (date(2026, 9, 30), date(2026, 10, 1))] == [None, "20.00"]
    for wanted in (other, None):
        with refused("date_in_the_past"):
            world.services.prices.assign(world.by, account, wanted, date(2026, 10, 15))
    world.services.prices.assign(world.by, account, euro, date(2026, 9, 15))
    assert unit_price(world, account, date(2026, 9, 30)) == "20.00"


def test_what_an_account_has_on_a_day_anyway_is_not_given_again(world: World) -> None:
    account = world.services.accounts.create(world.by, "Bau", "bau.example", currency="EUR").value.id
    assign, euro = world.services.prices.assign, schedule(world, "Euro", "EUR")
    before = len(world.services.audit.rows(world.by))
    assert assign(world.by, account, None, DECEMBER).value.given == ()
    done = assign(world.by, account, euro, TODAY).value
    assert (done.given, done.next) == (((TODAY, euro),), ())
    assert assign(world.by, account, euro, DECEMBER).value.given == done.given
    assert len(world.services.audit.rows(world.by)) == before + 1
    assert assign(world.by, account, None, DECEMBER).value.given == ((TODAY, euro), (DECEMBER, None))


def test_the_default_schedule_can_be_given_to_stay_with_it(world: World) -> None:
    account, silver = world.account(), schedule(world, "Silver")
    world.services.prices.assign(world.by, account, DEFAULT, TODAY)
    world.services.prices.set_default(world.by, silver, DECEMBER)
    assert world.services.prices.schedule_of(world.by, account).next == ()


def test_a_schedule_in_another_currency_is_refused(world: World) -> None:
    account = world.account()
    with refused("schedule_currency_differs") as refusal:
        world.services.prices.assign(world.by, account, schedule(world, "Euro", "EUR"), TODAY)
    assert refusal.params == {"schedule": "Euro", "currency": "EUR", "wanted": "USD"}


def test_a_suspended_account_stays_billable_and_a_closed_one_is_only_read(world: World) -> None:
    account = world.account()
    world.suspend(account)
    world.services.prices.assign(world.by, account, DEFAULT, TODAY)
    world.shut(account)
    with refused("account_closed"):
        world.services.prices.assign(world.by, account, DEFAULT, TODAY)
    assert shown(world).accounts == 0


def test_a_new_account_begins_with_its_schedule(world: World) -> None:
    gold = schedule(world, "Gold")
    made = world.services.accounts.create(
        world.by, "Contoso", "contoso.example", time_zone="Asia/Tokyo", schedule="gold"
    )
    assert made.topics >= {"accounts", "prices"}
    found = world.services.prices.schedule_of(world.by, made.value.id)
    assert found.now
    assert (found.now.id, found.own) == (gold, True)


# Who sees what


def test_cost_is_for_resellers_and_auditors(world: World) -> None:
    account = world.account()
    set_price = world.services.prices.set_price
    set_price(world.by, DEFAULT, number(world), TODAY, "30", "24", usage_cost="20", purchase_cost="16")
    (row,) = of_premium(world)
    assert (row.usage_margin, row.purchase_margin) == (Decimal("50.0"), Decimal("50.0"))
    auditor, customer = world.operator(Role.AUDITOR), world.operator(Role.CUSTOMER, account)
    for by in (world.by, auditor):
        rows = world.services.prices.of_account(by, account)
        assert [one.usage_cost for one in rows if one.part_number == PREMIUM] == [Decimal("20.00")]
    for own in world.services.prices.of_account(customer, account):
        assert (own.usage_cost, own.purchase_cost, own.usage_margin, own.purchase_margin) == (None,) * 4
    (mine,) = [one for one in world.services.prices.of_account(customer, account) if one.part_number == PREMIUM]
    assert (mine.usage_price, mine.in_force) == (Decimal("30.00"), True)


def test_nothing_tells_a_customer_of_others(world: World) -> None:
    account = world.account()
    world.account("Fabrikam")
    customer = world.operator(Role.CUSTOMER, account)
    found = world.services.prices.schedule_of(customer, account)
    assert found.now
    assert (found.now.name, found.now.accounts) == ("Default", 0)
    put(world, DECEMBER, "30")
    assert not [row for row in world.services.audit.rows(customer) if row.action.startswith("prices.")]


def test_a_customer_is_told_neither_the_date_of_others_nor_how_coming_schedules_are_called(world: World) -> None:
    account = world.account()
    world.account("Fabrikam", zone="Pacific/Kiritimati")
    special = schedule(world, "Fabrikam special")
    world.services.prices.assign(world.by, account, special, DECEMBER)
    customer = world.operator(Role.CUSTOMER, account)
    schedule_of, audit = world.services.prices.schedule_of, world.services.audit
    mine, theirs = schedule_of(customer, account), schedule_of(world.by, account)
    assert mine.now
    assert theirs.now
    assert (mine.now.earliest, theirs.now.earliest) == (TODAY, TOMORROW)
    assert (mine.next, theirs.next) == (((DECEMBER, ""),), ((DECEMBER, "Fabrikam special"),))
    (given,) = [row for row in audit.rows(customer) if row.action == "prices.schedule_assigned"]
    assert (given.before, given.after) == (None, {"effective_on": "2026-12-01"})
    assert audit.search(customer, AuditQuery(text="special")) == ()
    assert audit.search(world.by, AuditQuery(text="special", account_id=account)) != ()


def test_each_change_is_audited_with_before_and_after(world: World) -> None:
    account = world.account()
    set_price = world.services.prices.set_price
    set_price(world.by, DEFAULT, number(world), DECEMBER, "30", None, usage_cost="20", reason="INC-1")
    entry = world.services.audit.rows(world.by)[0]
    assert (entry.action, entry.subject, entry.reason) == ("prices.changed", "price schedule 1", "INC-1")
    assert entry.before == {
        "name": "Default",
        "product": PREMIUM,
        "guid": "cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46",
        "effective_on": "2025-11-01",
        "usage_price": "26.40",
        "purchase_price": "23.10",
        "usage_cost": None,
        "purchase_cost": None,
    }
    assert entry.after == entry.before | {
        "effective_on": "2026-12-01",
        "usage_price": "30.00",
        "purchase_price": None,
        "usage_cost": "20.00",
    }
    gold = schedule(world, "Gold")
    world.services.prices.assign(world.by, account, gold, TODAY)
    entry = world.services.audit.rows(world.by)[0]
    assert (entry.action, entry.account, entry.before) == (
        "prices.schedule_assigned",
        "Contoso",
        {"schedule": "Default"},
    )
    assert entry.after == {"schedule": "Gold", "effective_on": TODAY.isoformat()}


def test_thousands_of_accounts_take_a_handful_of_queries(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    accounts = [world.account(f"A{place}") for place in range(30)]
    gold = schedule(world, "Gold")
    for account in accounts[::2]:
        world.services.prices.assign(world.by, account, gold, TODAY)
    asked: list[str] = []

    def rows_of(sql: str, *params: object) -> Iterator[tuple[Any, ...]]:
        asked.append(sql)
        return iter(connection.database.execute_sql(sql, params).fetchall())

    with world.store.read():
        monkeypatch.setattr(connection, "rows_of", rows_of)
        found = prices.pricing_of(accounts)
    assert len(asked) <= 6
    books = {id(one.books[-1][1]) for one in found.values()}
    assert len(books) == 2, "accounts share the books"
