"""Restoring a backup: nothing is lost, everything is audited, and the clock does not run backwards."""

import errno
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

import pytest

from cpdesk.base.errors import CodedError, KnownError, UserError
from cpdesk.domain import topics
from cpdesk.domain.backups import AccountModes, BackupKind, Restored
from cpdesk.domain.modes import Mode
from cpdesk.domain.operators import Role
from cpdesk.store import connection
from cpdesk.store.backup import UNFINISHED
from tests.support.refusals import refused
from tests.support.stored import SCHEMA
from tests.support.world import ADMIN, DUE, PASSWORD, START, World, dump

DECEMBER = date(2026, 12, 1)
ZOE = "zoe@reseller.example"
OTHER = ("other@reseller.example", "other@reseller.example")


def backed_up(world: World) -> Path:
    """A backup of how it is now, out of the folder of the backups."""
    target = world.folder / "before.db"
    world.services.backups.make(world.by, target)
    return target


def restored(world: World, path: Path) -> Restored:
    done = world.services.backups.restore(world.by, path)
    assert done.topics == topics.EVERYTHING
    return done.value


def untouched(world: World, path: Path, code: str) -> CodedError:
    """Try to restore, which has to fail and to leave everything as it was."""
    before, files = dump(world.store.path), sorted(world.folder.rglob("*.db"))
    with pytest.raises(CodedError) as trouble:
        restored(world, path)
    assert trouble.value.code == code
    assert dump(world.store.path) == before
    assert sorted(world.folder.rglob("*.db")) == files
    assert not list(world.folder.rglob(f"*{UNFINISHED}"))
    assert world.services.operators.sign_in(ADMIN, PASSWORD) == world.by
    return trouble.value


# What comes back, and what stays


def test_a_backup_comes_back_and_what_was_there_is_kept(world: World) -> None:
    account = world.pool("Contoso", seats=3)
    path = backed_up(world)
    world.buy(account, 2)
    world.account("Fabrikam")
    present = dump(world.store.path)
    result = restored(world, path)
    assert [row.name for row in world.services.accounts.rows(world.by)] == ["Contoso"]
    assert world.counts(account).seats == 3
    assert result.kept
    assert dump(result.kept) == present
    (kept,) = world.services.backups.rows(world.by)
    assert (kept.kind, kept.path) == (BackupKind.RESTORE, result.kept)
    assert result.set_aside == 3


def test_what_was_there_can_be_restored_in_turn(world: World) -> None:
    path = backed_up(world)
    world.account("Fabrikam")
    kept = restored(world, path).kept
    assert kept
    restored(world, kept)
    assert [row.name for row in world.services.accounts.rows(world.by)] == ["Fabrikam"]
    assert len(world.services.backups.rows(world.by)) == 2


def test_the_backup_itself_stays_as_it_is(world: World) -> None:
    path = backed_up(world)
    content = path.read_bytes()
    restored(world, path)
    assert path.read_bytes() == content


def test_nothing_unfinished_is_left(world: World) -> None:
    restored(world, backed_up(world))
    assert sorted(path.name for path in world.folder.iterdir() if not path.name.endswith(("-wal", "-shm"))) == [
        *("backups", "before.db", "cpdesk.db")
    ]
    assert len(list(world.store.backups.iterdir())) == 1


# The audit log


def test_it_is_audited_with_each_accounts_mode_before_and_after(world: World) -> None:
    contoso, fabrikam = world.account("Contoso"), world.pool("Fabrikam")
    entries = world.stored("SELECT max(id) FROM audit_entry")[0][0]
    path = backed_up(world)
    world.to_purchase(contoso)
    world.request_usage(fabrikam)
    tailspin = world.account("Tailspin")
    result = world.services.backups.restore(world.by, path, "ticket 7").value
    assert result.accounts == (
        AccountModes(contoso, "Contoso", "contoso.example", Mode.PURCHASE, Mode.USAGE),
        AccountModes(fabrikam, "Fabrikam", "fabrikam.example", Mode.PURCHASE, Mode.PURCHASE, DECEMBER, None),
        AccountModes(tailspin, "Tailspin", "tailspin.example", Mode.USAGE, None),
    )
    whole = next(row for row in world.services.audit.rows(world.by) if row.subject == "database")
    assert (whole.action, whole.operator, whole.reason) == ("database.restored", ADMIN, "ticket 7")
    assert whole.before
    assert whole.after
    assert whole.before["modes"] == [
        {"name": "Contoso", "domain": "contoso.example", "mode": "purchase", "effective_on": None},
        {"name": "Fabrikam", "domain": "fabrikam.example", "mode": "purchase", "effective_on": "2026-12-01"},
        {"name": "Tailspin", "domain": "tailspin.example", "mode": "usage", "effective_on": None},
    ]
    assert whole.after["modes"] == [
        {"name": "Contoso", "domain": "contoso.example", "mode": "usage", "effective_on": None},
        {"name": "Fabrikam", "domain": "fabrikam.example", "mode": "purchase", "effective_on": None},
    ]
    assert result.kept
    assert (whole.after["file"], whole.after["kept"]) == ("before.db", result.kept.name)
    assert (whole.before["entries"], whole.after["entries"]) == (entries + 4, entries)


