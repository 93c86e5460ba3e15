"""Erasing a person for good, while the ledger and the proof of the audit log stay whole (GDPR, article 17)."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from cpdesk.base.errors import KnownError, UserError
from cpdesk.base.progress import Tell, told
from cpdesk.domain import checking, erasing, names, sealing, topics
from cpdesk.domain.accounts import Status
from cpdesk.domain.erasing import Erased, ErasurePreview, Kind, Person, Texts
from cpdesk.domain.operators import Session
from cpdesk.domain.people import RESTORE_WITHIN
from cpdesk.domain.planned import PlanState
from cpdesk.domain.rows import Done
from cpdesk.services.base import UseCases, Work
from cpdesk.store import backup, companies, connection, journal, operators, planned, users
from cpdesk.store import erasing as stored
from cpdesk.store.erasing import Gone
from cpdesk.store.store import Store

Plan = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Found:
    """What names a person, and what is to stand there."""

    person: Person
    texts: dict[int, Texts]
    """By the number of the audit entry."""
    plans: list[Plan]


class Erasing(UseCases):
    """Of deleted users only: what an active one holds and is called is in use.

    A customer administrator may erase users of the own account, a reseller administrator those of all: it is the
    customer's duty to do so when a person asks. It is allowed in suspended and closed accounts, too.
    """

    def rows(self, by: Session, account_id: int) -> list[ErasurePreview]:
        """Deleted users who can be erased, the latest first, however long ago; entries and plans are not counted."""
        with self._reading(by, account_id):
            return [_preview(gone, gone.id, "", 0, 0) for gone in stored.deleted(account_id)]

    def preview(
        self, by: Session, account_id: int, upn: str = "", *, user_id: int | None = None, progress: Tell | None = None
    ) -> ErasurePreview:
        """What erasing a deleted user would replace: the one with `user_id`, else the latest with that UPN.

        Raises UserError `no_deleted_user`, `erase_active` for a user who is not deleted, `erase_planned`, or
        `erase_is_contact` and `erase_is_operator` for one who is that in the account at present.
        """
        with self._reading(by, account_id):
            gone = _find(account_id, upn, user_id)
            found = _find_all(account_id, gone, progress)
            return _preview(gone, gone.id, found.person.upn, len(found.texts), len(found.plans))

    def erase(
        self,
        by: Session,
        account_id: int,
        user_id: int,
        typed: str,
        *,
        reason: str = "",
        progress: Tell | None = None,
    ) -> Done[Erased]:
        """Replace whatever says who a deleted user was by a pseudonym, for good: nobody can bring the user back.

        `typed` has to be the user principal name; the reason may not name the person. Backups, and what was exported
        or printed, still have the person. `progress` is told of the audit entries that are looked through; what it
        raises ends it, and nothing is replaced. Raises what `preview` raises, UserError `erase_not_confirmed` or
        `erase_reason_names`, or KnownError `database_damaged` where an entry is not what its hash says.
        """
        with self._changing(by, account_id, reason, even=Status.CLOSED) as work:
            gone = _find(account_id, "", user_id)
            if names.key(typed) != names.key(gone.upn):
                raise UserError("erase_not_confirmed", upn=gone.upn)
            found = _find_all(account_id, gone, progress)
            if erasing.mentions(found.person, work.reason):
                raise UserError("erase_reason_names", upn=gone.upn)
            _replace(work, account_id, found)
        purged = self.purge_if_due()
        result = Erased(found.person.upn, len(found.texts), len(found.plans), purged, backups_left(self._store))
        return Done(result, topics.LICENSES | topics.PLANS)

    def purge_if_due(self) -> bool:
        """Have what was erased leave the database file; False where that has to wait for the next start."""
        return stored.purge_if_due()


def backups_left(store: Store) -> int:
    """How many backups stand in the folder, as far as that can be found out."""
    try:
        return len(backup.listed(store.backups))
    except KnownError:
        return 0


def _preview(gone: Gone, user_id: int, pseudonym: str, entries: int, plans: int) -> ErasurePreview:
    until = gone.deleted_at + RESTORE_WITHIN
    return ErasurePreview(
        user_id, gone.upn, gone.display_name, pseudonym, gone.deleted_at, until, entries=entries, plans=plans
    )


def _find(account_id: int, upn: str, user_id: int | None) -> Gone:
    for gone in stored.deleted(account_id):
        if gone.id == user_id or (user_id is None and names.key(gone.upn) == names.key(upn)):
            return gone
    if upn and users.find(account_id, upn) is not None:
        raise UserError("erase_active", upn=upn)
    raise UserError("no_deleted_user", upn=upn or str(user_id))


def _find_all(account_id: int, gone: Gone, progress: Tell | None) -> _Found:
    """Raises UserError `erase_planned`, KnownError `database_damaged`."""
    with unaltered():
        person = _person(account_id, gone)
        _require_nothing_else(account_id, person, gone.upn)
        changed = look_through(person, account_id, progress).changed
    return _Found(person, changed, plans_of(account_id, person, gone.upn))


@contextmanager
def unaltered() -> Iterator[None]:
    """Raise KnownError `database_damaged` for an entry of the audit log that was altered."""
    try:
        yield
    except sealing.UnsealableError as error:
        raise KnownError("database_damaged", path=str(connection.opened_path())) from error


@dataclass(frozen=True, slots=True)
class LookedThrough:
    """What the audit log says of somebody."""

    changed: dict[int, Texts]
    """The entries without them, by number."""
    kept: int
    """How many entries go on naming them."""

    @property
    def plans(self) -> int:
        """How many of the entries are about planned changes."""
        return sum(one.action.startswith("plan.") for one in self.changed.values())


def look_through(person: Person, account_id: int | None, progress: Tell | None) -> LookedThrough:
    """Look for somebody in the audit log of an account or (None) of all. Raises sealing.UnsealableError."""
    changed, kept = {}, 0
    for number, before in told(stored.entries(account_id), stored.count(account_id), progress):
        if erasing.could_name(person, before):
            texts = erasing.erase(person, before)
            kept += erasing.keeps(person, texts or before)
            if texts is not None:
                changed[number] = texts
    return LookedThrough(changed, kept)


def _require_nothing_else(account_id: int, person: Person, upn: str) -> None:
    """Who is talked to at the customer's, or signs in for it, is named by that; it has to end first."""
    if any(names.key(one.email) in person.keys for one in companies.contacts(account_id)):
        raise UserError("erase_is_contact", upn=upn)
    signing_in = (operators.credentials(key) for key in person.keys)
    if any(one is not None and one.session.account_id == account_id for one in signing_in):
        raise UserError("erase_is_operator", upn=upn)


