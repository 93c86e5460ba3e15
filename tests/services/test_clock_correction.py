"""Coming back to the true time after the database was used under a clock that was years ahead."""

from contextlib import suppress
from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cpdesk.base.errors import UserError
from cpdesk.domain import clock_correction
from cpdesk.domain.clock_correction import Correction
from cpdesk.domain.modes import Mode
from cpdesk.domain.operators import Role
from cpdesk.domain.salvage import Fate
from cpdesk.store import clock_corrections
from cpdesk.store import settings as stored_settings
from tests.support.refusals import refused
from tests.support.world import ADMIN, DUE, PASSWORD, PREMIUM, START, Counts, World

ADA, BOB = "ada@contoso.example", "bob@contoso.example"
YEARS = timedelta(days=1500)
LATER = START + timedelta(days=4)
"""When it is found out: November 14."""
NOVEMBER, DECEMBER, JANUARY = date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1)


def correct(world: World) -> None:
    world.services.clock.correct(world.by, world.services.clock.preview(world.by))


def leap(world: World, by: timedelta = YEARS) -> None:
    world.clock.set(world.clock.now() + by)


def come_back(world: World, to: datetime = LATER) -> None:
    """The clock is right again, and somebody corrects the time of the database."""
    world.clock.set(to)
    correct(world)


def lines(world: World, account: int, month: date) -> list[tuple[str, Mode, int, int, int]]:
    statement = world.services.statements.show(world.by, account, month)
    return [(row.part_number, row.mode, row.first.day, row.last.day, row.seats) for row in statement.lines]


def test_without_a_correction_new_entries_go_on_being_dated_years_ahead(world: World) -> None:
    account = world.pool()
    leap(world)
    world.buy(account, 1)
    world.clock.set(LATER)
    assert world.services.modes.apply_due().warning
    world.buy(account, 1)
    assert world.services.audit.rows(world.by)[0].recorded_at == START + YEARS


def test_after_a_correction_new_entries_have_the_true_time(world: World) -> None:
    account = world.pool()
    leap(world)
    world.buy(account, 1)
    come_back(world)
    assert world.services.modes.apply_due().warning is None
    assert world.services.audit.rows(world.by)[0].recorded_at == LATER
    world.clock.advance(timedelta(hours=1))
    world.buy(account, 1)
    assert world.services.audit.rows(world.by)[0].recorded_at == LATER + timedelta(hours=1)
    assert world.counts(account) == Counts(7, 0)


def test_what_was_done_meanwhile_is_billed_from_the_correction_on_and_years_that_were_not_are_not(world: World) -> None:
    account = world.pool()
    leap(world)
    world.buy(account, 2)
    come_back(world)
    world.clock.set(DUE + timedelta(days=1))
    assert lines(world, account, NOVEMBER) == [
        (PREMIUM, Mode.PURCHASE, 10, 13, 5),
        (PREMIUM, Mode.PURCHASE, 14, 30, 7),
    ]
    months = [row.month for row in world.services.statements.months(world.by, account)]
    assert months == [DECEMBER, NOVEMBER]


def test_the_statement_of_the_month_says_so_and_others_do_not(world: World) -> None:
    account, other = world.pool(), world.pool("Fabrikam")
    leap(world)
    world.buy(account, 2)
    come_back(world)
    world.clock.set(DUE + timedelta(days=1))
    shown = {
        (number, month): world.services.statements.show(world.by, number, month).corrected_on
        for number in (account, other)
        for month in (NOVEMBER, DECEMBER)
    }
    assert shown == {
        (account, NOVEMBER): LATER.date(),
        (account, DECEMBER): None,
        (other, NOVEMBER): None,
        (other, DECEMBER): None,
    }


def test_a_switch_that_was_completed_early_stays_so_but_is_charged_from_its_date(world: World) -> None:
    account = world.pool("Contoso", ADA)
    world.assign(account, ADA)
    world.request_usage(account)
    leap(world)
    assert world.mode(account) is Mode.USAGE
    world.clock.set(LATER)
    (early,) = world.services.clock.preview(world.by).switches
    assert (early.account, early.counts_from) == ("Contoso", DUE)
    correct(world)
    assert (world.mode(account), world.counts(account)) == (Mode.USAGE, Counts(1, 1))
    world.clock.set(DUE + timedelta(days=40))
    assert lines(world, account, NOVEMBER) == [(PREMIUM, Mode.PURCHASE, 10, 30, 5)]
    assert lines(world, account, DECEMBER) == [(PREMIUM, Mode.USAGE, 1, 31, 1)]


def test_a_switch_that_was_asked_for_meanwhile_is_charged_as_if_asked_for_at_the_correction(world: World) -> None:
    account = world.pool()
    leap(world)
    world.request_usage(account)
    leap(world, timedelta(days=40))
    assert world.mode(account) is Mode.USAGE
    come_back(world)
    world.clock.set(DUE + timedelta(days=1))
    assert lines(world, account, NOVEMBER) == [(PREMIUM, Mode.PURCHASE, 10, 30, 5)]
    assert lines(world, account, DECEMBER) == []