def test_the_entry_seals_what_was_set_aside(world: World) -> None:
    path = backed_up(world)
    world.account()
    ((head,),) = world.stored("SELECT hash FROM audit_entry ORDER BY id DESC LIMIT 1")
    restored(world, path)
    whole = next(row for row in world.services.audit.rows(world.by) if row.subject == "database")
    assert whole.before
    assert whole.before["audit_head"] == head


def test_an_account_whose_mode_changed_by_it_says_so_in_its_own_log(world: World) -> None:
    contoso, fabrikam = world.account("Contoso"), world.account("Fabrikam")
    own = world.operator(Role.CUSTOMER, contoso)
    path = backed_up(world)
    world.to_purchase(contoso)
    restored(world, path)
    (entry,) = (row for row in world.services.audit.rows(own, contoso) if row.action == "database.restored")
    assert (entry.before, entry.after) == (
        {"mode": "purchase", "effective_on": None},
        {"mode": "usage", "effective_on": None},
    )
    assert not [row for row in world.services.audit.rows(world.by, fabrikam) if row.action == "database.restored"]


def test_the_chain_of_the_backup_goes_on(world: World) -> None:
    path = backed_up(world)
    chain = dump(path)["audit_entry"]
    world.account()
    restored(world, path)
    assert dump(world.store.path)["audit_entry"][: len(chain)] == chain
    assert world.problems() == []


# Time


def test_what_has_become_due_since_is_completed_at_once(world: World) -> None:
    account = world.pool("Contoso", "ada@contoso.example", seats=4)
    world.assign(account, "ada@contoso.example")
    world.request_usage(account)
    path = backed_up(world)
    world.keep(account)
    world.clock.set(DUE + timedelta(days=2))
    heard: list[int] = []
    world.services.settler.listen(lambda batch: heard.extend(switch.account_id for switch in batch.switches))
    result = restored(world, path)
    assert result.accounts == (AccountModes(account, "Contoso", "contoso.example", Mode.PURCHASE, Mode.USAGE),)
    assert [(one.account_id, one.due_at, one.applied_at) for one in result.settled.switches] == [
        (account, DUE, DUE + timedelta(days=2))
    ]
    assert heard == [account]
    assert (world.counts(account).seats, world.stored("SELECT mode FROM account")) == (1, [("usage",)])


def test_what_was_completed_since_is_completed_again_with_the_same_effective_time(world: World) -> None:
    account = world.pool(seats=2)
    world.request_usage(account)
    path = backed_up(world)
    world.clock.set(DUE + timedelta(hours=1))
    assert world.mode(account) is Mode.USAGE
    world.clock.set(DUE + timedelta(days=9))
    assert restored(world, path).accounts[0].changes is False
    assert world.stored("SELECT due_at, ended_at FROM mode_switch WHERE state = 'done' ORDER BY id DESC LIMIT 1") == [
        ("2026-12-01T05:00:00.000000Z", "2026-12-10T05:00:00.000000Z")
    ]


@pytest.mark.encrypted_too
def test_time_goes_on_from_the_database_that_is_set_aside(world: World) -> None:
    """Otherwise a backup and a clock set back would be a way to date a request before today."""
    path = backed_up(world)
    world.clock.set(DUE + timedelta(days=4))
    account = world.account("Late")
    world.clock.set(START)
    restored(world, path)
    assert world.stored("SELECT max(recorded_at) FROM audit_entry") == [("2026-12-05T05:00:00.000000Z",)]
    account = world.pool("Contoso")
    assert world.request_usage(account).pending.effective_on == date(2027, 1, 1)  # type: ignore[union-attr]


