"""The door: passwords and codes are compared here, and whoever is wrong too often has to wait."""

import secrets
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from cpdesk.base.errors import KnownError, UserError
from cpdesk.domain import delays, second_factor
from cpdesk.domain.operators import Session
from cpdesk.domain.second_factor import Place
from cpdesk.store import journal, operators, sign_in
from cpdesk.store.operators import Credentials
from cpdesk.store.sign_in import Factor
from cpdesk.store.store import Store


class PasswordHasher(Protocol):
    """Hashes passwords slowly, on purpose."""

    def hash(self, password: str) -> str:
        """A salted hash that carries its own parameters."""

    def verify(self, hashed: str, password: str) -> bool:
        """Whether the password is the one that was hashed."""

    def outdated(self, hashed: str) -> bool:
        """Whether a hash was made with other parameters than one of today."""

    def spend(self, password: str) -> None:
        """Take as long over a password as comparing it with a hash of today takes."""


class SecretVault(Protocol):
    """Keeps secrets where the system keeps such things. May wait for the person who is asked to open the keyring."""

    def place(self) -> Place:
        """Where a new secret is kept."""

    def keep(self, place: Place, name: str, secret: str) -> None:
        """Keep a secret. Raises KnownError `secret_not_kept`."""

    def read(self, place: Place, name: str) -> str | None:
        """A secret; None where it cannot be had, on another computer for instance."""

    def forget(self, place: Place, name: str) -> None:
        """Throw a secret away; nothing happens where it cannot be had."""


@dataclass(frozen=True, slots=True)
class _Found:
    """What is stored about whoever wants to come in."""

    who: Credentials
    temporary: bool
    factor: Factor | None
    code_hashes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Used:
    """What a code was, to be used up."""

    step: int | None = None
    code_hash: str = ""


