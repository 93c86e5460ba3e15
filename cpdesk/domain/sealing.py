"""How an entry of the audit log is sealed so that a person can be taken out of it later, and nothing else.

An entry is hashed over the entry before, over its columns, and over what it says. Where it says who somebody is, not
the words go into the hash but a commitment to them: a digest of the words with a random salt. Personal words can so
be dropped and their commitment kept, and the hash is still the same: whoever verifies it proves that all else, each
count, amount, date and product among it, is as it was written. Without the salt nobody can find out by guessing
which words a commitment stood for.

A *part* is what is committed to as one: the personal values of one JSON object, or one free text, so that of several
people in an entry one can be erased. The column `seal` of an entry keeps:

* nothing, in an entry of an earlier version: `before` and `after` went into its hash as digests, the reason as it is;
* `2:s…`: a salt, from which that of each part is made, in an entry of which nothing was erased;
* `2:k…,g…`: part by part, the salt of one that is kept, or the commitment to one that is gone;
* `1:…`: the same in an entry of a version in which operators could not be erased: the address of whoever signed
  stands in its hash as it is, and so do `requested_by` and its like. There nobody can take them out again;
* `0:…,…`: the digests of `before` and `after` that an entry of an earlier version had, a third mark where its
  reason is gone. Such a hash proves all columns but the reason, the seal over the ledger lines with the counts among
  them. What else stood in `before` and `after`, and with the reason gone the columns too, nobody can prove; the entry
  `user.erased` vouches for them as for each erased entry.

Nobody can use it to say something else in silence. A part that is gone has to read as a pseudonym. Of each erased
entry the digest, as it is since, stands in an entry about the erasure further down the chain (`checking.check_audit`);
without one, erased or altered is the same finding.
"""

import json
import re
import secrets
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
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
"""Keys whose values may say who somebody is. Version 1 of the seal means these."""
FREE = "reason"
"""The key of what somebody wrote, a part of its own."""
SIGNERS = frozenset({"requested_by", "ended_by", "planned_by"})
"""Keys whose values are addresses of operators, each a part of its own: they need not be the same person. Version 2 of
the seal means these, too: others need a version 3."""
ERASED_TEXT = "(erased)"
"""Stands for a free text that is gone."""

_FRESH, _KEPT, _GONE = "s", "k", "g"
_VERSION, _FORMER, _EARLIER = "2:", "1:", "0:"
_SALT = 32
_DISGUISE = re.compile(r"erased\.(?:operator\.)?\d+|Erased (?:user|contact) \d+|" + re.escape(ERASED_TEXT), re.ASCII)
_OPERATOR = 3
"""The place of the operator among the columns that go into a hash."""


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

    @property
    def signs(self) -> bool:
        return self.keys[0] in SIGNERS

    def values(self) -> list[Any]:
        return [self.holder[key] for key in self.keys]


@dataclass(frozen=True, slots=True)
class Said:
    """What an entry says: facts before and after as JSON values, None where there are none, and the reason."""

    before: Any
    after: Any
    reason: str
    operator: str = ""
    """Who signed."""
    alone: frozenset[str] = SIGNERS | {FREE}
    """The keys whose values are parts of their own."""

    def copy(self) -> "Said":
        """The same, of which nothing changes when parts of this one do."""
        return replace(self, before=deepcopy(self.before), after=deepcopy(self.after))

    def parts(self) -> list[Part]:
        """In the order of their marks in the seal; the reason and the operator follow."""
        return [*_parts(self.before, self.alone), *_parts(self.after, self.alone)]


def read(before: str, after: str, reason: str, *, seal: str, operator: str = "") -> Said:
    """What the stored texts say. Raises UnsealableError for texts that are not as `canonical` makes them."""
    alone = frozenset({FREE}) if seal.startswith(_FORMER) else SIGNERS | {FREE}
    return Said(_parsed(before), _parsed(after), reason, operator, alone)


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
    parts = _values(said, seal)
    commitments = [
        mark[1:] if mark[0] == _GONE else _commitment(mark[1:], values)
        for mark, values in zip(_marks(len(parts), seal), parts, strict=True)
    ]
    signed = [None if place == _OPERATOR and commits_to_operator(seal) else one for place, one in enumerate(columns)]
    rest = (_rest(facts, PERSONAL | said.alone) for facts in (said.before, said.after))
    return digest(canonical([previous, *signed, *rest, commitments]))