def test_a_backup_from_under_a_clock_that_was_ahead(world: World) -> None:
    """Otherwise a copy that was taken to the first of the month and back would be a way to Usage Mode before it."""
    account = world.pool(seats=2)
    world.request_usage(account)
    now = backed_up(world)
    world.clock.set(DUE + timedelta(hours=1))
    world.services.settler.settle()
    ahead = world.folder / "ahead.db"
    world.services.backups.make(world.by, ahead)
    world.close()
    now.replace(world.store.path)
    world.clock.set(START + timedelta(hours=1))
    world.reopen()
    untouched(world, ahead, "backup_ahead")
    with refused("backup_ahead"):
        world.services.backups.preview(world.by, ahead)
    assert world.mode(account) is Mode.PURCHASE


def test_an_old_backup_is_no_leap_of_the_clock(world: World) -> None:
    path = backed_up(world)
    for _month in range(4):
        world.clock.advance(timedelta(days=30))
        world.services.accounts.create(world.by, f"At {_month}", f"at{_month}.example")
    restored(world, path)
    assert world.stored("SELECT count(*) FROM audit_entry WHERE action = 'clock.leapt'") == [(0,)]


# Who can sign in afterwards


def test_who_restores_is_let_in_again_with_the_password_of_today(world: World) -> None:
    path = backed_up(world)
    world.services.operators.add(world.by, ZOE, Role.RESELLER, None, "hers")
    zoe = world.services.operators.sign_in(ZOE, "hers")
    world.services.backups.restore(zoe, path)
    again = world.services.operators.sign_in(ZOE, "hers")
    assert again.role is Role.RESELLER
    assert world.services.audit.rows(again)[0].action == "operator.added"


def test_a_password_that_was_changed_since_stays_changed_for_who_restores(world: World) -> None:
    path = backed_up(world)
    world.services.operators.change_own_password(world.by, PASSWORD, "new one")
    restored(world, path)
    assert world.services.operators.sign_in(ADMIN, "new one")


def test_who_was_an_auditor_then_keeps_the_role_of_today(world: World) -> None:
    world.services.operators.add(world.by, ZOE, Role.AUDITOR, None, "hers")
    path = backed_up(world)
    world.services.operators.change_role(world.by, ZOE, Role.RESELLER, None)
    world.services.backups.restore(world.services.operators.sign_in(ZOE, "hers"), path)
    assert world.services.operators.sign_in(ZOE, "hers").role is Role.RESELLER


def test_a_session_from_before_is_nobody_elses_afterwards(world: World) -> None:
    """Numbers are given again: who was signed in as the second operator must not become another second one."""
    world.services.operators.add(world.by, ZOE, Role.RESELLER, None, "hers")
    path = backed_up(world)
    world.services.operators.remove(world.by, ZOE)
    with world.store.write():
        connection.execute_many("UPDATE operator SET email = ?, email_key = ?, removed_at = NULL WHERE id = 2", [OTHER])
    other = world.services.operators.sign_in(OTHER[0], "hers")
    restored(world, path)
    for call in (world.services.accounts.rows, world.services.backups.make):
        with refused("signed_out"):
            call(other)
    with refused("signed_out"):
        world.services.operators.set_password(other, ZOE, "stolen")


def test_others_are_as_they_were_and_the_preview_says_so(world: World) -> None:
    world.services.operators.add(world.by, ZOE, Role.AUDITOR, None, "hers")
    path = backed_up(world)
    world.services.operators.remove(world.by, ZOE)
    world.services.operators.add(world.by, "new@reseller.example", Role.AUDITOR, None, "his")
    shown = world.services.backups.preview(world.by, path)
    assert (shown.returning, shown.leaving) == ((ZOE,), ("new@reseller.example",))
    restored(world, path)
    assert world.services.operators.sign_in(ZOE, "hers")
    with refused("wrong_credentials"):
        world.services.operators.sign_in("new@reseller.example", "his")


def test_the_latest_recovery_code_stays_the_right_one(world: World) -> None:
    path = backed_up(world)
    ((first,),) = world.stored("SELECT value FROM setting WHERE key = 'recovery_code_hash'")
    with world.store.write():
        connection.execute_many("UPDATE setting SET value = ? WHERE key = 'recovery_code_hash'", [("latest",)])
    restored(world, path)
    assert first != "latest"
    assert world.stored("SELECT value FROM setting WHERE key = 'recovery_code_hash'") == [("latest",)]


