"""Whatever is changed behind the program's back in planned changes, `check` finds it."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from cpdesk.domain.people import UserFields
from cpdesk.store import models
from tests.support import forging
from tests.support.forging import Forger
from tests.support.world import PREMIUM, World

MODELS = (models.PlannedChange,)
COLUMNS = forging.columns_of(MODELS)
EARLY, LATE = date(2026, 11, 20), date(2026, 12, 20)


def live(world: World) -> None:
    """One that waits, one that was carried out, one that was skipped and dismissed, one that was withdrawn."""
    account = world.pool("Contoso", "ada@contoso.example")
    planning = world.services.planning
    planning.reduce(world.by, account, LATE, PREMIUM, 1)
    planning.reduce(world.by, account, EARLY, PREMIUM, 2)
    joiner = planning.join(world.by, account, EARLY, UserFields("Bob", "bob@contoso.example")).value
    ada = world.services.users.find(world.by, account, "ada@contoso.example").id
    leaver = planning.leave(world.by, account, LATE, [ada], reason="T-7").value[0]
    planning.withdraw(world.by, account, leaver.number)
    world.user(account, "bob@contoso.example")
    world.clock.set(datetime(2026, 11, 20, 12, tzinfo=UTC))
    world.services.modes.apply_due()
    planning.dismiss(world.by, account, joiner.number)


@pytest.fixture(scope="module")
def lived(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a database with planned changes."""
    return forging.lived(template, tmp_path_factory.mktemp("lived") / "books", live)


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_a_changed_value_is_found(table: str, column: str, forger: Forger) -> None:
    forger.change_values(table, column)


def test_a_row_that_is_gone_is_found(forger: Forger) -> None:
    forger.delete_rows("planned_change")


def test_one_that_nobody_planned_is_found(forger: Forger) -> None:
    others = ", ".join(column for _table, column in COLUMNS if column not in {"account_id", "number"})
    copied = (
        f"INSERT INTO planned_change (account_id, number, {others})"
        f" SELECT account_id, 99, {others} FROM planned_change LIMIT 1"
    )
    found = forger.found_after(copied)
    assert found
    assert {finding.code for finding in found} == {"plan_altered"}


def test_one_that_is_due_and_cannot_be_read_is_found_with_all_else_that_is_off(folder: Path) -> None:
    world = World(folder)
    world.open()
    account = world.pool(seats=1)
    world.services.planning.reduce(world.by, account, EARLY, PREMIUM, 1)
    assert forging.forged(world.store.path, "UPDATE planned_change SET content = 'x'", ())
    world.clock.set(datetime(2026, 11, 20, 12, tzinfo=UTC))
    found = [(finding.code, finding.where) for finding in world.services.checks.run()]
    world.close()
    place = f"account {account}, plan 1"
    assert found == [("plan_altered", place), ("plan_overdue", place)]


@pytest.mark.parametrize("content", ["x", "{}"])
def test_one_that_cannot_be_read_keeps_nothing_else_from_being_done(folder: Path, content: str) -> None:
    world = World(folder)
    world.open()
    altered, other = world.pool(seats=1), world.pool("Fabrikam", seats=1)
    for account in (altered, other):
        world.services.planning.reduce(world.by, account, EARLY, PREMIUM, 1)
        world.request_usage(account)
    sql = "UPDATE planned_change SET content = ? WHERE account_id = ?"
    assert forging.forged(world.store.path, sql, (content, altered))
    world.clock.set(datetime(2026, 12, 2, 12, tzinfo=UTC))
    report = world.services.modes.apply_due()
    assert ({one.account_id for one in report.applied}, len(report.carried_out)) == ({altered, other}, 1)
    assert {finding.code for finding in world.services.checks.run()} == {"plan_altered", "plan_overdue"}
    world.close()
