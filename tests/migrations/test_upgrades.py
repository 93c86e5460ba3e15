"""A stored database of each released schema is brought to the present one, compared row by row, and backed up before.

A new schema adds its own database to `data`, with rows in the tables that it brought, and its step to `STEPS`.
"""

import os
import shutil
import sqlite3
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from cpdesk.base.clock import DemoClock
from cpdesk.base.errors import KnownError
from cpdesk.base.messages import message
from cpdesk.domain.backups import BackupKind
from cpdesk.store import backup, connection, migrate, word_index
from cpdesk.store.store import Store
from tests.support.dying import die_everywhere, killed
from tests.support.moments import Left
from tests.support.stored import STEPS as STORED
from tests.support.stored import set_up_without_prices, stored
from tests.support.thorough import stride
from tests.support.world import ADMIN, PASSWORD, START, World, dump

TOP = Path(__file__).parents[2]
OLDER = STORED[:-1]

Tables = dict[str, list[dict[str, Any]]]


# What each step makes of the rows that were there before it


def companies(tables: Tables) -> None:
    """0002: every account is open, and keeps the one domain it had."""
    accounts = tables["account"]
    tables["account_domain"] = [
        {
            "account_id": account["id"],
            "position": 0,
            "domain": account["domain"],
            "domain_key": account.pop("domain_key"),
            "kept": 1,
        }
        for account in accounts
    ]
    for account in accounts:
        account |= {"status": "active", "domain_free_on": None}
    tables |= {"account_contact": [], "account_zone": []}


def people(tables: Tables) -> None:
    """0003: users have a name to sort by, and know the entry that deleted them last."""
    removals = {
        int(entry["subject"].removeprefix("user ")): entry["id"]
        for entry in tables["audit_entry"]
        if entry["action"] == "user.removed"
    }
    for user in tables["user"]:
        user["name_key"] = unicodedata.normalize("NFC", user["display_name"].casefold())
        user["removed_in"] = removals[user["id"]] if user["deleted_at"] else None


def product_names(tables: Tables) -> None:
    """0004: nobody has answered anything yet."""
    tables["name_answer"] = []


def prices(tables: Tables) -> None:
    """0005: everybody pays by the list prices; no statement was issued."""
    then = max(entry["recorded_at"] for entry in tables["audit_entry"])
    tables["price_schedule"] = [
        {"id": 1, "name": "Default", "name_key": "default", "currency": "USD", "created_at": then}
    ]
    tables["default_schedule"] = [{"effective_on": "2000-01-01", "schedule_id": 1}]
    tables["schedule_proration"] = [{"schedule_id": 1, "effective_on": "2000-01-01", "proration": "daily"}]
    listed = {guid: amounts for guid, *amounts in import_module("cpdesk.store.migrations.0005_prices").LIST_PRICES}
    tables["price"] = [
        {
            "schedule_id": 1,
            "product_id": product["id"],
            "effective_on": "2025-11-01",
            "usage_price": listed[product["guid"]][0],
            "purchase_price": listed[product["guid"]][1],
            "usage_cost": None,
            "purchase_cost": None,
            "recorded_at": then,
        }
        for product in tables["product"]
        if product["guid"] in listed
    ]
    tables |= {"account_schedule": [], "issued_statement": [], "statement_correction": []}


def seat_thresholds(tables: Tables) -> None:
    """0006: nobody has asked to be warned yet."""
    tables["seat_threshold"] = []


def service_plans(tables: Tables) -> None:
    """0007: what products consist of is not known yet."""
    tables |= {"service_plan": [], "product_plan": []}


def planned(tables: Tables) -> None:
    """0008: nothing is planned yet."""
    tables["planned_change"] = []


def words(_tables: Tables) -> None:
    """0009: nothing but the indexes of words, which `check` compares."""


def seals(tables: Tables) -> None:
    """0010: entries of earlier versions have none."""
    for entry in tables["audit_entry"]:
        entry["seal"] = ""


