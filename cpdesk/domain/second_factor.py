"""The second factor: codes of an authenticator app (TOTP, RFC 6238), and recovery codes for when it is lost."""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from urllib.parse import quote, urlencode

STEP_SECONDS = 30
"""How long a code counts. Apps know no other reliably, nor other lengths or hashes than these."""
DIGITS = 6
DRIFT = 1
"""Steps by which the clocks of computer and telephone may differ."""
RECOVERY_CODES = 10
"""How many are given at once; each works one time."""
ISSUER = "cpdesk"
_SECRET_BYTES = 20
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Without those that look like another."""


class Place(StrEnum):
    """Where the secret of a second factor is kept. Never in the database."""

    KEYRING = "keyring"
    """The keyring of the system, of the person who was signed in to it."""
    FILE = "file"
    """A file that only its owner may read, where there is no keyring."""


@dataclass(frozen=True, slots=True)
class FactorState:
    """What operators are told of their own second factor."""

    since: datetime | None
    """UTC; None where there is no second factor."""
    place: Place | None
    codes_left: int
    """Recovery codes that are not used up."""


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A second factor that is being set up: it counts once a code has proven that the app has it."""

    secret: str
    """Base32, as apps take it."""
    address: str
    """The same as `otpauth://` address: what a QR code holds."""
    place: Place
    """Where it will be kept."""


def new_secret() -> str:
    """A new secret: 160 random bits, base32."""
    return base64.b32encode(secrets.token_bytes(_SECRET_BYTES)).decode("ascii")


def address_of(secret: str, email: str) -> str:
    """What a QR code holds: the secret, and what the app calls it."""
    query = {"secret": secret, "issuer": ISSUER, "digits": DIGITS, "period": STEP_SECONDS}
    return f"otpauth://totp/{quote(ISSUER)}:{quote(email)}?{urlencode(query)}"


def spaced(secret: str) -> str:
    """The secret in groups of four, to be typed."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


def step_at(now: datetime) -> int:
    """The number of the step of an instant (aware)."""
    return int(now.timestamp()) // STEP_SECONDS


def code_at(secret: str, step: int) -> str:
    """The code of a step."""
    digest = hmac.new(base64.b32decode(secret), step.to_bytes(8, "big"), hashlib.sha1).digest()
    start = digest[-1] & 0x0F
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFF_FFFF
    return str(number % 10**DIGITS).zfill(DIGITS)


def matching_step(secret: str, code: str, now: datetime) -> int | None:
    """The step of which this is the code at `now`, of those that the drift allows; None if it is none of them."""
    typed = plain_code(code).encode("utf-8", "surrogatepass")
    present = step_at(now)
    found = None
    # All are compared, whichever it is: how long that takes tells nothing.
    for step in range(present - DRIFT, present + DRIFT + 1):
        if hmac.compare_digest(code_at(secret, step).encode("ascii"), typed):
            found = step
    return found


def plain_code(code: str) -> str:
    """A code as it is compared: without what only makes it readable."""
    return "".join(letter for letter in code if not letter.isspace() and letter != "-").upper()


def looks_like_recovery(code: str) -> bool:
    """Whether somebody has typed a recovery code rather than one of the app: those are figures."""
    return not plain_code(code).isdecimal() and len(plain_code(code)) > DIGITS


def new_recovery_codes() -> tuple[str, ...]:
    """Ten codes of 80 random bits."""
    return tuple("-".join(_group() for _part in range(4)) for _code in range(RECOVERY_CODES))


def recovery_hash(code: str) -> str:
    """What is kept of a recovery code. 80 random bits need no slow hash."""
    return hashlib.sha256(plain_code(code).encode("utf-8", "surrogatepass")).hexdigest()


def _group() -> str:
    return "".join(secrets.choice(_LETTERS) for _letter in range(4))
