"""Rule 8: only what was shown is done, and what was shown is kept."""

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from cpdesk.domain.forecasts import Difference, Forecast
from cpdesk.domain.modes import Mode
from tests.support.refusals import refused
from tests.support.world import DUE, Counts, World

ADA = "ada@contoso.example"
NAME = "Microsoft 365 Business Premium"


def shown_back(world: World, account: int) -> Forecast:
    return world.services.modes.forecast(world.by, account, Mode.USAGE)


def set_price(world: World, day: date, usage: str, purchase: str) -> None:
    """A price of Premium in the schedule of all accounts."""
    schedule = world.services.prices.schedules(world.by)[0].id
    (product,) = {row.product_id for row in world.services.prices.rows(world.by, schedule) if row.product == NAME}
    world.services.prices.set_price(world.by, schedule, product, day, Decimal(usage), Decimal(purchase))


def facts(params: dict[str, object]) -> list[tuple[str, str, str, str]]:
    differences = params["differences"]
    assert isinstance(differences, tuple)
    return [(one.what, one.subject, one.shown, one.now) for one in differences if isinstance(one, Difference)]


def test_counts_that_changed_are_shown_and_asked_again(world: World) -> None:
    account = world.pool("Contoso", ADA, seats=3)
    shown = shown_back(world, account)
    world.buy(account, 2)
    world.assign(account, ADA)
    with refused("forecast_changed") as refusal:
        world.services.modes.change(world.by, account, Mode.USAGE, shown)
    assert facts(refusal.params) == [
        ("seats", NAME, "3", "5"),
        ("assigned", NAME, "0", "1"),
        ("released", NAME, "3", "4"),
        ("monthly_before", "", "69.30 USD", "115.50 USD"),
        ("monthly_after", "", "0.00 USD", "26.40 USD"),
        ("idle_monthly", "", "69.30 USD", "92.40 USD"),
        ("until_effective", "", "48.51 USD", "80.85 USD"),
        ("idle_until", "", "48.51 USD", "64.68 USD"),
    ]
    assert world.show(account).pending is None
    again = refusal.params["forecast"]
    assert isinstance(again, Forecast)
    assert world.services.modes.change(world.by, account, Mode.USAGE, again).value.pending


def test_a_date_that_changed_is_shown_and_asked_again(world: World) -> None:
    account = world.pool()
    world.clock.set(DUE - timedelta(minutes=1))
    shown = shown_back(world, account)
    world.clock.set(DUE)
    with refused("forecast_changed") as refusal:
        world.services.modes.change(world.by, account, Mode.USAGE, shown)
    assert facts(refusal.params) == [
        ("effective_on", "", "2026-12-01", "2027-01-01"),
        ("until_effective", "", "3.85 USD", "115.50 USD"),
        ("idle_until", "", "3.85 USD", "115.50 USD"),
    ]


def test_a_price_that_changed_is_shown_and_asked_again(world: World) -> None:
    account = world.account("Contoso", ADA)
    world.assign(account, ADA)
    shown = world.services.modes.forecast(world.by, account, Mode.PURCHASE)
    set_price(world, date(2026, 11, 10), "26.40", "25.00")
    with refused("forecast_changed") as refusal:
        world.services.modes.change(world.by, account, Mode.PURCHASE, shown)
    assert facts(refusal.params) == [
        ("price_after", NAME, "23.10 USD", "25.00 USD"),
        ("monthly_after", "", "23.10 USD", "25.00 USD"),
        ("least_spend", "", "16.17 USD", "17.50 USD"),  # 21 of 30 days
    ]
    assert world.mode(account) is Mode.USAGE
    again = refusal.params["forecast"]
    assert isinstance(again, Forecast)
    world.services.modes.change(world.by, account, Mode.PURCHASE, again)
    entry = world.services.audit.rows(world.by, account)[0]
    assert entry.after
    assert entry.after["shown"]["money"]["least_spend"] == "17.50"  # type: ignore[index]


def test_a_price_that_begins_on_the_day_of_the_change_counts_for_the_cost_afterwards(world: World) -> None:
    account = world.pool("Contoso", ADA, seats=3)
    world.assign(account, ADA)
    set_price(world, date(2026, 12, 1), "30.00", "25.00")
    money = shown_back(world, account).money
    assert money
    assert (money.monthly_before, money.monthly_after) == (Decimal("69.30"), Decimal("30.00"))


def test_a_day_that_passed_changes_what_the_wait_costs(world: World) -> None:
    account = world.pool()
    shown = shown_back(world, account)
    world.clock.advance(timedelta(days=1))
    with refused("forecast_changed") as refusal:
        world.services.modes.change(world.by, account, Mode.USAGE, shown)
    assert facts(refusal.params) == [
        ("until_effective", "", "80.85 USD", "77.00 USD"),
        ("idle_until", "", "80.85 USD", "77.00 USD"),
    ]