# The preview


def test_the_preview_tells_what_it_will_do(world: World) -> None:
    account = world.account("Contoso")
    path = world.services.backups.make(world.by).value.path
    last = world.clock.now()
    world.clock.advance(timedelta(days=3))
    world.to_purchase(account)
    before = dump(world.store.path)
    shown = world.services.backups.preview(world.by, path)
    assert (shown.made_at, shown.last_recorded, shown.size) == (START, last, path.stat().st_size)
    assert (shown.schema, shown.older_schema, shown.set_aside, shown.same_history) == (SCHEMA, False, 1, True)
    assert shown.accounts == restored(world, path).accounts
    assert dump(world.store.path) != before


def test_the_preview_knows_a_backup_of_another_database(world: World, template: Path, tmp_path: Path) -> None:
    other = World(Path(shutil.copytree(template, tmp_path / "other")))
    shutil.copy(other.store.path, tmp_path / "other.db")
    with closing(sqlite3.connect(tmp_path / "other.db")) as plain, plain:
        plain.execute("UPDATE audit_entry SET hash = 'another' WHERE id = 1")
    shown = world.services.backups.preview(world.by, tmp_path / "other.db")
    assert (shown.same_history, shown.set_aside) == (False, 1)


def test_only_entries_after_the_fork_are_set_aside(world: World) -> None:
    path = backed_up(world)
    world.account("One")
    restored(world, path)
    world.account("Two")
    shown = world.services.backups.preview(world.by, path)
    # Restored, created, activated.
    assert shown.set_aside == 3
    assert restored(world, path).set_aside == 3


@pytest.mark.encrypted_too
def test_a_preview_leaves_the_file_and_its_folder_alone(world: World, tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    folder.mkdir()
    path = Path(shutil.copy(backed_up(world), folder / "copy.db"))
    content = path.read_bytes()
    world.services.backups.preview(world.by, path)
    assert [(one.name, one.read_bytes()) for one in folder.iterdir()] == [("copy.db", content)]


# What is refused


def test_no_file(world: World) -> None:
    untouched(world, world.folder / "nothing.db", "backup_not_found")


def test_a_folder(world: World) -> None:
    untouched(world, world.folder, "backup_not_found")


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="nothing is unreadable here")
def test_a_file_that_may_not_be_read(world: World) -> None:
    path = backed_up(world)
    path.chmod(0)
    untouched(world, path, "file_unreadable")


def test_the_database_itself(world: World) -> None:
    untouched(world, world.store.path, "backup_is_database")


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\x00" + b"\x01" * 5000])
def test_what_is_no_database(world: World, content: bytes) -> None:
    path = world.folder / "other.db"
    path.write_bytes(content)
    untouched(world, path, "not_a_backup")


def test_a_database_of_another_program(world: World) -> None:
    path = world.folder / "recipes.db"
    with closing(sqlite3.connect(path)) as plain, plain:
        plain.execute("CREATE TABLE recipe (name TEXT)")
    assert isinstance(untouched(world, path, "not_a_backup"), UserError)


def test_a_backup_from_a_newer_version(world: World) -> None:
    path = backed_up(world)
    with closing(sqlite3.connect(path)) as plain, plain:
        plain.execute("INSERT INTO schema_migration (name, applied) VALUES ('0099_from_tomorrow', '2030-01-01')")
    untouched(world, path, "backup_newer")


@pytest.mark.parametrize("table", ["subscription", "schedule_proration", "seat_entry", "assignment", "account"])
def test_a_backup_that_lacks_a_table(world: World, table: str) -> None:
    world.pool()
    path = backed_up(world)
    with closing(sqlite3.connect(path)) as database:
        database.execute(f"ALTER TABLE {table} RENAME TO elsewhere")
    assert isinstance(untouched(world, path, "backup_damaged"), UserError)


def test_a_backup_in_which_the_name_of_a_migration_is_no_text(world: World) -> None:
    path = backed_up(world)
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE schema_migration SET name = CAST(x'30303031ff93' AS TEXT) WHERE rowid = 1")
    assert isinstance(untouched(world, path, "backup_damaged"), UserError)


def test_a_damaged_backup(world: World) -> None:
    world.pool()
    path = backed_up(world)
    content = bytearray(path.read_bytes())
    content[5 * 4096 : 6 * 4096] = b"\xff" * 4096
    path.write_bytes(content)
    untouched(world, path, "backup_damaged")


