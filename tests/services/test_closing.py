"""Rule 19: suspended and closed accounts, and rule 5: nobody gets to Usage Mode earlier by closing and reopening."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from cpdesk.domain.accounts import Contact, Status
from cpdesk.domain.modes import Mode, SettledSwitch
from cpdesk.domain.operators import Role
from tests.support import exports
from tests.support.refusals import refused
from tests.support.world import DUE, E3, PREMIUM, STORAGE, Counts, World

ADA, BOB = "ada@contoso.example", "bob@contoso.example"
TICK = timedelta(microseconds=1)


def contoso(world: World) -> int:
    """An account in Purchase Mode: Ada holds one of three seats, Bob none."""
    account = world.pool("Contoso", ADA, BOB, seats=3)
    world.assign(account, ADA)
    return account


Act = Callable[[World, int], object]


def _import(world: World, account: int) -> object:
    file = exports.write(world.folder / "users.csv", exports.person("cy@contoso.example"))
    return world.services.imports.run(world.by, account, file)


GROWING: dict[str, Act] = {
    "assign": lambda world, account: world.assign(account, BOB),
    "add seats": lambda world, account: world.buy(account, 1),
    "add a user": lambda world, account: world.user(account, "cy@contoso.example"),
    "import users": _import,
    "edit": lambda world, account: world.services.accounts.edit(world.by, account, contacts=[Contact("Ada")]),
    "suspend": lambda world, account: world.suspend(account),
}
REDUCING: dict[str, Act] = {
    "unassign": lambda world, account: world.unassign(account, ADA),
    "remove seats": lambda world, account: world.give_back(account, 1),
    "remove a user": lambda world, account: world.services.users.remove(world.by, account, BOB),
    "request Usage Mode": lambda world, account: world.request_usage(account),
}
READING: dict[str, Act] = {
    "show": lambda world, account: world.services.modes.show(world.by, account),
    "users": lambda world, account: world.services.users.rows(world.by, account),
    "seats": lambda world, account: world.services.licenses.rows(world.by, account),
    "company": lambda world, account: world.services.accounts.company(world.by, account),
    "outlook": lambda world, account: world.services.modes.outlook(world.by, account),
    "audit log": lambda world, account: world.services.audit.rows(world.by, account),
}


@pytest.mark.parametrize("what", GROWING)
def test_a_suspended_account_refuses_what_adds_anything(world: World, what: str) -> None:
    account = contoso(world)
    world.suspend(account)
    with refused("account_suspended") as refusal:
        GROWING[what](world, account)
    assert refusal.params == {"account": "Contoso"}


@pytest.mark.parametrize("what", REDUCING | READING)
def test_a_suspended_account_allows_reading_and_reductions(world: World, what: str) -> None:
    account = contoso(world)
    world.suspend(account)
    (REDUCING | READING)[what](world, account)


def test_a_suspended_account_cannot_be_activated_or_go_to_purchase_mode(world: World) -> None:
    account, inactive = world.account("Contoso"), world.account("Fabrikam", active=False)
    world.suspend(account)
    world.suspend(inactive)
    with refused("account_suspended"):
        world.services.modes.forecast(world.by, account, Mode.PURCHASE)
    with refused("account_suspended"):
        world.services.accounts.activate(world.by, inactive)


def test_a_suspended_account_stays_billable_and_its_switch_completes(world: World) -> None:
    account = contoso(world)
    world.request_usage(account)
    row = world.suspend(account)
    assert (row.status, world.counts(account)) == (Status.SUSPENDED, Counts(3, 1))
    world.clock.set(DUE)
    assert (world.mode(account), world.counts(account)) == (Mode.USAGE, Counts(1, 1))
    assert world.show(account).status is Status.SUSPENDED


def test_the_request_of_a_suspended_account_can_be_withdrawn(world: World) -> None:
    account = contoso(world)
    world.suspend(account)
    world.request_usage(account)
    assert world.keep(account).pending is None


def test_resuming_gives_all_liberty_back(world: World) -> None:
    account = contoso(world)
    with refused("not_suspended"):
        world.resume(account)
    world.suspend(account)
    assert world.resume(account).status is Status.ACTIVE
    world.assign(account, BOB)
    assert world.counts(account) == Counts(3, 2)


def test_closing_is_forecast(world: World) -> None:
    account = contoso(world)
    world.buy(account, 4, STORAGE)
    pending = world.request_usage(account).pending
    shown = world.services.accounts.closing(world.by, account)
    lines = {line.part_number: (line.seats, line.assigned, line.released) for line in shown.released}
    assert lines == {PREMIUM: (3, 1, 3), STORAGE: (4, 0, 4)}
    assert (shown.seats, shown.users, shown.ends_switch) == (7, 2, pending)
    assert shown.domain_free_on == date(2026, 12, 1)


@pytest.mark.parametrize("mode", Mode)
def test_closing_releases_all_seats_at_that_instant_and_keeps_the_users(world: World, mode: Mode) -> None:
    account = world.account("Contoso", ADA, BOB)
    if mode is Mode.PURCHASE:
        world.to_purchase(account)
        world.buy(account, 5)
        world.buy(account, 2, STORAGE)
    world.assign(account, ADA)
    world.clock.advance(timedelta(hours=5))
    row = world.shut(account)
    assert (row.status, row.mode, row.seats, row.assigned, row.users) == (Status.CLOSED, mode, 0, 0, 2)
    assert world.licenses(account) == {ADA: (), BOB: ()}
    stamps = world.stored("SELECT DISTINCT effective_at FROM seat_entry ORDER BY effective_at DESC LIMIT 1")
    assert stamps == world.stored("SELECT recorded_at FROM audit_entry WHERE action = 'account.closed'")


def test_closing_is_one_audit_entry_that_says_what_left(world: World) -> None:
    account = contoso(world)
    shown = world.services.accounts.closing(world.by, account)
    world.services.accounts.close(world.by, account, shown, reason="T-17")
    entry, *_ = world.services.audit.rows(world.by, account)
    assert (entry.action, entry.subject, entry.reason) == ("account.closed", f"account {account}", "T-17")
    assert entry.before == {"status": "active", "domain_free_on": None}
    assert entry.after == {
        "status": "closed",
        "domain_free_on": "2026-12-01",
        "released": {PREMIUM: 3},
        "unassigned": 1,
        "users": 2,
    }


@pytest.mark.parametrize("what", GROWING | REDUCING)
def test_a_closed_account_can_only_be_read(world: World, what: str) -> None:
    account = contoso(world)
    world.shut(account)
    with refused("account_closed"):
        (GROWING | REDUCING)[what](world, account)
    for look in READING.values():
        look(world, account)


def test_a_closed_account_cannot_be_closed_resumed_or_forecast(world: World) -> None:
    account = contoso(world)
    world.shut(account)
    for act in (world.shut, world.resume, world.keep):
        with refused("account_closed"):
            act(account)
    for to in Mode:
        with refused("account_closed"):
            world.services.modes.forecast(world.by, account, to)


@pytest.mark.parametrize(
    "happens",
    [
        lambda world, account: world.buy(account, 1),
        lambda world, account: world.assign(account, BOB),
        lambda world, account: world.user(account, "cy@contoso.example"),
        lambda world, account: world.request_usage(account),
        lambda world, account: world.services.accounts.edit(world.by, account, name="Another"),
        lambda world, _account: world.clock.advance(timedelta(days=25)),
    ],
)
def test_what_changed_since_it_was_shown_is_shown_again(world: World, happens: Act) -> None:
    account = contoso(world)
    shown = world.services.accounts.closing(world.by, account)
    happens(world, account)
    with refused("closing_changed") as refusal:
        world.services.accounts.close(world.by, account, shown)
    assert refusal.params["forecast"] == world.services.accounts.closing(world.by, account)
    assert world.show(account).status is Status.ACTIVE
    world.services.accounts.close(world.by, account, refusal.params["forecast"])


def test_a_pending_switch_ends_with_the_account(world: World) -> None:
    account = contoso(world)
    pending = world.request_usage(account).pending
    assert pending
    assert world.shut(account).pending is None
    assert world.stored("SELECT id, state, ended_by FROM mode_switch WHERE to_mode = 'usage'") == [
        (pending.id, "closed", world.by.email)
    ]
    assert "mode.closed" in [row.action for row in world.services.audit.rows(world.by, account)]
    world.clock.advance(timedelta(days=60))
    assert world.services.modes.apply_due().applied == ()
    assert world.mode(account) is Mode.PURCHASE


def test_a_switch_that_is_due_is_completed_before_the_closing(world: World) -> None:
    account = contoso(world)
    world.request_usage(account)
    world.clock.set(DUE)
    assert world.shut(account).mode is Mode.USAGE
    assert world.open_again(account).mode is Mode.USAGE


# Reopening


def test_reopening_keeps_the_mode_and_starts_without_seats(world: World) -> None:
    account = contoso(world)
    world.shut(account)
    row = world.open_again(account)
    assert (row.status, row.mode, row.seats, row.pending) == (Status.ACTIVE, Mode.PURCHASE, 0, None)
    assert world.services.accounts.company(world.by, account).domain_free_on is None
    with refused("no_seats_available"):
        world.assign(account, ADA)
    world.buy(account, 1, E3)
    with refused("not_closed"):
        world.open_again(account)


def test_reopening_takes_the_switch_up_again_as_it_was(world: World) -> None:
    account = contoso(world)
    pending = world.request_usage(account).pending
    for _ in range(3):
        world.clock.advance(timedelta(days=3))
        world.shut(account)
        world.clock.advance(timedelta(days=2))
        assert world.open_again(account).pending == pending
    world.clock.set(DUE - TICK)
    assert world.mode(account) is Mode.PURCHASE
    world.clock.set(DUE)
    assert world.mode(account) is Mode.USAGE


def test_a_switch_taken_up_again_can_be_withdrawn_but_not_asked_for_again(world: World) -> None:
    account = contoso(world)
    world.request_usage(account)
    world.shut(account)
    world.open_again(account)
    with refused("switch_pending"):
        world.request_usage(account)
    world.keep(account)
    world.shut(account)
    assert world.open_again(account).pending is None


def test_a_switch_that_came_due_meanwhile_is_completed_at_once_from_its_due_instant(world: World) -> None:
    account = contoso(world)
    world.request_usage(account)
    world.shut(account)
    world.clock.set(DUE + timedelta(days=40))
    told: list[SettledSwitch] = []
    world.services.settler.listen(lambda settled: told.extend(settled.switches))
    row = world.open_again(account)
    assert (row.mode, row.pending) == (Mode.USAGE, None)
    completed = world.services.modes.show(world.by, account)[1]
    assert completed
    assert (completed.due_at, completed.applied_at) == (DUE, world.clock.now())
    assert completed.reopened
    assert [(one.account_id, one.reopened) for one in told] == [(account, True)]
    entry, *_ = world.services.audit.rows(world.by, account)
    assert (entry.action, entry.effective_at, entry.recorded_at) == ("mode.completed", DUE, world.clock.now())


def test_due_at_the_very_instant_of_reopening_counts_as_due(world: World) -> None:
    for name, instant, mode in (("Early", DUE - TICK, Mode.PURCHASE), ("Late", DUE, Mode.USAGE)):
        account = world.pool(name)
        world.request_usage(account)
        world.shut(account)
        world.clock.set(instant)
        assert world.open_again(account).mode is mode


def test_closing_in_usage_mode_and_reopening_changes_no_mode(world: World) -> None:
    account = world.account("Contoso", ADA)
    world.shut(account)
    world.clock.advance(timedelta(days=50))
    row = world.open_again(account)
    assert row.mode is Mode.USAGE
    world.assign(account, ADA)


# Domains


def _create(world: World, domain: str, *aliases: str) -> int:
    return world.services.accounts.create(world.by, "Another", domain, aliases=aliases).value.id


def test_a_closed_accounts_domains_are_free_from_the_first_of_the_next_month_on(world: World) -> None:
    account = world.account("Contoso", zone="Pacific/Kiritimati")
    world.services.accounts.edit(world.by, account, aliases=["contoso.test"])
    world.shut(account)
    # Midnight of the 1st in the closed account's zone, which the reseller's own has not reached yet.
    free = datetime(2026, 11, 30, 10, 0, tzinfo=UTC)
    for domain in ("contoso.example", "CONTOSO.test"):
        world.clock.set(free - TICK)
        with refused("domain_not_yet_free") as refusal:
            _create(world, domain)
        assert refusal.params == {"domain": domain, "free_on": date(2026, 12, 1)}
        with refused("domain_not_yet_free"):
            _create(world, "another.example", domain)
    world.clock.set(free)
    _create(world, "Contoso.example")
    _create(world, "other.example", "contoso.TEST")


def test_an_account_closed_on_a_first_keeps_its_domain_for_the_whole_month(world: World) -> None:
    account = world.account("Contoso")
    world.clock.set(DUE)
    world.shut(account)
    assert world.services.accounts.company(world.by, account).domain_free_on == date(2027, 1, 1)


def test_whoever_lost_the_domain_cannot_be_reopened(world: World) -> None:
    account = world.account("Contoso")
    world.shut(account)
    world.clock.set(DUE)
    other = _create(world, "contoso.example")
    with refused("domain_taken"):
        world.open_again(account)
    assert world.services.accounts.find(world.by, "contoso.example").id == other
    assert world.services.accounts.find(world.by, "Contoso").id == account
    world.services.accounts.edit(world.by, other, domain="another.example")
    assert world.open_again(account).status is Status.ACTIVE
    assert world.services.accounts.find(world.by, "contoso.example").id == account


def test_a_domain_can_go_through_several_closed_accounts(world: World) -> None:
    accounts = []
    for _ in range(3):
        accounts.append(_create(world, "contoso.example"))
        world.shut(accounts[-1])
        world.clock.advance(timedelta(days=31))
    first, second, third = accounts
    assert world.open_again(first).status is Status.ACTIVE
    for other in (second, third):
        with refused("domain_taken"):
            world.open_again(other)


def test_giving_up_a_domain_names_nobody(world: World) -> None:
    account = world.account("Contoso")
    customer = world.operator(Role.CUSTOMER, account)
    world.shut(account)
    world.clock.set(DUE)
    other = _create(world, "contoso.example")
    entry, *_ = world.services.audit.rows(customer, account)
    assert (entry.action, entry.operator) == ("account.domains_given_up", "cpdesk")
    assert str(other) not in repr(entry)
    assert world.by.email not in repr(entry)


def test_closed_accounts_are_still_listed(world: World) -> None:
    account = contoso(world)
    world.shut(account)
    assert [(row.id, row.status) for row in world.services.accounts.rows(world.by)] == [(account, Status.CLOSED)]