def _person(account_id: int, gone: Gone) -> Person:
    """With all names that the user ever had."""
    keys = {gone.upn, gone.object_id or ""}
    called = {gone.display_name}
    for texts in stored.own_entries(account_id, gone.id):
        for part in sealing.read(texts.before, texts.after, texts.reason, seal=texts.seal).parts():
            keys |= {str(part.holder.get(key) or "") for key in ("upn", "object_id")}
            called.add(str(part.holder.get("display_name") or ""))
    wanted = {names.key(key) for key in keys if key and not erasing.is_pseudonym(key)}
    return Person(Kind.USER, gone.number, frozenset(wanted), frozenset(called - {""}), frozenset({gone.id}))


def plans_of(account_id: int, person: Person, upn: str) -> list[Plan]:
    """The planned changes that name somebody, without them. Raises UserError `erase_planned` for one that waits."""
    found = []
    for facts in planned.of_account(account_id):
        changed = erasing.erase_facts(person, facts)
        if changed is None:
            continue
        if facts["state"] == PlanState.PLANNED:
            raise UserError("erase_planned", upn=upn, number=facts["number"])
        found.append(changed)
    return found


def _replace(work: Work, account_id: int, found: _Found) -> None:
    stored.replace_user(found.person)
    (subject,) = found.person.subjects
    facts: dict[str, object] = {"upn": found.person.upn}
    write(work, Erasure(checking.ERASED, subject, account_id, facts), found.texts, found.plans)


@dataclass(frozen=True, slots=True)
class Erasure:
    """What the audit log keeps of an erasure, besides the entries that it changed."""

    action: str
    subject: str
    account_id: int | None
    facts: Mapping[str, object]


def write(work: Work, erasure: Erasure, texts: Mapping[int, Texts], plans: Sequence[Plan]) -> None:
    """Put what is left in the place of entries and planned changes, and vouch for it by an entry.

    Raises KnownError `database_damaged` where an entry is not what its hash says.
    """
    stored.require_whole(texts)
    digests = journal.rewrite(texts)
    stored.follow_log(texts)
    planned.save(plans)
    entries = {str(number): digest for number, digest in digests.items()}
    entry = journal.Entry(
        action=erasure.action,
        subject=erasure.subject,
        account_id=erasure.account_id,
        after={**erasure.facts, "entries": entries, "plans": len(plans)},
        by=work.signs,
        reason=work.reason,
    )
    journal.append(work.now, entry)
    stored.ask_for_purge()
