"""The side door: who may put another database in the place of one that cannot be asked who that is.

Missing, damaged, from a newer version: only a backup, a file from another computer, or what can still be read of the
damaged file knows its administrators. They are asked for what the database would ask for: the password, a code of the
second factor that they have in it, and, after too many attempts, patience. A code is checked by its secret where that
is on this computer. Where it is not, on a new one say, a recovery code counts, or the recovery code of the program in
its place: whoever needs a backup may have lost everything else.
"""

import hmac
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from cpdesk.base.errors import UserError
from cpdesk.domain import delays, names, second_factor
from cpdesk.domain import operators as roles
from cpdesk.domain.operators import Session
from cpdesk.services.door import PasswordHasher, SecretVault, Used
from cpdesk.store.attempts import Attempts
from cpdesk.store.contents import Contents, StoredOperator
from cpdesk.store.operators import Credentials
from cpdesk.store.store import Store

_REMEMBERED = timedelta(minutes=15)
"""How long a code counts that was right once: what it opens is shown before anything is done."""


@dataclass(frozen=True, slots=True)
class Proof:
    """Who came in, and by what."""

    who: Credentials
    used: Used
    """To be used up in what takes the place of the database."""


class SideDoor:
    """Compares with what stands in a file."""

    def __init__(self, store: Store, hasher: PasswordHasher, vault: SecretVault) -> None:
        self._store = store
        self._hasher = hasher
        self._vault = vault
        self._attempts = Attempts(store.folder)
        self._right: dict[tuple[str, str], tuple[datetime, Used]] = {}
        """When codes were found right, by the name of the secret and the code."""

    def require(self, found: Contents, email: str, password: str, code: str = "") -> Proof:
        """Prove somebody to be a reseller administrator of what is in a file.

        Raises UserError `wrong_credentials`, the same for all that is wrong with address or password,
        `too_many_attempts`, `not_allowed` for another role, and, once the password was right, `code_needed`,
        `wrong_code`, `code_used` or `factor_unreadable`.
        """
        slot = delays.slot(email)
        self._require_no_wait(slot)
        stored = found.operators.get(names.key(email))
        if stored is None:
            # An unknown address costs as much time as a known one.
            self._hasher.spend(password)
        right = stored is not None and self._hasher.verify(stored.password_hash, password)
        # Many that are tried at once: who has to wait by now is not told whether this one is right.
        self._require_no_wait(slot)
        if stored is None or not right:
            raise self._failed(slot, "wrong_credentials")
        session = Session(stored.id, stored.email, stored.role, stored.account_id)
        roles.require_reseller(session)
        used = self._used(found, stored, code, slot) if stored.factor else Used()
        # Of codes that are tried at once the same: a keyring may have kept them all waiting until now.
        self._require_no_wait(slot)
        self._attempts.forget(slot)
        return Proof(Credentials(session, stored.password_hash), used)

    def _used(self, found: Contents, stored: StoredOperator, code: str, slot: int) -> Used:
        assert stored.factor
        plain = second_factor.plain_code(code)
        if not plain:
            raise UserError("code_needed")
        key, now = (stored.factor.secret_name, plain), self._store.clock_time()
        at, known = self._right.get(key, (None, Used()))
        if at is not None and abs(now - at) <= _REMEMBERED:
            return known
        if second_factor.looks_like_recovery(code):
            used = self._recovery(found, stored, code, slot)
        else:
            used = self._step(stored, code, slot)
        self._right[key] = (now, used)
        return used

    def _recovery(self, found: Contents, stored: StoredOperator, code: str, slot: int) -> Used:
        hashed = second_factor.recovery_hash(code)
        if hashed in stored.code_hashes:
            return Used(code_hash=hashed)
        # It is hashed in the same way, and stays: only the log-in page can show the next one.
        if found.recovery_hash and hmac.compare_digest(hashed, found.recovery_hash):
            return Used()
        raise self._failed(slot, "wrong_code")

    def _step(self, stored: StoredOperator, code: str, slot: int) -> Used:
        assert stored.factor
        secret = self._vault.read(stored.factor.place, stored.factor.secret_name)
        if secret is None:
            raise UserError("factor_unreadable")
        step = second_factor.matching_step(secret, code, self._store.telephone_time())
        if step is None:
            raise self._failed(slot, "wrong_code")
        if step <= stored.factor.last_step:
            raise UserError("code_used")
        return Used(step=step)

    def _failed(self, slot: int, code: str) -> UserError:
        """Count a failed attempt; the refusal to raise, which tells how long to wait.

        Raises UserError `too_many_attempts` where others have failed meanwhile.
        """
        with self._attempts.alone():
            self._require_no_wait(slot)
            failed = delays.after_failure(self._attempts.failures(slot), self._store.clock_time())
            self._attempts.put(slot, failed)
        wait = delays.delay(failed.count)
        return UserError(code, wait=delays.told(wait)) if wait else UserError(code)

    def _require_no_wait(self, slot: int) -> None:
        """Raise UserError `too_many_attempts`."""
        failed, now = self._attempts.failures(slot), self._store.clock_time()
        wait = delays.wait(failed, now)
        if failed is None or not wait:
            return
        if delays.moved_back(failed, now):
            self._attempts.put(slot, replace(failed, last_at=now))
        raise UserError("too_many_attempts", wait=delays.told(wait))
