"""What is known of a customer: creating with it, editing it, and the time zone that counts."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from cpdesk.domain.accounts import MOST_ALIASES, MOST_CONTACTS, Contact, ZoneChange
from cpdesk.domain.modes import Mode
from cpdesk.domain.operators import Role
from tests.support.refusals import refused
from tests.support.world import DUE, NEW_YORK, World, dump

ADA = Contact("Ada Löw", "ada@contoso.example", "+49 30 1234", "Billing")
BERLIN = "Europe/Berlin"
BERLIN_BEGINS = datetime(2026, 11, 30, 23, 0, tzinfo=UTC)
TICK = timedelta(microseconds=1)


def edit(world: World, account: int, **changes: Any) -> Any:
    return world.services.accounts.edit(world.by, account, **changes).value


def test_an_account_is_created_with_aliases_and_contacts(world: World) -> None:
    row = world.services.accounts.create(
        world.by, "Contoso", "contoso.example", aliases=[" contoso.test "], contacts=[ADA]
    ).value
    company = world.services.accounts.company(world.by, row.id)
    assert (company.account, company.aliases, company.contacts) == (row, ("contoso.test",), (ADA,))
    assert (company.zone_change, company.currency_fixed, company.domain_free_on) == (None, False, None)
    assert world.services.accounts.find(world.by, "CONTOSO.test") == row


def test_an_edit_is_one_entry_with_what_differs_before_and_after(world: World) -> None:
    account = world.account("Contoso")
    done = world.services.accounts.edit(
        world.by,
        account,
        name=" Contoso Freight ",
        domain="contoso.test",
        aliases=["contoso.example"],
        country=" de",
        currency="eur",
        contacts=[ADA],
        reason="T-17",
    )
    assert (done.value.account.name, done.value.account.domain) == ("Contoso Freight", "contoso.test")
    entry, *_ = world.services.audit.rows(world.by, account)
    assert (entry.action, entry.reason) == ("account.edited", "T-17")
    assert entry.before == {
        "name": "Contoso",
        "country": "US",
        "currency": "USD",
        "domain": "contoso.example",
        "aliases": [],
        "contacts": [],
    }
    assert entry.after == {
        "name": "Contoso Freight",
        "country": "DE",
        "currency": "EUR",
        "domain": "contoso.test",
        "aliases": ["contoso.example"],
        "contacts": [{"name": "Ada Löw", "email": "ada@contoso.example", "phone": "+49 30 1234", "role": "Billing"}],
    }
    assert world.services.accounts.find(world.by, "contoso freight").id == account


def test_an_edit_that_changes_nothing_writes_nothing(world: World) -> None:
    account = world.account("Contoso")
    edit(world, account, aliases=["contoso.test"], contacts=[ADA])
    before = dump(world.store.path)
    company = world.services.accounts.company(world.by, account)
    assert edit(world, account) == company
    assert edit(world, account, name="Contoso", aliases=["contoso.test"], contacts=[ADA], currency="USD") == company
    assert edit(world, account, time_zone=NEW_YORK, domain="contoso.example", country="US") == company
    assert dump(world.store.path) == before


def test_what_is_not_given_stays(world: World) -> None:
    account = world.account("Contoso")
    edit(world, account, aliases=["contoso.test"], contacts=[ADA])
    company = edit(world, account, name="Contoso Freight")
    assert (company.aliases, company.contacts) == (("contoso.test",), (ADA,))
    assert edit(world, account, aliases=[], contacts=[]).contacts == ()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": " "}, "text_empty"),
        ({"domain": "contoso"}, "bad_domain"),
        ({"aliases": ["no domain"]}, "bad_domain"),
        ({"aliases": ["a.example", "A.EXAMPLE"]}, "domain_twice"),
        ({"aliases": ["CONTOSO.example"]}, "domain_twice"),
        ({"aliases": [f"{number}.example" for number in range(MOST_ALIASES + 1)]}, "too_many_aliases"),
        ({"aliases": ["fabrikam.example"]}, "domain_taken"),
        ({"domain": "FABRIKAM.test"}, "domain_taken"),
        ({"country": "Germany"}, "unknown_country"),
        ({"currency": "DEM"}, "unknown_currency"),
        ({"time_zone": "Mars/Olympus"}, "unknown_time_zone"),
        ({"contacts": [Contact(" ")]}, "text_empty"),
        ({"contacts": [Contact("Ada", "ada")]}, "bad_email"),
        ({"contacts": [Contact("Ada", phone="1\x002")]}, "text_not_printable"),
        ({"contacts": [Contact("Ada", role="x" * 300)]}, "text_too_long"),
        ({"contacts": [ADA] * (MOST_CONTACTS + 1)}, "too_many_contacts"),
    ],
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(world: World, changes: dict[str, Any], code: str) -> None:
    world.services.accounts.create(world.by, "Fabrikam", "fabrikam.example", aliases=["fabrikam.test"])
    account = world.account("Contoso")
    before = dump(world.store.path)
    with refused(code):
        edit(world, account, **{"name": "Renamed"} | changes)
    assert dump(world.store.path) == before


def test_a_domain_is_given_up_by_an_edit_and_free_at_once(world: World) -> None:
    account = world.account("Contoso")
    edit(world, account, aliases=["contoso.test"])
    edit(world, account, domain="contoso.org", aliases=[])
    world.services.accounts.create(world.by, "One", "contoso.example", aliases=["contoso.test"])


def test_own_domain_and_alias_can_trade_places(world: World) -> None:
    account = world.account("Contoso")
    edit(world, account, aliases=["contoso.test"])
    company = edit(world, account, domain="contoso.test", aliases=["contoso.example"])
    assert (company.account.domain, company.aliases) == ("contoso.test", ("contoso.example",))


# Who may


@pytest.mark.parametrize(
    "changes", [{"domain": "contoso.org"}, {"aliases": ["a.example"]}, {"time_zone": BERLIN}, {"currency": "EUR"}]
)
def test_domains_zone_and_currency_are_for_resellers(world: World, changes: dict[str, Any]) -> None:
    account = world.account("Contoso")
    customer = world.operator(Role.CUSTOMER, account)
    with refused("not_allowed"):
        world.services.accounts.edit(customer, account, **changes)


def test_a_customer_administrator_edits_the_rest_of_the_own_account(world: World) -> None:
    account = world.account("Contoso")
    customer = world.operator(Role.CUSTOMER, account)
    company = world.services.accounts.edit(
        customer, account, name="Contoso Freight", country="DE", contacts=[ADA]
    ).value
    assert (company.account.name, company.account.country) == ("Contoso Freight", "DE")


def test_a_customer_administrator_cannot_find_out_which_domains_others_have(world: World) -> None:
    world.account("Fabrikam")
    world.shut(world.account("Tailspin"))
    account = world.account("Contoso")
    customer = world.operator(Role.CUSTOMER, account)
    for domain in ("fabrikam.example", "tailspin.example", "nobodys.example"):
        with refused("not_allowed") as refusal:
            world.services.accounts.edit(customer, account, aliases=[domain])
        assert domain not in repr(refusal.params)


# Currency


def test_the_currency_is_fixed_at_the_first_ledger_entry(world: World) -> None:
    account = world.account("Contoso", "ada@contoso.example")
    assert edit(world, account, currency="EUR").account.currency == "EUR"
    world.assign(account, "ada@contoso.example")
    world.unassign(account, "ada@contoso.example")
    assert world.services.accounts.company(world.by, account).currency_fixed
    with refused("currency_fixed"):
        edit(world, account, currency="USD")
    assert edit(world, account, currency="EUR", name="Contoso Freight").account.name == "Contoso Freight"


# Time zones


def test_a_new_zone_counts_from_the_first_of_the_next_month_without_any_job(world: World) -> None:
    account = world.account("Contoso")
    company = edit(world, account, time_zone="europe/berlin")
    assert company.account.time_zone == NEW_YORK
    assert company.zone_change == company.account.next_zone == ZoneChange(BERLIN, date(2026, 12, 1))
    before = dump(world.store.path)
    world.clock.set(BERLIN_BEGINS - TICK)
    assert world.show(account).time_zone == NEW_YORK
    world.clock.set(BERLIN_BEGINS)
    assert (world.show(account).time_zone, world.show(account).next_zone) == (BERLIN, None)
    assert [row.time_zone for row in world.services.accounts.rows(world.by)] == [BERLIN]
    assert dump(world.store.path) == before


def test_forecasts_and_requests_go_by_the_zone_in_force(world: World) -> None:
    account = world.pool()
    edit(world, account, time_zone=BERLIN)
    world.clock.set(BERLIN_BEGINS - TICK)
    shown = world.services.modes.forecast(world.by, account, Mode.USAGE)
    assert (shown.effective_on, shown.due_at, shown.time_zone) == (date(2026, 12, 1), DUE, NEW_YORK)
    world.clock.set(BERLIN_BEGINS)
    shown = world.services.modes.forecast(world.by, account, Mode.USAGE)
    due = datetime(2026, 12, 31, 23, 0, tzinfo=UTC)
    assert (shown.effective_on, shown.due_at, shown.time_zone) == (date(2027, 1, 1), due, BERLIN)


def test_a_request_made_while_a_zone_waits_keeps_the_zone_in_force_then(world: World) -> None:
    account = world.pool()
    edit(world, account, time_zone=BERLIN)
    pending = world.request_usage(account).pending
    assert pending
    assert (pending.due_at, pending.time_zone) == (DUE, NEW_YORK)
    world.clock.set(DUE - TICK)
    assert (world.show(account).time_zone, world.show(account).pending) == (BERLIN, pending)
    outlook = world.services.modes.outlook(world.by, account)
    assert outlook
    assert (outlook.effective_on, outlook.due_at, outlook.time_zone) == (date(2026, 12, 1), DUE, NEW_YORK)
    world.clock.set(DUE)
    assert world.mode(account) is Mode.USAGE


@pytest.mark.parametrize("wanted", [BERLIN, NEW_YORK])
def test_no_zone_changes_while_a_switch_is_pending(world: World, wanted: str) -> None:
    account = world.pool(zone=NEW_YORK)
    edit(world, account, time_zone="Asia/Tokyo")
    world.request_usage(account)
    with refused("zone_fixed_while_pending") as refusal:
        edit(world, account, time_zone=wanted)
    assert refusal.params == {"account": "Contoso", "effective_on": date(2026, 12, 1)}
    world.keep(account)
    edit(world, account, time_zone=wanted)


def test_closing_and_reopening_is_no_way_to_change_the_zone_of_a_switch(world: World) -> None:
    account = world.pool()
    world.request_usage(account)
    world.shut(account)
    with refused("account_closed"):
        edit(world, account, time_zone="Pacific/Kiritimati")
    world.open_again(account)
    with refused("zone_fixed_while_pending"):
        edit(world, account, time_zone="Pacific/Kiritimati")


def test_a_waiting_zone_can_be_replaced_and_taken_back(world: World) -> None:
    account = world.account("Contoso")
    edit(world, account, time_zone=BERLIN)
    assert edit(world, account, time_zone="Asia/Tokyo").zone_change == ZoneChange("Asia/Tokyo", date(2026, 12, 1))
    assert edit(world, account, time_zone=NEW_YORK).zone_change is None
    world.clock.advance(timedelta(days=60))
    assert world.show(account).time_zone == NEW_YORK


def test_past_zones_are_kept_with_their_dates(world: World) -> None:
    account = world.account("Contoso")
    for zone in (BERLIN, "Asia/Tokyo", NEW_YORK):
        edit(world, account, time_zone=zone)
        world.clock.advance(timedelta(days=31))
    assert world.show(account).time_zone == NEW_YORK
    assert world.stored("SELECT effective_on, time_zone FROM account_zone ORDER BY effective_on") == [
        ("2026-12-01", BERLIN),
        ("2027-01-01", "Asia/Tokyo"),
        ("2027-02-01", NEW_YORK),
    ]
    assert world.stored("SELECT time_zone FROM account") == [(NEW_YORK,)]
    assert world.services.audit.rows(world.by, account)[0].after == {
        "later_zones": [
            {"effective_on": "2026-12-01", "time_zone": BERLIN},
            {"effective_on": "2027-01-01", "time_zone": "Asia/Tokyo"},
            {"effective_on": "2027-02-01", "time_zone": NEW_YORK},
        ]
    }


# The queue


def queued(world: World, by: Any = None) -> Sequence[Any]:
    return list(world.services.planning.time_line(by or world.by).switches)


def test_the_queue_lists_what_is_pending_by_due_date_with_what_it_releases(world: World) -> None:
    late, early = world.pool("Alpha", seats=2), world.pool("Beta", "ada@beta.example", seats=3, zone="Asia/Tokyo")
    world.assign(early, "ada@beta.example")
    world.pool("Gamma")
    for account in (late, early):
        world.request_usage(account)
    found = [
        (one.account.id, one.switch.account_id, [(line.part_number, line.released) for line in one.released])
        for one in queued(world)
    ]
    assert found == [(early, early, [("SPB", 2)]), (late, late, [("SPB", 2)])]
    customer = world.operator(Role.CUSTOMER, late)
    assert [one.account.id for one in queued(world, customer)] == [late]
    assert [world.services.planning.counts(by) for by in (world.by, customer)] == [(2, 0), (1, 0)]
    world.give_back(late, 2)
    world.keep(early)
    assert [(one.account.id, one.released) for one in queued(world)] == [(late, ())]
    world.clock.set(DUE)
    assert queued(world) == []
    assert world.services.planning.counts(world.by) == (0, 0)
