"""An encrypted database: how its file begins, what opens it, and what is told about it.

The file begins with a salt, as SQLCipher's do. Ours begins with a mark, so that an encrypted database is told apart
from a damaged one; the rest is random. The key is made of the passphrase and that salt (argon2id): the file needs
nothing beside it. A copy has the same salt and the same key. A new passphrase comes with a new salt.

The recovery key is the key itself, written so that a person can type it.
"""

import base64
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

MARK = b"CPDE1"
"""How the file of an encrypted database begins. The figure stands for how the key is made of the passphrase."""
SALT_BYTES = 16
"""What a file begins with, the mark included."""
KEY_BYTES = 32
SHORTEST_PASSPHRASE = 12
"""Characters. Who has the file may try passphrases as long and as fast as they like."""

_CHECK_BYTES = 3
_GROUP = 4
_LIKE = str.maketrans("018", "OIB")
"""Figures that base 32 has not, and the letters that they are mistaken for."""
_PATIENT_FROM = 3
_LONGEST_PAUSE = 30


@dataclass(frozen=True, slots=True)
class Lock:
    """What a database is encrypted with."""

    salt: bytes
    """The first 16 bytes of the file."""
    key: bytes
    """32 bytes."""

    def __repr__(self) -> str:
        """Without the key: it must not get into a log."""
        return f"Lock({self.salt.hex()})"


@dataclass(frozen=True, slots=True)
class EncryptionState:
    """How the database lies on the disk."""

    encrypted: bool
    possible: bool
    """Whether this installation can encrypt at all."""
    remembered: bool = False
    """Whether the keyring of whoever runs the program holds the key."""
    keyring: bool = False
    """Whether there is a keyring to put it in."""
    plain_backups: tuple[Path, ...] = ()
    """Backups in the folder that everybody can read who gets at them, the newest first."""


@dataclass(frozen=True, slots=True)
class Encrypted:
    """What turning encryption on, or another passphrase, hands over."""

    state: EncryptionState
    recovery_key: str = field(repr=False)
    """Opens the database in the place of the passphrase. Shown once; kept nowhere."""


def is_encrypted(head: bytes) -> bool:
    """Whether a file that begins with these bytes is an encrypted database of ours."""
    return head.startswith(MARK) and len(head) >= SALT_BYTES


def passphrase_bytes(passphrase: str) -> bytes:
    """What the key is made of: the same letters, however a keyboard or a system composes them."""
    return unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")


def recovery_text(key: bytes) -> str:
    """A key as it is printed: groups of four letters and figures, the last of which tell of a slip."""
    text = base64.b32encode(key + _check(key)).decode()
    return "-".join(text[at : at + _GROUP] for at in range(0, len(text), _GROUP))


def read_recovery(text: str) -> bytes | None:
    """The key that somebody typed; None where it is no such key, or has a slip in it."""
    plain = "".join(text.split()).replace("-", "").upper().translate(_LIKE)
    try:
        raw = base64.b32decode(plain)
    except ValueError:
        return None
    key, check = raw[:KEY_BYTES], raw[KEY_BYTES:]
    return key if len(key) == KEY_BYTES and check == _check(key) else None


def pause_after(failures: int) -> int:
    """Seconds to wait after so many wrong passphrases in a row: none after the first two, then ever more."""
    return 0 if failures < _PATIENT_FROM else min(1 << (failures - _PATIENT_FROM), _LONGEST_PAUSE)


def _check(key: bytes) -> bytes:
    import hashlib  # The start of the window asks only how the file begins.

    return hashlib.sha256(b"cpdesk recovery key" + key).digest()[:_CHECK_BYTES]
