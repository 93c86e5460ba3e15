"""Statements, forecasts and costs as operators get them."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from cpdesk.domain.billing import Cost, ProductPrice, Statement
from cpdesk.domain.issuing import CorrectionKind
from cpdesk.domain.modes import Mode
from cpdesk.domain.operators import Role
from cpdesk.domain.own_company import OwnCompany
from cpdesk.domain.statements import Proration
from cpdesk.store import connection
from tests.support.refusals import refused
from tests.support.world import DUE, E3, NEW_YORK, PREMIUM, START, STORAGE, World

ADA, BOB = "ada@contoso.example", "bob@contoso.example"
NOVEMBER, DECEMBER, JANUARY, APRIL, MAY = (
    date(2026, 11, 1),
    date(2026, 12, 1),
    date(2027, 1, 1),
    date(2027, 4, 1),
    date(2027, 5, 1),
)
TODAY = date(2026, 11, 10)
"""At START, in New York."""
PREMIUM_USAGE, PREMIUM_PURCHASE = Decimal("26.40"), Decimal("23.10")


def shown(world: World, account: int, month: date = NOVEMBER) -> Statement:
    return world.services.statements.show(world.by, account, month)


def told(statement: Statement) -> list[tuple[object, ...]]:
    """Mode, days, seats and amount of each line."""
    return [
        (str(row.mode), row.first.day, row.last.day, row.seats, row.amount and str(row.amount))
        for row in statement.lines
    ]


def product(world: World, part_number: str) -> int:
    ((number,),) = world.stored("SELECT id FROM product WHERE part_number = ?", part_number)
    return int(number)


def schedule(world: World, currency: str, **prices: str) -> int:
    """A price schedule with the same price in both modes from today on."""
    made = world.services.prices.create(world.by, f"In {currency}", currency).value.id
    for part_number, price in prices.items():
        world.services.prices.set_price(world.by, made, product(world, part_number), TODAY, price, price)
    return made


def in_new_york(world: World, month: date, day: int, hour: int = 12) -> None:
    """Make it such an hour of a day in New York, in summer or winter time alike."""
    world.clock.set(datetime(month.year, month.month, day, hour + 5, tzinfo=UTC))


class TestWorkedExamples:
    """Published by vendors."""

    def test_a_second_seat_from_the_second_day(self, world: World) -> None:
        account = world.account("Contoso", ADA, BOB)
        world.services.prices.assign(world.by, account, schedule(world, "USD", SPB="4.00"), TODAY)
        world.assign(account, ADA)
        in_new_york(world, APRIL, 2)
        world.assign(account, BOB)
        in_new_york(world, MAY, 1)
        april = shown(world, account, APRIL)
        assert told(april) == [("usage", 1, 1, 1, "0.13"), ("usage", 2, 30, 2, "7.73")]
        assert (april.total, april.provisional) == (Decimal("7.86"), False)

    @pytest.mark.parametrize(("seats", "day", "amount"), [(500, 5, "22614.68"), (5, 28, "33.50")])
    def test_seats_for_some_days_of_a_month(self, world: World, seats: int, day: int, amount: str) -> None:
        account = world.pool(seats=1)
        world.give_back(account, 1)
        world.services.prices.assign(world.by, account, schedule(world, "USD", SPB="51.93"), TODAY)
        in_new_york(world, DECEMBER, day)
        world.buy(account, seats)
        in_new_york(world, JANUARY, 5)
        assert told(shown(world, account, DECEMBER)) == [("purchase", day, 31, seats, amount)]


class TestAMonthThatIsNotOver:
    def test_a_seat_that_came_today_is_charged_today(self, world: World) -> None:
        account = world.account("Contoso", ADA)
        world.assign(account, ADA)
        found = shown(world, account)
        assert told(found) == [("usage", 10, 10, 1, "0.88")]
        assert (found.provisional, found.through) == (True, TODAY)

    def test_gone_again_before_midnight_it_costs_nothing(self, world: World) -> None:
        account = world.account("Contoso", ADA)
        world.assign(account, ADA)
        world.clock.advance(timedelta(hours=1))
        world.unassign(account, ADA)
        assert shown(world, account).lines == ()
        assert str(shown(world, account).total) == "0.00"

    def test_is_over_with_its_last_instant_in_the_accounts_zone(self, world: World) -> None:
        account = world.account()
        world.clock.set(DUE - timedelta(microseconds=1))
        assert shown(world, account).provisional
        world.clock.set(DUE)
        assert not shown(world, account).provisional

    def test_a_forecast_counts_on_to_the_end(self, world: World) -> None:
        account = world.pool(seats=3)
        found = world.services.statements.forecast(world.by, account)
        assert told(found) == [("purchase", 10, 30, 3, "48.51")]
        assert (found.provisional, found.through) == (True, date(2026, 11, 30))

    def test_a_forecast_of_the_next_month_knows_the_pending_switch(self, world: World) -> None:
        account = world.pool("Contoso", ADA, seats=3)
        world.buy(account, 2, STORAGE)
        world.assign(account, ADA)
        later = world.services.statements.next_month(world.by, account)
        assert [row.seats for row in later.lines] == [3, 2]
        world.request_usage(account)
        later = world.services.statements.next_month(world.by, account)
        assert told(later) == [("usage", 1, 31, 1, "26.40")]
        assert (later.month, later.through) == (DECEMBER, date(2026, 12, 31))


class TestRefusals:
    def test_a_month_that_has_not_begun(self, world: World) -> None:
        account = world.account()
        with refused("month_in_future") as refusal:
            shown(world, account, date(2026, 12, 24))
        assert refusal.params == {"account": "Contoso", "month": DECEMBER}

    def test_a_month_before_the_account_existed(self, world: World) -> None:
        account = world.account()
        with refused("month_before_account") as refusal:
            shown(world, account, date(2026, 10, 31))
        assert refusal.params == {"account": "Contoso", "month": date(2026, 10, 1), "began": TODAY}

    @pytest.mark.parametrize(
        ("month", "code"), [(date.min, "month_before_account"), (date.max, "month_in_future")], ids=str
    )
    def test_the_first_and_the_last_month_of_all(self, world: World, month: date, code: str) -> None:
        account = world.account()
        with refused(code):
            shown(world, account, month)
        with refused(code):
            world.services.statements.explain(world.by, account, month, 0, forecast=True)

    def test_a_line_that_there_is_no_more(self, world: World) -> None:
        account = world.pool(seats=3)
        for line in (-1, 1):
            with refused("no_such_line"):
                world.services.statements.explain(world.by, account, NOVEMBER, line)

    def test_an_explanation_of_what_nobody_foresees(self, world: World) -> None:
        account = world.pool(seats=3)
        assert world.services.statements.explain(world.by, account, DECEMBER, 0, forecast=True).line.amount
        with refused("month_in_future"):
            world.services.statements.explain(world.by, account, JANUARY, 0, forecast=True)
        with refused("month_in_future"):
            world.services.statements.explain(world.by, account, DECEMBER, 0)


class TestSwitches:
    def test_from_the_day_of_the_change_seats_are_charged_at_the_purchase_price(self, world: World) -> None:
        account = world.account("Contoso", ADA)
        world.assign(account, ADA)
        in_new_york(world, NOVEMBER, 20)
        world.to_purchase(account)
        in_new_york(world, DECEMBER, 2)
        assert [(row.mode, row.first.day, row.unit_price) for row in shown(world, account).lines] == [
            (Mode.USAGE, 10, PREMIUM_USAGE),
            (Mode.PURCHASE, 20, PREMIUM_PURCHASE),
        ]

    def test_a_late_settlement_counts_from_the_due_instant(self, world: World) -> None:
        account = world.pool("Contoso", ADA, seats=3)
        world.assign(account, ADA)
        world.request_usage(account)
        in_new_york(world, DECEMBER, 9)
        assert told(shown(world, account)) == [("purchase", 10, 30, 3, "48.51")]
        assert told(shown(world, account, DECEMBER)) == [("usage", 1, 9, 1, "7.66")]
        assert world.stored("SELECT state FROM mode_switch ORDER BY id DESC LIMIT 1") == [("done",)]

    def test_one_that_cannot_be_written_down_counts_all_the_same(
        self, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        account = world.pool("Contoso", ADA, seats=3)
        world.assign(account, ADA)
        world.request_usage(account)
        world.close()
        with monkeypatch.context() as patch:
            patch.setattr(connection, "_writable", lambda _path: False)
            world.clock.set(DUE)
            world.store.open()
            assert told(shown(world, account, DECEMBER)) == [("usage", 1, 1, 1, "0.85")]
            world.close()
        world.store.open()


class TestPrices:
    def test_what_has_no_price_is_counted_and_never_zero(self, world: World) -> None:
        account = world.pool("Contoso", ADA, seats=3)
        world.services.prices.assign(world.by, account, schedule(world, "USD", ENTERPRISEPACK="10"), TODAY)
        world.buy(account, 2, E3)
        found = shown(world, account)
        assert [(row.part_number, row.unit_price and str(row.unit_price), row.amount) for row in found.lines] == [
            (PREMIUM, None, None),
            (E3, "10.00", Decimal("0.67")),
        ]
        assert (found.total, found.unpriced) == (Decimal("0.67"), 1)
        cost = world.services.statements.cost_of(world.by, account)
        assert cost == Cost(Decimal("20.00"), "USD", 1)

    @pytest.mark.parametrize(("currency", "price", "amount"), [("JPY", "4000", "133"), ("KWD", "1.234", "0.041")])
    def test_amounts_have_the_decimals_of_their_currency(
        self, world: World, currency: str, price: str, amount: str
    ) -> None:
        account = world.services.accounts.create(
            world.by, "Contoso", "contoso.example", currency=currency, time_zone=NEW_YORK, activate=True
        ).value.id
        world.user(account, ADA)
        world.assign(account, ADA)
        before = shown(world, account)
        assert (before.unpriced, before.currency, before.total) == (1, currency, Decimal())
        world.services.prices.assign(world.by, account, schedule(world, currency, SPB=price), TODAY)
        found = shown(world, account)
        assert told(found) == [("usage", 10, 10, 1, amount)]
        assert str(found.total) == amount
        assert str(world.services.statements.cost_of(world.by, account).amount) == price

    def test_a_price_for_days_that_had_none_says_when_it_was_entered(self, world: World) -> None:
        account = world.pool("Contoso", seats=3)
        own = schedule(world, "USD")
        world.services.prices.assign(world.by, account, own, TODAY)
        in_new_york(world, DECEMBER, 20)
        assert shown(world, account).unpriced == 1
        world.services.prices.set_price(world.by, own, product(world, PREMIUM), TODAY, None, "10")
        (line,) = shown(world, account).lines
        assert (line.amount, line.priced_at) == (Decimal("21.00"), world.clock.now())
        in_new_york(world, JANUARY, 2)
        world.services.prices.set_price(world.by, own, product(world, PREMIUM), date(2026, 12, 5), "12", "10")
        assert shown(world, account).lines == (line,)
        (december,) = shown(world, account, DECEMBER).lines
        assert december.priced_at == line.priced_at

    def test_a_schedule_for_days_that_had_none_says_when_it_was_given(self, world: World) -> None:
        account = world.services.accounts.create(
            world.by, "Contoso", "contoso.example", currency="EUR", time_zone=NEW_YORK, activate=True
        ).value.id
        own = schedule(world, "EUR", SPB="10")
        world.user(account, ADA)
        world.assign(account, ADA)
        in_new_york(world, DECEMBER, 20)
        assert shown(world, account).unpriced == 1
        world.services.prices.assign(world.by, account, own, TODAY)
        given = world.clock.now()
        assert [(row.amount, row.priced_at) for row in shown(world, account).lines] == [(Decimal("7.00"), given)]
        in_new_york(world, JANUARY, 2)
        world.services.prices.assign(world.by, account, own, TODAY)
        assert [row.priced_at for row in shown(world, account).lines] == [given]
        assert [row.priced_at for row in shown(world, account, JANUARY).lines] == [None]

    def test_a_price_of_today_says_nothing(self, world: World) -> None:
        account = world.pool("Contoso", seats=3)
        world.services.prices.assign(world.by, account, schedule(world, "USD", SPB="10"), TODAY)
        assert [row.priced_at for row in shown(world, account).lines] == [None]

    def test_without_proration_the_most_seats_of_a_day_are_charged_for_the_month(self, world: World) -> None:
        own = schedule(world, "USD", SPB="10")
        world.services.prices.set_proration(world.by, own, DECEMBER, Proration.NONE)
        account = world.pool("Contoso", seats=3)
        world.services.prices.assign(world.by, account, own, TODAY)
        in_new_york(world, DECEMBER, 10)
        world.buy(account, 4)
        in_new_york(world, DECEMBER, 12)
        world.give_back(account, 6)
        found = shown(world, account, DECEMBER)
        assert (told(found), found.proration) == ([("purchase", 1, 31, 7, "70.00")], Proration.NONE)
        explained = world.services.statements.explain(world.by, account, DECEMBER, 0)
        assert (explained.opening, [entry.seats for entry in explained.entries]) == (3, [4, -6])
        assert explained.proration is Proration.NONE


class TestZones:
    """A new zone counts from the 1st: earlier days keep the old one's calendar."""

    @pytest.fixture
    def moved(self, world: World, request: pytest.FixtureRequest) -> int:
        account = world.account("Contoso", ADA)
        world.services.accounts.edit(world.by, account, time_zone=request.param)
        return account

    @pytest.mark.parametrize("moved", ["Asia/Tokyo"], indirect=True)
    def test_moved_east_the_last_day_goes_on_when_the_first_has_begun(self, world: World, moved: int) -> None:
        in_tokyo = datetime(2026, 11, 30, 15, tzinfo=UTC)
        world.clock.set(in_tokyo)
        assert shown(world, moved, DECEMBER).through == DECEMBER
        assert (shown(world, moved).provisional, shown(world, moved).through) == (True, date(2026, 11, 30))
        world.assign(moved, ADA)
        assert told(shown(world, moved))[0][:4] == ("usage", 30, 30, 1)
        assert told(shown(world, moved, DECEMBER))[0][:4] == ("usage", 1, 1, 1)
        world.clock.set(DUE)
        assert not shown(world, moved).provisional

    @pytest.mark.parametrize("moved", ["Pacific/Honolulu"], indirect=True)
    def test_moved_west_the_first_has_begun_before_its_calendar_says_so(self, world: World, moved: int) -> None:
        world.clock.set(DUE)
        assert not shown(world, moved).provisional
        found = world.services.statements.show(world.by, moved, DECEMBER)
        assert (found.through, found.time_zone, found.provisional) == (DECEMBER, "Pacific/Honolulu", True)
        assert shown(world, moved).time_zone == NEW_YORK
        world.assign(moved, ADA)
        assert shown(world, moved).lines == ()
        assert told(shown(world, moved, DECEMBER))[0][:4] == ("usage", 1, 1, 1)


