"""Encrypting the database on the disk: nothing is lost, nobody without the passphrase reads anything."""

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from cpdesk.base.errors import KnownError
from cpdesk.domain.encryption import MARK, read_recovery, recovery_text
from cpdesk.domain.operators import Role
from cpdesk.store import backup, cipher, connection
from tests.support.refusals import refused
from tests.support.world import World, dump

pytest.importorskip("sqlcipher3", reason="encryption is an extra")

PASSPHRASE = "all the king's horses"
Rows = dict[str, list[tuple[Any, ...]]]
OTHER = "all the king's men came too"


@pytest.fixture(autouse=True)
def _no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test knows the keys of another."""
    monkeypatch.setattr(cipher, "_keys", {})


@pytest.fixture
def encrypted(world: World) -> World:
    """A database with something in it, encrypted."""
    account = world.pool("Contoso", "ada@contoso.example", seats=3)
    world.assign(account, "ada@contoso.example")
    world.services.encryption.turn_on(world.by, PASSPHRASE)
    return world


def _books(rows: Rows) -> Rows:
    """All but the audit log, which tells of what was done."""
    settings = [row for row in rows["setting"] if row[0] != "audit_head"]
    return {name: found for name, found in rows.items() if name != "audit_entry"} | {"setting": settings}


def test_everything_is_there_after_turning_it_on(world: World) -> None:
    account = world.pool("Contoso", "ada@contoso.example", seats=3)
    world.assign(account, "ada@contoso.example")
    before = dump(world.store.path)
    world.services.encryption.turn_on(world.by, PASSPHRASE, "ticket 7")
    after = dump(world.store.path)
    assert world.store.path.read_bytes().startswith(MARK)
    assert _books(after) == _books(before)
    assert set(before["audit_entry"]) < set(after["audit_entry"])
    assert world.stored("SELECT action, reason FROM audit_entry ORDER BY id DESC LIMIT 1") == [
        ("database.encrypted", "ticket 7")
    ]
    assert world.counts(account) == (3, 1)


def test_it_goes_on_with_a_write_ahead_log(encrypted: World) -> None:
    assert connection.database.pragma("journal_mode") == "wal"
    encrypted.services.encryption.turn_off(encrypted.by, PASSPHRASE)
    assert connection.database.pragma("journal_mode") == "wal"


def test_what_is_secret_gets_into_no_log(world: World) -> None:
    made = world.services.encryption.turn_on(world.by, PASSPHRASE)
    salt = connection.opened_salt()
    assert salt is not None
    lock = cipher.lock_of(salt, world.store.path)
    for shown in (repr(made), repr(lock)):
        assert made.value.recovery_key not in shown
        assert lock.key.hex() not in shown
        assert repr(lock.key) not in shown


def test_nothing_readable_is_left_in_the_folder(encrypted: World) -> None:
    encrypted.account("Secretive Ltd", domain="secretive.example")
    encrypted.services.backups.make_unattended()
    encrypted.close()
    files = [path for path in encrypted.folder.rglob("*") if path.is_file()]
    assert len(files) >= 2
    for path in files:
        content = path.read_bytes()
        assert b"contoso" not in content, path.name
        assert b"Secretive" not in content, path.name


def test_it_opens_by_the_passphrase_alone(encrypted: World) -> None:
    encrypted.close()
    cipher.forget()
    with pytest.raises(KnownError) as found:
        encrypted.reopen()
    assert (found.value.code, found.value.params) == ("passphrase_needed", {"path": str(encrypted.store.path)})
    with refused("wrong_passphrase"):
        encrypted.services.encryption.unlock("all the king's horse")
    encrypted.services.encryption.unlock(PASSPHRASE)
    encrypted.reopen()
    assert encrypted.services.accounts.find(encrypted.by, "Contoso")


def test_the_recovery_key_opens_it_however_it_is_typed(world: World) -> None:
    made = world.services.encryption.turn_on(world.by, PASSPHRASE).value
    world.close()
    cipher.forget()
    world.services.encryption.unlock(f"  {made.recovery_key.lower().replace('-', ' ')} ")
    world.reopen()


def test_the_keyring_opens_it_without_asking(world: World) -> None:
    world.services.encryption.turn_on(world.by, PASSPHRASE, remember=True)
    assert world.services.encryption.state(world.by).remembered
    world.close()
    cipher.forget()
    world.services.encryption.try_keyring(world.store.path)
    world.store.open()
    assert not world.services.encryption.forget(world.by).value.remembered
    world.close()
    cipher.forget()
    world.services.encryption.try_keyring(world.store.path)
    with pytest.raises(KnownError, match="passphrase_needed"):
        world.store.open()
    world.services.encryption.unlock(PASSPHRASE)
    world.reopen()


def test_a_keyring_that_knows_something_else_is_no_hindrance(world: World) -> None:
    world.services.encryption.turn_on(world.by, PASSPHRASE, remember=True)
    world.close()
    cipher.forget()
    for name in world.keyring.kept:
        world.keyring.kept[name] = "nonsense"
    world.services.encryption.try_keyring(world.store.path)
    with pytest.raises(KnownError, match="passphrase_needed"):
        world.store.open()
    world.services.encryption.unlock(PASSPHRASE)
    world.reopen()


def test_a_keyring_that_refuses_is_said(encrypted: World) -> None:
    encrypted.keyring.locked = True
    with refused("keyring_refused"):
        encrypted.services.encryption.remember(encrypted.by)


def test_another_passphrase_counts_from_now_on_and_old_backups_keep_theirs(encrypted: World) -> None:
    old = encrypted.services.backups.make_unattended()
    with refused("wrong_passphrase"):
        encrypted.services.encryption.change_passphrase(encrypted.by, OTHER, OTHER)
    made = encrypted.services.encryption.change_passphrase(encrypted.by, PASSPHRASE, OTHER).value
    encrypted.close()
    cipher.forget()
    with refused("wrong_passphrase"):
        encrypted.services.encryption.unlock(PASSPHRASE)
    encrypted.services.encryption.unlock(made.recovery_key)
    encrypted.reopen()
    with pytest.raises(KnownError) as found:
        encrypted.services.backups.preview(encrypted.by, old.path)
    assert (found.value.code, found.value.params["path"]) == ("passphrase_needed", str(old.path))
    encrypted.services.encryption.unlock(PASSPHRASE, old.path)
    encrypted.services.backups.restore(encrypted.by, old.path)
    # What was restored is under the lock of today.
    encrypted.close()
    cipher.forget()
    encrypted.services.encryption.unlock(OTHER)
    encrypted.reopen()


def test_turning_it_off_takes_the_passphrase(encrypted: World) -> None:
    encrypted.services.encryption.remember(encrypted.by)
    with refused("wrong_passphrase"):
        encrypted.services.encryption.turn_off(encrypted.by, OTHER)
    before = dump(encrypted.store.path)
    state = encrypted.services.encryption.turn_off(encrypted.by, PASSPHRASE).value
    assert not state.encrypted
    assert encrypted.keyring.kept == {}
    assert encrypted.store.path.read_bytes().startswith(b"SQLite format 3")
    after = dump(encrypted.store.path)
    assert _books(after) == _books(before)
    assert set(before["audit_entry"]) < set(after["audit_entry"])
    with refused("not_encrypted"):
        encrypted.services.encryption.turn_off(encrypted.by, PASSPHRASE)


def test_what_is_refused(world: World) -> None:
    encryption = world.services.encryption
    with refused("passphrase_too_short"):
        encryption.turn_on(world.by, "short")
    auditor = world.operator(Role.AUDITOR)
    customer = world.operator(Role.CUSTOMER, world.account())
    for somebody in (auditor, customer):
        with refused("not_allowed"):
            encryption.turn_on(somebody, PASSPHRASE)
    assert not encryption.state(auditor).encrypted
    with refused("not_allowed"):
        encryption.state(customer)
    encryption.turn_on(world.by, PASSPHRASE)
    with refused("encrypted_already"):
        encryption.turn_on(world.by, PASSPHRASE)


def test_nobody_else_may_have_it_open(world: World) -> None:
    before = world.store.path.read_bytes()[:16]
    with closing(cipher.connect(world.store.path, None)) as other:
        other.execute("SELECT count(*) FROM setting").fetchone()
        with pytest.raises(KnownError, match="database_in_use"):
            world.services.encryption.turn_on(world.by, PASSPHRASE)
    assert world.store.path.read_bytes()[:16] == before
    assert world.services.accounts.rows(world.by) == []


def test_plain_backups_are_told_of_and_deleted_when_asked(world: World) -> None:
    world.services.backups.make_unattended()
    assert world.services.encryption.state(world.by).plain_backups == ()
    state = world.services.encryption.turn_on(world.by, PASSPHRASE).value.state
    assert len(state.plain_backups) == 1
    kept = world.services.backups.make_unattended()
    assert kept.encrypted
    state = world.services.encryption.delete_plain_backups(world.by, state.plain_backups).value
    assert state.plain_backups == ()
    assert [row.path for row in backup.listed(world.store.backups)] == [kept.path]


@pytest.mark.parametrize("backup_encrypted", [True, False])
def test_restoring_keeps_the_encryption_that_the_database_has(world: World, backup_encrypted: bool) -> None:
    world.account("Before")
    if backup_encrypted:
        world.services.encryption.turn_on(world.by, PASSPHRASE)
    row = world.services.backups.make_unattended()
    if backup_encrypted:
        world.services.encryption.turn_off(world.by, PASSPHRASE)
    else:
        world.services.encryption.turn_on(world.by, PASSPHRASE)
    world.account("Since")
    world.services.backups.restore(world.by, row.path)
    assert [account.name for account in world.services.accounts.rows(world.by)] == ["Before"]
    assert (cipher.salt_of(world.store.path) is None) == backup_encrypted


def test_a_recovery_key_with_a_slip_is_none() -> None:
    key = bytes(range(32))
    text = recovery_text(key)
    assert read_recovery(text) == key
    assert read_recovery(text.replace("A", "B", 1)) is None
    assert read_recovery(text[:-1]) is None
    assert read_recovery(PASSPHRASE) is None


def _read_all(world: World) -> None:
    world.reopen()
    world.services.checks.run()
    world.services.backups.make_unattended()


def test_an_encrypted_page_that_is_damaged_is_found(encrypted: World) -> None:
    encrypted.close()
    path = Path(encrypted.store.path)
    content = bytearray(path.read_bytes())
    good = bytes(content)
    content[5 * 4096 + 100] ^= 1
    path.write_bytes(content)
    with pytest.raises(KnownError, match="database_damaged"):
        _read_all(encrypted)
    encrypted.close()
    path.write_bytes(good)
    encrypted.open()
