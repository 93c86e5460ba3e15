"""Users of an account."""

from dataclasses import dataclass

from cpdesk.base.errors import UserError
from cpdesk.domain import names
from cpdesk.domain.book import Book
from cpdesk.domain.modes import Mode
from cpdesk.domain.operators import Session
from cpdesk.domain.rows import Done, UserRow
from cpdesk.services.base import UseCases, account_row
from cpdesk.store import holdings, journal, products, users

TOPICS = frozenset({"accounts", "seats", "users", "audit"})


@dataclass(frozen=True, slots=True)
class RemovedUser:
    """What became of the seats of a deleted user."""

    upn: str
    mode: Mode
    """Usage Mode: the seats left the tenant. Purchase Mode: they are back in the pool and stay billable."""
    freed: tuple[str, ...]
    """Part numbers, sorted."""


class Users(UseCases):
    """Rule 14."""

    def rows(self, by: Session, account_id: int) -> list[UserRow]:
        """Active users by display name, with the licenses they hold."""
        with self._reading(by, account_id):
            return users.listed(account_id)

    def add(self, by: Session, account_id: int, upn: str, name: str) -> Done[UserRow]:
        """Add a user without licenses.

        Raises UserError `bad_upn`, `upn_taken`, `text_empty`, `text_too_long` or `text_not_printable`.
        """
        with self._changing(by, account_id) as work:
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
            )
            journal.append(work.now, entry)
            row = UserRow(user_id, address, str(person["display_name"]), False, bool(person["guest"]), ())
            return Done(row, TOPICS)

    def remove(self, by: Session, account_id: int, upn: str) -> Done[RemovedUser]:
        """Delete a user; all the user's assignments end at once. Raises UserError `unknown_user`."""
        with self._changing(by, account_id) as work:
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
            )
            journal.append(work.now, entry)
            users.delete(user_id, work.now)
            return Done(RemovedUser(str(person["upn"]), account.mode, freed), TOPICS)


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
