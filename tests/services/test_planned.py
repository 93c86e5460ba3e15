"""Joiners, leavers and seat reductions planned for a date: tried once, by the rules of that day, never lost."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from cpdesk.domain.modes import Mode
from cpdesk.domain.people import UserFields, UserQuery
from cpdesk.domain.planned import Farewell, PlannedChange, PlanState
from cpdesk.services import settling
from cpdesk.store.fields import utc_text
from tests.support.refusals import refused
from tests.support.world import DUE, E3, NEW_YORK, PREMIUM, START, STORAGE, Counts, World

ADA, BOB, CY = "ada@contoso.example", "bob@contoso.example", "cy@contoso.example"
TICK = timedelta(microseconds=1)
TWENTIETH, FIRST = date(2026, 11, 20), date(2026, 12, 1)
ON_TIME = datetime(2026, 11, 20, 5, tzinfo=UTC)
"""The first instant of November 20 in New York."""
ASLEEP = ON_TIME + timedelta(days=21, hours=4)


@pytest.fixture
def account(world: World) -> int:
    """Purchase Mode: 4 seats of Premium, 1 of them Ada's."""
    made = world.pool("Contoso", ADA, seats=4)
    world.assign(made, ADA)
    return made


def join(
    world: World, account: int, upn: str = BOB, *licenses: str, on: date = TWENTIETH, add: bool = False
) -> PlannedChange:
    fields = UserFields(upn.partition("@")[0].title(), upn)
    plan = world.services.planning.join
    return plan(world.by, account, on, fields, licenses=licenses, add_seats=add, reason="T-1").value


def leave(
    world: World, account: int, upn: str = ADA, farewell: Farewell = Farewell.DELETE, *, on: date = TWENTIETH
) -> PlannedChange:
    user = world.services.users.find(world.by, account, upn).id
    return world.services.planning.leave(world.by, account, on, [user], farewell=farewell).value[0]


def reduce(world: World, account: int, count: int, product: str = PREMIUM, *, on: date = TWENTIETH) -> PlannedChange:
    return world.services.planning.reduce(world.by, account, on, product, count).value


def carried_out(world: World, at: datetime = ON_TIME) -> list[PlannedChange]:
    world.clock.set(at)
    return list(world.services.modes.apply_due().carried_out)


def the_one(world: World, at: datetime = ON_TIME) -> PlannedChange:
    (ended,) = carried_out(world, at)
    return ended


def codes(ended: PlannedChange) -> list[str]:
    return [one.code for one in ended.outcome.left]


# What is planned, and when it is due


def test_nothing_happens_before_its_day_begins_in_the_zone_of_the_account(world: World, account: int) -> None:
    made = join(world, account, BOB, PREMIUM)
    assert (made.state, made.due_at, made.time_zone, made.number) == (PlanState.PLANNED, ON_TIME, NEW_YORK, 1)
    assert carried_out(world, ON_TIME - TICK) == []
    assert world.licenses(account) == {ADA: (PREMIUM,)}
    assert the_one(world).state is PlanState.DONE
    assert world.licenses(account) == {ADA: (PREMIUM,), BOB: (PREMIUM,)}


@pytest.mark.parametrize(
    ("zone", "due"),
    [
        ("Pacific/Kiritimati", datetime(2026, 11, 19, 10, tzinfo=UTC)),
        ("Asia/Kolkata", datetime(2026, 11, 19, 18, 30, tzinfo=UTC)),
        ("Pacific/Honolulu", datetime(2026, 11, 20, 10, tzinfo=UTC)),
    ],
)
def test_its_day_is_that_of_the_account_and_not_of_the_computer(world: World, zone: str, due: datetime) -> None:
    account = world.pool("Contoso", zone=zone)
    assert reduce(world, account, 1).due_at == due
    assert carried_out(world, due - TICK) == []
    assert the_one(world, due).state is PlanState.DONE


def test_a_day_without_midnight_begins_when_it_begins(world: World) -> None:
    world.clock.set(datetime(2027, 3, 1, 12, tzinfo=UTC))
    account = world.pool("Contoso", zone="Africa/Cairo")
    # Clocks there go from 23:59 on Thursday to 01:00 on Friday.
    assert reduce(world, account, 1, on=date(2027, 4, 30)).due_at == datetime(2027, 4, 29, 22, tzinfo=UTC)


