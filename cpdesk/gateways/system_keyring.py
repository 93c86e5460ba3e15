"""The keyring of Windows, macOS or the Linux desktop, in which the system keeps secrets of one person."""

import sys
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend


def find() -> "KeyringBackend | None":
    """The keyring of this system; None where there is none, without a desktop for instance.

    `keyring` is loaded here: that takes a quarter of a second, and most starts want none. Its backends are named
    instead of being looked for: a frozen program has no list of them, and none is wanted that keeps secrets in plain
    text. What a backend raises is its own affair: D-Bus, Windows or macOS speaks there.
    """
    with suppress(Exception):
        backend = _backend()
        return backend() if backend.viable else None
    return None


def _backend() -> "type[KeyringBackend]":
    if sys.platform == "win32":
        from keyring.backends.Windows import WinVaultKeyring

        return WinVaultKeyring
    if sys.platform == "darwin":
        from keyring.backends.macOS import Keyring as MacKeyring

        return MacKeyring
    from cpdesk.gateways import plain_session

    plain_session.prepare()
    from keyring.backends.SecretService import Keyring

    return Keyring


class SystemKeyring:
    """The secrets of one purpose in it; nothing is kept where there is no keyring."""

    def __init__(self, service: str) -> None:
        """`service` is what the entries are called in the keyring."""
        self._service = service

    def available(self) -> bool:
        """Whether there is one that can be used."""
        return find() is not None

    def get(self, name: str) -> str | None:
        """What is kept under a name; None where nothing is, or nobody may read it."""
        with suppress(Exception):
            found = find()
            kept: str | None = found.get_password(self._service, name) if found else None
            return kept
        return None

    def put(self, name: str, secret: str) -> bool:
        """Keep something; whether that worked."""
        with suppress(Exception):
            found = find()
            if found is not None:
                found.set_password(self._service, name, secret)
                return bool(found.get_password(self._service, name) == secret)
        return False

    def remove(self, name: str) -> bool:
        """Keep it no longer; whether nothing is kept by that name any more."""
        with suppress(Exception):
            found = find()
            if found is None or found.get_password(self._service, name) is None:
                return True
            found.delete_password(self._service, name)
            return True
        return False
