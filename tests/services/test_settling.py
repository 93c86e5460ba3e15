"""Rule 7: every switch that is due is completed first, exactly once, and says when it counts and when it was done."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from cpdesk.domain.modes import Mode
from cpdesk.domain.settlements import Settlement
from cpdesk.domain.switching import is_late
from cpdesk.services import settling
from cpdesk.store.fields import utc_text
from tests.support.refusals import refused
from tests.support.world import DUE, E3, NEW_YORK, PREMIUM, START, Counts, World

ADA = "ada@contoso.example"
TICK = timedelta(microseconds=1)
LATE = DUE + timedelta(days=3, minutes=5)

READS: dict[str, Callable[[World, int], object]] = {
    "accounts.rows": lambda world, _account: world.services.accounts.rows(world.by),
    "accounts.show": lambda world, account: world.services.accounts.show(world.by, account),
    "accounts.find": lambda world, _account: world.services.accounts.find(world.by, "contoso"),
    "users.rows": lambda world, account: world.services.users.rows(world.by, account),
    "licenses.rows": lambda world, account: world.services.licenses.rows(world.by, account),
    "modes.show": lambda world, account: world.services.modes.show(world.by, account),
    "modes.outlook": lambda world, account: world.services.modes.outlook(world.by, account),
    "modes.apply_due": lambda world, _account: world.services.modes.apply_due(),
    "audit.rows": lambda world, _account: world.services.audit.rows(world.by),
    "audit.rows of the account": lambda world, account: world.services.audit.rows(world.by, account),
}
REFUSALS: dict[str, tuple[str, Callable[[World, int], object]]] = {
    "assign": ("already_assigned", lambda world, account: world.assign(account, ADA)),
    "unassign": ("not_assigned", lambda world, account: world.unassign(account, ADA, E3)),
    "buy": ("seats_follow_assignments", lambda world, account: world.buy(account, 1)),
    "give back": ("seats_follow_assignments", lambda world, account: world.give_back(account, 1)),
    "add a user": ("upn_taken", lambda world, account: world.user(account, ADA)),
    "keep": ("nothing_pending", lambda world, account: world.keep(account)),
    "forecast": ("already_in_mode", lambda world, account: world.change(account, Mode.USAGE)),
    "activate": ("service_already_active", lambda world, account: world.services.accounts.activate(world.by, account)),
}


@pytest.fixture
def account(world: World) -> int:
    """An account with 4 seats, 1 of them assigned, whose switch is due on December 1."""
    made = world.pool("Contoso", ADA, seats=4)
    world.assign(made, ADA)
    world.request_usage(made)
    return made


def settled_rows(world: World) -> list[tuple[object, ...]]:
    return world.stored("SELECT state, due_at, ended_at, ended_by FROM mode_switch WHERE to_mode = 'usage'")


@pytest.mark.parametrize("name", READS)
def test_a_read_settles_first(world: World, account: int, name: str) -> None:
    world.clock.set(LATE)
    READS[name](world, account)
    assert settled_rows(world) == [("done", utc_text(DUE), utc_text(LATE), "cpdesk")]
    assert world.stored("SELECT seats, assigned FROM subscription") == [(1, 1)]


@pytest.mark.parametrize("name", REFUSALS)
def test_a_settlement_stays_when_the_use_case_is_refused(world: World, account: int, name: str) -> None:
    code, use_case = REFUSALS[name]
    world.clock.set(LATE)
    with refused(code):
        use_case(world, account)
    assert settled_rows(world) == [("done", utc_text(DUE), utc_text(LATE), "cpdesk")]
    assert world.stored("SELECT action, operator FROM audit_entry ORDER BY id DESC LIMIT 1") == [
        ("mode.completed", "cpdesk")
    ]


@pytest.mark.parametrize("name", READS)
def test_nothing_is_settled_a_microsecond_too_early(world: World, account: int, name: str) -> None:
    world.clock.set(DUE - TICK)
    READS[name](world, account)
    assert [row[0] for row in settled_rows(world)] == ["pending"]
    assert world.stored("SELECT seats, assigned FROM subscription") == [(4, 1)]


def test_a_change_in_another_account_does_not_wait_for_it(world: World, account: int) -> None:
    other = world.account("Fabrikam")
    world.clock.set(LATE)
    world.user(other, "dan@fabrikam.example")
    assert [row[0] for row in settled_rows(world)] == ["pending"]
    assert world.mode(account) is Mode.USAGE


@pytest.mark.usefixtures("account")
def test_the_released_seats_are_billed_until_the_due_instant_however_late_it_runs(world: World) -> None:
    world.clock.set(LATE)
    world.services.modes.apply_due()
    entries = world.stored(
        "SELECT kind, seats, seats_after, assigned_after, effective_at, recorded_at FROM seat_entry ORDER BY id"
    )
    assert entries[-1] == ("release", -3, 1, 1, utc_text(DUE), utc_text(LATE))


def test_the_audit_entry_has_both_times_and_what_was_released(world: World, account: int) -> None:
    world.clock.set(LATE)
    entry = world.services.audit.rows(world.by, account)[0]
    assert (entry.action, entry.operator, entry.effective_at, entry.recorded_at) == (
        "mode.completed",
        "cpdesk",
        DUE,
        LATE,
    )
    assert entry.before
    assert entry.after
    assert (entry.before["switch"]["state"], entry.after["switch"]["state"]) == ("pending", "done")  # type: ignore[index]
    assert entry.after["released"] == {PREMIUM: 3}


@pytest.mark.encrypted_too
def test_a_late_completion_can_be_told_afterwards(world: World, account: int) -> None:
    world.clock.set(LATE)
    _row, switch = world.services.modes.show(world.by, account)
    assert switch
    assert (switch.due_at, switch.applied_at, switch.released) == (DUE, LATE, ((PREMIUM, 3),))
    assert is_late(switch.due_at, switch.applied_at)


def test_a_run_tells_what_it_did_and_what_still_waits(world: World, account: int) -> None:
    other = world.pool("Fabrikam", zone="Pacific/Honolulu")
    pending = world.request_usage(other).pending
    assert pending
    before = world.services.modes.apply_due()
    assert (before.applied, before.pending, before.next_due_at) == ((), 2, DUE)
    world.clock.set(DUE)
    report = world.services.modes.apply_due()
    (settled,) = report.applied
    assert (settled.account_id, settled.account, settled.domain) == (account, "Contoso", "contoso.example")
    assert (settled.due_at, settled.applied_at, settled.time_zone) == (DUE, DUE, NEW_YORK)
    assert (settled.effective_on, settled.released) == (settled.due_at.date(), ((PREMIUM, 3),))
    assert (report.pending, report.next_due_at) == (1, pending.due_at)


def test_it_is_settled_exactly_once(world: World, account: int) -> None:
    world.clock.set(DUE)
    assert len(world.services.modes.apply_due().applied) == 1
    world.clock.set(LATE)
    assert world.services.modes.apply_due().applied == ()
    for read in READS.values():
        read(world, account)
    assert world.stored("SELECT count(*) FROM audit_entry WHERE operator = 'cpdesk'") == [(1,)]
    assert world.stored("SELECT count(*) FROM seat_entry WHERE kind = 'release'") == [(1,)]


def test_it_is_settled_at_the_next_start(world: World, account: int) -> None:
    world.clock.set(LATE)
    world.reopen()
    assert (world.mode(account), world.counts(account)) == (Mode.USAGE, Counts(1, 1))


@pytest.mark.parametrize("months", [1, 2, 5, 14])
def test_closed_over_several_boundaries_it_still_counts_from_its_own_first(
    world: World, account: int, months: int
) -> None:
    late = START + timedelta(days=31 * months)
    world.clock.set(late)
    world.reopen()
    (settled,) = world.services.modes.apply_due().applied
    assert (settled.due_at, settled.applied_at) == (DUE, late)
    assert world.counts(account) == Counts(1, 1)


def test_overdue_switches_are_completed_in_the_order_of_their_dates(world: World, account: int) -> None:
    later, earlier = world.pool("Fabrikam", zone="Pacific/Honolulu"), world.pool("Tailspin", zone="Asia/Tokyo")
    world.request_usage(later)
    world.request_usage(earlier)
    world.clock.set(LATE)
    applied = world.services.modes.apply_due().applied
    assert [settled.account_id for settled in applied] == [earlier, account, later]


def test_many_are_settled_in_several_transactions(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settling, "BATCH", 2)
    pools = [world.pool(f"Contoso{number}", seats=number) for number in range(1, 6)]
    for pool in pools:
        world.request_usage(pool)
    heard: list[int] = []
    world.services.settler.listen(lambda batch: heard.append(len(batch)))
    world.clock.set(DUE)
    assert [settled.account_id for settled in world.services.modes.apply_due().applied] == pools
    assert heard == [2, 2, 1]


def test_whoever_listens_hears_of_each_settlement_once_it_is_kept(world: World, account: int) -> None:
    heard: list[tuple[int, str]] = []

    def listen(batch: Settlement) -> None:
        heard.extend((settled.account_id, str(settled_rows(world)[0][0])) for settled in batch.switches)

    world.services.settler.listen(listen)
    world.clock.set(DUE)
    with refused("nothing_pending"):
        world.keep(account)
    world.services.accounts.rows(world.by)
    assert heard == [(account, "done")]


def test_the_next_due_instant_is_known_without_signing_in(world: World, account: int) -> None:
    assert world.services.settler.next_due_at() == DUE
    world.keep(account)
    assert world.services.settler.next_due_at() is None


@pytest.mark.usefixtures("account")
def test_an_overdue_switch_is_information_to_check_and_not_an_error(world: World) -> None:
    world.clock.set(LATE)
    assert [(one.code, one.severity) for one in world.services.checks.run()] == [("switch_overdue", "information")]
    assert [row[0] for row in settled_rows(world)] == ["pending"]


def test_a_switch_requested_with_the_clock_ahead_is_settled_when_due_by_that_clock(world: World) -> None:
    late = datetime.fromisoformat("2027-01-20T00:00:00Z")
    account = world.pool()
    world.clock.set(late)
    pending = world.request_usage(account).pending
    assert pending
    world.clock.set(START)
    assert world.mode(account) is Mode.PURCHASE
    world.clock.set(pending.due_at)
    assert world.mode(account) is Mode.USAGE