@pytest.mark.parametrize("day", [date(2026, 11, 10), date(2026, 11, 9), date(1999, 1, 1)])
def test_what_is_for_today_is_not_planned(world: World, account: int, day: date) -> None:
    with refused("plan_not_later"):
        reduce(world, account, 1, on=day)


def test_today_is_that_of_the_account(world: World) -> None:
    account = world.pool("Contoso", zone="Pacific/Kiritimati")
    with refused("plan_not_later"):
        reduce(world, account, 1, on=date(2026, 11, 11))
    assert reduce(world, account, 1, on=date(2026, 11, 12)).waits


def test_a_slip_in_the_year_is_refused(world: World, account: int) -> None:
    with refused("plan_too_far"):
        reduce(world, account, 1, on=date(2062, 11, 20))


def test_another_time_zone_neither_moves_it_nor_waits_for_it(world: World, account: int) -> None:
    made = reduce(world, account, 1, on=date(2027, 1, 15))
    world.services.accounts.edit(world.by, account, time_zone="Asia/Tokyo")
    world.clock.set(made.due_at - TICK)
    assert world.show(account).time_zone == "Asia/Tokyo"
    assert carried_out(world, made.due_at - TICK) == []
    assert the_one(world, made.due_at).due_on == date(2027, 1, 15)


@pytest.mark.parametrize(
    ("code", "plan"),
    [
        ("upn_taken", lambda world, account: join(world, account, ADA.upper())),
        ("bad_upn", lambda world, account: join(world, account, "nobody")),
        ("unknown_product", lambda world, account: join(world, account, BOB, "NO_SUCH")),
        ("not_assignable", lambda world, account: join(world, account, BOB, STORAGE)),
        ("unknown_user", lambda world, account: world.services.planning.leave(world.by, account, TWENTIETH, [99])),
        ("bad_count", lambda world, account: reduce(world, account, 0)),
        ("plan_more_than_seats", lambda world, account: reduce(world, account, 5)),
        ("plan_more_than_seats", lambda world, account: reduce(world, account, 1, E3)),
        ("unknown_plan", lambda world, account: world.services.planning.withdraw(world.by, account, 1)),
        ("unknown_plan", lambda world, account: world.services.planning.dismiss(world.by, account, 1)),
    ],
)
def test_what_makes_no_sense_is_not_planned(
    world: World, account: int, code: str, plan: Callable[[World, int], object]
) -> None:
    with refused(code):
        plan(world, account)
    assert world.services.planning.rows(world.by) == []


def test_the_same_person_is_not_planned_twice(world: World, account: int) -> None:
    join(world, account)
    leave(world, account)
    with refused("plan_joins_already"):
        join(world, account, BOB.upper(), on=FIRST)
    with refused("plan_leaves_already"):
        leave(world, account, on=FIRST)


def test_in_usage_mode_seats_cannot_be_planned(world: World) -> None:
    account = world.account("Contoso")
    with refused("seats_follow_assignments"):
        reduce(world, account, 1)
    with refused("tenant_needs_purchase_mode"):
        reduce(world, account, 1, STORAGE)
    with refused("tenant_needs_purchase_mode"):
        join(world, account, BOB, STORAGE)


# What is done


def test_a_joiner_in_usage_mode_brings_the_seat(world: World) -> None:
    account = world.account("Contoso")
    join(world, account, BOB, PREMIUM, E3)
    assert the_one(world).outcome.assigned == (PREMIUM, E3)
    assert world.counts(account) == world.counts(account, E3) == Counts(1, 1)


def test_of_two_joiners_for_the_last_seat_the_first_gets_it_and_the_other_is_created_without(world: World) -> None:
    account = world.pool("Contoso", seats=1)
    join(world, account, BOB, PREMIUM)
    world.clock.advance(timedelta(minutes=1))
    join(world, account, CY, PREMIUM)
    first, second = carried_out(world)
    assert (first.state, second.state, codes(second)) == (PlanState.DONE, PlanState.PARTLY, ["no_seats_available"])
    assert world.licenses(account) == {BOB: (PREMIUM,), CY: ()}
    assert world.counts(account) == Counts(1, 1)