def test_nobody_gains_by_leaping_and_coming_back(world: World) -> None:
    """What a switch saves does not begin a day earlier than it would have without the leap."""
    account, honest = world.pool(), world.pool("Fabrikam")
    world.request_usage(honest)
    leap(world)
    world.request_usage(account)
    leap(world, timedelta(days=40))
    world.mode(account)
    come_back(world)
    world.clock.set(DUE + timedelta(days=40))
    for month in (NOVEMBER, DECEMBER):
        totals = [world.services.statements.show(world.by, one, month).total for one in (account, honest)]
        assert totals[0] == totals[1]


def test_purchase_mode_after_an_early_switch_counts_at_once(world: World) -> None:
    account = world.pool("Contoso", ADA)
    world.assign(account, ADA)
    world.request_usage(account)
    leap(world)
    world.mode(account)
    come_back(world)
    world.clock.advance(timedelta(days=2))
    world.to_purchase(account)
    world.buy(account, 1)
    world.clock.set(DUE + timedelta(days=40))
    assert world.mode(account) is Mode.PURCHASE
    assert lines(world, account, DECEMBER) == [(PREMIUM, Mode.PURCHASE, 1, 31, 2)]


def test_an_account_of_meanwhile_began_at_the_correction(world: World) -> None:
    leap(world)
    account = world.pool()
    come_back(world)
    assert [row.month for row in world.services.statements.months(world.by, account)] == [NOVEMBER]
    world.clock.set(DUE)
    assert lines(world, account, NOVEMBER) == [(PREMIUM, Mode.PURCHASE, 14, 30, 5)]


def test_planned_changes_that_were_carried_out_stay_and_what_waits_is_named(world: World) -> None:
    account = world.pool("Contoso", ADA)
    other = world.pool("Fabrikam")
    world.services.planning.reduce(world.by, account, date(2026, 12, 20), PREMIUM, 2)
    leap(world)
    world.show(account)
    world.services.planning.reduce(world.by, other, (world.clock.now() + timedelta(days=9)).date(), PREMIUM, 1)
    world.clock.set(LATER)
    shown = world.services.clock.preview(world.by)
    assert (shown.plans, shown.waiting) == (1, ("Fabrikam",))
    correct(world)
    assert world.counts(account) == Counts(3, 0)


def test_idle_seats_are_idle_since_the_correction(world: World) -> None:
    account = world.account("Contoso", ADA)
    world.to_purchase(account)
    leap(world)
    world.buy(account, 2)
    come_back(world)
    world.clock.advance(timedelta(days=5))
    (row,) = world.services.reports.idle_seats(world.by)
    assert row.since == LATER
    product = next(
        number for number, one in world.services.products.by_id(world.by).items() if one.part_number == PREMIUM
    )
    trace = world.services.subscriptions.trace(world.by, account, product)
    assert [(block.seats, block.idle_days) for block in trace.rows] == [(2, 5)]


def test_nothing_ahead_is_nothing_to_correct(world: World) -> None:
    with refused("nothing_ahead"):
        world.services.clock.preview(world.by)
    leap(world)
    world.account("Contoso")
    come_back(world)
    with refused("nothing_ahead"):
        world.services.clock.preview(world.by)


@pytest.mark.parametrize("back", [timedelta(minutes=5), timedelta(days=34), timedelta(days=400)])
def test_a_clock_that_is_set_back_moves_nothing_that_a_right_one_dated(world: World, back: timedelta) -> None:
    world.account("Contoso")
    world.clock.set(START - back)
    with refused("clock_not_leapt"):
        world.services.clock.preview(world.by)


def test_a_correction_reaches_no_further_back_than_the_leap(world: World) -> None:
    world.clock.advance(timedelta(days=3))
    world.account("Contoso")
    leap(world)
    world.account("Fabrikam")
    world.clock.set(START + timedelta(days=2))
    with refused("clock_not_leapt"):
        world.services.clock.preview(world.by)


def test_what_was_shown_has_to_hold_still(world: World) -> None:
    leap(world)
    account = world.pool()
    world.clock.set(LATER)
    shown = world.services.clock.preview(world.by)
    world.buy(account, 1)
    with refused("correction_changed"):
        world.services.clock.correct(world.by, shown)
    world.clock.advance(timedelta(minutes=3))
    world.services.clock.correct(world.by, world.services.clock.preview(world.by))


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.CUSTOMER])
def test_only_reseller_administrators_correct(world: World, role: Role) -> None:
    account = world.pool()
    somebody = world.operator(role, account if role is Role.CUSTOMER else None)
    leap(world)
    world.buy(account, 1)
    world.clock.set(LATER)
    with refused("not_allowed"):
        world.services.clock.correct(somebody, world.services.clock.preview(world.by))


