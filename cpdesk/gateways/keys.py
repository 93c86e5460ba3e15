"""The key of an encrypted database, made of a passphrase."""

from cpdesk.domain.encryption import KEY_BYTES, passphrase_bytes

_TIME_COST, _MEMORY_KIB, _LANES = 3, 65_536, 4
"""RFC 9106, low memory. They belong to the mark that a file begins with: others would make other keys."""


class Argon2Keys:
    """argon2id; loaded on the first use, as most databases are not encrypted."""

    def derive(self, passphrase: str, salt: bytes) -> bytes:
        """32 bytes. Takes a tenth of a second, on purpose."""
        from argon2.low_level import Type, hash_secret_raw

        secret = passphrase_bytes(passphrase)
        return hash_secret_raw(secret, salt, _TIME_COST, _MEMORY_KIB, _LANES, KEY_BYTES, Type.ID)
