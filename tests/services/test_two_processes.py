"""Several processes at one database: nothing happens twice, nothing is lost."""

import json
import random
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import IO, Any

import pytest

from cpdesk.domain.modes import Mode
from cpdesk.domain.own_company import OwnCompany
from cpdesk.domain.people import UserFields
from tests.support.child import PURCHASES, words
from tests.support.world import DUE, PASSWORD, Counts, World

TOP = Path(__file__).parents[2]


class Child:
    """Another process that has opened the database and waits for the word."""

    def __init__(self, world: World, task: str) -> None:
        self.process = subprocess.Popen(
            list(words(world, task)), cwd=TOP, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
        )

    @property
    def output(self) -> IO[str]:
        assert self.process.stdout
        return self.process.stdout

    def said(self) -> Any:
        """What it says next."""
        return json.loads(self.output.readline())

    def start(self) -> None:
        """Give the word."""
        assert self.process.stdin
        self.process.stdin.write("\n")
        self.process.stdin.flush()

    def end(self, *, kill: bool = False) -> None:
        if kill:
            self.process.kill()
        self.process.communicate(timeout=60)


@contextmanager
def children(world: World, *tasks: str) -> Iterator[list[Child]]:
    """Processes that have all opened the database."""
    with ExitStack() as stack:
        started = [Child(world, task) for task in tasks]
        for child in started:
            stack.callback(child.end, kill=True)
        assert [child.said() for child in started] == ["ready"] * len(tasks)
        yield started


def at_once(world: World, *tasks: str) -> list[dict[str, Any]]:
    """What processes say that do their tasks at the same time."""
    with children(world, *tasks) as started:
        for child in started:
            child.start()
        return [child.said() for child in started]


@pytest.fixture
def pools(world: World) -> list[int]:
    """Six accounts whose switches are due now."""
    made = [world.pool(f"Contoso{number}", f"ada@contoso{number}.example", seats=number + 1) for number in range(6)]
    for number, account in enumerate(made):
        world.assign(account, f"ada@contoso{number}.example")
        world.request_usage(account)
    world.clock.set(DUE)
    return made


def settlements(world: World) -> list[tuple[int, int]]:
    """Completions and releases in the books."""
    return world.stored(
        "SELECT (SELECT count(*) FROM audit_entry WHERE action = 'mode.completed' AND operator = 'cpdesk'),"
        " (SELECT count(*) FROM seat_entry WHERE kind = 'release')"
    )


@pytest.mark.parametrize("tasks", [("settle", "settle"), ("settle", "read"), ("read", "settle", "read")])
def test_processes_that_settle_at_once_settle_each_switch_once(
    world: World, pools: list[int], tasks: tuple[str, ...]
) -> None:
    told = at_once(world, *tasks)
    settled = [switch for answer in told for switch in answer["settled"]]
    assert len(settled) == len(set(settled)) == len(pools)
    # The first of the accounts has no idle seat to release.
    assert settlements(world) == [(len(pools), len(pools) - 1)]
    assert {mode for answer in told for mode in answer.get("modes", ())} <= {"usage"}
    assert {world.counts(account) for account in pools} == {Counts(1, 1)}
    assert world.problems() == []


def test_processes_that_carry_out_at_once_carry_out_each_planned_change_once(world: World) -> None:
    accounts = [world.pool(f"Contoso{number}", seats=2) for number in range(4)]
    for account in accounts:
        for number in range(3):
            fields = UserFields("Joiner", f"joiner{number}@contoso.example")
            world.services.planning.join(world.by, account, date(2026, 11, 20), fields, licenses=["SPB"])
    world.clock.set(datetime(2026, 11, 20, 12, tzinfo=UTC))
    told = at_once(world, "settle", "read", "settle")
    assert sum(answer["carried_out"] for answer in told) == 12
    ended = world.stored("SELECT action, count(*) FROM audit_entry WHERE action LIKE 'plan.%' GROUP BY 1 ORDER BY 1")
    assert ended == [("plan.done", 8), ("plan.made", 12), ("plan.partly_done", 4)]
    assert {world.counts(account) for account in accounts} == {Counts(2, 2)}
    assert world.problems() == []


def test_one_settles_while_another_buys(world: World, pools: list[int]) -> None:
    waiting = world.pool("Waiting", seats=1)
    settled, bought = at_once(world, "settle", "buy")
    assert bought == {"granted": {str(waiting): PURCHASES}, "refused": ["seats_follow_assignments"]}
    assert world.counts(waiting) == Counts(1 + PURCHASES, 0)
    assert settlements(world) == [(len(pools), len(pools) - 1)]
    assert set(settled["settled"]) <= {switch for (switch,) in world.stored("SELECT id FROM mode_switch")}
    assert {world.mode(account) for account in pools} == {Mode.USAGE}
    assert world.problems() == []


def test_two_that_buy_at_once_both_get_what_they_were_granted(world: World) -> None:
    account = world.pool(seats=1)
    told = at_once(world, "buy", "buy")
    assert [answer["granted"] for answer in told] == [{str(account): PURCHASES}] * 2
    assert world.counts(account) == Counts(1 + 2 * PURCHASES, 0)
    numbers = world.stored("SELECT id, seats_after FROM seat_entry ORDER BY id")
    assert numbers == [(number, number) for number in range(1, 2 * PURCHASES + 2)]


def test_two_that_issue_statements_at_once_leave_no_gap_and_issue_each_once(world: World) -> None:
    for number in range(12):
        world.pool(f"Contoso{number}")
    world.services.issuing.save_own_company(world.by, OwnCompany("Northwind"))
    world.clock.set(DUE)
    taken = [said["numbers"] for said in at_once(world, "issue", "issue")]
    assert all(numbers == sorted(numbers) for numbers in taken)
    assert sorted(taken[0] + taken[1]) == [f"2026-{place:06}" for place in range(1, 13)]


def test_several_that_set_up_at_once_make_one_administrator(tmp_path: Path) -> None:
    world = World(tmp_path / "new")
    told = at_once(world, "set_up", "set_up", "set_up")
    assert sorted(str(answer["refused"]) for answer in told) == ["None", "already_set_up", "already_set_up"]
    world.open()
    assert world.services.operators.sign_in(world.by.email, PASSWORD)
    assert world.stored("SELECT count(*) FROM operator") == [(1,)]
    assert world.problems() == []
    world.close()


@pytest.mark.parametrize("after", [1, 2, 5, 11, 24])
def test_a_kill_at_any_moment_keeps_what_was_acknowledged_and_nothing_half_done(world: World, after: int) -> None:
    account = world.pool(seats=1)
    with children(world, "buy_for_ever") as (child,):
        child.start()
        acknowledged = [child.said() for _ in range(after + random.randrange(3))]
        child.process.kill()
        told = child.output.read().split()
    acknowledged += [int(line) for line in told]
    seats = world.counts(account).seats
    assert seats - acknowledged[-1] in {0, 1}
    assert world.stored("SELECT max(seats_after) FROM seat_entry") == [(seats,)]
    assert world.problems() == []
    world.buy(account, 1)