def test_seats_that_are_missing_are_added_where_that_was_planned(world: World) -> None:
    account = world.pool("Contoso", seats=1)
    join(world, account, BOB, PREMIUM, E3, add=True)
    ended = the_one(world)
    assert (ended.state, ended.outcome.added) == (PlanState.DONE, {E3: 1})
    assert (world.counts(account), world.counts(account, E3)) == (Counts(1, 1), Counts(1, 1))


def test_a_joiner_whose_name_was_taken_meanwhile_is_skipped(world: World, account: int) -> None:
    join(world, account, BOB, PREMIUM)
    world.user(account, BOB)
    ended = the_one(world)
    assert (ended.state, codes(ended)) == (PlanState.SKIPPED, ["upn_taken"])
    assert world.licenses(account) == {ADA: (PREMIUM,), BOB: ()}


@pytest.mark.parametrize(
    ("farewell", "left"), [(Farewell.DELETE, {}), (Farewell.BLOCK, {ADA: ()}), (Farewell.LICENSES, {ADA: ()})]
)
def test_a_leaver_loses_all_licenses(
    world: World, account: int, farewell: Farewell, left: dict[str, tuple[str, ...]]
) -> None:
    leave(world, account, ADA, farewell)
    ended = the_one(world)
    assert (ended.state, ended.outcome.freed) == (PlanState.DONE, (PREMIUM,))
    assert world.licenses(account) == left
    assert world.counts(account) == Counts(4, 0)
    blocked = [row.blocked for row in world.services.users.rows(world.by, account)]
    assert blocked == [farewell is Farewell.BLOCK] * len(left)


def test_who_is_gone_already_is_said_to_be(world: World, account: int) -> None:
    leave(world, account)
    world.services.users.remove(world.by, account, ADA)
    ended = the_one(world)
    assert (ended.state, codes(ended)) == (PlanState.SKIPPED, ["plan_user_gone"])


def test_a_leaver_who_was_renamed_is_the_same_person(world: World, account: int) -> None:
    leave(world, account)
    user = world.services.users.find(world.by, account, ADA).id
    world.services.users.edit(world.by, account, user, UserFields("Ada King", "king@contoso.example"))
    (waiting,) = world.services.planning.rows(world.by, account)
    assert waiting.content.as_plain()["upn"] == "king@contoso.example"
    ended = the_one(world)
    assert (ended.outcome.user, ended.content.as_plain()["name"]) == ("king@contoso.example", "Ada King")
    assert world.services.planning.rows(world.by, account) == [ended]


def test_a_leaver_without_licenses_who_stays_has_nothing_to_lose(world: World, account: int) -> None:
    world.user(account, BOB)
    leave(world, account, BOB, Farewell.LICENSES)
    assert codes(the_one(world)) == ["plan_nothing_to_take"]


def test_a_reduction_takes_only_what_is_still_free(world: World, account: int) -> None:
    reduce(world, account, 3)
    world.assign(account, world.user(account, BOB))
    ended = the_one(world)
    assert (ended.state, ended.outcome.removed, codes(ended)) == (
        PlanState.PARTLY,
        {PREMIUM: 2},
        ["plan_seats_in_use"],
    )
    assert world.counts(account) == Counts(2, 2)


def test_a_reduction_for_which_nothing_is_free_is_skipped(world: World, account: int) -> None:
    reduce(world, account, 1)
    world.give_back(account, 3)
    assert codes(the_one(world)) == ["seats_below_assigned"]
    assert world.counts(account) == Counts(1, 1)


def test_seats_of_the_tenant_can_be_planned_to_be_removed(world: World, account: int) -> None:
    world.buy(account, 5, STORAGE)
    reduce(world, account, 4, STORAGE)
    assert the_one(world).state is PlanState.DONE
    assert world.counts(account, STORAGE) == Counts(1, 0)


# In which order


