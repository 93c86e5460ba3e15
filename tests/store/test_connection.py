"""What SQLite is told about the file, and what it tells when it cannot do its work."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest

from cpdesk.base.errors import KnownError
from cpdesk.domain.modes import Mode
from cpdesk.store import connection
from tests.support.world import DUE, Counts, World, dump

FULL = 2


def pragmas() -> dict[str, object]:
    names = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
    return {name: connection.database.pragma(name) for name in names}


SAFE = {"journal_mode": "wal", "synchronous": FULL, "foreign_keys": 1, "busy_timeout": 5000}


@contextmanager
def locked(world: World) -> Iterator[None]:
    """Another program that keeps the write lock for longer than anybody waits."""
    connection.database.pragma("busy_timeout", 1)
    with closing(sqlite3.connect(world.store.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def test_an_acknowledged_change_survives_a_power_failure(world: World) -> None:
    world.store.disconnect()
    world.store.open()
    assert pragmas() == SAFE


@pytest.mark.encrypted_too
def test_every_thread_gets_the_same_pragmas(world: World) -> None:
    seen: list[dict[str, object]] = []

    def look() -> None:
        world.store.connect()
        seen.append(pragmas())
        world.store.disconnect()

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert seen == [SAFE]


def test_a_thread_without_a_connection_cannot_touch_the_database(world: World) -> None:
    seen: list[Exception] = []

    def touch() -> None:
        try:
            world.services.accounts.rows(world.by)
        except Exception as error:  # noqa: BLE001 - whatever it is, it has to be one
            seen.append(error)

    thread = threading.Thread(target=touch)
    thread.start()
    thread.join()
    assert len(seen) == 1


def test_a_row_without_its_parent_is_refused(world: World) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"), world.store.write():
        connection.execute_many("INSERT INTO assignment VALUES (?, ?, ?, ?)", [(1, 1, 1, "x")])


def test_counts_that_break_the_rules_cannot_be_stored(world: World) -> None:
    account = world.pool(seats=2)
    for counts in ("seats = -1", "assigned = 3", "assigned = -1", "assigned = NULL"):
        with pytest.raises(sqlite3.IntegrityError), world.store.write():
            connection.execute_many(f"UPDATE subscription SET {counts} WHERE account_id = ?", [(account,)])


@pytest.mark.encrypted_too
def test_what_fails_half_way_leaves_nothing(world: World) -> None:
    before = dump(world.store.path)

    def half_way() -> None:
        with world.store.write():
            connection.execute_many("INSERT INTO setting VALUES (?, ?)", [("colour", "blue")])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half_way()
    assert dump(world.store.path) == before


def test_a_locked_database_is_a_known_trouble(world: World) -> None:
    account = world.account()
    with locked(world), pytest.raises(KnownError) as trouble:
        world.user(account, "ada@contoso.example")
    assert (trouble.value.code, trouble.value.params["path"]) == ("database_locked", str(world.store.path))
    assert world.user(account, "ada@contoso.example")


def test_a_locked_database_can_be_read_and_shows_what_is_due(world: World) -> None:
    account = world.pool()
    world.request_usage(account)
    world.clock.set(DUE)
    with locked(world):
        row = world.show(account)
        assert row.mode is Mode.PURCHASE
        assert row.pending
        assert row.pending.is_due(DUE)
        with pytest.raises(KnownError, match="database_locked"):
            world.services.modes.apply_due()
    assert (world.show(account).pending, world.counts(account)) == (None, Counts(0, 0))


def test_a_full_disk_is_a_known_trouble_and_leaves_nothing_half_done(world: World) -> None:
    account = world.account()
    connection.database.pragma("max_page_count", connection.database.pragma("page_count"))
    with pytest.raises(KnownError) as trouble:
        _fill(world, account)
    assert (trouble.value.code, trouble.value.params["path"]) == ("disk_full", str(world.store.path))
    assert world.problems() == []
    connection.database.pragma("max_page_count", 2**30)
    users = len(world.licenses(account))
    assert world.stored("SELECT count(*) FROM audit_entry WHERE action = 'user.added'") == [(users,)]
    world.user(account, "later@contoso.example")


def _fill(world: World, account: int) -> None:
    for number in range(1000):
        world.user(account, f"user{number}@contoso.example")


@pytest.fixture
def restored(world: World) -> Iterator[None]:
    """Whatever is done to the file, it is whole again afterwards."""
    yield
    world.close()
    kept = world.folder / "kept.db"
    if kept.exists():
        kept.replace(world.store.path)
    world.open()


@pytest.mark.usefixtures("restored")
@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE account SET mode = 'both'",
        "UPDATE mode_switch SET due_at = 'soon'",
        "UPDATE mode_switch SET to_mode = ''",
    ],
)
def test_a_value_that_was_never_written_is_a_known_trouble(world: World, damage: str) -> None:
    world.request_usage(world.pool())
    connection.database.execute_sql("VACUUM INTO ?", (str(world.folder / "kept.db"),))
    connection.database.execute_sql(damage)
    with pytest.raises(KnownError) as trouble:
        world.services.accounts.rows(world.by)
    assert trouble.value.code == "database_damaged"


def test_a_damaged_file_is_a_known_trouble(world: World) -> None:
    world.account()
    world.close()
    content = bytearray(world.store.path.read_bytes())
    content[4096:] = b"\xa5" * (len(content) - 4096)
    intact = world.store.path.read_bytes()
    world.store.path.write_bytes(content)
    with pytest.raises(KnownError) as trouble:
        _look(world)
    world.close()
    world.store.path.write_bytes(intact)
    world.open()
    assert trouble.value.code in {"database_damaged", "not_a_database"}


def _look(world: World) -> None:
    world.open()
    world.services.accounts.rows(world.by)


def test_another_process_is_noticed(world: World) -> None:
    before = world.store.data_version()
    with closing(sqlite3.connect(world.store.path)) as other, other:
        other.execute("INSERT INTO setting VALUES ('colour', 'blue')")
    assert world.store.data_version() != before
