"""Erasing who is neither a user nor anything else any more: contacts of a customer, and operators who left."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass

from cpdesk.base.errors import UserError
from cpdesk.base.progress import Tell
from cpdesk.domain import checking, erasing, names, sealing, topics
from cpdesk.domain import operators as roles
from cpdesk.domain.accounts import Contact, Status
from cpdesk.domain.erasing import Erased, Former, FormerPreview, Kind, Person
from cpdesk.domain.operators import Session
from cpdesk.domain.rows import Done
from cpdesk.services.base import UseCases, Work, who_acts
from cpdesk.services.erasing import Erasure, LookedThrough, backups_left, look_through, plans_of, unaltered, write
from cpdesk.store import companies, operators
from cpdesk.store import erasing as stored
from cpdesk.store.erasing import GoneOperator

_NUMBERS = 1_000_000
"""Of pseudonyms of operators: drawn at random, they say nothing about how many there are."""


@dataclass(frozen=True, slots=True)
class _Found:
    former: Former
    person: Person
    log: LookedThrough
    account_id: int | None
    """In whose log the erasure stands."""


class ErasingFormer(UseCases):
    """Contacts: by a customer administrator in the own account, by a reseller administrator in all, closed ones too.

    Operators: by reseller administrators. What they did stays; in place of the address stands a pseudonym. Entries of
    the audit log from before operators could be erased have the address in their hashes: there it stays.
    """

    def contacts(self, by: Session, account_id: int) -> list[Former]:
        """Contacts who were taken out of Edit Company, by name; those who were erased are left out."""
        with self._reading(by, account_id), unaltered():
            return [_as_former(one) for one in _former_contacts(account_id)]

    def preview_contact(self, by: Session, account_id: int, who: str, *, progress: Tell | None = None) -> FormerPreview:
        """What erasing a former contact would replace; `who` is the e-mail address, else the name.

        Raises UserError `no_former_contact`, or `erase_contact_present` for one who is in Edit Company.
        """
        with self._reading(by, account_id):
            return _preview(_find_contact(account_id, who, progress))

    def erase_contact(
        self, by: Session, account_id: int, who: str, *, reason: str = "", progress: Tell | None = None
    ) -> Done[Erased]:
        """Replace whatever says who a former contact was, for good; `who` as `preview_contact` takes it.

        Raises what `preview_contact` raises, UserError `erase_reason_names`, or KnownError `database_damaged` where an
        entry is not what its hash says.
        """
        with self._changing(by, account_id, reason, even=Status.CLOSED) as work:
            found = _find_contact(account_id, who, progress)
            facts: dict[str, object] = {"pseudonym": found.person.name}
            erasure = Erasure(checking.ERASED_CONTACT, f"account {account_id}", account_id, facts)
            self._write(work, found, erasure)
        return self._done(found, found.person.name)

    def operators(self, by: Session) -> list[Former]:
        """Operators who were removed and not erased, the latest first. Raises UserError `not_allowed`."""
        with self._store.read():
            roles.require_overview(who_acts(by))
            once = {names.key(one.email): one for one in reversed(stored.removed_operators())}
            return [Former(one.email, one.email, one.removed_at) for one in reversed(once.values())]

    def preview_operator(self, by: Session, email: str, *, progress: Tell | None = None) -> FormerPreview:
        """What erasing an operator who was removed would replace, in the whole audit log.

        Raises UserError `not_allowed`, `no_former_operator`, or `erase_operator_present` for one who can sign in.
        """
        with self._store.read():
            roles.require_overview(who_acts(by))
            return _preview(_find_operator(email, progress))

    def erase_operator(
        self, by: Session, email: str, *, reason: str = "", progress: Tell | None = None
    ) -> Done[Erased]:
        """Replace the address of an operator who was removed by a pseudonym, wherever that can be done.

        Raises what `preview_operator` raises, UserError `erase_reason_names`, or KnownError `database_damaged` where an
        entry is not what its hash says.
        """
        with self._managing(by, reason) as work:
            found = _find_operator(email, progress)
            stored.replace_operator(found.person)
            facts: dict[str, object] = {"pseudonym": found.person.upn, "kept": found.log.kept}
            subject = f"operator {min(found.person.ids)}"
            self._write(work, found, Erasure(checking.ERASED_OPERATOR, subject, found.account_id, facts))
        return self._done(found, found.person.upn)

    def _write(self, work: Work, found: _Found, erasure: Erasure) -> None:
        if erasing.mentions(found.person, work.reason):
            raise UserError("erase_reason_names", upn=found.former.known_as)
        write(work, erasure, found.log.changed, ())

    def _done(self, found: _Found, pseudonym: str) -> Done[Erased]:
        purged = stored.purge_if_due()
        left = backups_left(self._store)
        result = Erased(pseudonym, len(found.log.changed), found.log.plans, purged, left, found.log.kept)
        return Done(result, topics.EVERYTHING)


def _preview(found: _Found) -> FormerPreview:
    person = found.person
    pseudonym = person.upn if person.kind is Kind.OPERATOR else person.name
    return FormerPreview(found.former, pseudonym, len(found.log.changed), found.log.plans, found.log.kept)


def _find_contact(account_id: int, who: str, progress: Tell | None) -> _Found:
    wanted = names.key(who.strip())
    present = {names.key(text) for one in companies.contacts(account_id) for text in (one.email, one.name) if text}
    with unaltered():
        alike = [one for one in _former_contacts(account_id) if wanted in {names.key(one.email), names.key(one.name)}]
        if not alike or not wanted:
            if wanted in present:
                raise UserError("erase_contact_present", who=who)
            raise UserError("no_former_contact", who=who)
        one = min(alike, key=lambda contact: names.key(contact.email or contact.name) != wanted)
        number = 1 + stored.made(account_id, checking.ERASED_CONTACT)
        keys = frozenset({names.key(one.email)} - {""})
        called = frozenset(other.name for other in _all_contacts(account_id) if _is_same(one, other)) - {""}
        person = Person(Kind.CONTACT, number, keys, called)
        # Those that wait have no contact in them but in words; they are looked for as everywhere.
        plans_of(account_id, person, one.email or one.name)
        return _Found(_as_former(one), person, look_through(person, account_id, progress), account_id)


def _former_contacts(account_id: int) -> list[Contact]:
    """One for each e-mail address, or name without one, that no contact of today has."""
    present = {_identity(one) for one in companies.contacts(account_id)}
    found = {_identity(one): one for one in _all_contacts(account_id)}
    former = [one for identity, one in found.items() if identity not in present]
    return sorted(former, key=lambda one: (names.key(one.name), names.key(one.email)))


def _all_contacts(account_id: int) -> Iterator[Contact]:
    """All that the audit log knows of, the oldest first, but those who were erased."""
    for texts in stored.company_entries(account_id):
        said = sealing.read(texts.before, texts.after, "", seal=texts.seal)
        for part in said.parts():
            facts = part.holder
            if erasing.is_contact(part) and not erasing.is_pseudonym(str(facts["name"])):
                yield Contact(*(str(facts[key] or "") for key in ("name", "email", "phone", "role")))


def _identity(contact: Contact) -> tuple[str, str]:
    email = names.key(contact.email)
    return (email, "") if email else ("", contact.name)


def _is_same(one: Contact, other: Contact) -> bool:
    return _identity(one) == _identity(other)


def _as_former(contact: Contact) -> Former:
    return Former(contact.name, contact.email)


def _find_operator(email: str, progress: Tell | None) -> _Found:
    key = names.key(email.strip())
    rows = [one for one in stored.removed_operators() if names.key(one.email) == key]
    if operators.credentials(email) is not None:
        raise UserError("erase_operator_present", email=email)
    if not rows:
        raise UserError("no_former_operator", email=email)
    person = Person(Kind.OPERATOR, _free_number(), frozenset({key}), frozenset(), frozenset(one.id for one in rows))
    with unaltered():
        log = look_through(person, None, progress)
    return _Found(Former(rows[0].email, rows[0].email, rows[0].removed_at), person, log, _account_of(rows))


def _account_of(rows: list[GoneOperator]) -> int | None:
    """The account in whose log the erasure stands: of the one who was a customer administrator all the time."""
    accounts = {one.account_id for one in rows}
    return accounts.pop() if len(accounts) == 1 else None


def _free_number() -> int:
    taken = {int(one.rpartition(".")[2]) for one in stored.operator_pseudonyms()}
    return next(number for number in iter(lambda: secrets.randbelow(_NUMBERS), None) if number not in taken)
