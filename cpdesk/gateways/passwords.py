"""Password hashing with argon2id."""

import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from argon2 import PasswordHasher as _Argon2

PASSES = 3
MEMORY_KIB = 64 * 1024
LANES = 4
"""The second recommendation of RFC 9106: 3 passes over 64 MiB in 4 lanes. One hash takes 0.15 to 0.2 s on two cores."""

_SALT, _DIGEST = "YSBzYWx0IG9mIG5vYm9keQ", "iw7oOClRvJqWGRLnZMVzBdWLT1LW0tFnBvtbmRN7EcE"
_OF_NOBODY: Final = f"$argon2id$v=19$m={MEMORY_KIB},t={PASSES},p={LANES}${_SALT}${_DIGEST}"
"""A hash of today with which no password is right."""


class Argon2Passwords:
    """argon2id with the parameters above, whatever those of the library are; older hashes are made anew at sign-in.

    A password is the same however a keyboard or a system composes its letters.

    The library is loaded on the first use: start-up does not need it.
    """

    def hash(self, password: str) -> str:
        """A salted hash that carries its own parameters."""
        return self._hasher().hash(_bytes(password))

    def verify(self, hashed: str, password: str) -> bool:
        """Whether the password is the one that was hashed."""
        if self._matches(hashed, _bytes(password)):
            return True
        # Hashes from before letters were composed.
        typed = _as_typed(password)
        return typed != _bytes(password) and self._matches(hashed, typed)

    def spend(self, password: str) -> None:
        """Take as long over a password as comparing it with a hash of today takes."""
        self.verify(_OF_NOBODY, password)

    def outdated(self, hashed: str) -> bool:
        """Whether a hash was made with other parameters than one of today. What is no such hash has none."""
        from argon2.exceptions import InvalidHashError

        try:
            return self._hasher().check_needs_rehash(hashed)
        except InvalidHashError:
            return False

    def _matches(self, hashed: str, secret: bytes) -> bool:
        from argon2.exceptions import InvalidHashError, VerificationError

        try:
            return self._hasher().verify(hashed, secret)
        except (VerificationError, InvalidHashError):
            return False

    def _hasher(self) -> "_Argon2":
        from argon2 import PasswordHasher, Type

        return PasswordHasher(time_cost=PASSES, memory_cost=MEMORY_KIB, parallelism=LANES, type=Type.ID)


def _bytes(password: str) -> bytes:
    return _as_typed(unicodedata.normalize("NFC", password))


def _as_typed(password: str) -> bytes:
    # Python reads bytes of the environment that are no text as halves of surrogate pairs.
    return password.encode("utf-8", "surrogatepass")
