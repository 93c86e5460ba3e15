"""What stands for the system's keyring, and for the slow making of keys."""

import hashlib

from cpdesk.domain.encryption import passphrase_bytes


class MemoryKeyring:
    """A keyring of a test's own; one that is `locked` keeps nothing and gives nothing."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}
        self.locked = False

    def available(self) -> bool:
        return True

    def get(self, name: str) -> str | None:
        return None if self.locked else self.kept.get(name)

    def put(self, name: str, secret: str) -> bool:
        if not self.locked:
            self.kept[name] = secret
        return not self.locked

    def remove(self, name: str) -> bool:
        if not self.locked:
            self.kept.pop(name, None)
        return not self.locked


class QuickKeys:
    """Stands for argon2id where a test is about anything but its slowness."""

    def derive(self, passphrase: str, salt: bytes) -> bytes:
        return hashlib.sha256(salt + passphrase_bytes(passphrase)).digest()
