"""Users of an account."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from cpdesk.base.errors import UserError
from cpdesk.base.progress import Tell
from cpdesk.domain import names, overlaps, people, topics
from cpdesk.domain.accounts import Status
from cpdesk.domain.leaving import Departure, RemovalForecast, SeatWish
from cpdesk.domain.operators import Session
from cpdesk.domain.people import (
    DeletedUser,
    RemovedUser,
    RestoredUser,
    UserDetails,
    UserFields,
    UserFilter,
    UserQuery,
)
from cpdesk.domain.rows import Done, UserRow
from cpdesk.services import removing, restoring, user_writing
from cpdesk.services.base import UseCases
from cpdesk.services.known_users import fields_of, known_user, known_users
from cpdesk.services.overlaps import WhichContain
from cpdesk.services.settling import Settler
from cpdesk.store import holdings, products, user_lists, users

if TYPE_CHECKING:
    from cpdesk.store.store import Store


class Users(UseCases):
    """Rule 14."""

    def __init__(self, store: "Store", settler: Settler, contained: WhichContain) -> None:
        """`contained` tells which products others contain."""
        super().__init__(store, settler)
        self._contained = contained

    def rows(self, by: Session, account_id: int) -> list[UserRow]:
        """Active users by display name, with the licenses they hold."""
        with self._reading(by, account_id):
            return users.listed(account_id)

    def find_ids(self, by: Session, account_id: int, query: UserQuery) -> tuple[int, ...]:
        """Ids of the active users that the query wants, all of them, in its order: quick even for 50,000."""
        with self._reading(by, account_id):
            pairs = self._overlaps(account_id) if UserFilter.OVERLAPPING in query.show else ()
            return user_lists.find_ids(account_id, query, pairs)

    def some(self, by: Session, account_id: int, ids: Sequence[int]) -> list[UserRow]:
        """These active users in this order; who is deleted or not of this account is left out."""
        with self._reading(by, account_id):
            return user_lists.some(account_id, ids)

    def counts(self, by: Session, account_id: int) -> dict[UserFilter, int]:
        """How many active users each filter shows by itself."""
        with self._reading(by, account_id):
            return user_lists.counts(account_id, self._overlaps(account_id))

    def show(self, by: Session, account_id: int, user_id: int) -> UserDetails:
        """Everything that is known of an active user. Raises UserError `unknown_user`."""
        with self._reading(by, account_id):
            return _details(account_id, user_id)

    def find(self, by: Session, account_id: int, upn: str) -> UserDetails:
        """The active user with this UPN, whatever the case. Raises UserError `unknown_user`."""
        with self._reading(by, account_id):
            return _details(account_id, known_user(account_id, upn))

    def deleted(self, by: Session, account_id: int) -> list[DeletedUser]:
        """Deleted users who can still be brought back, the latest first."""
        with self._reading(by, account_id) as work:
            return restoring.restorable(account_id, work.now)

    def removal(self, by: Session, account_id: int, user_ids: Sequence[int]) -> RemovalForecast:
        """What deleting these users would do to the seats of each product. Raises UserError `unknown_user`."""
        with self._reading(by, account_id) as work:
            return removing.forecast(work, account_id, user_ids)

    def edit(
        self, by: Session, account_id: int, user_id: int, fields: UserFields, *, reason: str = ""
    ) -> Done[UserDetails]:
        """Change what is known of a user; another UPN is a rename, the user and the licenses stay the same.

        Raises UserError `unknown_user`, `bad_upn`, `upn_taken`, `unknown_country` (usage location), `text_empty`
        (display name), `text_too_long` or `text_not_printable`.
        """
        with self._changing(by, account_id, reason) as work:
            before = known_users(account_id, [user_id])[user_id]
            wanted = people.checked(fields, fields_of(before))
            if users.find(account_id, wanted.upn) not in {None, user_id}:
                raise UserError("upn_taken", upn=wanted.upn)
            guest = before["guest"] if wanted.upn == before["upn"] else names.is_guest(wanted.upn)
            after = before | asdict(wanted) | {"guest": guest}
            if after == before:
                return Done(_details(account_id, user_id), frozenset())
            user_writing.update(work, account_id, {user_id: (before, after)})
            return Done(_details(account_id, user_id), topics.LICENSES)

    def remove_many(
        self,
        by: Session,
        account_id: int,
        user_ids: Collection[int],
        *,
        reason: str = "",
        release: bool = False,
        progress: Tell | None = None,
    ) -> Done[tuple[RemovedUser, ...]]:
        """Delete users, all or none of them; their assignments end at once. Raises UserError `unknown_user`.

        `release`: the seats that become free leave the pool, so that nobody pays for them any longer; in Usage Mode
        they leave anyway. `progress` is told of the users; what it raises ends the change, and nobody is deleted.
        """
        with self._changing(by, account_id, reason, even=Status.SUSPENDED) as work:
            done = removing.remove(work, account_id, user_ids, progress, release=release)
            return Done(done.value.users, done.topics, done.undo)

    def leave(
        self,
        by: Session,
        account_id: int,
        user_ids: Collection[int],
        wishes: Sequence[SeatWish] = (),
        *,
        reason: str = "",
        progress: Tell | None = None,
    ) -> Done[Departure]:
        """Delete users, and hand their seats on or release them as is wished: all of it or nothing, and one Undo.

        A seat that nothing is wished for goes back to the pool. What is released is what is free when it runs: in
        Usage Mode, where all of it leaves anyway, nothing. Raises UserError `unknown_user` (a taker, too),
        `unknown_product`, `taker_leaves`, `already_assigned`, `takers_exceed_freed` where fewer seats became free
        than are to be handed on, or `account_suspended` where somebody is to get a license. `progress` as in
        `remove_many`.
        """
        with self._changing(by, account_id, reason, even=Status.SUSPENDED) as work:
            return removing.remove(work, account_id, user_ids, progress, wishes=wishes)

    def add(
        self,
        by: Session,
        account_id: int,
        upn: str,
        name: str,
        *,
        fields: UserFields | None = None,
        reason: str = "",
    ) -> Done[UserRow]:
        """Add a user without licenses; `fields` may give the rest (UPN and name are taken from the arguments).

        Raises UserError `bad_upn`, `upn_taken`, `unknown_country` (usage location), `text_empty`, `text_too_long`
        or `text_not_printable`.
        """
        with self._changing(by, account_id, reason) as work:
            given = fields or UserFields(name, upn)
            row = user_writing.add(work, account_id, people.checked(replace(given, display_name=name, upn=upn)))
            return Done(row, topics.LICENSES)

    def remove(
        self, by: Session, account_id: int, upn: str, *, reason: str = "", release: bool = False
    ) -> Done[RemovedUser]:
        """Delete a user; all the user's assignments end at once. `release` as in `remove_many`.

        Raises UserError `unknown_user`.
        """
        with self._changing(by, account_id, reason, even=Status.SUSPENDED) as work:
            done = removing.remove(work, account_id, [known_user(account_id, upn)], release=release)
            return Done(done.value.users[0], done.topics, done.undo)

    def restore(
        self,
        by: Session,
        account_id: int,
        upn: str = "",
        *,
        without_missing: bool = False,
        reason: str = "",
        user_id: int | None = None,
    ) -> Done[RestoredUser]:
        """Bring back a user deleted in the last 30 days, with the licenses held then as new assignments.

        The one with `user_id`, else the one who was deleted last with that UPN. In Purchase Mode the licenses come
        from the pool. Raises UserError `restore_lacks_seats` (with the products, by name) before anything is done,
        unless `without_missing` accepts that those are left out; also `no_deleted_user`, `restore_too_late`, or
        `upn_taken` where an active user is that person by now.
        """
        with self._changing(by, account_id, reason) as work:
            deleted = restoring.find(account_id, upn, user_id)
            return restoring.restore(work, account_id, deleted, without_missing=without_missing)

    def _overlaps(self, account_id: int) -> list[tuple[int, int]]:
        """Products that somebody in the account holds and another one contains, with that one, by id."""
        known = products.by_id()
        held = {known[one.product_id].guid: one.product_id for one in holdings.of_account(account_id) if one.assigned}
        return [(held[small], held[large]) for small, large in overlaps.pairs(held, self._contained(held))]


def _details(account_id: int, user_id: int) -> UserDetails:
    person = known_users(account_id, [user_id])[user_id]
    return UserDetails(
        id=user_id,
        fields=fields_of(person),
        guest=person["guest"],
        object_id=person["object_id"],
        created_at=users.created_at(user_id),
        licenses=tuple(users.licenses(user_id)),
    )
