"""Password hashing with argon2id."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argon2 import PasswordHasher as _Argon2


class Argon2Passwords:
    """argon2id with the library's current parameters (RFC 9106, low memory profile).

    The library is loaded on the first use: start-up does not need it.
    """

    def hash(self, password: str) -> str:
        """A salted hash that carries its own parameters."""
        return self._hasher().hash(_bytes(password))

    def verify(self, hashed: str, password: str) -> bool:
        """Whether the password is the one that was hashed."""
        from argon2.exceptions import InvalidHashError, VerificationError

        try:
            return self._hasher().verify(hashed, _bytes(password))
        except (VerificationError, InvalidHashError):
            return False

    def _hasher(self) -> "_Argon2":
        from argon2 import PasswordHasher

        return PasswordHasher()


def _bytes(password: str) -> bytes:
    # Python reads bytes of the environment that are no text as halves of surrogate pairs.
    return password.encode("utf-8", "surrogatepass")
