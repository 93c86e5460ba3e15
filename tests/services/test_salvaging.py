"""Saving a damaged database: what is lost is rebuilt where something else tells of it, and else listed."""

import csv
import os
import random
import shutil
import sqlite3
import stat
from collections import Counter
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from cpdesk.base import private
from cpdesk.base.errors import KnownError
from cpdesk.domain.operators import Role
from cpdesk.domain.salvage import Condition, Fate, Salvage
from cpdesk.store.pages import Pages
from tests.support.refusals import refused
from tests.support.stored import STEPS, stored
from tests.support.world import ADMIN, PASSWORD, World, dump, rows_of
from tests.support.wrecks import PAGE, Twin, break_page, damaged, plain_copy, populate, twin_of

WHOLE = {"user", "account", "account_domain", "subscription", "assignment", "mode_switch"}


@pytest.fixture(scope="module")
def twin(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Twin:
    folder = tmp_path_factory.mktemp("twin")
    world = World(Path(shutil.copytree(template, folder / "books")))
    world.open()
    populate(world, people=120)
    world.close()
    return twin_of(plain_copy(world, folder / "twin.db"))


@pytest.fixture
def wreck(twin: Twin, tmp_path: Path) -> World:
    """A closed database, still whole."""
    world = World(tmp_path / "data")
    world.folder.mkdir()
    world.store.path.write_bytes(twin.data)
    return world


def harm(world: World, twin: Twin, pages: set[int], seed: int = 1) -> bytes:
    data = damaged(twin.data, pages, seed)
    world.store.path.write_bytes(data)
    return data


def pages_of(twin: Twin, *tables: str) -> set[int]:
    return {page for table in tables for pages in twin.places[table].values() for page in pages}


def look(world: World) -> Salvage:
    return world.services.salvaging.preview(ADMIN, PASSWORD)


def put(world: World) -> Salvage:
    return world.services.salvaging.put_in_place(ADMIN, PASSWORD, "ticket 9").value.salvage


@pytest.mark.parametrize("table", sorted(WHOLE))
def test_what_the_audit_log_and_the_ledger_tell_is_rebuilt_exactly(wreck: World, twin: Twin, table: str) -> None:
    pages = pages_of(twin, table) - pages_of(twin, "operator", "setting")
    harm(wreck, twin, pages)
    salvage = put(wreck)
    assert salvage.missing == 0
    assert salvage.is_whole
    assert salvage.rebuilt == len(twin.rows[table])
    assert {item.fate for item in salvage.items} == {Fate.REBUILT}
    now = dump(wreck.store.path)
    assert sorted(map(repr, now[table])) == sorted(repr(row) for row in twin.rows[table].values())
    wreck.open()
    assert wreck.problems() == []
    wreck.close()


def test_a_disk_that_fails_meanwhile_is_told_as_one(wreck: World, twin: Twin, monkeypatch: pytest.MonkeyPatch) -> None:
    """Page by page the file is looked through first, and read then."""
    page = random.Random(3).choice(sorted(pages_of(twin, "user")))
    times, stored_page = Counter[int](), Pages._stored

    def failing(pages: Pages, number: int) -> bytes:
        times[number] += 1
        return b"" if number == page and times[page] > 2 else stored_page(pages, number)

    monkeypatch.setattr(Pages, "_stored", failing)
    with pytest.raises(KnownError, match="disk_trouble"):
        look(wreck)


def test_lost_audit_entries_are_named_and_nothing_else_is_touched(wreck: World, twin: Twin) -> None:
    page = random.Random(2).choice(sorted(pages_of(twin, "audit_entry")))
    lost = {number for number, pages in twin.places["audit_entry"].items() if page in pages}
    harm(wreck, twin, {page})
    salvage = look(wreck)
    named = {item.number for item in salvage.items if item.table == "audit_entry" and item.fate is Fate.LOST}
    assert named == lost
    assert salvage.is_exact
    assert "audit_gap" in {finding.code for finding in salvage.findings}


def test_what_belongs_to_what_is_lost_is_left_out_and_named(wreck: World, twin: Twin) -> None:
    users = pages_of(twin, "user")
    harm(wreck, twin, users | pages_of(twin, "audit_entry"))
    salvage = look(wreck)
    assert {item.fate for item in salvage.items if item.table == "assignment"} == {Fate.LEFT_OUT}
    assert salvage.missing >= len(twin.rows["user"]) + len(twin.rows["audit_entry"])
    assert all(item.known for item in salvage.items if item.table == "assignment")


@pytest.mark.parametrize("seed", range(6))
def test_any_damage_leaves_a_database_that_opens_and_nothing_that_was_not_there(
    wreck: World, twin: Twin, seed: int
) -> None:
    rng = random.Random(seed)
    keep = pages_of(twin, "operator") | {1}
    pages = {page for page in rng.sample(range(2, twin.pages + 1), 8) if page not in keep}
    data = harm(wreck, twin, pages, seed)
    salvage = put(wreck)
    (kept,) = wreck.store.backups.glob("cpdesk-damaged-*.db")
    assert kept.read_bytes() == data
    now = dump(wreck.store.path)
    for table, rows in twin.rows.items():
        ought = {repr(row) for row in rows.values()}
        new = [row for row in now[table] if repr(row) not in ought]
        # What was done since: the salvaging itself, and whoever did it.
        assert len(new) <= (1 if table in {"audit_entry", "setting"} else 0), table
    for one in salvage.tables:
        if one.is_exact and one.table not in {"audit_entry", "setting"}:
            assert len(now[one.table]) == len(twin.rows[one.table]) - one.missing, one.table
    wreck.open()
    wreck.account("Afterwards")
    wreck.close()
    assert rows_of(wreck.store.path, "PRAGMA integrity_check") == [("ok",)]


def test_the_list_stands_beside_the_damaged_file_and_the_audit_log_tells_of_it(wreck: World, twin: Twin) -> None:
    harm(wreck, twin, {max(pages_of(twin, "price"))})
    done = wreck.services.salvaging.put_in_place(ADMIN, PASSWORD, "ticket 9").value
    assert done.report.parent == done.kept.parent == wreck.store.backups
    if os.name == "posix":
        assert stat.S_IMODE(done.report.stat().st_mode) == private.FILE
    with done.report.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert len(rows) - 1 == len(done.salvage.items) + len(done.salvage.findings)
    wreck.open()
    entry = wreck.services.audit.rows(wreck.by, None, limit=1)[0]
    wreck.close()
    assert (entry.action, entry.operator, entry.reason) == ("database.salvaged", ADMIN, "ticket 9")


def test_only_a_reseller_administrator_learns_what_is_in_it(wreck: World) -> None:
    wreck.open()
    account = wreck.services.accounts.rows(wreck.by)[0].id
    own = wreck.operator(Role.CUSTOMER, account, "own@contoso.example")
    wreck.close()
    with refused("not_allowed"):
        wreck.services.salvaging.preview(own.email, PASSWORD)
    with refused("wrong_credentials"):
        wreck.services.salvaging.preview(ADMIN, "wrong")
    with refused("wrong_credentials"):
        wreck.services.salvaging.preview("nobody@contoso.example", PASSWORD)


def test_whose_own_row_is_lost_is_known_by_the_newest_good_backup(wreck: World, twin: Twin) -> None:
    wreck.open()
    wreck.services.backups.make(wreck.by)
    wreck.close()
    data = harm(wreck, twin, pages_of(twin, "operator"))
    assert data
    assert put(wreck).missing == 1
    wreck.open()
    assert wreck.services.operators.sign_in(ADMIN, PASSWORD).role is Role.RESELLER
    wreck.close()


@pytest.mark.parametrize("table", ["second_factor", "operator"])
def test_who_was_removed_or_demoted_since_the_backup_stays_out(wreck: World, table: str) -> None:
    wreck.open()
    removed, demoted, erased, again = (
        wreck.operator(Role.RESELLER, email=f"{name}@reseller.example") for name in ("rae", "dan", "eli", "gil")
    )
    wreck.services.backups.make(wreck.by)
    operators = wreck.services.operators
    operators.change_role(wreck.by, demoted.email, Role.AUDITOR, None)
    for one in (removed, erased, again):
        operators.remove(wreck.by, one.email)
    wreck.services.erasing_former.erase_operator(wreck.by, erased.email)
    wreck.operator(Role.RESELLER, email=again.email)
    wreck.close()
    break_page(wreck, table)
    for one in (removed, erased):
        with refused("wrong_credentials"):
            wreck.services.salvaging.preview(one.email, PASSWORD)
    with refused("not_allowed" if table == "second_factor" else "wrong_credentials"):
        wreck.services.salvaging.preview(demoted.email, PASSWORD)
    assert wreck.services.salvaging.preview(again.email, PASSWORD)
    assert look(wreck)


def test_a_sound_database_is_not_replaced(wreck: World, twin: Twin) -> None:
    assert look(wreck).is_whole
    with refused("database_sound"):
        put(wreck)
    assert wreck.store.path.read_bytes() == twin.data


def test_a_damaged_index_alone_loses_nothing(wreck: World, twin: Twin) -> None:
    with closing(sqlite3.connect(wreck.store.path)) as plain:
        ((root,),) = plain.execute("SELECT rootpage FROM sqlite_master WHERE name = 'user_list'").fetchall()
    harm(wreck, twin, {root})
    salvage = put(wreck)
    assert salvage.is_whole
    assert not salvage.items


@pytest.mark.parametrize("data", [b"no database at all " * 500, bytes(PAGE * 4)])
def test_what_never_was_a_database_of_ours_is_refused(wreck: World, data: bytes) -> None:
    wreck.store.path.write_bytes(data)
    with refused("nothing_to_salvage"):
        look(wreck)
    assert wreck.store.path.read_bytes() == data


def test_it_waits_for_whoever_has_the_file_open(wreck: World, twin: Twin) -> None:
    data = harm(wreck, twin, {max(pages_of(twin, "price"))})
    with closing(sqlite3.connect(wreck.store.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(KnownError, match="database_in_use"):
            put(wreck)
        other.execute("ROLLBACK")
    assert wreck.store.path.read_bytes()[: len(data)] == data
    assert not list(wreck.store.backups.glob("cpdesk-damaged-*"))


def test_backups_are_offered_checked_with_how_much_was_written_since(wreck: World) -> None:
    wreck.open()
    made = [wreck.services.backups.make(wreck.by).value.path]
    wreck.clock.advance(timedelta(hours=1))
    wreck.account("Later")
    made.append(wreck.services.backups.make(wreck.by).value.path)
    wreck.clock.advance(timedelta(hours=1))
    made.append(wreck.services.backups.make(wreck.by).value.path)
    wreck.close()
    made[2].write_bytes(made[2].read_bytes()[: PAGE * 3])
    (latest,) = rows_of(wreck.store.path, "SELECT max(id) FROM audit_entry")
    newest, good, older = wreck.services.salvaging.backups()
    assert (newest.condition, good.condition, older.condition) == (
        Condition.DAMAGED,
        Condition.GOOD,
        Condition.UNCHECKED,
    )
    assert good.row.path == made[1]
    assert good.lacking == latest[0] - rows_of(made[1], "SELECT max(id) FROM audit_entry")[0][0]


def test_it_tells_how_far_it_is_and_can_be_stopped(wreck: World, twin: Twin) -> None:
    told: list[tuple[int, int]] = []
    wreck.services.salvaging.preview(ADMIN, PASSWORD, lambda done, total: told.append((done, total)))
    assert told == sorted(told)
    assert len({done for done, _total in told}) > 5

    def stop(_done: int, _total: int) -> None:
        raise RuntimeError("stopped")

    with pytest.raises(RuntimeError, match="stopped"):
        wreck.services.salvaging.put_in_place(ADMIN, PASSWORD, progress=stop)
    assert wreck.store.path.read_bytes() == twin.data


@pytest.mark.parametrize("step", [STEPS[2], STEPS[-2], STEPS[-1]])
def test_a_database_of_an_older_schema_is_brought_up_to_date(tmp_path: Path, step: str) -> None:
    world = stored(step, tmp_path / "data")
    plain_copy(world, tmp_path / "plain.db").replace(world.store.path)
    (people,) = rows_of(world.store.path, "SELECT count(*) FROM user")
    ((root,),) = rows_of(world.store.path, "SELECT rootpage FROM sqlite_master WHERE name = 'user'")
    data = bytearray(world.store.path.read_bytes())
    data[(root - 1) * PAGE : root * PAGE] = bytes(PAGE)
    world.store.path.write_bytes(data)
    salvage = put(world)
    assert {item.fate for item in salvage.items if item.table == "user"} == {Fate.REBUILT}
    assert rows_of(world.store.path, "SELECT count(*) FROM user") == [people]
    world.open()
    assert world.problems() == []
    world.close()
