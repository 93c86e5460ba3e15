"""The system's keyring, or none: what it raises reaches nobody."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from cpdesk.gateways import system_keyring
from cpdesk.gateways.system_keyring import SystemKeyring

TOP = Path(__file__).parents[2]


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


WITHOUT = """
import sys


class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "cryptography":
            raise ModuleNotFoundError(name)


sys.meta_path.insert(0, Missing())
import importlib.util

found = importlib.util.find_spec
importlib.util.find_spec = lambda name, *more: None if name == "cryptography" else found(name, *more)
from cpdesk.gateways import plain_session

plain_session.prepare()
from keyring.backends.SecretService import Keyring
from secretstorage import collection, item
from secretstorage.util import format_secret


class Bus:
    def send_and_get_reply(self, message):
        from jeepney import HeaderFields, MessageType, new_method_return

        print(message.header.fields[HeaderFields.member], message.body)
        message.header.serial = 1
        return new_method_return(message, "vo", (("s", ""), "/session/1"))


session = item.open_session(Bus())
assert collection.open_session is item.open_session
print(format_secret(session, b"secret", "text/plain"))
print(Keyring.__name__)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the keyring of Linux desktops")
def test_on_linux_it_does_without_the_library_that_encrypts_its_messages() -> None:
    pytest.importorskip("secretstorage", reason="the keyring is an extra")
    words = [sys.executable, "-c", WITHOUT]
    done = subprocess.run(words, cwd=TOP, capture_output=True, encoding="utf-8", timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    told = done.stdout.splitlines()
    assert told[0] == "OpenSession ('plain', ('s', ''))"
    assert told[1:] == ["('/session/1', b'', b'secret', 'text/plain')", "Keyring"]