class TestExplanations:
    def test_a_line_tells_what_made_it(self, world: World) -> None:
        account = world.account("Contoso", ADA, BOB)
        world.assign(account, ADA)
        in_new_york(world, NOVEMBER, 20)
        world.assign(account, BOB)
        explained = world.services.statements.explain(world.by, account, NOVEMBER, 1)
        assert (explained.line.seats, explained.opening) == (2, 1)
        (entry,) = explained.entries
        assert (entry.kind, entry.user, entry.seats, entry.seats_after) == ("assign", BOB, 1, 2)
        assert (entry.effective_at, entry.recorded_at) == (world.clock.now(), world.clock.now())
        assert (explained.schedule, explained.price_effective_on) == ("Default", date(2025, 11, 1))
        assert explained.proration is Proration.DAILY

    def test_one_that_goes_on_from_before_tells_of_the_last_change(self, world: World) -> None:
        account = world.pool("Contoso", seats=3)
        world.buy(account, 2)
        in_new_york(world, DECEMBER, 20)
        explained = world.services.statements.explain(world.by, account, DECEMBER, 0)
        assert (explained.opening, [entry.seats_after for entry in explained.entries]) == (5, [5])
        assert explained.entries[0].effective_at == START

    def test_a_late_settlement_has_two_times(self, world: World) -> None:
        account = world.pool("Contoso", ADA, seats=3)
        world.assign(account, ADA)
        world.request_usage(account)
        in_new_york(world, DECEMBER, 9)
        explained = world.services.statements.explain(world.by, account, DECEMBER, 0)
        (entry,) = explained.entries
        assert (entry.kind, entry.seats, entry.user) == ("release", -2, "")
        assert (entry.effective_at, entry.recorded_at) == (DUE, world.clock.now())

    def test_numbers_tell_a_customer_nothing_of_others(self, world: World) -> None:
        world.pool("Fabrikam", seats=3)
        account = world.pool("Contoso", seats=3)
        customer = world.operator(Role.CUSTOMER, account, "own@contoso.example")
        for by, numbers in ((world.by, [2]), (customer, [1])):
            explained = world.services.statements.explain(by, account, NOVEMBER, 0)
            assert [entry.number for entry in explained.entries] == numbers


