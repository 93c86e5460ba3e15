"""Rule 18: every change says who, in which role, on which account, what, before and after."""

from collections.abc import Callable
from datetime import date

import pytest

from cpdesk.domain.operators import Role
from cpdesk.domain.people import UserQuery
from tests.support.history import live
from tests.support.refusals import refused
from tests.support.world import ADMIN, PREMIUM, World

ADA = "ada@contoso.example"

CHANGES: dict[str, Callable[[World, int], object]] = {
    "user.added": lambda world, account: world.user(account, "new@contoso.example"),
    "user.removed": lambda world, account: world.services.users.remove(world.by, account, ADA),
    "license.assigned": lambda world, account: world.assign(account, ADA),
    "seats.added": lambda world, account: world.buy(account, 1),
    "seats.removed": lambda world, account: world.give_back(account, 1),
    "mode.requested": lambda world, account: world.request_usage(account),
}


@pytest.fixture
def pool(world: World) -> int:
    return world.pool("Contoso", ADA, seats=3)


@pytest.mark.parametrize("action", CHANGES)
def test_every_change_writes_one_entry(world: World, pool: int, action: str) -> None:
    before = world.services.audit.rows(world.by)
    CHANGES[action](world, pool)
    entry, *rest = world.services.audit.rows(world.by)
    assert rest == before
    assert (entry.action, entry.operator, entry.role, entry.account) == (action, ADMIN, "reseller", "Contoso")
    assert entry.recorded_at == entry.effective_at == world.clock.now()


def test_a_refused_change_writes_none(world: World, pool: int) -> None:
    before = world.services.audit.rows(world.by)
    with refused("bad_count"):
        world.buy(pool, 0)
    with refused("seats_below_assigned"):
        world.give_back(pool, 9)
    assert world.services.audit.rows(world.by) == before


def test_an_entry_has_the_counts_before_and_after(world: World, pool: int) -> None:
    world.assign(pool, ADA)
    assigned = world.services.audit.rows(world.by)[0]
    assert assigned.before == {"product": PREMIUM, "upn": ADA, "seats": 3, "assigned": 0}
    assert assigned.after == {"product": PREMIUM, "upn": ADA, "seats": 3, "assigned": 1}
    world.give_back(pool, 2)
    given_back = world.services.audit.rows(world.by)[0]
    assert (given_back.before, given_back.after) == (
        {"product": PREMIUM, "seats": 3, "assigned": 1},
        {"product": PREMIUM, "seats": 1, "assigned": 1},
    )


def test_an_entry_names_who_really_acted_and_the_role_of_that_time(world: World, pool: int) -> None:
    customer = world.operator(Role.CUSTOMER, pool, ADA)
    world.services.licenses.add_seats(customer, pool, PREMIUM, 1)
    entry = world.services.audit.rows(world.by)[0]
    assert (entry.operator, entry.role) == (ADA, "customer")


def test_a_withdrawal_says_what_was_withdrawn(world: World, pool: int) -> None:
    world.request_usage(pool)
    world.keep(pool)
    entry = world.services.audit.rows(world.by)[0]
    assert entry.action == "mode.withdrawn"
    assert entry.before
    assert entry.after
    states = [part["switch"]["state"] for part in (entry.before, entry.after)]  # type: ignore[index]
    assert states == ["pending", "withdrawn"]


def test_entries_of_one_account_leave_the_others_out(world: World, pool: int) -> None:
    fabrikam = world.account("Fabrikam")
    assert {entry.account for entry in world.services.audit.rows(world.by, fabrikam)} == {"Fabrikam"}
    assert {entry.account for entry in world.services.audit.rows(world.by)} == {None, "Contoso", "Fabrikam"}
    assert pool


def test_only_as_many_as_are_asked_for_the_newest_first(world: World, pool: int) -> None:
    everything = world.services.audit.rows(world.by)
    assert world.services.audit.rows(world.by, limit=2) == everything[:2]
    assert world.services.audit.rows(world.by, pool, limit=0) == []


def test_a_customers_numbers_say_nothing_about_others(world: World, pool: int) -> None:
    customer = world.operator(Role.CUSTOMER, pool, ADA)
    for number in range(3):
        world.account(f"Other{number}")
    world.buy(pool, 1)
    own = world.services.audit.rows(customer)
    assert [entry.number for entry in own] == list(range(len(own), 0, -1))
    assert {entry.account for entry in own} == {"Contoso"}
    assert world.services.audit.rows(customer, limit=1) == own[:1]


def test_a_planned_leaver_is_numbered_within_the_account_for_its_administrator(world: World) -> None:
    world.account("Fabrikam", *(f"{number}@fabrikam.example" for number in range(3)))
    account = world.account("Contoso", "cy@contoso.example")
    customer = world.operator(Role.CUSTOMER, account)
    (user,) = world.services.users.find_ids(customer, account, UserQuery())
    world.services.planning.leave(customer, account, date(2026, 12, 1), [user])
    world.services.planning.withdraw(customer, account, 1)
    for entry in world.services.audit.rows(customer)[:2]:
        told = [str(facts["plan"]) for facts in (entry.before, entry.after) if facts]
        assert all("'user_id': 1" in text for text in told)
    assert f"'user_id': {user}" in str(world.services.audit.rows(world.by)[0].after)


def test_the_chain_holds_over_a_whole_history(world: World) -> None:
    live(world)
    hashes = [row[0] for row in world.stored("SELECT hash FROM audit_entry ORDER BY id")]
    assert len(hashes) == len(set(hashes)) > 30
    assert world.services.checks.run() == []


def test_nothing_in_the_program_changes_or_deletes_an_entry(world: World) -> None:
    live(world)
    kept = world.stored("SELECT * FROM audit_entry ORDER BY id")
    ledger = world.stored("SELECT * FROM seat_entry ORDER BY id")
    world.user(world.services.accounts.find(world.by, "contoso.example").id, "late@contoso.example")
    assert world.stored("SELECT * FROM audit_entry ORDER BY id")[: len(kept)] == kept
    assert world.stored("SELECT * FROM seat_entry ORDER BY id")[: len(ledger)] == ledger