def test_at_one_instant_leavers_make_room_for_joiners_and_reductions_take_the_rest(world: World) -> None:
    account = world.pool("Contoso", ADA, BOB, seats=2)
    for upn in (ADA, BOB):
        world.assign(account, upn)
    reduce(world, account, 2)
    join(world, account, CY, PREMIUM)
    leave(world, account, ADA)
    leave(world, account, BOB)
    assert [str(one.kind) for one in carried_out(world)] == ["leaver", "leaver", "joiner", "reduction"]
    assert (world.licenses(account), world.counts(account)) == ({CY: (PREMIUM,)}, Counts(1, 1))


def test_earlier_days_come_first_whatever_it_is(world: World, account: int) -> None:
    leave(world, account, on=date(2026, 11, 22))
    join(world, account, on=date(2026, 11, 21))
    reduce(world, account, 1)
    assert [str(one.kind) for one in carried_out(world, ASLEEP)] == ["reduction", "joiner", "leaver"]


@pytest.mark.parametrize("at", [DUE, DUE + timedelta(days=20)])
def test_a_switch_that_is_due_at_the_same_instant_comes_first(world: World, account: int, at: datetime) -> None:
    reduce(world, account, 2, on=FIRST)
    join(world, account, BOB, PREMIUM, on=FIRST)
    world.request_usage(account)
    joined, reduced = carried_out(world, at)
    assert (joined.state, codes(reduced)) == (PlanState.DONE, ["seats_follow_assignments"])
    assert (world.mode(account), world.counts(account)) == (Mode.USAGE, Counts(2, 2))


def test_asleep_over_both_a_switch_still_counts_from_its_date_and_the_plan_from_now(world: World, account: int) -> None:
    """The plan was for a day before the switch: it could not be carried out then, and the past is not rewritten."""
    reduce(world, account, 2)
    world.request_usage(account)
    reduced = the_one(world, ASLEEP)
    assert (reduced.state, codes(reduced)) == (PlanState.SKIPPED, ["seats_follow_assignments"])
    assert world.counts(account) == Counts(1, 1)
    times = world.stored("SELECT kind, seats, effective_at, recorded_at FROM seat_entry ORDER BY id DESC LIMIT 1")
    assert times == [("release", -3, utc_text(DUE), utc_text(ASLEEP))]


def test_a_planned_change_moves_no_switch_and_no_mode(world: World, account: int) -> None:
    pending = world.request_usage(account).pending
    for plan in (reduce(world, account, 1), join(world, account), leave(world, account)):
        assert plan.waits
    assert len(carried_out(world)) == 3
    assert (world.mode(account), world.show(account).pending) == (Mode.PURCHASE, pending)


# Times, and late runs


def test_three_weeks_asleep_it_counts_from_when_it_is_carried_out_and_says_how_late(world: World, account: int) -> None:
    reduce(world, account, 2)
    ended = the_one(world, ASLEEP)
    assert (ended.state, ended.late, ended.ended_at) == (PlanState.DONE, ASLEEP - ON_TIME, ASLEEP)
    rows = world.stored("SELECT kind, seats, effective_at, recorded_at FROM seat_entry ORDER BY id DESC LIMIT 1")
    assert rows == [("remove", -2, utc_text(ASLEEP), utc_text(ASLEEP))]


def test_on_time_it_is_not_called_late(world: World, account: int) -> None:
    reduce(world, account, 2)
    assert the_one(world, ON_TIME + timedelta(seconds=40)).late == timedelta()


# Exactly once, before everything else


USES: dict[str, Callable[[World, int], object]] = {
    "accounts.rows": lambda world, _account: world.services.accounts.rows(world.by),
    "accounts.show": lambda world, account: world.services.accounts.show(world.by, account),
    "planning.rows": lambda world, account: world.services.planning.rows(world.by, account),
    "planning.time_line": lambda world, _account: world.services.planning.time_line(world.by),
    "users.rows": lambda world, account: world.services.users.rows(world.by, account),
    "apply_due": lambda world, _account: world.services.modes.apply_due(),
    "a change": lambda world, account: world.user(account, CY),
}


