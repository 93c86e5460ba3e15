"""Deleting users: what it would do, and doing it."""

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any

from cpdesk.base.progress import Tell, chunks
from cpdesk.domain import people, topics
from cpdesk.domain.book import Book
from cpdesk.domain.people import RemovalForecast, RemovedUser
from cpdesk.domain.rows import Done
from cpdesk.domain.undo import reversal
from cpdesk.services import unit_prices
from cpdesk.services.base import Work, account_row
from cpdesk.services.known_users import known_users
from cpdesk.services.undoing import undo_of
from cpdesk.store import deleted_users, holdings, journal, products, user_lists, users


def forecast(work: Work, account_id: int, user_ids: Sequence[int]) -> RemovalForecast:
    """What deleting these users would do to the seats. Raises UserError `unknown_user`."""
    known_users(account_id, user_ids)
    freed = Counter(number for held in users.held_by(user_ids).values() for number in held)
    account = account_row(account_id, work.now)
    price = unit_prices.of(account, work.now)
    effects = people.seat_effects(account.mode, holdings.listed(account_id), freed, price)
    return RemovalForecast(tuple(user_lists.some(account_id, user_ids)), account.mode, effects, account.currency)


def remove(
    work: Work, account_id: int, user_ids: Collection[int], progress: Tell | None = None
) -> Done[tuple[RemovedUser, ...]]:
    """Delete users with an audit entry each, which holds the ledger lines. Raises UserError `unknown_user`."""
    persons = known_users(account_id, user_ids)
    if not persons:
        return Done((), frozenset())
    mode = account_row(account_id, work.now).mode
    book = Book(account_id, mode, holdings.of_account(account_id))
    held, part_numbers = users.held_by(persons), products.part_numbers()
    freed = {user_id: tuple(sorted(part_numbers[one] for one in held[user_id])) for user_id in persons}
    first = journal.next_id()
    entries: list[journal.Entry] = []
    for chunk in chunks(list(persons), progress):
        made = [_entry(work, book, user_id, held[user_id], persons[user_id], freed[user_id]) for user_id in chunk]
        journal.append(work.now, *made)
        entries += made
    numbered = list(enumerate(zip(persons, entries, strict=True), start=first))
    deleted_users.delete([(user_id, number) for number, (user_id, _made) in numbered], work.now)
    reversals = [reversal(number, entry.lines, user_id=user_id, restores=True) for number, (user_id, entry) in numbered]
    removed = tuple(RemovedUser(person["upn"], mode, freed[user_id]) for user_id, person in persons.items())
    return Done(removed, topics.LICENSES, undo_of(account_id, reversals))


def _entry(
    work: Work, book: Book, user_id: int, held: Sequence[int], person: dict[str, Any], freed: Sequence[str]
) -> journal.Entry:
    """Take in the book what the user holds, and say so for the audit log; `freed` are part numbers."""
    for product_id in held:
        book.unassign(product_id, user_id)
    return journal.Entry(
        action="user.removed",
        subject=f"user {user_id}",
        account_id=book.account_id,
        before=person | {"licenses": list(freed)},
        lines=book.take_lines(),
        by=work.signs,
        reason=work.reason,
    )
