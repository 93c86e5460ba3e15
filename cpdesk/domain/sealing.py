"""How an entry of the audit log is sealed so that a person can be taken out of it later, and nothing else.

An entry is hashed over the entry before, over its columns, and over what it says. Where it says who somebody is, not
the words go into the hash but a commitment to them: a digest of the words with a random salt. Personal words can so
be dropped and their commitment kept, and the hash is still the same: whoever verifies it proves that all else, each
count, amount, date and product among it, is as it was written. Without the salt nobody can find out by guessing
which words a commitment stood for.

A *part* is what is committed to as one: the personal values of one JSON object, or one free text, so that of several
people in an entry one can be erased. The column `seal` of an entry keeps:

* nothing, in an entry of an earlier version: `before` and `after` went into its hash as digests, the reason as it is;
* `1:s…`: a salt, from which that of each part is made, in an entry of which nothing was erased;
* `1:k…,g…`: part by part, the salt of one that is kept, or the commitment to one that is gone;
* `0:…,…`: the digests of `before` and `after` that an entry of an earlier version had, a third mark where its
  reason is gone. Such a hash proves all columns but the reason, the seal over the ledger lines with the counts among
  them. What else stood in `before` and `after`, and with the reason gone the columns too, nobody can prove; the entry
  `user.erased` vouches for them as for each erased entry.

Nobody can use it to say something else in silence. A part that is gone has to read as a pseudonym. Of each erased
entry the digest, as it is since, stands in an entry `user.erased` further down the chain (`checking.check_audit`);
without one, erased or altered is the same finding.
"""

import json
import re
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from cpdesk.domain.audit import canonical, digest

PERSONAL = frozenset(
    {
        "upn",
        "user",
        "object_id",
        "display_name",
        "first_name",
        "last_name",
        "usage_location",
        "job_title",
        "department",
        "name",
        "email",
        "phone",
        "role",
    }
)
"""Keys whose values may say who somebody is. Version 1 of the seal means these: others need a version 2."""
FREE = "reason"
"""The key of what somebody wrote, a part of its own."""
ERASED_TEXT = "(erased)"
"""Stands for a free text that is gone."""

_FRESH, _KEPT, _GONE = "s", "k", "g"
_VERSION, _EARLIER = "1:", "0:"
_SALT = 32
_DISGUISE = re.compile(r"erased\.\d+|Erased user \d+|" + re.escape(ERASED_TEXT), re.ASCII)


class UnsealableError(ValueError):
    """The stored form of an entry, or its seal, is none that the program writes."""


@dataclass(frozen=True, slots=True)
class Part:
    """What is committed to as one: the values of some keys of a JSON object."""

    holder: dict[str, Any]
    keys: tuple[str, ...]

    @property
    def free(self) -> bool:
        return self.keys == (FREE,)

    def values(self) -> list[Any]:
        return [self.holder[key] for key in self.keys]


@dataclass(frozen=True, slots=True)
class Said:
    """What an entry says: facts before and after as JSON values, None where there are none, and the reason."""

    before: Any
    after: Any
    reason: str

    def parts(self) -> list[Part]:
        """In the order of their marks in the seal; the reason last."""
        return [*_parts(self.before), *_parts(self.after)]


def read(before: str, after: str, reason: str) -> Said:
    """What the stored texts say. Raises UnsealableError for texts that are not as `canonical` makes them."""
    return Said(_parsed(before), _parsed(after), reason)


def stored(facts: Any) -> str:
    """The stored text of facts."""
    return "" if facts is None else canonical(facts)


def fresh() -> str:
    """The seal of a new entry."""
    return f"{_VERSION}{_FRESH}{secrets.token_hex(_SALT // 2)}"


def entry_hash(previous: str, columns: Sequence[object], said: Said, seal: str) -> str:
    """The hash of an entry over the one before, its columns without texts, and what it says, by its seal.

    Raises UnsealableError for a seal that does not fit it.
    """
    parts = _values(said)
    commitments = [
        mark[1:] if mark[0] == _GONE else _commitment(mark[1:], values)
        for mark, values in zip(_marks(len(parts), seal), parts, strict=True)
    ]
    return digest(canonical([previous, *columns, _rest(said.before), _rest(said.after), commitments]))


