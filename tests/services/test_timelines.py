"""Seats over time, on a real database."""

from datetime import date, timedelta

from cpdesk.domain.modes import Mode
from cpdesk.domain.timelines import ModeDay, SeatDay
from tests.support.world import PREMIUM, STORAGE, World


def test_a_life_from_the_first_seat_to_today(world: World) -> None:
    account = world.account("Contoso", "ada@contoso.example", "bob@contoso.example")
    world.clock.advance(timedelta(days=2))
    world.assign(account, "ada@contoso.example", PREMIUM)
    world.clock.advance(timedelta(days=1))
    world.to_purchase(account)
    world.buy(account, 4)
    world.buy(account, 3, STORAGE)
    world.clock.advance(timedelta(days=3))
    world.assign(account, "bob@contoso.example", PREMIUM)
    found = world.services.timelines.seats(world.by, account)
    assert found.through == date(2026, 11, 16)
    assert found.days == (
        SeatDay(date(2026, 11, 12), 1, 1, Mode.USAGE),
        SeatDay(date(2026, 11, 13), 5, 1, Mode.PURCHASE),
        SeatDay(date(2026, 11, 16), 5, 2, Mode.PURCHASE),
    )
    assert found.switches == (ModeDay(date(2026, 11, 13), Mode.PURCHASE),)


def test_it_reaches_back_as_many_months_as_asked_for(world: World) -> None:
    account = world.account("Contoso", "ada@contoso.example")
    world.assign(account, "ada@contoso.example")
    world.clock.advance(timedelta(days=100))
    (only,) = world.services.timelines.seats(world.by, account, months=1).days
    assert only == SeatDay(date(2027, 1, 1), 1, 1, Mode.USAGE)