class TestLists:
    def test_months_begin_with_the_account_newest_first(self, world: World) -> None:
        account = world.pool("Contoso", seats=3)
        in_new_york(world, JANUARY, 2)
        assert [
            (row.month, str(row.total), row.provisional) for row in world.services.statements.months(world.by, account)
        ] == [(JANUARY, "4.47", True), (DECEMBER, "69.30", False), (NOVEMBER, "48.51", False)]

    def test_a_month_has_the_number_of_its_issued_statement(self, world: World) -> None:
        account = world.pool("Contoso", seats=3)
        in_new_york(world, DECEMBER, 2)
        world.services.issuing.save_own_company(world.by, OwnCompany("Reseller Ltd"))
        issued = world.services.issuing.issue(world.by, account, NOVEMBER).value
        months = world.services.statements.months(world.by, account)
        assert [(row.month, row.number) for row in months] == [(DECEMBER, ""), (NOVEMBER, issued.number)]

    def test_a_month_has_the_amount_of_its_issued_document(self, world: World) -> None:
        account = world.pool("Contoso", seats=3)
        in_new_york(world, DECEMBER, 2)
        issuing = world.services.issuing
        issuing.save_own_company(world.by, OwnCompany("Reseller Ltd", tax_rate=Decimal(10)))
        issuing.issue(world.by, account, NOVEMBER)
        issuing.correct(world.by, account, NOVEMBER, CorrectionKind.CREDIT, "Goodwill", Decimal(3), "Ticket 7")
        months = world.services.statements.months(world.by, account)
        balance = issuing.document(world.by, account, NOVEMBER).balance
        assert [row.issued_amount for row in months] == [None, balance]
        assert (months[1].total, balance) == (Decimal("48.51"), Decimal("50.36"))
        sheet = issuing.sheet(world.by, account, NOVEMBER)
        assert sheet.issued is not None
        assert (sheet.statement.total, sheet.document, sheet.issued.balance) == (
            months[1].total,
            sheet.issued.document,
            balance,
        )

    def test_costs_are_those_of_a_whole_month(self, world: World) -> None:
        contoso, fabrikam = world.pool("Contoso", seats=3), world.account("Fabrikam", "eve@fabrikam.example")
        world.assign(fabrikam, "eve@fabrikam.example")
        costs = world.services.statements.costs(world.by)
        assert costs == {contoso: Cost(3 * PREMIUM_PURCHASE, "USD"), fabrikam: Cost(PREMIUM_USAGE, "USD")}
        customer = world.operator(Role.CUSTOMER, contoso, "own@contoso.example")
        assert world.services.statements.costs(customer) == {contoso: costs[contoso]}
        assert world.services.statements.cost_of(customer, contoso) == costs[contoso]

    def test_a_closed_account_costs_nothing_and_keeps_its_statements(self, world: World) -> None:
        account = world.pool("Contoso", seats=3)
        in_new_york(world, NOVEMBER, 20)
        world.shut(account)
        assert told(shown(world, account)) == [("purchase", 10, 19, 3, "23.10")]
        assert world.services.statements.cost_of(world.by, account).amount == 0

    def test_a_suspended_account_is_billed_on(self, world: World) -> None:
        account = world.pool("Contoso", seats=3)
        world.suspend(account)
        in_new_york(world, NOVEMBER, 20)
        assert told(shown(world, account))[0][:4] == ("purchase", 10, 20, 3)

    def test_prices_are_those_of_today(self, world: World) -> None:
        account, premium = world.account(), product(world, PREMIUM)
        found = world.services.statements.prices_of(world.by, account)
        assert found[premium] == ProductPrice(PREMIUM_USAGE, PREMIUM_PURCHASE, "USD")
        own = schedule(world, "USD", SPB="10")
        world.services.prices.assign(world.by, account, own, DECEMBER)
        assert world.services.statements.prices_of(world.by, account) == found
        world.clock.set(DUE)
        assert world.services.statements.prices_of(world.by, account) == {
            premium: ProductPrice(Decimal(10), Decimal(10), "USD")
        }
