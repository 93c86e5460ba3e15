"""Encryption of the database on the disk: opening one, turning it on and off, and another passphrase."""

import hmac
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from cpdesk.base.errors import KnownError, UserError
from cpdesk.domain import operators as roles
from cpdesk.domain import topics
from cpdesk.domain.encryption import (
    MARK,
    SALT_BYTES,
    SHORTEST_PASSPHRASE,
    Encrypted,
    EncryptionState,
    Lock,
    read_recovery,
    recovery_text,
)
from cpdesk.domain.operators import Session
from cpdesk.domain.rows import Done
from cpdesk.services import encrypting
from cpdesk.services.base import UseCases, Work
from cpdesk.services.encrypting import Step
from cpdesk.services.settling import Settler
from cpdesk.store import backup, cipher, connection
from cpdesk.store.store import Store


class KeyMaker(Protocol):
    """Makes keys out of passphrases, slowly, on purpose."""

    def derive(self, passphrase: str, salt: bytes) -> bytes:
        """32 bytes; the same for the same passphrase and salt."""


class Keyring(Protocol):
    """Where the system keeps secrets of the person who runs the program. Nothing here raises."""

    def available(self) -> bool:
        """Whether there is one that can be used."""

    def get(self, name: str) -> str | None:
        """What is kept under a name; None where nothing is, or nobody may read it."""

    def put(self, name: str, secret: str) -> bool:
        """Keep something; whether that worked."""

    def remove(self, name: str) -> bool:
        """Keep it no longer; whether nothing is kept by that name any more."""