def test_a_backup_whose_books_are_wrong(world: World) -> None:
    world.pool()
    path = backed_up(world)
    with closing(sqlite3.connect(path)) as plain, plain:
        plain.execute("UPDATE subscription SET seats = seats + 1")
    untouched(world, path, "backup_fails_check")


@pytest.mark.parametrize(
    "code",
    [
        "CREATE TRIGGER earlier AFTER INSERT ON mode_switch BEGIN"
        " UPDATE mode_switch SET due_at = requested_at WHERE id = new.id; END",
        "CREATE VIEW all_of_it AS SELECT * FROM account",
    ],
)
def test_a_backup_with_code_that_is_not_ours(world: World, code: str) -> None:
    """A trigger could move the date of every switch that is requested later."""
    path = backed_up(world)
    with closing(sqlite3.connect(path)) as plain:
        plain.execute(code)
    untouched(world, path, "backup_damaged")


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere all names are text")
def test_a_backup_whose_name_is_no_text(world: World) -> None:
    path = backed_up(world)
    path = path.rename(path.with_name(os.fsdecode(b"old\xff.db")))
    restored(world, path)
    whole = next(row for row in world.services.audit.rows(world.by) if row.subject == "database")
    assert whole.after
    assert whole.after["file"] == "old?.db"


def test_a_backup_of_the_demo(world: World) -> None:
    path = backed_up(world)
    with closing(sqlite3.connect(path)) as plain, plain:
        plain.execute("UPDATE audit_entry SET after = '{\"demo\":true}' WHERE id = 1")
    untouched(world, path, "demo_database")