def without(said: Said, seal: str, gone: set[int]) -> str:
    """The seal once the parts with these numbers are gone; `said` as it was before that. Raises UnsealableError."""
    values = _values(said)
    return _VERSION + ",".join(
        f"{_GONE}{_commitment(mark[1:], values[number])}" if number in gone and mark[0] != _GONE else mark
        for number, mark in enumerate(_marks(len(values), seal))
    )


def row_digest(row: Sequence[object]) -> str:
    """What an erasure keeps of each entry that it changes: the digest of all its columns as they are then."""
    return digest(canonical(list(row)))


def reads_as_erased(before: str, after: str, reason: str, seal: str) -> bool:
    """Whether nothing but pseudonyms stands in the parts of an entry that are gone."""
    if seal.startswith(_EARLIER):
        return not proves_nothing(seal) or reason in {"", ERASED_TEXT}
    try:
        parts = _values(read(before, after, reason))
        marked = zip(_marks(len(parts), seal), parts, strict=True)
    except UnsealableError:
        return False
    return all(_is_pseudonym(value) for mark, values in marked if mark[0] == _GONE for value in values)


def _is_pseudonym(value: object) -> bool:
    return value in (None, "") or (isinstance(value, str) and _DISGUISE.fullmatch(value) is not None)


def is_erased(seal: str) -> bool:
    """Whether something of an entry is gone."""
    # Salts and digests have no such letter.
    return seal.startswith(_EARLIER) or _GONE in seal


def earlier(before: str, after: str) -> str:
    """The seal of an entry of an earlier version of which something is about to be erased; its texts as they were."""
    return f"{_EARLIER}{digest(before)},{digest(after)}"


def reason_gone(seal: str) -> str:
    """The seal of an entry of an earlier version whose reason is erased, too."""
    return seal if proves_nothing(seal) else f"{seal},{_GONE}"


def proves_nothing(seal: str) -> bool:
    """Whether the hash of an entry cannot be made any more."""
    return seal.startswith(_EARLIER) and seal.endswith(f",{_GONE}")


def digests(seal: str) -> tuple[str, str] | None:
    """Those that `before` and `after` of an erased entry of an earlier version had; None for any other seal."""
    if not seal.startswith(_EARLIER):
        return None
    before, _, after = seal.removeprefix(_EARLIER).partition(",")
    return before, after.partition(",")[0]


def _parsed(text: str) -> Any:
    if not text:
        return None
    try:
        value = json.loads(text)
    except ValueError as error:
        raise UnsealableError(str(error)) from error
    if canonical(value) != text:
        raise UnsealableError("not canonical")
    return value


def _parts(value: Any) -> Iterator[Part]:
    if isinstance(value, dict):
        named = tuple(sorted(PERSONAL & value.keys()))
        if named:
            yield Part(value, named)
        if FREE in value:
            yield Part(value, (FREE,))
        # Without the texts and numbers, which are most: an import of 50,000 users seals as many entries.
        for key in sorted(key for key, one in value.items() if isinstance(one, dict | list) and key not in PERSONAL):
            yield from _parts(value[key])
    elif isinstance(value, list):
        for one in value:
            yield from _parts(one)


def _rest(value: Any) -> Any:
    """The facts without what is personal, which leaves its keys behind: nothing can move to another place."""
    if isinstance(value, dict):
        return {
            key: None if key in PERSONAL or key == FREE else _rest(one) if isinstance(one, dict | list) else one
            for key, one in value.items()
        }
    return [_rest(one) for one in value] if isinstance(value, list) else value


def _values(said: Said) -> list[list[Any]]:
    return [*(part.values() for part in said.parts()), [said.reason]]


def _commitment(salt: str, values: Sequence[Any]) -> str:
    return digest(salt + canonical(values))


def _marks(count: int, seal: str) -> list[str]:
    """A mark for each of so many parts: its kind, and a salt or a commitment."""
    marks = seal.removeprefix(_VERSION).split(",")
    if not seal.startswith(_VERSION) or not all(mark[:1] in {_FRESH, _KEPT, _GONE} for mark in marks):
        raise UnsealableError(seal)
    if marks[0][0] == _FRESH:
        return [f"{_KEPT}{digest(f'{marks[0]} {number}')[:_SALT]}" for number in range(count)]
    if len(marks) != count:
        raise UnsealableError(seal)
    return marks
