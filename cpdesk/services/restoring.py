"""Bringing deleted users back within 30 days (rule 14)."""

from collections.abc import Collection
from datetime import datetime

from cpdesk.base.errors import UserError
from cpdesk.domain import topics
from cpdesk.domain.book import Book
from cpdesk.domain.modes import Mode
from cpdesk.domain.people import RESTORE_WITHIN, DeletedUser, RestoredUser
from cpdesk.domain.rows import Done
from cpdesk.services.base import Work, account_row
from cpdesk.store import deleted_users, holdings, journal, products
from cpdesk.store.deleted_users import Deleted


def restorable(account_id: int, now: datetime) -> list[DeletedUser]:
    """Deleted users who can still be brought back, the latest first."""
    gone = deleted_users.since(account_id, now - RESTORE_WITHIN)
    held, part_numbers = deleted_users.products_at_removal(gone), products.part_numbers()
    return [
        DeletedUser(
            id=user.id,
            upn=user.upn,
            display_name=user.display_name,
            deleted_at=user.deleted_at,
            restorable_until=user.deleted_at + RESTORE_WITHIN,
            licenses=tuple(sorted(part_numbers[number] for number in held.get(user.id, ()))),
        )
        for user in gone
    ]


def find(account_id: int, upn: str, user_id: int | None) -> Deleted:
    """The deleted user with this id, else who was deleted last with this UPN. Raises UserError `no_deleted_user`."""
    if user_id is None:
        deleted = deleted_users.latest(account_id, upn)
    else:
        deleted = deleted_users.some(account_id, [user_id]).get(user_id)
    if deleted is None:
        raise UserError("no_deleted_user", upn=upn or str(user_id))
    return deleted


def require_restorable(account_id: int, gone: Collection[Deleted], now: datetime) -> None:
    """Raise UserError `restore_too_late`, or `upn_taken` where an active user is such a person by now."""
    for deleted in gone:
        if now - deleted.deleted_at > RESTORE_WITHIN:
            raise UserError("restore_too_late", upn=deleted.upn, deleted_at=deleted.deleted_at)
    for deleted in deleted_users.taken(account_id, gone):
        raise UserError("upn_taken", upn=deleted.upn)


def restore(work: Work, account_id: int, deleted: Deleted, *, without_missing: bool) -> Done[RestoredUser]:
    """Make a deleted user active again, with new assignments of what was held.

    Raises UserError `restore_lacks_seats` unless `without_missing`, and what `require_restorable` raises.
    """
    account = account_row(account_id, work.now)
    require_restorable(account_id, [deleted], work.now)
    known = products.by_id()
    book = Book(account_id, account.mode, holdings.of_account(account_id))
    wanted = deleted_users.products_at_removal([deleted]).get(deleted.id, [])
    fitting = [number for number in wanted if account.mode is Mode.USAGE or book.holding(number).available]
    missing = [known[number].name for number in wanted if number not in fitting]
    if missing and not without_missing:
        raise UserError("restore_lacks_seats", upn=deleted.upn, missing=missing)
    deleted_users.undelete([deleted.id])
    for number in fitting:
        book.assign(number, deleted.id, product=known[number].name)
    restored = tuple(sorted(known[number].part_number for number in fitting))
    entry = journal.Entry(
        action="user.restored",
        subject=f"user {deleted.id}",
        account_id=account_id,
        after={"upn": deleted.upn, "licenses": list(restored), "without": missing},
        lines=tuple(book.lines),
        by=work.by,
        reason=work.reason,
    )
    journal.append(work.now, entry)
    return Done(RestoredUser(deleted.upn, account.mode, restored, tuple(missing)), topics.LICENSES)