def test_while_another_process_has_the_database_open(world: World) -> None:
    path = backed_up(world)
    words = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('SELECT * FROM setting').fetchall();"
        " print('open', flush=True); input()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", words, str(world.store.path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as child:
        assert child.stdout
        assert child.stdout.readline() == b"open\n"
        assert isinstance(untouched(world, path, "database_in_use"), KnownError)
        child.communicate(b"\n", timeout=30)
    restored(world, path)


@pytest.mark.encrypted_too
def test_while_another_thread_has_it_open(world: World) -> None:
    path = backed_up(world)
    opened, over = threading.Event(), threading.Event()

    def work() -> None:
        world.store.connect()
        world.services.setup.needed()
        opened.set()
        over.wait(30)
        world.close()

    worker = threading.Thread(target=work)
    worker.start()
    assert opened.wait(30)
    try:
        untouched(world, path, "database_in_use")
    finally:
        over.set()
        worker.join(30)


def test_who_was_removed_meanwhile_restores_nothing(world: World) -> None:
    path = backed_up(world)
    gone = replace(world.by, operator_id=4711)
    with refused("signed_out"):
        world.services.backups.restore(gone, path)


# Where the present database says nothing


def rescued(world: World, path: Path, email: str = ADMIN, password: str = PASSWORD) -> Restored:
    world.close()
    result = world.services.backups.rescue(path, email, password).value
    world.open()
    return result


def test_a_missing_database_is_made_from_a_backup(world: World) -> None:
    account = world.account()
    path = backed_up(world)
    world.close()
    world.store.path.unlink()
    result = rescued(world, path)
    assert result.kept is None
    assert result.accounts == (AccountModes(account, "Contoso", "contoso.example", None, Mode.USAGE),)
    assert world.services.operators.sign_in(ADMIN, PASSWORD)


def test_a_log_without_its_database_is_kept_and_not_applied_to_another_one(world: World) -> None:
    path = backed_up(world)
    world.account("Lost")
    log = world.store.path.with_name("cpdesk.db-wal")
    left = log.read_bytes()
    world.close()
    world.store.path.unlink()
    log.write_bytes(left)
    result = rescued(world, path)
    assert result.kept
    assert result.kept.read_bytes() == left
    assert world.services.accounts.rows(world.by) == []


@pytest.mark.parametrize("content", [b"\x00" * 9000, b"SQLite format 3\x00" + b"\xff" * 9000, b"short"])
def test_what_is_no_database_any_more_is_kept_as_it_is(world: World, content: bytes) -> None:
    path = backed_up(world)
    world.close()
    world.store.path.write_bytes(content)
    result = rescued(world, path)
    assert result.kept
    assert result.kept.read_bytes() == content
    assert result.kept.parent == world.store.backups


def test_a_database_from_a_newer_version_gives_way_to_the_backup_before_its_upgrade(world: World) -> None:
    path = backed_up(world)
    world.account("Since")
    world.close()
    with closing(sqlite3.connect(world.store.path)) as plain, plain:
        plain.execute("INSERT INTO schema_migration (name, applied) VALUES ('0099_from_tomorrow', '2030-01-01')")
    newer = dump(world.store.path)
    result = rescued(world, path)
    assert result.kept
    assert dump(result.kept) == newer
    assert "schema99" in result.kept.name
    assert world.services.accounts.rows(world.by) == []


@pytest.mark.skipif(not os.path.ismount("/dev/shm"), reason="needs another disk")
@pytest.mark.parametrize("content", [b"", b"damaged" * 900])
def test_the_backups_may_be_on_another_disk(world: World, content: bytes) -> None:
    path = backed_up(world)
    account = dump(path)["account"]
    world.close()
    world.store.path.write_bytes(content)
    with TemporaryDirectory(dir="/dev/shm") as elsewhere:
        world.store.backups.symlink_to(elsewhere)
        rescued(world, path)
        assert dump(world.store.path)["account"] == account
        assert not list(world.folder.glob("*.cpdesk-unfinished"))
        world.store.backups.unlink()


def test_a_damaged_database_that_cannot_be_kept_leaves_nothing_half_done(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = backed_up(world)
    world.close()
    world.store.path.write_bytes(b"damaged" * 900)

    def full(_source: object, target: IO[bytes]) -> None:
        target.write(b"dam")
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(shutil, "copyfileobj", full)
    with pytest.raises(KnownError) as trouble:
        rescued(world, path)
    monkeypatch.undo()
    assert trouble.value.code == "disk_full"
    assert list(world.store.backups.iterdir()) == []
    assert world.store.path.read_bytes() == b"damaged" * 900
    rescued(world, path)


def test_a_database_that_cannot_be_opened_once_it_is_restored_is_restored(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = backed_up(world)
    world.account("Since")
    usual = connection.use_write_ahead_log

    def fail_in_its_place() -> None:
        if connection.opened_path() == world.store.path:
            raise KnownError("disk_trouble", path=str(world.store.path))
        usual()

    monkeypatch.setattr(connection, "use_write_ahead_log", fail_in_its_place)
    restored(world, path)
    monkeypatch.undo()
    world.reopen()
    assert world.services.accounts.rows(world.by) == []


def test_a_database_that_opens_is_not_rescued(world: World) -> None:
    path = backed_up(world)
    world.services.operators.set_password(world.by, ADMIN, "new one")
    before = dump(world.store.path)
    world.close()
    with refused("database_opens"):
        world.services.backups.rescue(path, ADMIN, PASSWORD)
    assert dump(world.store.path) == before


@pytest.mark.parametrize(
    ("email", "password", "code"),
    [
        (ADMIN, "wrong", "wrong_credentials"),
        ("nobody@reseller.example", PASSWORD, "wrong_credentials"),
        (ZOE, "hers", "not_allowed"),
    ],
)
def test_only_a_reseller_administrator_of_the_backup_rescues(
    world: World, email: str, password: str, code: str
) -> None:
    world.services.operators.add(world.by, ZOE, Role.AUDITOR, None, "hers")
    path = backed_up(world)
    world.close()
    world.store.path.write_bytes(b"damaged")
    for call in (world.services.backups.rescue, world.services.backups.preview_rescue):
        with refused(code):
            call(path, email, password)
    assert world.store.path.read_bytes() == b"damaged"
    rescued(world, path)


def test_a_damage_that_shows_only_in_the_rows_is_kept_as_it_is(world: World) -> None:
    """Somebody could still sign in; copying finds the damage."""
    for number in range(40):
        world.account(f"Customer{number}", f"ada@customer{number}.example")
    path = backed_up(world)
    ((page,),) = world.stored("SELECT rootpage FROM sqlite_master WHERE name = 'user_list'")
    world.close()
    content = bytearray(world.store.path.read_bytes())
    content[(page - 1) * 4096 : page * 4096] = b"\xff" * 4096
    world.store.path.write_bytes(content)
    world.open()
    result = restored(world, path)
    assert result.kept
    assert result.kept.name.startswith("cpdesk-damaged-")
    # In its first page stands whether there is a write-ahead log, which has been moved into the file.
    assert result.kept.read_bytes()[4096:] == bytes(content)[4096:]
    assert len(world.services.accounts.rows(world.by)) == 40