class Encryption(UseCases):
    """What has to do with the passphrase of a database; a demo is never encrypted."""

    def __init__(self, store: Store, settler: Settler, maker: KeyMaker, find_keyring: Callable[[], Keyring]) -> None:
        super().__init__(store, settler)
        self._maker = maker
        self._find_keyring = find_keyring

    def is_known(self, path: Path) -> bool:
        """Whether the key of an encrypted file is known; it must not be open."""
        salt = cipher.salt_of(path)
        return salt is not None and cipher.knows(salt)

    def try_keyring(self, path: Path) -> None:
        """Have a file opened by the key that the keyring knows for it, if it does; not one that is open already."""
        salt = cipher.salt_of(path)
        if salt is None or cipher.knows(salt):
            return
        kept = self._find_keyring().get(_name(salt))
        key = read_recovery(kept) if kept else None
        if key is not None and cipher.fits(path, Lock(salt, key)):
            cipher.remember(Lock(salt, key))

    def unlock(self, passphrase: str, path: Path | None = None) -> None:
        """Have the database, or a backup at `path`, opened by a passphrase or a recovery key from now on.

        The file must not be open. Raises UserError `wrong_passphrase`, KnownError `encryption_missing` or
        `database_locked`.
        """
        file = path or self._store.path
        salt = cipher.salt_of(file)
        if salt is None or cipher.knows(salt):
            return
        with connection.known_errors(file):
            for key in self._keys(passphrase, salt):
                if cipher.fits(file, Lock(salt, key)):
                    cipher.remember(Lock(salt, key))
                    return
        raise UserError("wrong_passphrase")

    def state(self, by: Session) -> EncryptionState:
        """How the database lies on the disk, for whoever sees all accounts. Raises UserError `not_allowed`."""
        with self._reading(by) as work:
            roles.require_overview(work.by)
        return self._state()

    def turn_on(self, by: Session, passphrase: str, reason: str = "", *, remember: bool = False) -> Done[Encrypted]:
        """Encrypt the database; `remember` puts the key in the keyring. Backups are encrypted from then on.

        No other thread may have it open: run it by `Jobs.exclusive`. A crash leaves the old file or the new one,
        whole. Raises UserError `not_allowed`, `encrypted_already`, `passphrase_too_short` or `demo_stays_plain`,
        KnownError `encryption_missing`, `database_in_use` while another process has it open, and what disks cause.
        """

        def decide(_work: Work) -> Step:
            if connection.opened_salt() is not None:
                raise UserError("encrypted_already")
            return Step("database.encrypted", self._new_lock(passphrase))

        return self._locked_anew(by, reason, decide, remember=remember)

    def change_passphrase(
        self, by: Session, present: str, passphrase: str, reason: str = "", *, remember: bool | None = None
    ) -> Done[Encrypted]:
        """Encrypt the database anew: neither the old passphrase nor the old recovery key opens it any more.

        They go on opening the backups of before. `present` may be the recovery key; `remember` None keeps the key in
        the keyring if the old one is there. Raises UserError `wrong_passphrase` or `not_encrypted`, and the rest of
        what `turn_on` raises.
        """
        old: list[bytes] = []

        def decide(_work: Work) -> Step:
            old.append(self._require_passphrase(present).salt)
            return Step("database.passphrase_changed", self._new_lock(passphrase))

        kept = self._is_kept() if remember is None else remember
        done = self._locked_anew(by, reason, decide, remember=kept)
        self._find_keyring().remove(_name(old[0]))
        return done

    def turn_off(self, by: Session, present: str, reason: str = "") -> Done[EncryptionState]:
        """Write the database without encryption. Raises what `change_passphrase` raises."""
        old: list[bytes] = []

        def decide(_work: Work) -> Step:
            old.append(self._require_passphrase(present).salt)
            return Step("database.decrypted", None)

        self._rewritten(by, reason, decide)
        self._find_keyring().remove(_name(old[0]))
        return Done(self._state(), topics.ENCRYPTION)

    def remember(self, by: Session) -> Done[EncryptionState]:
        """Put the key into the keyring of whoever runs the program, which then opens the database without asking.

        Raises UserError `not_encrypted`, `not_allowed` or `keyring_refused`.
        """
        with self._reading(by) as work:
            roles.require_reseller(work.by)
        lock = self._present_lock()
        if not self._find_keyring().put(_name(lock.salt), recovery_text(lock.key)):
            raise UserError("keyring_refused")
        return Done(self._state(), topics.ENCRYPTION)

    def forget(self, by: Session) -> Done[EncryptionState]:
        """Take the key out of the keyring. Raises what `remember` raises."""
        with self._reading(by) as work:
            roles.require_reseller(work.by)
        if not self._find_keyring().remove(_name(self._present_lock().salt)):
            raise UserError("keyring_refused")
        return Done(self._state(), topics.ENCRYPTION)

    def delete_plain_backups(self, by: Session, shown: tuple[Path, ...]) -> Done[EncryptionState]:
        """Delete those backups of `shown` that are not encrypted. Raises UserError `not_encrypted`, `not_allowed`."""
        with self._managing(by):
            self._present_lock()
        backup.remove(row for row in backup.listed(self._store.backups) if row.path in shown and not row.encrypted)
        return Done(self._state(), topics.ENCRYPTION | topics.BACKUPS)

    def _locked_anew(
        self, by: Session, reason: str, decide: Callable[[Work], Step], *, remember: bool
    ) -> Done[Encrypted]:
        lock = self._rewritten(by, reason, decide).lock
        assert lock, "it was decided so"
        if remember:
            # What the keyring refuses is seen from the state.
            self._find_keyring().put(_name(lock.salt), recovery_text(lock.key))
        return Done(Encrypted(self._state(), recovery_text(lock.key)), topics.ENCRYPTION)

    def _rewritten(self, by: Session, reason: str, decide: Callable[[Work], Step]) -> Step:
        """Have the database written anew in the way that is decided once it is known who asks."""
        connected = connection.is_connected()
        self._store.connect()
        try:
            with self._reading(by) as work:
                # What is due is completed first, but not for somebody who may not know that there is any.
                roles.require_reseller(work.by)
            with self._managing(by, reason) as work:
                if self._store.demo:
                    raise UserError("demo_stays_plain")
                step = decide(work)
            encrypting.carry_out(self._store, work.by, work.reason, step)
        finally:
            if not connected:
                self._store.disconnect()
        return step

    def _new_lock(self, passphrase: str) -> Lock:
        if len(passphrase) < SHORTEST_PASSPHRASE:
            raise UserError("passphrase_too_short", least=SHORTEST_PASSPHRASE)
        if not cipher.possible():
            raise KnownError("encryption_missing")
        salt = MARK + secrets.token_bytes(SALT_BYTES - len(MARK))
        return Lock(salt, self._maker.derive(passphrase, salt))

    def _require_passphrase(self, present: str) -> Lock:
        lock = self._present_lock()
        if not any(hmac.compare_digest(key, lock.key) for key in self._keys(present, lock.salt)):
            raise UserError("wrong_passphrase")
        return lock

    def _present_lock(self) -> Lock:
        salt = connection.opened_salt()
        if salt is None:
            raise UserError("not_encrypted")
        return cipher.lock_of(salt, self._store.path)

    def _keys(self, text: str, salt: bytes) -> list[bytes]:
        """What somebody who typed this may mean: a recovery key, or a passphrase."""
        recovery = read_recovery(text)
        return [recovery] if recovery else [self._maker.derive(text, salt)]

    def _is_kept(self) -> bool:
        salt = connection.opened_salt()
        return salt is not None and self._find_keyring().get(_name(salt)) is not None

    def _state(self) -> EncryptionState:
        encrypted = connection.opened_salt() is not None
        plain = [row.path for row in backup.listed(self._store.backups) if not row.encrypted] if encrypted else []
        return EncryptionState(
            encrypted=encrypted,
            possible=cipher.possible() and not self._store.demo,
            remembered=encrypted and self._is_kept(),
            keyring=self._find_keyring().available(),
            plain_backups=tuple(plain),
        )


def _name(salt: bytes) -> str:
    """Under which the keyring keeps a key: the same for a database and all of its backups."""
    return f"database {salt.hex()}"
