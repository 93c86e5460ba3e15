"""The driver that a database file needs: Python's own SQLite, or SQLCipher for one that is encrypted.

Nothing else in the program knows the difference: both have the same connections and the same errors, which are of
different classes. SQLCipher is loaded when the first encrypted file is met. The keys that are known stay in this
process, by the salt that a file begins with: a backup is opened by the key of the database that it is a copy of.
"""

import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from cpdesk.base.errors import KnownError
from cpdesk.domain.encryption import SALT_BYTES, Lock, is_encrypted

if TYPE_CHECKING:
    from types import ModuleType

_MODULE = "sqlcipher3"
_keys: dict[bytes, bytes] = {}


def possible() -> bool:
    """Whether this installation has SQLCipher."""
    from importlib.util import find_spec

    return find_spec(_MODULE) is not None


def salt_of(path: Path) -> bytes | None:
    """What an encrypted database file begins with; None for one that is not, and for none.

    Only for files that this process has not open: to close a file is to let go of all locks that it has on it.
    """
    try:
        with path.open("rb") as file:
            head = file.read(SALT_BYTES)
    except OSError:
        return None
    return head if is_encrypted(head) else None


def remember(lock: Lock) -> None:
    """Open files that begin with this salt by this key from now on."""
    _keys[lock.salt] = lock.key


def forget() -> None:
    """Know no key any more."""
    _keys.clear()


def lock_of(salt: bytes, path: Path) -> Lock:
    """The lock of the file at `path`. Raises KnownError `passphrase_needed` where its key is not known."""
    if salt not in _keys:
        raise KnownError("passphrase_needed", path=str(path))
    return Lock(salt, _keys[salt])


def knows(salt: bytes) -> bool:
    """Whether the key of files that begin with this salt is known."""
    return salt in _keys


def connect(path: Path, salt: bytes | None, *, name: str = "", **options: Any) -> sqlite3.Connection:
    """A connection to a file, which begins with this salt; by another `name` for it, such as an address.

    Raises KnownError `passphrase_needed` or `encryption_missing`.
    """
    if salt is None:
        plain: sqlite3.Connection = sqlite3.connect(name or path, isolation_level=None, **options)
        return plain
    return opened(name or path, lock_of(salt, path), **options)


def opened(name: str | Path, lock: Lock | None, **options: Any) -> sqlite3.Connection:
    """A connection by SQLCipher, to an encrypted file or to one that is not. Raises KnownError `encryption_missing`."""
    plain: sqlite3.Connection = _driver().connect(str(name), isolation_level=None, **options)
    try:
        # It would print each wrong key on standard error.
        plain.execute("PRAGMA cipher_log_level = NONE").close()
        if lock is not None:
            plain.execute(f"PRAGMA key = {secret(lock)}").close()
    except BaseException:
        plain.close()
        raise
    return plain


def secret(lock: Lock) -> str:
    """A lock as SQLCipher takes it, quoted: the key itself and the salt, so that it derives nothing more."""
    return f"\"x'{lock.key.hex()}{lock.salt.hex()}'\""


def fits(path: Path, lock: Lock) -> bool:
    """Whether a key opens the file at `path`, which this process must not have open."""
    address = f"{path.resolve().as_uri()}?mode=ro"
    with closing(opened(address, lock, uri=True)) as plain:
        try:
            plain.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except errors() as error:
            if getattr(error, "sqlite_errorname", "") != "SQLITE_NOTADB":
                raise
            return False
    return True


def errors() -> tuple[type[Exception], type[Exception]]:
    """The errors that connections raise, of either driver."""
    if _MODULE not in sys.modules:
        return sqlite3.Error, sqlite3.Error
    return sqlite3.Error, cast("type[Exception]", _driver().Error)


def _driver() -> "ModuleType":
    try:
        # Peewee's part makes it take the values that Peewee hands over.
        from playhouse.sqlcipher_ext import sqlcipher
    except ImportError as error:
        raise KnownError("encryption_missing") from error
    return cast("ModuleType", sqlcipher)