def test_the_outlook_of_a_pending_change_has_the_amounts_that_are_left(world: World) -> None:
    account = world.pool("Contoso", ADA, seats=3)
    world.assign(account, ADA)
    world.request_usage(account)
    world.clock.set(DUE - timedelta(days=2))
    outlook = world.services.modes.outlook(world.by, account)
    assert outlook
    assert outlook.money
    assert (outlook.money.idle_until.amount, outlook.money.monthly_after) == (Decimal("3.08"), Decimal("26.40"))


def test_the_queue_says_what_is_at_stake(world: World) -> None:
    account = world.pool("Contoso", ADA, seats=3)
    world.assign(account, ADA)
    world.request_usage(account)
    (one,) = world.services.planning.time_line(world.by).switches
    assert one.money
    assert (one.money.monthly_before, one.money.monthly_after) == (Decimal("69.30"), Decimal("26.40"))
    assert one.money.idle_until.amount == Decimal("32.34")
    assert one.released[0].money
    assert one.released[0].money.idle == Decimal("46.20")


def test_the_day_of_a_change_to_purchase_mode_is_part_of_what_was_shown(world: World) -> None:
    account = world.account()
    shown = world.services.modes.forecast(world.by, account, Mode.PURCHASE)
    world.clock.advance(timedelta(days=1))
    with refused("forecast_changed"):
        world.services.modes.change(world.by, account, Mode.PURCHASE, shown)
    assert world.mode(account) is Mode.USAGE


def test_the_ticking_clock_alone_changes_nothing(world: World) -> None:
    account = world.pool()
    shown = shown_back(world, account)
    world.clock.advance(timedelta(hours=5))
    assert world.services.modes.change(world.by, account, Mode.USAGE, shown).value.pending


def test_a_holder_who_was_blocked_meanwhile_is_shown(world: World) -> None:
    account = world.pool("Contoso", ADA)
    world.assign(account, ADA)
    shown = shown_back(world, account)
    ada = world.services.users.find(world.by, account, ADA)
    world.services.users.edit(world.by, account, ada.id, replace(ada.fields, blocked=True))
    with refused("forecast_changed") as refusal:
        world.services.modes.change(world.by, account, Mode.USAGE, shown)
    assert facts(refusal.params) == [("blocked", "", "", ADA)]


def test_the_forecast_of_one_account_is_not_accepted_in_another(world: World) -> None:
    contoso, fabrikam = world.pool("Contoso"), world.pool("Fabrikam")
    with refused("forecast_changed") as refusal:
        world.services.modes.change(world.by, fabrikam, Mode.USAGE, shown_back(world, contoso))
    assert facts(refusal.params)[0][0] == "account"
    assert world.show(fabrikam).pending is None


def test_no_forged_forecast_makes_the_change_earlier(world: World) -> None:
    account = world.pool()
    true = shown_back(world, account)
    now = world.clock.now()
    for forged in (
        replace(true, effective_on=date(2026, 11, 11)),
        replace(true, effective_on=date(2026, 11, 10), due_at=now),
        replace(true, to=Mode.PURCHASE, effective_on=date(2026, 11, 10), due_at=None),
    ):
        with refused("forecast_changed"):
            world.services.modes.change(world.by, account, Mode.USAGE, forged)
    for tolerated in (replace(true, due_at=now), replace(true, due_at=None), replace(true, time_zone="Asia/Tokyo")):
        pending = world.services.modes.change(world.by, account, Mode.USAGE, tolerated).value.pending
        assert pending
        assert pending.due_at == DUE
        world.keep(account)
    world.clock.set(DUE - timedelta(microseconds=1))
    assert (world.mode(account), world.counts(account)) == (Mode.PURCHASE, Counts(5, 0))


def test_what_was_shown_is_kept_with_the_audit_entry(world: World) -> None:
    account = world.pool("Contoso", ADA, seats=3)
    world.assign(account, ADA)
    shown = shown_back(world, account)
    world.services.modes.change(world.by, account, Mode.USAGE, shown)
    entry = world.services.audit.rows(world.by, account)[0]
    assert entry.action == "mode.requested"
    assert entry.after
    assert entry.after["shown"] == json.loads(json.dumps(shown.as_plain()))


def test_what_was_shown_is_kept_for_an_immediate_change_too(world: World) -> None:
    account = world.account("Contoso", ADA)
    world.assign(account, ADA)
    shown = world.services.modes.forecast(world.by, account, Mode.PURCHASE)
    world.services.modes.change(world.by, account, Mode.PURCHASE, shown)
    entry = world.services.audit.rows(world.by, account)[0]
    assert entry.before == {"mode": "usage"}
    assert entry.after
    assert entry.after["shown"] == json.loads(json.dumps(shown.as_plain()))
    assert shown.earliest_return == date(2026, 12, 1)
