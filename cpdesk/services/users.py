"""Users of an account."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from cpdesk.base.errors import UserError
from cpdesk.domain import names, topics
from cpdesk.domain.book import Book
from cpdesk.domain.modes import Mode
from cpdesk.domain.operators import Session
from cpdesk.domain.rows import Done, UserRow
from cpdesk.services.base import UseCases, account_row
from cpdesk.store import holdings, journal, products, users

RESTORE_WITHIN = timedelta(days=30)
"""How long a deleted user can be brought back; Microsoft keeps them as long."""


@dataclass(frozen=True, slots=True)
class RemovedUser:
    """What became of the seats of a deleted user."""

    upn: str
    mode: Mode
    """Usage Mode: the seats left the tenant. Purchase Mode: they are back in the pool and stay billable."""
    freed: tuple[str, ...]
    """Part numbers, sorted."""


@dataclass(frozen=True, slots=True)
class RestoredUser:
    """What a restored user has again."""

    upn: str
    mode: Mode
    assigned: tuple[str, ...]
    """Part numbers, sorted."""
    missing: tuple[str, ...]
    """Names of the products for which the pool had no seat."""


class Users(UseCases):
    """Rule 14."""

    def rows(self, by: Session, account_id: int) -> list[UserRow]:
        """Active users by display name, with the licenses they hold."""
        with self._reading(by, account_id):
            return users.listed(account_id)

    def add(self, by: Session, account_id: int, upn: str, name: str, *, reason: str = "") -> Done[UserRow]:
        """Add a user without licenses.

        Raises UserError `bad_upn`, `upn_taken`, `text_empty`, `text_too_long` or `text_not_printable`.
        """
        with self._changing(by, account_id, reason) as work:
            address = names.clean_address(upn, "bad_upn")
            if users.find(account_id, address) is not None:
                raise UserError("upn_taken", upn=address)
            person = _person(address, names.clean_text(name, "name"))
            user_id = users.next_id()
            users.insert(account_id, work.now, [(user_id, person)])
            entry = journal.Entry(
                action="user.added",
                subject=f"user {user_id}",
                account_id=account_id,
                after=person,
                by=work.by,
                reason=work.reason,
            )
            journal.append(work.now, entry)
            row = UserRow(user_id, address, str(person["display_name"]), False, bool(person["guest"]), ())
            return Done(row, topics.LICENSES)

    def remove(self, by: Session, account_id: int, upn: str, *, reason: str = "") -> Done[RemovedUser]:
        """Delete a user; all the user's assignments end at once. Raises UserError `unknown_user`."""
        with self._changing(by, account_id, reason) as work:
            user_id = users.find(account_id, upn)
            if user_id is None:
                raise UserError("unknown_user", upn=upn)
            person = users.details(user_id)
            account = account_row(account_id)
            held = users.held_products(user_id)
            book = Book(account_id, account.mode, holdings.of_account(account_id))
            for product_id in held:
                book.unassign(product_id, user_id)
            part_numbers = products.part_numbers()
            freed = tuple(sorted(part_numbers[product_id] for product_id in held))
            entry = journal.Entry(
                action="user.removed",
                subject=f"user {user_id}",
                account_id=account_id,
                before=person | {"licenses": list(freed)},
                lines=tuple(book.lines),
                by=work.by,
                reason=work.reason,
            )
            journal.append(work.now, entry)
            users.delete(user_id, work.now)
            return Done(RemovedUser(str(person["upn"]), account.mode, freed), topics.LICENSES)

    def restore(
        self, by: Session, account_id: int, upn: str, *, without_missing: bool = False, reason: str = ""
    ) -> Done[RestoredUser]:
        """Bring back a user deleted in the last 30 days, with the licenses held then as new assignments.

        In Purchase Mode they come from the pool. Raises UserError `restore_lacks_seats` (with the products, by
        name) before anything is done, unless `without_missing` accepts that those are left out; also
        `no_deleted_user`, `restore_too_late`, or `upn_taken` where an active user is that person by now.
        """
        with self._changing(by, account_id, reason) as work:
            deleted = _restorable(account_id, upn, work.now)
            account = account_row(account_id)
            known = products.by_id()
            book = Book(account_id, account.mode, holdings.of_account(account_id))
            wanted = users.products_at_removal(deleted.id)
            fitting = [number for number in wanted if account.mode is Mode.USAGE or book.holding(number).available]
            missing = [known[number].name for number in wanted if number not in fitting]
            if missing and not without_missing:
                raise UserError("restore_lacks_seats", upn=deleted.upn, missing=missing)
            users.undelete(deleted.id)
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


def _restorable(account_id: int, upn: str, now: datetime) -> users.Deleted:
    deleted = users.latest_deleted(account_id, upn)
    if deleted is None:
        raise UserError("no_deleted_user", upn=upn)
    if now - deleted.deleted_at > RESTORE_WITHIN:
        raise UserError("restore_too_late", upn=deleted.upn, deleted_at=deleted.deleted_at)
    if users.taken(account_id, deleted):
        raise UserError("upn_taken", upn=deleted.upn)
    return deleted


def _person(upn: str, display_name: str) -> dict[str, object]:
    blank = dict.fromkeys(("first_name", "last_name", "usage_location", "job_title", "department"), "")
    return {
        "object_id": None,
        "upn": upn,
        "display_name": display_name,
        **blank,
        "blocked": False,
        "guest": names.is_guest(upn),
    }