class Door:
    """Compares passwords and codes.

    All that is wrong counts for the name, whether an operator has it or not, in the database: a new start of the
    program changes nothing. An attempt counts when it ends, and who has to wait by then is told that and nothing else,
    right or wrong: many at once are no way around either.
    """

    def __init__(self, store: Store, hasher: PasswordHasher, vault: SecretVault) -> None:
        self._store = store
        self._hasher = hasher
        self._vault = vault

    def enter(self, email: str, password: str, code: str = "", new_password: str = "") -> Session:
        """See `Operators.sign_in`."""
        found = self._known(email, password)
        if found.temporary and not new_password:
            raise UserError("password_change_needed", email=found.who.session.email)
        if found.temporary and new_password == password:
            raise UserError("password_unchanged")
        used = self._used(email, found, code) if found.factor else Used()
        self._let_in(email, found, used, self._hash_to_store(found, password, new_password))
        return found.who.session

    def require_password(self, email: str, password: str) -> None:
        """Somebody who is signed in proves who it is. Raises UserError `wrong_password` or `too_many_attempts`."""
        try:
            self._known(email, password)
        except UserError as error:
            code = "wrong_password" if error.code == "wrong_credentials" else error.code
            raise UserError(code, **error.params) from None
        with self._store.read():
            failed = sign_in.failures(delays.slot(email)) is not None
        if failed:
            with self._store.write(even_moved=True):
                sign_in.forget_failures(delays.slot(email))

    def _known(self, email: str, password: str) -> _Found:
        """What is stored under a name and its right password; a wrong one is counted."""
        with self._store.read():
            found = _find(email)
            failed = sign_in.failures(delays.slot(email))
        self._require_no_wait(email, failed)
        if found is None:
            # An unknown address costs as much time as a known one.
            self._hasher.spend(password)
        elif self._hasher.verify(found.who.password_hash, password):
            self._require_none_meanwhile(email)
            return found
        raise self._failed(email, found, "wrong_credentials")

    def _used(self, email: str, found: _Found, code: str) -> Used:
        """What the code of a second factor is; a wrong one is counted, as passwords are."""
        assert found.factor
        if not code.strip():
            raise UserError("code_needed")
        if second_factor.looks_like_recovery(code):
            hashed = second_factor.recovery_hash(code)
            if hashed not in found.code_hashes:
                raise self._failed(email, found, "wrong_code")
            return Used(code_hash=hashed)
        secret = self._vault.read(found.factor.place, found.factor.secret_name)
        if secret is None:
            raise UserError("factor_unreadable")
        step = second_factor.matching_step(secret, code, self._store.telephone_time())
        if step is None:
            raise self._failed(email, found, "wrong_code")
        return Used(step=step)

    def _hash_to_store(self, found: _Found, password: str, new_password: str) -> str:
        """The hash that takes the place of the stored one; "" where that stays."""
        if found.temporary:
            return self._hasher.hash(new_password)
        return self._hasher.hash(password) if self._hasher.outdated(found.who.password_hash) else ""

    def _let_in(self, email: str, found: _Found, used: Used, new_hash: str) -> None:
        failed = self._require_none_meanwhile(email)
        must = found.temporary or found.factor is not None
        if not (must or failed or new_hash):
            return
        try:
            self._write_down(email, found, used, new_hash)
        except KnownError:
            # Where nothing can be written, reading goes on.
            if must:
                raise

    def _write_down(self, email: str, found: _Found, used: Used, new_hash: str) -> None:
        session = found.who.session
        with self._store.write(even_moved=True) as moment:
            _require_unchanged(email, found)
            if found.factor is not None:
                use_up(session, used, moment.now)
            sign_in.forget_failures(delays.slot(email))
            if new_hash:
                operators.set_password(session.operator_id, new_hash)
            if found.temporary:
                sign_in.forget_temporary(session.operator_id)
                record(moment.now, session, "operator.password_set", by=session)

    def _failed(self, email: str, found: _Found | None, code: str) -> UserError:
        """Count a failed attempt; the refusal to raise, which tells how long to wait.

        Raises UserError `too_many_attempts` where others have failed meanwhile.
        """
        self._require_none_meanwhile(email)
        try:
            wait = self._count(email, found)
        except KnownError:
            # What cannot be written is as wrong as before.
            return UserError(code)
        return UserError(code, wait=delays.told(wait)) if wait else UserError(code)

    def _count(self, email: str, found: _Found | None) -> timedelta:
        """Count it and say how long the next attempt has to wait. Raises UserError `too_many_attempts`."""
        slot, now = delays.slot(email), self._store.clock_time()
        with self._store.write(even_moved=True) as moment:
            known = sign_in.failures(slot)
            waiting = delays.wait(known, now)
            if waiting:
                raise UserError("too_many_attempts", wait=delays.told(waiting))
            failed = delays.after_failure(known, now)
            sign_in.put_failures(slot, failed)
            if found is not None and failed.count == delays.FREE + 1:
                record(moment.now, found.who.session, "operator.sign_in_delayed", attempts=failed.count)
        return delays.delay(failed.count)

    def _require_none_meanwhile(self, email: str) -> delays.Failures | None:
        """What failed for the name until now. Raises UserError `too_many_attempts`, as `_require_no_wait` does.

        Asked wherever it turns out whether an attempt is right: who tries many at once must not learn which one is.
        """
        with self._store.read():
            failed = sign_in.failures(delays.slot(email))
        self._require_no_wait(email, failed)
        return failed

    def _require_no_wait(self, email: str, failed: delays.Failures | None) -> None:
        """Raise UserError `too_many_attempts`."""
        now = self._store.clock_time()
        wait = delays.wait(failed, now)
        if failed is None or not wait:
            return
        if delays.moved_back(failed, now):
            with suppress(KnownError), self._store.write(even_moved=True):
                sign_in.put_failures(delays.slot(email), replace(failed, last_at=now))
        raise UserError("too_many_attempts", wait=delays.told(wait))


def record(now: datetime, about: Session, action: str, by: Session | None = None, **facts: object) -> None:
    """Write down what happened to an operator's way in: never a secret. `by` None: the program itself."""
    entry = journal.Entry(
        action=action,
        subject=f"operator {about.operator_id}",
        account_id=about.account_id,
        after={"email": about.email, **facts},
        by=by,
    )
    journal.append(now, entry)


def random_name() -> str:
    """What a secret is kept under: it says nothing."""
    return secrets.token_hex(16)


def _find(email: str) -> _Found | None:
    who = operators.credentials(email)
    if who is None:
        return None
    number = who.session.operator_id
    return _Found(who, sign_in.is_temporary(number), sign_in.factor(number), sign_in.recovery_hashes(number))


def _require_unchanged(email: str, found: _Found) -> None:
    """Raise UserError `wrong_credentials` where the password was changed or access ended while it was compared."""
    now = operators.credentials(email)
    if now is None or now.password_hash != found.who.password_hash:
        raise UserError("wrong_credentials")


def use_up(session: Session, used: Used, now: datetime) -> None:
    """Raises UserError `code_used` for a code that was used already, by another process a moment ago for instance."""
    if used.code_hash:
        if not sign_in.use_recovery_code(session.operator_id, used.code_hash):
            raise UserError("code_used")
        left = len(sign_in.recovery_hashes(session.operator_id))
        record(now, session, "operator.recovery_code_used", by=session, codes_left=left)
        return
    factor = sign_in.factor(session.operator_id)
    if factor is None or used.step is None:
        return
    if used.step <= factor.last_step:
        raise UserError("code_used")
    sign_in.put_factor(session.operator_id, replace(factor, last_step=used.step))
