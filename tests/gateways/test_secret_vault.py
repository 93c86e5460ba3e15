"""Where the secrets of second factors are kept."""

import os
import stat
import sys
from pathlib import Path

import pytest

from cpdesk.base.errors import KnownError
from cpdesk.domain.second_factor import Place
from cpdesk.gateways.secret_vault import FILE, SERVICE, SystemVault


class Keyring:
    """The keyring of a desktop."""

    def __init__(self, *, locked: bool = False) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self._locked = locked

    def set_password(self, service: str, name: str, secret: str) -> None:
        if self._locked:
            raise RuntimeError("the collection is locked")
        self.kept[service, name] = secret

    def get_password(self, service: str, name: str) -> str | None:
        return self.kept.get((service, name))

    def delete_password(self, service: str, name: str) -> None:
        del self.kept[service, name]


def vault_with(keyring: Keyring | None, folder: Path, monkeypatch: pytest.MonkeyPatch) -> SystemVault:
    monkeypatch.setattr(SystemVault, "_keyring", lambda _self: keyring)
    return SystemVault(folder)


def test_where_there_is_a_keyring_it_keeps_the_secret_and_no_file_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keyring = Keyring()
    vault = vault_with(keyring, tmp_path, monkeypatch)
    place = vault.place()
    vault.keep(place, "one", "SECRET")
    assert (place, keyring.kept, vault.read(place, "one")) == (Place.KEYRING, {(SERVICE, "one"): "SECRET"}, "SECRET")
    vault.forget(place, "one")
    vault.forget(place, "one")
    assert vault.read(place, "one") is None
    assert list(tmp_path.iterdir()) == []


def test_where_there_is_none_a_file_does_that_nobody_else_can_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = vault_with(None, tmp_path, monkeypatch)
    place = vault.place()
    for name in ("one", "other"):
        vault.keep(place, name, name.upper())
    vault.forget(place, "one")
    assert (place, vault.read(place, "one"), vault.read(place, "other")) == (Place.FILE, None, "OTHER")
    assert [file.name for file in tmp_path.iterdir()] == [FILE]
    if sys.platform != "win32":
        assert stat.S_IMODE(os.stat(tmp_path / FILE).st_mode) == 0o600


def test_a_secret_in_a_keyring_that_is_not_here_cannot_be_had(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    vault = vault_with(None, tmp_path, monkeypatch)
    assert vault.read(Place.KEYRING, "one") is None
    vault.forget(Place.KEYRING, "one")


def test_a_keyring_that_is_locked_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    vault = vault_with(Keyring(locked=True), tmp_path, monkeypatch)
    with pytest.raises(KnownError, match="secret_not_kept"):
        vault.keep(Place.KEYRING, "one", "SECRET")


@pytest.mark.parametrize("content", ["", "no JSON", "[]", '{"one": 1}'])
def test_a_file_that_somebody_was_at_breaks_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str
) -> None:
    (tmp_path / FILE).write_text(content, encoding="utf-8")
    assert vault_with(None, tmp_path, monkeypatch).read(Place.FILE, "other") is None


def test_without_a_desktop_there_is_no_keyring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if sys.platform != "linux":
        pytest.skip("Windows and macOS always have one")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/nothing")
    assert SystemVault(tmp_path).place() is Place.FILE


def test_secrets_are_in_nobodys_way_at_start_up() -> None:
    code = "import sys; import cpdesk.cli.main, cpdesk.composition; sys.exit('keyring' in sys.modules)"
    import subprocess

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
