"""Writing a planned import of users: people, seats, audit entries, and what was said about product names."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cpdesk.base.progress import Tell, chunks, part
from cpdesk.domain.book import Book
from cpdesk.domain.catalog import Product
from cpdesk.domain.operators import Role
from cpdesk.domain.rows import AccountRow
from cpdesk.domain.seats import summed
from cpdesk.domain.user_import.choices import SKIP
from cpdesk.domain.user_import.plan import Outcome, RowChange
from cpdesk.domain.user_import.report import ImportReport
from cpdesk.services.base import Work
from cpdesk.store import holdings, journal, product_names, users


@dataclass(frozen=True, slots=True)
class Prepared:
    """An import that is worked out and not yet written."""

    account: AccountRow
    report: ImportReport
    product_ids: Mapping[str, int]
    """By GUID."""
    products: Mapping[int, Product]
    missing: Mapping[int, int]
    """Seats that the pool lacks, by product id."""
    answers: Mapping[str, str]
    """What the operator said of names in this file, by name key."""


def write(work: Work, prepared: Prepared, tell: Tell | None = None) -> None:
    """Bring the account to what the file says. The caller's transaction."""
    changes = [change for change in prepared.report.plan.changes if change.outcome is not Outcome.UNCHANGED]
    if not changes:
        return
    account_id = prepared.account.id
    ids = _ids(changes)
    users.park(ids[change.row] for change in changes if change.identified_anew)
    for chunk in chunks(changes, part(tell, 0, 28, 100)):
        people = [(change.before is None, (ids[change.row], change.values._asdict())) for change in chunk]
        users.update(person for new, person in people if not new)
        users.insert(account_id, work.now, (person for new, person in people if new))
    journal.append(work.now, _summary(work, prepared, _book(prepared, changes, ids)), progress=part(tell, 28, 63, 100))
    for chunk in chunks(changes, part(tell, 63, 100, 100)):
        journal.append(work.now, *(_entry(work, account_id, change, ids[change.row]) for change in chunk))


def remember(work: Work, prepared: Prepared) -> None:
    """Keep what was said of names: by a reseller administrator for all accounts, else for this one alone."""
    account_id = prepared.account.id
    known = product_names.answers(account_id)
    given = {key: answer for key, answer in prepared.answers.items() if known.get(key) != answer}
    if not given:
        return
    rows = {key: None if answer == SKIP else prepared.product_ids[answer] for key, answer in given.items()}
    if work.by.role is Role.RESELLER:
        # What the account itself said before would go before what is said now.
        product_names.forget(account_id, rows)
        product_names.remember(None, rows, work.by.email, work.now)
    else:
        product_names.remember(account_id, rows, work.by.email, work.now)
    entry = journal.Entry(
        action="product_names.answered",
        subject=f"account {account_id}",
        account_id=account_id,
        before={key: known[key] for key in given if key in known},
        after=given,
        by=work.by,
        reason=work.reason,
    )
    journal.append(work.now, entry)


def _summary(work: Work, prepared: Prepared, book: Book) -> journal.Entry:
    """The import as a whole, which all its ledger lines belong to."""
    report = prepared.report
    facts = report.plan.report() | {"seats_added": summed(report.missing_seats)}
    return journal.Entry(
        action="users.imported",
        subject=f"account {prepared.account.id}",
        account_id=prepared.account.id,
        after={"file": report.file} | facts,
        lines=book.lines,
        by=work.by,
        reason=work.reason,
    )


def _ids(changes: Iterable[RowChange]) -> dict[int, int]:
    """The user id of each row, new users numbered on."""
    following = users.next_id()
    ids: dict[int, int] = {}
    for change in changes:
        if change.user_id is None:
            ids[change.row] = following
            following += 1
        else:
            ids[change.row] = change.user_id
    return ids


def _book(prepared: Prepared, changes: Sequence[RowChange], ids: Mapping[int, int]) -> Book:
    """Unassign, buy what lacks, then assign: so what one user gives back another can get."""
    book = Book(prepared.account.id, prepared.account.mode, holdings.of_account(prepared.account.id))
    taken, given = defaultdict[int, list[int]](list), defaultdict[int, list[int]](list)
    for change in changes:
        for guid in change.unassign:
            taken[prepared.product_ids[guid]].append(ids[change.row])
        for guid in change.assign:
            given[prepared.product_ids[guid]].append(ids[change.row])
    for product_id, user_ids in sorted(taken.items()):
        book.unassign_each(product_id, user_ids)
    for product_id, count in sorted(prepared.missing.items()):
        book.add_seats(product_id, count, product=prepared.products[product_id].name)
    for product_id, user_ids in sorted(given.items()):
        book.assign_each(product_id, user_ids, product=prepared.products[product_id].name)
    return book


def _entry(work: Work, account_id: int, change: RowChange, user_id: int) -> journal.Entry:
    licenses = {"assigned": list(change.assign), "unassigned": list(change.unassign)}
    return journal.Entry(
        action=f"user.{change.outcome}",
        subject=f"user {user_id}",
        account_id=account_id,
        before=change.before._asdict() if change.before else None,
        after=change.values._asdict() | licenses,
        by=work.by,
        reason=work.reason,
    )
