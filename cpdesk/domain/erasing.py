"""Erasing a person (GDPR, article 17): what is replaced, by what, and where a person is looked for.

In place of a user stands a pseudonym with the number that the user has within the account, so that it says nothing
about other accounts. Seats, counts, ledger lines, dates and money stay as they are; `domain.sealing` has how the
audit log goes on proving that.

What was issued stays as it was printed: statements have to be kept by law, and the program prints no user on them.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from cpdesk.domain import audit, names, sealing
from cpdesk.domain.sealing import ERASED_TEXT, Part, Said

_PSEUDONYM = "erased."
_IDENTIFYING = ("upn", "user", "email", "object_id")
"""Keys whose value alone says which user it is: display names are no proof of that."""
_CONTACT = frozenset({"name", "email", "phone", "role"})
"""Keys by which a part is known to be a contact."""
_SHORTEST_NAME = 3
"""Shorter display names are not looked for in free texts."""


class Kind(StrEnum):
    """As what somebody is erased."""

    USER = "user"
    CONTACT = "contact"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is to be erased."""

    kind: Kind
    number: int
    """Of the pseudonym; for users and contacts counted within the account from 1."""
    keys: frozenset[str]
    """UPNs, object ids or e-mail addresses, present and earlier ones, in the form that is compared."""
    called: frozenset[str]
    """Names, present and earlier ones."""
    ids: frozenset[int] = frozenset()
    """Numbers of the rows, of users and operators."""

    @property
    def subjects(self) -> frozenset[str]:
        """How audit entries are about them alone."""
        return frozenset(f"{self.kind} {number}" for number in self.ids)

    @property
    def upn(self) -> str:
        """What stands in place of the user principal name, or of an operator's address: no other can have it."""
        middle = f"{Kind.OPERATOR}." if self.kind is Kind.OPERATOR else ""
        return f"{_PSEUDONYM}{middle}{self.number}"

    @property
    def name(self) -> str:
        """What stands in place of the name."""
        return self.upn if self.kind is Kind.OPERATOR else f"Erased {self.kind} {self.number}"


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
    """Backups in the folder that still have the person."""
    kept: int = 0
    """Audit entries of an earlier version that go on naming an operator."""


@dataclass(frozen=True, slots=True)
class Former:
    """A contact who is none any more, or an operator who was removed, and was not erased."""

    name: str
    """Of operators the e-mail address, too."""
    email: str
    """May be empty for contacts."""
    removed_at: datetime | None = None
    """UTC; None for contacts."""

    @property
    def known_as(self) -> str:
        """What has to be typed to erase them."""
        return self.email or self.name


@dataclass(frozen=True, slots=True)
class FormerPreview:
    """What erasing a former contact or operator would replace."""

    former: Former
    pseudonym: str
    entries: int
    """Audit entries in which something would be replaced."""
    plans: int
    """Planned changes likewise."""
    kept: int
    """Audit entries of an earlier version that go on naming an operator: their hashes are made over the address."""


@dataclass(frozen=True, slots=True)
class Texts:
    """What an audit entry says, as it is stored."""

    subject: str
    action: str
    before: str
    after: str
    reason: str
    seal: str
    operator: str


def is_pseudonym(text: str) -> bool:
    """Whether this is no user principal name, address or contact's name, but what stands in place of one."""
    return sealing.is_disguise(text)


def erase(person: Person, texts: Texts) -> Texts | None:
    """The same without the person, None where nothing of them can be replaced in it.

    Raises sealing.UnsealableError for an entry that was altered.
    """
    said = sealing.read(texts.before, texts.after, texts.reason, seal=texts.seal, operator=texts.operator)
    parts, before = said.parts(), said.copy()
    # What was issued stays as it was printed; whoever signed for it is not on it.
    issued = texts.action.startswith("statement.")
    gone = {number for number, part in enumerate(parts) if not issued and _is_asked(person, texts, part)}
    for number in gone:
        _replace(person, parts[number])
    changed = (said.before, said.after) != (before.before, before.after)
    gone = gone if changed else set()
    if not issued and _drops_reason(person, texts):
        gone.add(len(parts))
    if _drops_operator(person, texts):
        gone.add(len(parts) + 1)
    return _sealed(person, texts, before, said, gone) if gone else None


