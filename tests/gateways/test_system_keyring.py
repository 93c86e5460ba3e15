"""The system's keyring, or none: what it raises reaches nobody."""

from typing import Any

import pytest

from cpdesk.gateways import system_keyring
from cpdesk.gateways.system_keyring import SystemKeyring


class Backend:
    """What `keyring` has; one that is locked raises."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = False

    def get_password(self, service: str, name: str) -> str | None:
        self._require()
        return self.kept.get((service, name))

    def set_password(self, service: str, name: str, secret: str) -> None:
        self._require()
        self.kept[service, name] = secret

    def delete_password(self, service: str, name: str) -> None:
        self._require()
        del self.kept[service, name]

    def _require(self) -> None:
        if self.locked:
            raise RuntimeError("the collection is locked")


@pytest.fixture
def backend(monkeypatch: pytest.MonkeyPatch) -> Backend:
    made = Backend()
    monkeypatch.setattr(system_keyring, "find", lambda: made)
    return made


def test_it_keeps_gives_and_forgets(backend: Backend) -> None:
    ring = SystemKeyring("one purpose")
    assert ring.available()
    assert ring.get("a") is None
    assert ring.put("a", "secret")
    assert SystemKeyring("another purpose").get("a") is None
    assert ring.get("a") == "secret"
    assert ring.remove("a")
    assert ring.remove("a")
    assert backend.kept == {}


def test_a_locked_one_does_nothing(backend: Backend) -> None:
    ring = SystemKeyring("one purpose")
    ring.put("a", "secret")
    backend.locked = True
    assert (ring.get("a"), ring.put("a", "other"), ring.remove("a")) == (None, False, False)


def test_without_one_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> Any:
        raise ImportError("No module named 'keyring'")

    monkeypatch.setattr(system_keyring, "_backend", missing)
    ring = SystemKeyring("one purpose")
    assert not ring.available()
    assert (ring.get("a"), ring.put("a", "secret"), ring.remove("a")) == (None, False, True)