@pytest.mark.parametrize("name", USES)
def test_whatever_is_done_in_the_account_carries_it_out_first_and_once(world: World, account: int, name: str) -> None:
    join(world, account, BOB, PREMIUM)
    world.clock.set(ASLEEP)
    for use in (USES[name], *[use for other, use in USES.items() if other != "a change"]):
        use(world, account)
    assert world.stored("SELECT state, ended_at, ended_by FROM planned_change") == [
        ("done", utc_text(ASLEEP), "cpdesk")
    ]
    assert world.stored("SELECT count(*) FROM audit_entry WHERE action = 'plan.done'") == [(1,)]
    assert world.counts(account) == Counts(4, 2)


def test_it_stays_when_the_use_case_is_refused(world: World, account: int) -> None:
    made = join(world, account, BOB)
    world.clock.set(ON_TIME)
    with refused("plan_not_waiting"):
        world.services.planning.withdraw(world.by, account, made.number)
    assert world.stored("SELECT state FROM planned_change") == [("done",)]


def test_a_change_in_another_account_does_not_carry_it_out(world: World, account: int) -> None:
    join(world, account, BOB)
    other = world.account("Fabrikam")
    world.clock.set(ON_TIME)
    world.user(other, "dan@fabrikam.example")
    assert world.stored("SELECT state FROM planned_change") == [("planned",)]


def test_many_are_carried_out_in_several_transactions(
    world: World, account: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settling, "BATCH", 2)
    upns = [f"user{number}@contoso.example" for number in range(5)]
    for upn in upns:
        join(world, account, upn)
    heard: list[int] = []
    world.services.settler.listen(lambda settled: heard.append(len(settled.plans)))
    assert len(carried_out(world)) == 5
    assert heard == [2, 2, 1]


def test_the_next_due_instant_is_that_of_whatever_comes_first(world: World, account: int) -> None:
    world.request_usage(account)
    assert world.services.settler.next_due_at() == DUE
    made = reduce(world, account, 1)
    assert world.services.settler.next_due_at() == ON_TIME
    report = world.services.modes.apply_due()
    assert (report.next_due_at, report.planned, report.next_planned_at) == (DUE, 1, ON_TIME)
    world.services.planning.withdraw(world.by, account, made.number)
    assert world.services.settler.next_due_at() == DUE


# Withdrawing, closing, suspending


def test_what_waits_can_be_withdrawn_once_with_a_reason(world: World, account: int) -> None:
    made = join(world, account)
    withdrawn = world.services.planning.withdraw(world.by, account, made.number, reason="no longer hired").value
    assert (withdrawn.state, withdrawn.ended_by, withdrawn.alarms) == (PlanState.WITHDRAWN, world.by.email, False)
    with refused("plan_not_waiting"):
        world.services.planning.withdraw(world.by, account, made.number)
    assert carried_out(world) == []
    assert world.services.audit.rows(world.by, account)[0].reason == "no longer hired"


def test_closing_ends_what_is_planned_and_says_so_before(world: World, account: int) -> None:
    join(world, account)
    assert world.services.accounts.closing(world.by, account).ends_plans == 1
    world.shut(account)
    (ended,) = world.services.planning.rows(world.by, account)
    assert (ended.state, ended.alarms) == (PlanState.CLOSED, True)
    world.open_again(account)
    assert carried_out(world, ASLEEP) == []
    assert world.licenses(account) == {ADA: ()}


def test_something_planned_since_the_forecast_of_closing_is_shown_first(world: World, account: int) -> None:
    shown = world.services.accounts.closing(world.by, account)
    join(world, account)
    with refused("closing_changed"):
        world.services.accounts.close(world.by, account, shown)


def test_in_a_suspended_account_only_reductions_are_carried_out(world: World, account: int) -> None:
    join(world, account, BOB)
    world.user(account, CY)
    leave(world, account, CY, Farewell.BLOCK)
    leave(world, account)
    reduce(world, account, 4)
    world.suspend(account)
    with refused("account_suspended"):
        join(world, account, "dan@contoso.example")
    blocked, left, joined, reduced = carried_out(world)
    assert [one.state for one in (blocked, left, reduced)] == [PlanState.DONE] * 3
    assert codes(joined) == ["account_suspended"]
    assert world.counts(account) == Counts(0, 0)


