"""Which user of the account a row of the file is (the product's rule 14)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from cpdesk.domain import names
from cpdesk.domain.user_import.rows import ExportRow


class UserValues(NamedTuple):
    """What the program knows of a user apart from licenses."""

    upn: str
    object_id: str | None = None
    """Lower case."""
    display_name: str = ""
    first_name: str = ""
    last_name: str = ""
    usage_location: str = ""
    job_title: str = ""
    department: str = ""
    blocked: bool = False
    guest: bool = False


class KnownUser(NamedTuple):
    """An active user of the account. Deleted ones are left out: importing their UPN makes a new user."""

    id: int
    values: UserValues
    guids: frozenset[str] = frozenset()
    """The products assigned to the user."""


class KnownUsers:
    """The active users of an account, found by object id and by UPN."""

    def __init__(self, users: Iterable[KnownUser]) -> None:
        self.all = tuple(users)
        self._by_object = {user.values.object_id: user for user in self.all if user.values.object_id}
        self._by_upn = {names.address_key(user.values.upn): user for user in self.all}

    def by_object_id(self, row: ExportRow) -> KnownUser | None:
        """Whom the row means by its object id."""
        return self._by_object.get(row.object_id) if row.object_id else None

    def by_upn(self, row: ExportRow) -> KnownUser | None:
        """Whom the row means by its UPN; nobody if both sides have object ids, for those decide."""
        user = self._by_upn.get(names.address_key(row.upn))
        return None if user and user.values.object_id and row.object_id else user


@dataclass(frozen=True, slots=True)
class Pairing:
    """The rows of active users with the users they mean."""

    known: KnownUsers
    users: Mapping[int, KnownUser]
    """By row number; the other rows are new users."""
    upn_in_use: frozenset[int]
    """Numbers of the rows whose UPN another active user keeps."""

    def own_guids(self) -> dict[int, frozenset[str]]:
        """The products that the user of each row has now, by row number: `own_guids` of `match_rows`."""
        return {row: user.guids for row, user in self.users.items()}


def pair(rows: Iterable[ExportRow], users: Iterable[KnownUser]) -> Pairing:
    """Find the user of each row, deleted rows left out. Linear in rows and users.

    UPNs may move between users, in circles too. A row gets no UPN that an active user keeps: one whom the
    file does not mention, or whose own rename is impossible for the same reason.
    """
    known = KnownUsers(users)
    active = [row for row in rows if not row.deleted]
    if not known.all:
        return Pairing(known, {}, frozenset())
    paired = {row.row: user for row in active if (user := known.by_object_id(row))}
    taken = {user.id for user in paired.values()}
    for row in active:
        user = None if row.row in paired else known.by_upn(row)
        if user and user.id not in taken:
            paired[row.row] = user
    return Pairing(known, paired, _upn_in_use(active, paired, known))


def _upn_in_use(rows: Iterable[ExportRow], users: Mapping[int, KnownUser], known: KnownUsers) -> frozenset[int]:
    paired = {user.id for user in users.values()}
    kept = [names.address_key(user.values.upn) for user in known.all if user.id not in paired]
    claims = {names.address_key(row.upn): row.row for row in rows} if kept else {}
    refused: set[int] = set()
    while kept:
        row = claims.get(kept.pop())
        if row is None or row in refused:
            continue
        refused.add(row)
        if row in users:
            kept.append(names.address_key(users[row].values.upn))
    return frozenset(refused)
