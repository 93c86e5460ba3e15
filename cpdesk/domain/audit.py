"""The hash chain of the audit log, by which tampering shows (the product's rule 18): what its hashes are made of.

What a new entry's hash is made over, so that a person can be erased from it: `sealing`.
"""

import hashlib
import itertools
import json
from collections.abc import Iterable, Sequence

GENESIS = "0" * 64
"""The hash before the first entry."""

_AT_A_TIME = 1000

_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def canonical(value: object) -> str:
    """One text for one value: JSON with sorted keys and no blanks."""
    return _ENCODER.encode(value)


def digest(text: str) -> str:
    """SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def ledger_digest(rows: Iterable[Sequence[object]]) -> str:
    """Seal the ledger rows (all columns) that one audit entry stands for; empty without rows.

    It is the digest of one list of them all, whose text is not made as a whole: an import has hundreds of thousands.
    """
    sealed, left = hashlib.sha256(), iter(rows)
    joint = "["
    while some := tuple(itertools.islice(left, _AT_A_TIME)):
        sealed.update(f"{joint}{canonical(some)[1:-1]}".encode("utf-8", "surrogatepass"))
        joint = ","
    if joint == "[":
        return ""
    sealed.update(b"]")
    return sealed.hexdigest()


def entry_hash(previous: str, columns: Sequence[object], before: str, after: str) -> str:
    """The hash of an entry of an earlier version over the previous one's hash and every column of its own.

    `before` and `after` are digests of what stands there. Since then `sealing.entry_hash` makes the hash.
    """
    return digest(canonical([previous, *columns, before, after]))