def without(said: Said, seal: str, gone: set[int]) -> str:
    """The seal once the parts with these numbers are gone; `said` as it was before that. Raises UnsealableError."""
    values = _values(said, seal)
    return seal[: len(_VERSION)] + ",".join(
        f"{_GONE}{_commitment(mark[1:], values[number])}" if number in gone and mark[0] != _GONE else mark
        for number, mark in enumerate(_marks(len(values), seal))
    )


def commits_to_operator(seal: str) -> bool:
    """Whether who signed an entry can be taken out of it."""
    return seal.startswith(_VERSION)


def row_digest(row: Sequence[object]) -> str:
    """What an erasure keeps of each entry that it changes: the digest of all its columns as they are then."""
    return digest(canonical(list(row)))


def reads_as_erased(before: str, after: str, reason: str, *, seal: str, operator: str) -> bool:
    """Whether nothing but pseudonyms stands in the parts of an entry that are gone."""
    if seal.startswith(_EARLIER):
        return not proves_nothing(seal) or reason in {"", ERASED_TEXT}
    try:
        parts = _values(read(before, after, reason, seal=seal, operator=operator), seal)
        marked = zip(_marks(len(parts), seal), parts, strict=True)
    except UnsealableError:
        return False
    return all(_is_pseudonym(value) for mark, values in marked if mark[0] == _GONE for value in values)


def is_disguise(text: str) -> bool:
    """Whether a text stands in the place of one that is gone."""
    return _DISGUISE.fullmatch(text) is not None


def _is_pseudonym(value: object) -> bool:
    return value in (None, "") or (isinstance(value, str) and is_disguise(value))


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


def _parts(value: Any, alone: frozenset[str]) -> Iterator[Part]:
    if isinstance(value, dict):
        named = tuple(sorted(PERSONAL & value.keys()))
        if named:
            yield Part(value, named)
        for key in sorted(alone & value.keys()):
            yield Part(value, (key,))
        # Without the texts and numbers, which are most: an import of 50,000 users seals as many entries.
        for key in sorted(key for key, one in value.items() if _holds(one) and key not in PERSONAL):
            yield from _parts(value[key], alone)
    elif isinstance(value, list):
        for one in value:
            yield from _parts(one, alone)


def _rest(value: Any, personal: frozenset[str]) -> Any:
    """The facts without what is personal, which leaves its keys behind: nothing can move to another place."""
    if isinstance(value, dict):
        return {
            key: None if key in personal else _rest(one, personal) if _holds(one) else one for key, one in value.items()
        }
    return [_rest(one, personal) for one in value] if isinstance(value, list) else value


def _holds(value: Any) -> bool:
    return isinstance(value, dict | list)


def _values(said: Said, seal: str) -> list[list[Any]]:
    signed = [[said.operator]] if commits_to_operator(seal) else []
    return [*(part.values() for part in said.parts()), [said.reason], *signed]


def _commitment(salt: str, values: Sequence[Any]) -> str:
    return digest(salt + canonical(values))


def _marks(count: int, seal: str) -> list[str]:
    """A mark for each of so many parts: its kind, and a salt or a commitment."""
    marks = seal[len(_VERSION) :].split(",")
    if not seal.startswith((_VERSION, _FORMER)) or not all(mark[:1] in {_FRESH, _KEPT, _GONE} for mark in marks):
        raise UnsealableError(seal)
    if marks[0][0] == _FRESH:
        return [f"{_KEPT}{digest(f'{marks[0]} {number}')[:_SALT]}" for number in range(count)]
    if len(marks) != count:
        raise UnsealableError(seal)
    return marks
