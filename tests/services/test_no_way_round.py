"""Nobody can complete a change to Usage Mode early: there is no such method, argument or setting."""

import inspect
import os
from datetime import date, datetime, timedelta
from typing import get_type_hints

import pytest

from cpdesk.domain.modes import Mode
from cpdesk.store.store import Store
from tests.support.introspection import public_methods
from tests.support.refusals import refused
from tests.support.world import DUE, Counts, World

TIMES = {datetime, date, timedelta}
TICK = timedelta(microseconds=1)


OF_MONEY = {"prices": "effective_on", "statements": "month", "issuing": "month", "month_end": "month"}
"""From which day a price counts, and which month is looked at: neither moves a switch or a seat."""
PLANNED = {"planning.join", "planning.leave", "planning.reduce"}
"""These take a day that is still to come, and move no switch."""


def test_no_service_that_moves_a_switch_or_a_seat_takes_a_time_from_its_caller() -> None:
    taking = [
        (name, parameter)
        for name, method in public_methods()
        for parameter, kind in get_type_hints(method).items()
        if parameter != "return" and TIMES.intersection({kind, *getattr(kind, "__args__", ())})
    ]
    assert {name for name, taken in taking if OF_MONEY.get(name.partition(".")[0]) != taken} == PLANNED


def test_the_methods_that_move_a_mode_take_nothing_but_who_where_what_and_why() -> None:
    parameters = {name: list(inspect.signature(method).parameters)[1:] for name, method in public_methods()}
    assert {name: taken for name, taken in parameters.items() if name.startswith("modes.")} == {
        "modes.show": ["by", "account_id"],
        "modes.forecast": ["by", "account_id", "to"],
        "modes.outlook": ["by", "account_id"],
        "modes.change": ["by", "account_id", "to", "shown", "reason"],
        "modes.keep": ["by", "account_id", "reason"],
        "modes.apply_due": [],
    }


def test_no_read_or_change_completes_it_early(world: World) -> None:
    account = world.pool("Contoso", "ada@contoso.example")
    world.request_usage(account)
    world.clock.set(DUE - TICK)
    services = world.services
    services.settler.settle(account)
    services.settler.settle()
    services.modes.apply_due()
    services.accounts.rows(world.by)
    world.assign(account, "ada@contoso.example")
    world.reopen()
    for to in Mode:
        with refused("already_in_mode" if to is Mode.PURCHASE else "switch_pending"):
            world.change(account, to)
    with world.store.write() as moment:
        assert not services.settler.settle_within(moment, account)
    assert (world.mode(account), world.counts(account)) == (Mode.PURCHASE, Counts(5, 1))


def test_withdrawing_and_asking_again_never_brings_the_date_forward(world: World) -> None:
    account = world.pool()
    dates = []
    for _ in range(5):
        world.clock.advance(timedelta(days=9))
        pending = world.request_usage(account).pending
        assert pending
        dates.append(pending.due_at)
        world.keep(account)
    assert dates == sorted(dates)
    assert dates[0] == DUE


def test_changing_the_zone_between_requests_never_brings_the_date_forward(world: World) -> None:
    account = world.pool()
    dates = []
    for zone in ("Pacific/Kiritimati", "Etc/GMT+12", "Asia/Tokyo", "America/New_York", "Pacific/Kiritimati") * 3:
        pending = world.request_usage(account).pending
        assert pending
        dates.append((pending.effective_on, pending.due_at > world.clock.now()))
        world.keep(account)
        world.services.accounts.edit(world.by, account, time_zone=zone)
        world.clock.advance(timedelta(days=5, hours=7))
    assert dates == sorted(dates)
    assert all(later for _day, later in dates)


def test_closing_and_reopening_never_brings_the_date_forward(world: World) -> None:
    account = world.pool("Contoso", "ada@contoso.example")
    pending = world.request_usage(account).pending
    for _ in range(4):
        world.shut(account)
        world.reopen()
        world.clock.advance(timedelta(days=5))
        assert world.open_again(account).pending == pending
    world.clock.set(DUE - TICK)
    world.shut(account)
    assert world.open_again(account).mode is Mode.PURCHASE


def test_a_new_account_cannot_take_the_domain_of_one_that_was_closed_to_get_out_of_purchase_mode(world: World) -> None:
    account = world.pool()
    earliest = world.services.modes.forecast(world.by, account, Mode.USAGE).due_at
    assert earliest
    world.shut(account)
    world.clock.set(earliest - TICK)
    with refused("domain_not_yet_free"):
        world.account("Contoso again", domain="contoso.example")
    world.clock.set(earliest)
    world.account("Contoso again", domain="contoso.example")


def test_no_environment_variable_moves_the_clock_or_the_date(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TZ", "CPDESK_NOW", "CPDESK_DATE", "CPDESK_CLOCK", "CPDESK_FORCE", "PYTHONTZPATH"):
        monkeypatch.setitem(os.environ, name, "2030-01-01")
    account = world.pool()
    pending = world.request_usage(account).pending
    assert pending
    assert pending.due_at == DUE
    world.reopen()
    assert world.mode(account) is Mode.PURCHASE


def test_the_store_takes_its_time_from_the_clock_alone() -> None:
    assert "now" not in inspect.signature(Store.write).parameters
    assert "now" not in inspect.signature(Store.read).parameters
