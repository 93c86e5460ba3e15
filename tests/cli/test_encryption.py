"""cpdesk encryption, and every other command on an encrypted database."""

import io
from pathlib import Path
from typing import Any

import pytest

from cpdesk.cli import passphrase
from cpdesk.gateways.keys import Argon2Keys
from cpdesk.store import cipher
from tests.cli.conftest import ADMIN, AUDITOR, CONTOSO, PASSWORD, Cli
from tests.support.keyrings import MemoryKeyring, QuickKeys

pytest.importorskip("sqlcipher3", reason="encryption is an extra")

PASSPHRASE = "all the king's horses"
OTHER = "all the king's men came too"


@pytest.fixture(autouse=True)
def keyring(monkeypatch: pytest.MonkeyPatch) -> MemoryKeyring:
    """No test knows the keys of another, nor those of this computer's keyring."""
    kept = MemoryKeyring()
    monkeypatch.setattr(cipher, "_keys", {})
    monkeypatch.setattr("cpdesk.composition._keyring", lambda: kept)
    monkeypatch.setattr(Argon2Keys, "derive", QuickKeys.derive)
    for name in ("PASSPHRASE", "PASSPHRASE_FILE", "NEW_PASSPHRASE", "BACKUP_PASSPHRASE"):
        monkeypatch.delenv(getattr(passphrase, name), raising=False)
    return kept


@pytest.fixture
def encrypted(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What turning it on has told; no key is known any more."""
    monkeypatch.setenv(passphrase.NEW_PASSPHRASE, PASSPHRASE)
    made: dict[str, Any] = cli.json("encryption", "on", "--yes")
    monkeypatch.delenv(passphrase.NEW_PASSPHRASE)
    cipher.forget()
    return made


def test_it_is_off_until_somebody_turns_it_on(cli: Cli) -> None:
    state = cli.json("encryption", "status")
    assert (state["encrypted"], state["possible"], state["plain_backups"]) == (False, True, [])
    told = cli("encryption", "on")
    assert told.code == 0
    assert "nobody can open the database" in told.err
    assert "The database is not encrypted." in told.out
    assert not cli.json("encryption", "status")["encrypted"]


def test_every_command_takes_the_passphrase_from_the_environment(
    cli: Cli, encrypted: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = cli("check", "--json")
    assert (refused.code, refused.document["error"]["code"]) == (3, "passphrase_needed")
    monkeypatch.setenv(passphrase.PASSPHRASE, "not this one, surely")
    refused = cli("accounts", "list", "--json")
    assert (refused.code, refused.document["error"]["code"]) == (1, "wrong_passphrase")
    monkeypatch.setenv(passphrase.PASSPHRASE, PASSPHRASE)
    assert cli.json("check") == {"ok": True, "findings": []}
    assert cli.json("apply-due")["applied"] == []
    cipher.forget()
    monkeypatch.setenv(passphrase.PASSPHRASE, encrypted["recovery_key"])
    assert cli.json("accounts", "show", CONTOSO)["name"] == "Contoso Ltd"


def test_the_passphrase_may_stand_in_a_file(
    cli: Cli, encrypted: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "secret"
    monkeypatch.setenv(passphrase.PASSPHRASE_FILE, str(file))
    refused = cli("check", "--json")
    assert (refused.code, refused.document["error"]["code"]) == (1, "file_unreadable")
    file.write_text(f"{PASSPHRASE}\n", encoding="utf-8")
    assert cli.json("check")["ok"]
    assert encrypted["recovery_key"]


def test_it_is_asked_for_at_a_terminal(cli: Cli, encrypted: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    asked: list[str] = []

    def answer(question: str) -> str:
        asked.append(question)
        return PASSPHRASE

    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr("getpass.getpass", answer)
    assert cli.json("check")["ok"]
    assert asked == [f"Passphrase or recovery key of {cli.file}: "]
    assert encrypted["encrypted"]


def test_the_keyring_answers_for_it(cli: Cli, encrypted: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(passphrase.PASSPHRASE, PASSPHRASE)
    assert cli.json("encryption", "remember")["remembered"]
    monkeypatch.delenv(passphrase.PASSPHRASE)
    cipher.forget()
    assert cli.json("check")["ok"]
    assert not cli.json("encryption", "forget")["remembered"]
    cipher.forget()
    assert cli("check").code == 3
    assert encrypted["encrypted"]


def test_another_passphrase_and_off(cli: Cli, encrypted: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(passphrase.PASSPHRASE, PASSPHRASE)
    monkeypatch.setenv(passphrase.NEW_PASSPHRASE, OTHER)
    made = cli.json("encryption", "change-passphrase", "--reason", "ticket 9")
    assert made["recovery_key"] != encrypted["recovery_key"]
    cipher.forget()
    assert cli("check").code == 1
    monkeypatch.setenv(passphrase.PASSPHRASE, OTHER)
    assert not cli.json("encryption", "off")["encrypted"]
    actions = [entry["action"] for entry in cli.json("audit", "list")]
    wanted = ["database.decrypted", "database.passphrase_changed", "database.encrypted"]
    assert [action for action in actions if action.startswith("database.") and action != "database.set_up"] == wanted


def test_only_a_reseller_administrator_switches_it(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(passphrase.NEW_PASSPHRASE, PASSPHRASE)
    cli.sign_in(AUDITOR, PASSWORD)
    assert cli("encryption", "on", "--yes").code == 1
    cli.sign_in(ADMIN, PASSWORD)
    assert not cli.json("encryption", "status")["encrypted"]


def test_a_backup_under_another_passphrase_is_restored(
    cli: Cli, encrypted: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(passphrase.PASSPHRASE, PASSPHRASE)
    cli.json("backup", tmp_path / "old.db")
    monkeypatch.setenv(passphrase.NEW_PASSPHRASE, OTHER)
    cli.json("encryption", "change-passphrase")
    cipher.forget()
    monkeypatch.setenv(passphrase.PASSPHRASE, OTHER)
    refused = cli("restore", tmp_path / "old.db", "--yes", "--json")
    assert refused.document["error"]["code"] == "wrong_passphrase"
    monkeypatch.setenv(passphrase.BACKUP_PASSPHRASE, PASSPHRASE)
    assert cli.json("restore", tmp_path / "old.db", "--yes")["restored"]
    cipher.forget()
    assert cli.json("check")["ok"]
    assert encrypted["encrypted"]


def test_plain_backups_are_told_of_and_deleted(
    cli: Cli, encrypted: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(passphrase.PASSPHRASE, PASSPHRASE)
    monkeypatch.setenv(passphrase.NEW_PASSPHRASE, PASSPHRASE)
    cli.json("encryption", "off")
    cli.json("backup")
    assert len(cli.json("encryption", "on", "--yes")["plain_backups"]) == 1
    assert "1 backup from before is not encrypted" in cli.text("encryption", "status")
    assert len(cli.json("encryption", "delete-plain-backups")["plain_backups"]) == 1
    assert cli.json("encryption", "delete-plain-backups", "--yes")["plain_backups"] == []
    assert encrypted["encrypted"]
