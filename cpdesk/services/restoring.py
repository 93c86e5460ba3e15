"""Bringing deleted users back within 30 days (rule 14)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from cpdesk.base.errors import UserError
from cpdesk.base.progress import Tell, chunks
from cpdesk.domain import topics
from cpdesk.domain.book import Book
from cpdesk.domain.catalog import Product
from cpdesk.domain.modes import Mode
from cpdesk.domain.people import RESTORE_WITHIN, DeletedUser, RestoredUser
from cpdesk.domain.rows import AccountRow, Done
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
    require_restorable(account_id, [deleted], work.now)
    (plan,) = returns(account_row(account_id, work.now), [deleted])
    if plan.missing and not without_missing:
        known = products.by_id()
        raise UserError("restore_lacks_seats", upn=deleted.upn, missing=[known[number].name for number in plan.missing])
    return Done(bring_back(work, account_id, [plan])[0], topics.LICENSES)


@dataclass(frozen=True, slots=True)
class Return:
    """A deleted user, and the licenses of then by product id."""

    deleted: Deleted
    fitting: tuple[int, ...]
    """There are seats for them."""
    missing: tuple[int, ...]
    """The pool has no seat for them."""


def returns(account: AccountRow, gone: Sequence[Deleted]) -> list[Return]:
    """What deleted users can have again; seats of the pool go to those who come first."""
    held = deleted_users.products_at_removal(gone)
    free = {item.product_id: item.available for item in holdings.of_account(account.id)}
    plans = []
    for deleted in gone:
        fitting, missing = [], []
        for number in held.get(deleted.id, []):
            if account.mode is Mode.PURCHASE and free.get(number, 0) < 1:
                missing.append(number)
                continue
            free[number] = free.get(number, 0) - 1
            fitting.append(number)
        plans.append(Return(deleted, tuple(fitting), tuple(missing)))
    return plans


def bring_back(
    work: Work, account_id: int, plans: Sequence[Return], progress: Tell | None = None
) -> tuple[RestoredUser, ...]:
    """Make deleted users active again without what they miss, with an audit entry each."""
    mode, known = account_row(account_id, work.now).mode, products.by_id()
    book = Book(account_id, mode, holdings.of_account(account_id))
    deleted_users.undelete([plan.deleted.id for plan in plans])
    for chunk in chunks(plans, progress):
        journal.append(work.now, *(_entry(work, book, plan, known) for plan in chunk))
    return tuple(
        RestoredUser(
            plan.deleted.upn,
            mode,
            tuple(sorted(known[number].part_number for number in plan.fitting)),
            tuple(known[number].name for number in plan.missing),
        )
        for plan in plans
    )


def _entry(work: Work, book: Book, plan: Return, known: Mapping[int, Product]) -> journal.Entry:
    """Give back in the book what there are seats for, and say so for the audit log."""
    deleted = plan.deleted
    for number in plan.fitting:
        book.assign(number, deleted.id, product=known[number].name)
    return journal.Entry(
        action="user.restored",
        subject=f"user {deleted.id}",
        account_id=book.account_id,
        after={
            "upn": deleted.upn,
            "licenses": sorted(known[number].part_number for number in plan.fitting),
            "without": [known[number].name for number in plan.missing],
        },
        lines=book.take_lines(),
        by=work.signs,
        reason=work.reason,
    )