def test_a_second_leap_can_be_corrected_as_well(world: World) -> None:
    account = world.pool()
    for _time in range(2):
        now = world.clock.now()
        leap(world)
        world.buy(account, 1)
        come_back(world, now + timedelta(days=3))
    world.clock.set(DUE)
    assert lines(world, account, NOVEMBER) == [
        (PREMIUM, Mode.PURCHASE, 10, 12, 5),
        (PREMIUM, Mode.PURCHASE, 13, 15, 6),
        (PREMIUM, Mode.PURCHASE, 16, 30, 7),
    ]


def test_check_finds_a_note_that_was_altered(world: World) -> None:
    leap(world)
    world.pool()
    come_back(world)
    assert world.problems() == []
    with world.store.write():
        kept = clock_corrections.made()
        stored_settings.put("clock_corrections", "")
    assert [finding.code for finding in world.problems()] == ["clock_correction_altered"]
    with world.store.write():
        stored_settings.put("clock_corrections", clock_corrections.as_stored(kept))


@pytest.mark.parametrize("note", ["", "nothing that could be read", "[]"])
def test_a_note_that_was_lost_or_altered_is_rebuilt_from_the_audit_log(world: World, note: str) -> None:
    account = world.pool()
    leap(world)
    world.buy(account, 1)
    come_back(world)
    world.clock.set(DUE)
    billed = lines(world, account, NOVEMBER)
    with world.store.write():
        kept = stored_settings.get("clock_corrections")
        stored_settings.put("clock_corrections", note)
    world.close()
    salvage = world.services.salvaging.put_in_place(ADMIN, PASSWORD).value.salvage
    assert [(item.fate, item.known["key"]) for item in salvage.items] == [(Fate.REBUILT, "clock_corrections")]
    world.open()
    assert stored_settings.get("clock_corrections") == kept
    assert lines(world, account, NOVEMBER) == billed


def test_the_entry_says_what_was_done(world: World) -> None:
    leap(world)
    world.pool()
    world.clock.set(LATER)
    world.services.clock.correct(world.by, world.services.clock.preview(world.by), "The battery was empty")
    entry = world.services.audit.rows(world.by)[0]
    assert (entry.action, entry.reason, entry.recorded_at) == ("clock.corrected", "The battery was empty", LATER)
    correction = entry.after["correction"] if entry.after else {}
    assert clock_correction.from_plain(entry.number, correction) == clock_corrections.made()[0]  # type: ignore[arg-type]


Step = tuple[str, int]
STEPS = st.lists(st.tuples(st.sampled_from(["buy", "give", "assign", "take"]), st.integers(1, 3)), max_size=6)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=STEPS, meanwhile=STEPS, after=STEPS)
def test_a_month_is_billed_as_if_everything_ahead_had_been_done_at_the_correction(
    world: World, before: list[Step], meanwhile: list[Step], after: list[Step]
) -> None:
    """One database for all examples: each goes on where the former ended, with accounts of its own."""
    base = world.clock.now()
    begun = (base + timedelta(days=40)).replace(day=2)
    world.clock.set(begun)
    one, two = (world.pool(f"A{number}", seats=4) for number in (world_number(world), world_number(world) + 1))
    for account in (one, two):
        _do(world, account, before)
    world.clock.advance(timedelta(hours=30))
    at = world.clock.now() + timedelta(hours=50)
    leap(world)
    _do(world, one, meanwhile)
    world.account(f"B{world_number(world)}")
    now = world.counts(one)
    come_back(world, at)
    assert world.counts(one) == now
    _do(world, two, meanwhile)
    assert world.counts(two) == now
    world.clock.advance(timedelta(hours=40))
    for account in (one, two):
        _do(world, account, after)
    world.clock.set((begun + timedelta(days=40)).replace(day=3))
    bills = [world.services.statements.show(world.by, account, begun.date()) for account in (one, two)]
    wrong, right = ([(row.first, row.last, row.seats, row.amount) for row in bill.lines] for bill in bills)
    assert wrong == right


def world_number(world: World) -> int:
    return len(world.services.accounts.rows(world.by))


def _do(world: World, account: int, steps: list[Step]) -> None:
    for step, count in steps:
        with suppress(UserError):
            if step == "buy":
                world.buy(account, count)
            elif step == "give":
                world.give_back(account, count)
            elif step == "assign":
                world.user(account, f"u{count}@a.example")
                world.assign(account, f"u{count}@a.example")
            else:
                world.unassign(account, f"u{count}@a.example")


def test_a_change_counts_no_later_than_the_one_after_it() -> None:
    first, second = START, START + timedelta(days=9)
    assert clock_correction.in_order([(second, "a"), (first, "b")]) == [(first, "a"), (first, "b")]
    assert clock_correction.in_order([(first, "a"), (second, "b")]) == [(first, "a"), (second, "b")]


def test_corrections_that_overlap_are_none() -> None:
    assert clock_correction.is_ordered([Correction(9, 5, START), Correction(20, 11, START)])
    assert not clock_correction.is_ordered([Correction(9, 5, START), Correction(20, 8, START)])
    assert not clock_correction.is_ordered([Correction(5, 9, START)])