def erase_facts(person: Person, facts: Mapping[str, Any]) -> dict[str, Any] | None:
    """The facts of a planned change without the person; None where they say nothing of them."""
    said = sealing.read("", sealing.stored(facts), "", seal="")
    for part in said.parts():
        if _is_about(person, part, whole=False):
            _replace(person, part)
    after: dict[str, Any] = said.after
    return None if after == facts else after


def could_name(person: Person, texts: Texts) -> bool:
    """Whether an entry is worth a closer look."""
    if texts.subject in person.subjects:
        return True
    folded = names.key(texts.before + texts.after + texts.reason + texts.operator)
    wanted = {*person.keys, *(names.key(called) for called in person.called)}
    # The facts are JSON, in which a quotation mark has a backslash before it.
    return any(word in folded or audit.canonical(word)[1:-1] in folded for word in wanted)


def keeps(person: Person, texts: Texts) -> bool:
    """Whether an entry goes on saying which operator it was, once all is replaced that can be."""
    if person.kind is not Kind.OPERATOR or sealing.commits_to_operator(texts.seal):
        return False
    said = sealing.read(texts.before, texts.after, "", seal="")
    signed = [value for part in said.parts() if part.signs for value in part.values()]
    return any(isinstance(value, str) and names.key(value) in person.keys for value in (texts.operator, *signed))


def _is_asked(person: Person, texts: Texts, part: Part) -> bool:
    whole = texts.subject in person.subjects
    # Somebody else may have had the same user principal name later; who is an operator, too, is erased as that.
    others = texts.subject.startswith(("user ", "operator ")) and not whole
    return (part.free or not others) and _is_about(person, part, whole=whole)


def _drops_reason(person: Person, texts: Texts) -> bool:
    whole = texts.subject in person.subjects
    return bool(texts.reason) and texts.reason != ERASED_TEXT and (whole or mentions(person, texts.reason))


def _drops_operator(person: Person, texts: Texts) -> bool:
    signed = person.kind is Kind.OPERATOR and names.key(texts.operator) in person.keys
    return signed and sealing.commits_to_operator(texts.seal)


def _sealed(person: Person, texts: Texts, old: Said, new: Said, gone: set[int]) -> Texts:
    count = len(old.parts())
    if texts.seal and sealing.digests(texts.seal) is None:
        seal = sealing.without(old, texts.seal, gone)
    else:
        seal = texts.seal or sealing.earlier(texts.before, texts.after)
        seal = sealing.reason_gone(seal) if count in gone else seal
    reason = ERASED_TEXT if count in gone else texts.reason
    operator = person.upn if count + 1 in gone else texts.operator
    return Texts(
        texts.subject, texts.action, sealing.stored(new.before), sealing.stored(new.after), reason, seal, operator
    )


def _is_about(person: Person, part: Part, *, whole: bool) -> bool:
    """`whole`: whether the entry is about them alone."""
    if part.signs:
        return person.kind is Kind.OPERATOR and names.key(str(part.values()[0])) in person.keys
    if whole:
        return any(part.values())
    if part.free:
        return mentions(person, str(part.holder[sealing.FREE]))
    return _RULES[person.kind](person, part)


def _is_user(person: Person, part: Part) -> bool:
    if "user_id" in part.holder:
        return part.holder["user_id"] in person.ids
    known = (part.holder.get(key) for key in _IDENTIFYING)
    return any(isinstance(value, str) and names.key(value) in person.keys for value in known)


def is_contact(part: Part) -> bool:
    """Whether it is a contact of a customer."""
    return set(part.keys) == _CONTACT


def _is_contact(person: Person, part: Part) -> bool:
    if not is_contact(part):
        return False
    email = names.key(str(part.holder["email"] or ""))
    return email in person.keys if email else not person.keys and part.holder["name"] in person.called


def _is_operator(_person: Person, _part: Part) -> bool:
    """Whoever is named otherwise is a user or a contact with the same address."""
    return False


_RULES: Mapping[Kind, Callable[[Person, Part], bool]] = {
    Kind.USER: _is_user,
    Kind.CONTACT: _is_contact,
    Kind.OPERATOR: _is_operator,
}


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
    if key in {"upn", "user"} or key in sealing.SIGNERS or (key == "email" and person.kind is Kind.OPERATOR):
        return person.upn
    if key in {"display_name", "name"}:
        return person.name
    if key == sealing.FREE:
        return ERASED_TEXT
    return None if key == "object_id" else ""
