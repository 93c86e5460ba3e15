"""Where secrets are kept that must be read again: the keyring of the system or, where there is none, a private file.

Passwords need no such place: their hashes stand in the database. Never does a secret: a database that is copied, or a
backup, opens nothing.
"""

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from cpdesk.base import durable, private
from cpdesk.base.errors import KnownError
from cpdesk.domain.second_factor import Place
from cpdesk.gateways import system_keyring

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "cpdesk second factor"
"""What the entries are called in the keyring."""
FILE = "cpdesk-second-factors.json"


class SystemVault:
    """The keyring of Windows, macOS or the Linux desktop; on a machine without one a file in the data folder.

    Nothing of it is loaded before a secret is wanted.
    """

    def __init__(self, folder: Path) -> None:
        self._file = folder / FILE

    def place(self) -> Place:
        """Where a new secret is kept."""
        return Place.KEYRING if self._keyring() is not None else Place.FILE

    def keep(self, place: Place, name: str, secret: str) -> None:
        """Keep a secret. Raises KnownError `secret_not_kept`."""
        try:
            if place is Place.FILE:
                self._write({**self._stored(), name: secret})
            else:
                self._needed().set_password(SERVICE, name, secret)
        except Exception as error:
            # What a keyring raises is its own affair: D-Bus, Windows or macOS speaks here.
            raise KnownError("secret_not_kept") from error

    def read(self, place: Place, name: str) -> str | None:
        """A secret; None where it cannot be had: the keyring is locked, or that of another person or computer."""
        with suppress(Exception):
            return self._stored().get(name) if place is Place.FILE else self._needed().get_password(SERVICE, name)
        return None

    def forget(self, place: Place, name: str) -> None:
        """Throw a secret away; nothing happens where it cannot be had."""
        with suppress(Exception):
            if place is Place.FILE:
                self._write({key: value for key, value in self._stored().items() if key != name})
            else:
                self._needed().delete_password(SERVICE, name)

    def _needed(self) -> "KeyringBackend":
        found = self._keyring()
        if found is None:
            raise KnownError("secret_not_kept")
        return found

    def _keyring(self) -> "KeyringBackend | None":
        return system_keyring.find()

    def _stored(self) -> dict[str, str]:
        try:
            found = json.loads(self._file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        return {str(name): str(secret) for name, secret in found.items()}

    def _write(self, kept: dict[str, str]) -> None:
        """All at once, and for its owner alone from the first moment on."""
        draft = self._file.with_suffix(f".{os.getpid()}.tmp")
        private.write(draft, json.dumps(kept).encode())
        durable.flush_file(draft)
        draft.replace(self._file)
        durable.flush_folder(self._file.parent)
