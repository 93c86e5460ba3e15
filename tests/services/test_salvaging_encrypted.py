"""Saving a damaged database that is encrypted: the same is saved, and none of it lies about in the clear."""

import pytest

from cpdesk.domain.encryption import MARK
from cpdesk.domain.salvage import Fate
from cpdesk.store import cipher
from tests.support.world import ADMIN, PASSWORD, World, dump
from tests.support.wrecks import PAGE

pytest.importorskip("sqlcipher3", reason="encryption is an extra")

PASSPHRASE = "all the king's horses"
UPN = "ada@contoso.example"
LATER = {"audit_entry", "setting", "schema_migration"}
"""Tables that tell of the salvaging itself."""


@pytest.fixture(autouse=True)
def _no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test knows the keys of another."""
    monkeypatch.setattr(cipher, "_keys", {})


@pytest.fixture
def encrypted(world: World) -> World:
    account = world.pool("Contoso", UPN, seats=3)
    world.assign(account, UPN)
    world.services.encryption.turn_on(world.by, PASSPHRASE)
    return world


def wipe(world: World, name: str) -> None:
    """Overwrite the first page of a table, of a closed database."""
    ((root,),) = world.stored("SELECT rootpage FROM sqlite_master WHERE name = ?", name)
    data = bytearray(world.store.path.read_bytes())
    data[(root - 1) * PAGE : root * PAGE] = bytes(PAGE)
    world.store.path.write_bytes(data)


def test_what_is_lost_is_rebuilt_and_stays_encrypted(encrypted: World) -> None:
    before = dump(encrypted.store.path)
    encrypted.close()
    wipe(encrypted, "user")
    done = encrypted.services.salvaging.put_in_place(ADMIN, PASSWORD).value
    assert done.salvage.is_whole
    assert [item.fate for item in done.salvage.items] == [Fate.REBUILT]
    assert encrypted.store.path.read_bytes().startswith(MARK)
    after = dump(encrypted.store.path)
    assert {name: rows for name, rows in after.items() if name not in LATER} == {
        name: rows for name, rows in before.items() if name not in LATER
    }
    assert set(before["audit_entry"]) < set(after["audit_entry"])
    encrypted.open()


def test_nothing_is_in_the_clear_while_it_is_read(encrypted: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from cpdesk.services.checks import Checks

    seen: list[bytes] = []
    run = Checks.run

    def look(checks: Checks) -> object:
        seen.extend(file.read_bytes() for file in encrypted.folder.rglob("*") if file.is_file())
        return run(checks)

    monkeypatch.setattr(Checks, "run", look)
    encrypted.close()
    encrypted.services.salvaging.preview(ADMIN, PASSWORD)
    assert len(seen) >= 2
    assert not [data for data in seen if UPN.encode() in data]
    encrypted.open()


def test_a_page_that_was_altered_is_not_believed(encrypted: World) -> None:
    encrypted.close()
    ((root,),) = encrypted.stored("SELECT rootpage FROM sqlite_master WHERE name = 'schedule_proration'")
    sound = encrypted.store.path.read_bytes()
    data = bytearray(sound)
    data[(root - 1) * PAGE + 100] ^= 1
    encrypted.store.path.write_bytes(data)
    salvage = encrypted.services.salvaging.preview(ADMIN, PASSWORD)
    assert [(item.fate, item.table) for item in salvage.items] == [(Fate.LOST, "schedule_proration")]
    encrypted.store.path.write_bytes(sound)
    encrypted.open()
