"""The database of a data folder for a program with several threads, loaded when one of them first asks.

The window is painted before Peewee and the services are loaded, so nothing of them is imported up here.
"""

import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cpdesk.base.clock import Clock
from cpdesk.base.errors import KnownError
from cpdesk.base.paths import DATABASE_FILE

if TYPE_CHECKING:
    from collections.abc import Callable

    from cpdesk.domain.settlements import Settlement
    from cpdesk.services.bundle import Services
    from cpdesk.store.store import Store


class Database:
    """The store and the services of a folder, loaded by the first thread that asks and opened on each thread."""

    def __init__(self, folder: Path, clock: Clock, on_settled: "Callable[[Settlement], None]") -> None:
        """`on_settled` is called with what was settled, in any thread."""
        self.folder = folder
        """The data folder."""
        self._clock = clock
        self._on_settled = on_settled
        self._lock = threading.RLock()
        self._parts: tuple[Store, Services] | None = None
        self._opened = False
        self._offered = ""
        self.may_create = False
        """Whether a missing database is made on first use: only set-up may."""

    @property
    def services(self) -> "Services":
        """All use cases."""
        return self._composed()[1]

    @property
    def store(self) -> "Store":
        """What they work on."""
        return self._composed()[0]

    def exists(self) -> bool:
        """Whether there is a file to open; one that cannot be looked at counts, and opening it says why."""
        try:
            return (self.folder / DATABASE_FILE).stat().st_size > 0
        except FileNotFoundError:
            return False
        except OSError:
            return True

    def connect(self) -> None:
        """Open the calling thread's connection; the first one opens the file and brings it up to date."""
        with self._lock:
            if self._opened:
                self.store.connect()
            else:
                self._prepare(self.folder)
                self._open()
                self._opened = True

    def offer(self, passphrase: str) -> None:
        """Try this at the next attempt to open an encrypted database, which raises UserError `wrong_passphrase`."""
        with self._lock:
            self._offered = passphrase

    def is_encrypted(self) -> bool:
        """Whether it takes a passphrase to open it; only before it is open."""
        from cpdesk.domain.encryption import SALT_BYTES, is_encrypted

        try:
            with (self.folder / DATABASE_FILE).open("rb") as file:
                return is_encrypted(file.read(SALT_BYTES))
        except OSError:
            return False

    def _open(self) -> None:
        try:
            self.store.open(create=self.may_create)
        except KnownError as error:
            if error.code != "passphrase_needed":
                raise
            self._unlock()
            self.store.open(create=self.may_create)

    def _unlock(self) -> None:
        encryption, offered = self.services.encryption, self._offered
        self._offered = ""
        if offered:
            encryption.unlock(offered)
        else:
            encryption.try_keyring(self.store.path)

    def disconnect(self) -> None:
        """Close the calling thread's connection."""
        self.store.disconnect()

    def is_set_up(self) -> bool:
        """Whether somebody can sign in."""
        return not self.services.setup.needed()

    def _prepare(self, folder: Path) -> None:
        """Called before the file is opened, on the thread that opens it."""

    def _composed(self) -> "tuple[Store, Services]":
        with self._lock:
            if self._parts is None:
                from cpdesk.composition import compose

                self._parts = compose(self.folder, self._clock)
                self._parts[1].settler.listen(self._on_settled)
            return self._parts


class DemoDatabase(Database):
    """One that is there as soon as somebody asks for it: a copy of the demo's, or a new one."""

    def _prepare(self, folder: Path) -> None:
        from cpdesk.demo.opening import prepare

        prepare(folder)


class LaterServices:
    """Services by their names, without loading them before one is asked for."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def __getattr__(self, name: str) -> Any:
        return getattr(self._database.services, name)
