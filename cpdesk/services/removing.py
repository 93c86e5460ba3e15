"""Deleting users: what it would do, and doing it."""

from collections import Counter
from collections.abc import Collection, Sequence

from cpdesk.domain import people, topics
from cpdesk.domain.book import Book
from cpdesk.domain.people import RemovalForecast, RemovedUser
from cpdesk.domain.rows import Done
from cpdesk.domain.undo import reversal
from cpdesk.services.base import Work, account_row
from cpdesk.services.known_users import known_users
from cpdesk.services.undoing import undo_of
from cpdesk.store import deleted_users, holdings, journal, products, user_lists, users


def forecast(work: Work, account_id: int, user_ids: Sequence[int]) -> RemovalForecast:
    """What deleting these users would do to the seats. Raises UserError `unknown_user`."""
    known_users(account_id, user_ids)
    freed = Counter(number for held in users.held_by(user_ids).values() for number in held)
    mode = account_row(account_id, work.now).mode
    effects = people.seat_effects(mode, holdings.listed(account_id), freed)
    return RemovalForecast(tuple(user_lists.some(account_id, user_ids)), mode, effects)


def remove(work: Work, account_id: int, user_ids: Collection[int]) -> Done[tuple[RemovedUser, ...]]:
    """Delete users with an audit entry each, which holds the ledger lines. Raises UserError `unknown_user`."""
    persons = known_users(account_id, user_ids)
    if not persons:
        return Done((), frozenset())
    mode = account_row(account_id, work.now).mode
    book = Book(account_id, mode, holdings.of_account(account_id))
    held = users.held_by(persons)
    part_numbers = products.part_numbers()
    first = journal.next_id()
    entries, removed, reversals = [], [], []
    for number, (user_id, person) in enumerate(persons.items(), start=first):
        for product_id in held[user_id]:
            book.unassign(product_id, user_id)
        freed = tuple(sorted(part_numbers[product_id] for product_id in held[user_id]))
        entry = journal.Entry(
            action="user.removed",
            subject=f"user {user_id}",
            account_id=account_id,
            before=person | {"licenses": list(freed)},
            lines=book.take_lines(),
            by=work.by,
            reason=work.reason,
        )
        entries.append(entry)
        removed.append(RemovedUser(person["upn"], mode, freed))
        reversals.append(reversal(number, entry.lines, user_id=user_id, restores=True))
    journal.append(work.now, *entries)
    deleted_users.delete([(user_id, number) for number, user_id in enumerate(persons, start=first)], work.now)
    return Done(tuple(removed), topics.LICENSES, undo_of(account_id, reversals))
