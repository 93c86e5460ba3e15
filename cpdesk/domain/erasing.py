"""Erasing a person (GDPR, article 17): what is replaced, by what, and where a person is looked for.

In place of a user stands a pseudonym with the number that the user has within the account, so that it says nothing
about other accounts. Seats, counts, ledger lines, dates and money stay as they are; `domain.sealing` has how the
audit log goes on proving that.

What was issued stays as it was printed: statements have to be kept by law, and the program prints no user on them.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cpdesk.domain import names, sealing
from cpdesk.domain.sealing import ERASED_TEXT, Part, Said

_PSEUDONYM = "erased."
_IDENTIFYING = ("upn", "user", "email", "object_id")
"""Keys whose value alone says who it is: display names are no proof of that."""
_SHORTEST_NAME = 3
"""Shorter display names are not looked for in free texts."""


@dataclass(frozen=True, slots=True)
class Person:
    """A user who is to be erased."""

    user_id: int
    number: int
    """Within the account, counted from 1."""
    keys: frozenset[str]
    """UPNs and object ids, present and earlier ones, in the form that is compared."""
    called: frozenset[str]
    """Display names, present and earlier ones."""

    @property
    def subject(self) -> str:
        """How audit entries are about them."""
        return f"user {self.user_id}"

    @property
    def upn(self) -> str:
        """What stands in place of the user principal name: no other user can have it."""
        return f"{_PSEUDONYM}{self.number}"

    @property
    def name(self) -> str:
        return f"Erased user {self.number}"


@dataclass(frozen=True, slots=True)
class ErasurePreview:
    """What erasing a user would replace."""

    user_id: int
    upn: str
    display_name: str
    pseudonym: str
    deleted_at: datetime
    """UTC."""
    restorable_until: datetime
    """UTC: after erasing, nobody can bring the user back."""
    entries: int
    """Audit entries that name the user."""
    plans: int
    """Planned changes that do."""


@dataclass(frozen=True, slots=True)
class Erased:
    """What an erasure did."""

    pseudonym: str
    entries: int
    """Audit entries in which something was replaced."""
    plans: int
    """Planned changes likewise."""
    purged: bool
    """Whether the old bytes left the database file at once; else they do at the next start."""
    backups: int
    """Backups in the folder that still have the user."""


@dataclass(frozen=True, slots=True)
class Texts:
    """What an audit entry says, as it is stored."""

    subject: str
    action: str
    before: str
    after: str
    reason: str
    seal: str


def is_pseudonym(upn: str) -> bool:
    """Whether this is no user principal name, but what stands in place of one."""
    return upn.startswith(_PSEUDONYM) and "@" not in upn


def erase(person: Person, texts: Texts) -> Texts | None:
    """The same without the person, None where it says nothing of them.

    Raises sealing.UnsealableError for an entry that was altered.
    """
    if texts.action.startswith("statement."):
        return None
    said = sealing.read(texts.before, texts.after, texts.reason)
    before_erasing = sealing.read(texts.before, texts.after, texts.reason)
    whole = texts.subject == person.subject
    parts = said.parts()
    # Somebody else may have had the same user principal name later.
    others = texts.subject.startswith("user ") and not whole
    asked = [(number, part) for number, part in enumerate(parts) if part.free or not others]
    gone = {number for number, part in asked if _is_about(person, part, whole=whole)}
    for number in gone:
        _replace(person, parts[number])
    reason_gone = bool(texts.reason) and texts.reason != ERASED_TEXT and (whole or mentions(person, texts.reason))
    if not reason_gone and parts_equal(before_erasing, said):
        return None
    return _sealed(texts, before_erasing, said, gone, reason_gone=reason_gone)


def parts_equal(one: Said, other: Said) -> bool:
    """Whether two entries say the same of people."""
    return (one.before, one.after) == (other.before, other.after)


def erase_facts(person: Person, facts: Mapping[str, Any]) -> dict[str, Any] | None:
    """The facts of a planned change without the person; None where they say nothing of them."""
    said = sealing.read("", sealing.stored(facts), "")
    for part in said.parts():
        if _is_about(person, part, whole=False):
            _replace(person, part)
    after: dict[str, Any] = said.after
    return None if after == facts else after


def could_name(person: Person, texts: Texts) -> bool:
    """Whether an entry is worth a closer look."""
    if texts.subject == person.subject:
        return True
    folded = names.key(texts.before + texts.after + texts.reason)
    return any(key in folded for key in (*person.keys, *(names.key(called) for called in person.called)))


def _sealed(texts: Texts, old: Said, new: Said, gone: set[int], *, reason_gone: bool) -> Texts:
    if texts.seal and sealing.digests(texts.seal) is None:
        seal = sealing.without(old, texts.seal, gone | ({len(old.parts())} if reason_gone else set()))
    else:
        seal = texts.seal or sealing.earlier(texts.before, texts.after)
        seal = sealing.reason_gone(seal) if reason_gone else seal
    reason = ERASED_TEXT if reason_gone else texts.reason
    return Texts(texts.subject, texts.action, sealing.stored(new.before), sealing.stored(new.after), reason, seal)


def _is_about(person: Person, part: Part, *, whole: bool) -> bool:
    """`whole`: whether the entry is about this user alone."""
    if whole:
        return any(part.values())
    if part.free:
        return mentions(person, str(part.holder[sealing.FREE]))
    if "user_id" in part.holder:
        return bool(part.holder["user_id"] == person.user_id)
    known = (part.holder.get(key) for key in _IDENTIFYING)
    return any(isinstance(value, str) and names.key(value) in person.keys for value in known)


def mentions(person: Person, text: str) -> bool:
    """Whether a free text has one of the names as words of their own."""
    called = (name for name in map(names.key, person.called) if len(name) >= _SHORTEST_NAME)
    folded = names.key(text)
    return any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", folded) for word in (*person.keys, *called))


def _replace(person: Person, part: Part) -> None:
    for key in part.keys:
        value = part.holder[key]
        part.holder[key] = _instead(person, key) if value and isinstance(value, str) else None if value else value


def _instead(person: Person, key: str) -> str | None:
    if key in {"upn", "user"}:
        return person.upn
    if key in {"display_name", "name"}:
        return person.name
    if key == sealing.FREE:
        return ERASED_TEXT
    return None if key == "object_id" else ""