def test_an_account_without_the_service_gets_the_user_and_not_the_license(world: World, account: int) -> None:
    join(world, account, BOB, PREMIUM)
    with world.store.write():
        from cpdesk.store import connection

        connection.execute_many("UPDATE account SET service_since = NULL WHERE id = ?", [(account,)])
    assert codes(the_one(world)) == ["service_not_active"]
    with world.store.write():
        connection.execute_many("UPDATE account SET service_since = ? WHERE id = ?", [(utc_text(START), account)])
    assert world.licenses(account) == {ADA: (PREMIUM,), BOB: ()}


# What is kept


def test_what_was_skipped_stays_until_somebody_has_seen_it(world: World, account: int) -> None:
    world.user(account, BOB)
    leave(world, account, BOB, Farewell.LICENSES)
    leave(world, account)
    bob, ada = carried_out(world)
    planning = world.services.planning
    assert (bob.alarms, ada.alarms, planning.counts(world.by)) == (True, False, (0, 1))
    assert planning.dismiss(world.by, account, bob.number).value.seen
    assert planning.counts(world.by) == (0, 0)
    for number in (bob.number, ada.number):
        with refused("plan_not_alarming"):
            planning.dismiss(world.by, account, number)
    assert [one.state for one in planning.rows(world.by, account)] == [PlanState.SKIPPED, PlanState.DONE]


def test_the_audit_log_tells_who_planned_it_what_was_done_and_why_not(world: World, account: int) -> None:
    join(world, account, BOB, PREMIUM, E3)
    the_one(world, ASLEEP)
    ended, licensed, created, made = world.services.audit.rows(world.by, account)[:4]
    assert [one.action for one in (ended, licensed, created, made)] == [
        "plan.partly_done",
        "license.changed",
        "user.added",
        "plan.made",
    ]
    assert {one.reason for one in (ended, licensed, created, made)} == {"T-1"}
    assert [one.operator for one in (ended, licensed, created, made)] == ["cpdesk"] * 3 + [world.by.email]
    assert ended.effective_at == ended.recorded_at == ASLEEP
    assert ended.after
    assert ended.after["plan"]["outcome"]["left"][0]["code"] == "no_seats_available"  # type: ignore[index]


def test_it_is_carried_out_though_whoever_planned_it_is_no_operator_any_more(world: World, account: int) -> None:
    from cpdesk.domain.operators import Role

    other = world.operator(Role.RESELLER, email="other@reseller.example")
    world.services.planning.join(other, account, TWENTIETH, UserFields("Bob", BOB))
    world.services.operators.remove(world.by, other.email)
    assert (the_one(world).state, BOB in world.licenses(account)) == (PlanState.DONE, True)


def test_an_overdue_one_is_information_to_check_and_not_an_error(world: World, account: int) -> None:
    join(world, account)
    world.clock.set(ASLEEP)
    assert [(one.code, one.severity) for one in world.services.checks.run()] == [("plan_overdue", "information")]
    assert world.stored("SELECT state FROM planned_change") == [("planned",)]


def test_a_restored_backup_carries_out_what_became_due_since(world: World, account: int) -> None:
    join(world, account, BOB)
    kept = world.services.backups.make_unattended().path
    world.clock.set(ASLEEP)
    restored = world.services.backups.restore(world.by, kept).value
    assert [one.state for one in restored.settled.plans] == [PlanState.DONE]
    assert BOB in world.licenses(account)


def test_numbers_count_within_an_account(world: World, account: int) -> None:
    other = world.pool("Fabrikam")
    made = [reduce(world, one, 1) for one in (account, account, other)]
    assert [one.number for one in made] == [1, 2, 1]


def test_a_deletion_that_was_planned_can_be_restored_like_any_other(world: World, account: int) -> None:
    leave(world, account)
    the_one(world)
    assert world.services.users.restore(world.by, account, ADA).value.assigned == (PREMIUM,)
    assert world.services.users.find_ids(world.by, account, UserQuery())