def sign_in(tables: Tables) -> None:
    """0011: nobody has failed to sign in, nobody has a second factor."""
    tables |= {"sign_in_failure": [], "temporary_password": [], "second_factor": [], "recovery_code": []}


def signers(_tables: Tables) -> None:
    """0012: nothing but what goes into the hash of a new entry."""


STEPS: dict[str, Callable[[Tables], None]] = {
    "0002_companies": companies,
    "0003_people": people,
    "0004_product_names": product_names,
    "0005_prices": prices,
    "0006_seat_thresholds": seat_thresholds,
    "0007_service_plans": service_plans,
    "0008_planned": planned,
    "0009_words": words,
    "0010_seals": seals,
    "0011_sign_in": sign_in,
    "0012_signers": signers,
}


def rows(path: Path) -> Tables:
    """Every row of every table by column, without the history of migrations, which tells when they ran."""
    with closing(sqlite3.connect(path)) as plain:
        plain.row_factory = sqlite3.Row
        names = {name for (name,) in plain.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        told = sorted(names - word_index.PARTS - {"schema_migration"})
        return {name: _sorted(plain.execute(f'SELECT * FROM "{name}"').fetchall()) for name in told}


def _sorted(found: list[Any]) -> list[dict[str, Any]]:
    return sorted((dict(row) for row in found), key=lambda row: repr(sorted(row.items())))


def expected(path: Path, step: str) -> Tables:
    tables = rows(path)
    for later, change in STEPS.items():
        if later > step:
            change(tables)
    return {name: _sorted(found) for name, found in tables.items()}


def ran(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as plain:
        return [name for (name,) in plain.execute("SELECT name FROM schema_migration ORDER BY name")]


def schema(path: Path) -> list[tuple[str, ...]]:
    with closing(sqlite3.connect(path)) as plain:
        return plain.execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY 1, 2").fetchall()


def upgrades(world: World) -> list[Path]:
    return [row.path for row in backup.listed(world.store.backups) if row.kind is BackupKind.UPGRADE]


def test_each_schema_has_its_stored_database() -> None:
    assert list(STORED) == sorted(path.stem for path in migrate.DIRECTORY.glob("[0-9]*.py"))


@pytest.mark.parametrize("step", STORED)
def test_the_migrations_still_make_what_they_made_then(
    step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = tmp_path / "steps"
    steps.mkdir()
    for one in STORED[: STORED.index(step) + 1]:
        shutil.copy(migrate.DIRECTORY / f"{one}.py", steps)
    monkeypatch.setattr(migrate, "DIRECTORY", steps)
    new = World(tmp_path / "new")
    new.open(create=True)
    new.close()
    old = stored(step, tmp_path / "old")
    assert schema(old.store.path) == schema(new.store.path)
    assert ran(old.store.path) == ran(new.store.path)


@pytest.mark.parametrize("step", STORED)
def test_the_stored_databases_have_seen_some_life(step: str, tmp_path: Path) -> None:
    found = rows(stored(step, tmp_path / "old").store.path)
    assert all(len(found[name]) >= 3 for name in ("account", "user", "seat_entry", "mode_switch", "operator"))
    assert [user for user in found["user"] if user["deleted_at"]]
    assert {switch["state"] for switch in found["mode_switch"]} >= {"pending", "done", "withdrawn"}


@pytest.mark.parametrize("step", STORED)
def test_every_row_is_there_after_the_upgrade(step: str, tmp_path: Path) -> None:
    world = stored(step, tmp_path / "books")
    wanted = expected(world.store.path, step)
    world.open()
    problems, session = world.problems(), world.services.operators.sign_in(ADMIN, PASSWORD)
    world.close()
    assert rows(world.store.path) == wanted
    assert ran(world.store.path) == list(STORED)
    assert (problems, session) == ([], world.by)


@pytest.mark.parametrize("step", OLDER)
def test_the_schema_is_that_of_a_new_database(step: str, tmp_path: Path, folder: Path) -> None:
    world = stored(step, tmp_path / "old")
    world.open()
    world.close()
    assert schema(world.store.path) == schema(folder / "cpdesk.db")


# The backup before it


@pytest.mark.parametrize("step", OLDER)
def test_there_is_a_backup_of_how_it_was(step: str, tmp_path: Path) -> None:
    world = stored(step, tmp_path / "books")
    before = dump(world.store.path)
    world.open()
    world.close()
    (kept,) = backup.listed(world.store.backups)
    assert (kept.kind, kept.made_at, kept.schema) == (BackupKind.UPGRADE, world.clock.now(), int(step[:4]))
    assert dump(kept.path) == before


@pytest.mark.parametrize("step", OLDER)
def test_that_backup_can_be_restored(step: str, tmp_path: Path) -> None:
    world = stored(step, tmp_path / "books")
    wanted = expected(world.store.path, step)
    world.open()
    upgraded = rows(world.store.path)
    world.account("Since")
    (kept,) = backup.listed(world.store.backups)
    shown = world.services.backups.preview(world.by, kept.path)
    assert (shown.schema, shown.older_schema, shown.same_history) == (int(step[:4]), True, True)
    world.services.backups.restore(world.by, kept.path)
    assert wanted == upgraded
    assert rows(world.store.path)["account"] == upgraded["account"]
    assert world.problems() == []
    world.close()


def test_the_present_schema_needs_none(tmp_path: Path) -> None:
    world = stored(STORED[-1], tmp_path / "books")
    world.open()
    world.close()
    assert not world.store.backups.exists()


def test_a_new_database_needs_none(tmp_path: Path) -> None:
    world = World(tmp_path / "new")
    world.set_up()
    world.close()
    assert not world.store.backups.exists()


def test_a_database_of_the_demo_needs_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = Path(shutil.copytree(migrate.DIRECTORY, tmp_path / "steps"))
    for step in steps.glob("[0-9]*.py"):
        if step.stem >= "0005_prices":
            step.unlink()
    world = World(tmp_path / "demo")
    world.store = Store(world.folder, DemoClock(START))
    world.services = world._services()
    with monkeypatch.context() as older:
        older.setattr(migrate, "DIRECTORY", steps)
        set_up_without_prices(world)
        world.close()
    world.store.open()
    world.close()
    assert ran(world.store.path) == list(STORED)
    assert not world.store.backups.exists()


def test_without_a_backup_the_upgrade_does_not_begin(tmp_path: Path) -> None:
    world = stored(OLDER[0], tmp_path / "books")
    world.store.backups.write_bytes(b"in the way")
    before = dump(world.store.path)
    with pytest.raises(KnownError) as trouble:
        world.open()
    assert trouble.value.code == "upgrade_needs_backup"
    assert str(world.store.backups) in message(trouble.value)
    assert "cannot be read or written" in message(trouble.value)
    assert dump(world.store.path) == before
    assert connection.database.is_closed()
    world.store.backups.unlink()
    world.open()
    world.close()
    assert ran(world.store.path) == list(STORED)


def test_of_an_upgrade_that_fails_again_and_again_two_backups_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = Path(shutil.copytree(migrate.DIRECTORY, tmp_path / "steps"))
    (steps / "0099_broken.py").write_text("def up(migrator, db):\n    raise ZeroDivisionError\n", encoding="utf-8")
    monkeypatch.setattr(migrate, "DIRECTORY", steps)
    world = stored(OLDER[0], tmp_path / "books")
    before = dump(world.store.path)
    for _start in range(4):
        with pytest.raises(ZeroDivisionError):
            world.open()
        world.clock.advance(timedelta(minutes=1))
    assert len(upgrades(world)) == 2
    assert dump(world.store.path) == before


# Several at once, and in the middle


def failing_at(number: int | None, patched: pytest.MonkeyPatch) -> list[bool]:
    """Have the n-th statement that writes fail, as on a disk that breaks, or none; the answer fills with the
    statements that wrote, and whether a migration was over with them."""
    execute: Any = connection.database.execute_sql
    written: list[bool] = []

    def failing(sql: str, *args: Any, **named: Any) -> Any:
        verb = sql.split(maxsplit=1)[0].upper()
        if verb in {"CREATE", "INSERT", "UPDATE", "DROP", "ALTER", "DELETE"}:
            written.append(verb == "INSERT" and "schema_migration" in sql)
            if len(written) == number:
                raise ZeroDivisionError
        return execute(sql, *args, **named)

    patched.setattr(connection.database, "execute_sql", failing)
    return written


def opened(world: World, fails_at: int | None = None) -> list[bool]:
    """Open and close a database while a statement fails; the statements that wrote, as above."""
    with pytest.MonkeyPatch.context() as patched:
        written = failing_at(fails_at, patched)
        try:
            world.store.open()
        except ZeroDivisionError:
            assert len(written) == fails_at
        world.close()
    return written


@pytest.mark.parametrize("step", OLDER)
def test_a_failure_at_any_statement_leaves_the_old_database(step: str, tmp_path: Path) -> None:
    """Of each schema every statement of the migration that comes next; of the later ones, which are next to others,
    some."""
    written = opened(stored(step, tmp_path / "rehearsal"))
    assert written.count(True) == len(STORED) - STORED.index(step) - 1
    after_the_next = written.index(True) + 1
    world = stored(step, tmp_path / "books")
    before, wanted = rows(world.store.path), expected(world.store.path, step)
    for fails_at in (*range(1, after_the_next + 1), *range(after_the_next + 1, len(written) + 1, stride(1, 7))):
        opened(world, fails_at)
        assert rows(world.store.path) == before
        world.clock.advance(timedelta(minutes=1))
    opened(world)
    assert rows(world.store.path) == wanted


OPENING = """
import sys
from tests.support.stored import LATER
from tests.support.world import World
from pathlib import Path
world = World(Path(sys.argv[1]), LATER)
print("ready", flush=True)
input()
world.store.open()
print(len(world.services.accounts.rows(world.by)), flush=True)
"""


def test_of_several_that_start_at_once_one_upgrades(tmp_path: Path) -> None:
    world = stored(OLDER[0], tmp_path / "books")
    wanted = expected(world.store.path, OLDER[0])
    words = [sys.executable, "-c", OPENING, str(world.folder)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    started = [subprocess.Popen(words, cwd=TOP, encoding="utf-8", **pipes) for _ in range(4)]  # type: ignore[call-overload]
    try:
        assert [one.stdout.readline() for one in started] == ["ready\n"] * 4
        for one in started:
            one.stdin.write("\n")
            one.stdin.flush()
        assert [one.communicate(timeout=60)[0] for one in started] == ["3\n"] * 4
    finally:
        for one in started:
            one.kill()
            one.communicate()
    assert rows(world.store.path) == wanted
    assert len(upgrades(world)) == 1
    assert ran(world.store.path) == list(STORED)


def old_or_new(world: World, left: Left, wanted: Tables) -> None:
    """The old database is there or the new one, with a backup where it is new, and the next start goes on."""
    before = rows(world.store.path)
    assert left.moments > 4
    assert rows(left.finished / "cpdesk.db") == wanted
    untouched = 0
    for place in left.died:
        one = World(place, world.clock.now())
        now = rows(one.store.path)
        assert now in (before, wanted), place
        untouched += now == before
        one.open()
        assert rows(one.store.path) == wanted, place
        one.close()
        for kept in upgrades(one):
            assert rows(kept) == before, place
        assert upgrades(one), place
    assert untouched > 4


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the processes that die are forked")
@pytest.mark.parametrize("step", OLDER)
def test_a_kill_at_any_moment_leaves_the_old_database_and_the_next_start_goes_on(step: str, tmp_path: Path) -> None:
    world = stored(step, tmp_path / "books")
    old_or_new(world, die_everywhere(world, "open", 3), expected(world.store.path, step))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the processes that are killed are forked")
def test_so_it_is_after_a_real_kill(tmp_path: Path) -> None:
    world = stored(OLDER[0], tmp_path / "books")
    old_or_new(world, killed(world, "open", 41), expected(world.store.path, OLDER[0]))
