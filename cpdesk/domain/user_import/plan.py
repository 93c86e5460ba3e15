"""What an import will do to an account, computed before anything is done (the product's rules 14 and 15)."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from cpdesk.base.progress import Tell, counted
from cpdesk.domain import names
from cpdesk.domain.catalog import Product, name_key
from cpdesk.domain.user_import.names import MatchedLicenses
from cpdesk.domain.user_import.pairing import KnownUser, Pairing, UserValues
from cpdesk.domain.user_import.rows import ExportRow


class Outcome(StrEnum):
    """What becomes of a row that is not skipped."""

    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


class SkipReason(StrEnum):
    """Why a row is left out."""

    DELETED = "deleted_in_file"
    """The user is in the tenant's bin, and not active here."""
    DELETED_BUT_ACTIVE = "active_here_deleted_in_file"
    """The user is in the tenant's bin but active here, and is kept."""
    UPN_IN_USE = "upn_in_use"
    """Another active user of the account keeps the UPN."""


@dataclass(frozen=True, slots=True)
class SkippedRow:
    """A row that is left out."""

    row: int
    upn: str
    reason: SkipReason


class RowChange(NamedTuple):
    """What a row makes of its user."""

    row: int
    user_id: int | None
    """None: a new user."""
    before: UserValues | None
    values: UserValues
    """All of them, as they will be."""
    assign: tuple[str, ...]
    """GUIDs, in the order of the file."""
    unassign: tuple[str, ...]
    """GUIDs, sorted."""
    not_assignable: tuple[Product, ...]
    """Tenant products that the file names on this user: left out."""
    unmatched: tuple[str, ...]
    """Names that fit no product, or several."""
    kept: tuple[str, ...] = ()
    """GUIDs of what the user has and keeps, sorted."""

    @property
    def outcome(self) -> Outcome:
        """A change of licenses alone is an update too."""
        if self.before is None:
            return Outcome.ADDED
        changed = self.values != self.before or self.assign or self.unassign
        return Outcome.UPDATED if changed else Outcome.UNCHANGED

    @property
    def changed_fields(self) -> tuple[tuple[str, object, object], ...]:
        """What is said anew of a known user: name of the field, before and after."""
        pairs = zip(UserValues._fields, self.before or self.values, self.values, strict=True)
        return tuple((name, was, will_be) for name, was, will_be in pairs if was != will_be)

    @property
    def renamed(self) -> bool:
        """Whether a known user gets another UPN. Renames can form circles: free all before setting any."""
        return self.before is not None and self.before.upn != self.values.upn

    @property
    def identified_anew(self) -> bool:
        """Whether a known user gets another UPN or object id, which somebody else may still have."""
        return self.before is not None and self.before[:2] != self.values[:2]


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """Everything an import will do. Users whom the file does not mention are not in it: they are kept."""

    changes: tuple[RowChange, ...]
    """In the order of the file, unchanged rows included."""
    skipped: tuple[SkippedRow, ...]
    """In the order of the file."""

    def count(self, outcome: Outcome) -> int:
        """How many rows end so."""
        return sum(change.outcome is outcome for change in self.changes)

    @property
    def updated(self) -> tuple[RowChange, ...]:
        """The users who are there already and of whom something changes."""
        return tuple(change for change in self.changes if change.outcome is Outcome.UPDATED)

    @property
    def assigned(self) -> int:
        """Assignments that are made."""
        return sum(len(change.assign) for change in self.changes)

    @property
    def unassigned(self) -> int:
        """Assignments that end."""
        return sum(len(change.unassign) for change in self.changes)

    @property
    def net_seats(self) -> dict[str, int]:
        """By how many seats the assignments of a product change in the end, by GUID; zeros are left out.

        Seats are checked against these numbers: what one user gives back another may get.
        """
        net: Counter[str] = Counter()
        for change in self.changes:
            net.update(change.assign)
            net.subtract(change.unassign)
        return {guid: seats for guid, seats in sorted(net.items()) if seats}

    @property
    def unknown_products(self) -> tuple[str, ...]:
        """The names that could not be matched, each once, as first spelled."""
        first: dict[str, str] = {}
        for change in self.changes:
            for name in change.unmatched:
                first.setdefault(name_key(name), name)
        return tuple(first.values())

    @property
    def not_assignable(self) -> tuple[Product, ...]:
        """The tenant products that the file names on users, each once."""
        products = {product.guid: product for change in self.changes for product in change.not_assignable}
        return tuple(products.values())

    def report(self) -> dict[str, object]:
        """The counts and lists as the command line prints them; products by display name."""
        return {
            **{outcome.value: self.count(outcome) for outcome in Outcome},
            "skipped": [
                {"row": skipped.row, "upn": skipped.upn, "reason": skipped.reason.value} for skipped in self.skipped
            ],
            "assigned": self.assigned,
            "unassigned": self.unassigned,
            "unknown_products": list(self.unknown_products),
            "not_assignable": [product.name for product in self.not_assignable],
        }


_NOTHING_MATCHED = MatchedLicenses()


def plan_import(
    rows: Sequence[ExportRow],
    pairing: Pairing,
    matches: Mapping[int, MatchedLicenses],
    progress: Tell | None = None,
) -> ImportPlan:
    """Plan the import of a file into the account that its rows are paired with; `matches` is by row number.

    Linear in rows and users; `progress` is told the rows. Importing the same file again plans no change.
    """
    moves = _Moves()
    changes = tuple(
        _change(row, pairing.users.get(row.row), matches.get(row.row, _NOTHING_MATCHED), moves)
        for row in counted(rows, progress)
        if not row.deleted and row.row not in pairing.upn_in_use
    )
    return ImportPlan(changes, tuple(_skipped(rows, pairing)))


def _skipped(rows: Iterable[ExportRow], pairing: Pairing) -> Iterable[SkippedRow]:
    active_in_file = {user.id for user in pairing.users.values()}
    for row in rows:
        if row.deleted:
            user = pairing.known.by_object_id(row) or pairing.known.by_upn(row)
            active_here = user is not None and user.id not in active_in_file
            reason = SkipReason.DELETED_BUT_ACTIVE if active_here else SkipReason.DELETED
            yield SkippedRow(row.row, row.upn, reason)
        elif row.row in pairing.upn_in_use:
            yield SkippedRow(row.row, row.upn, SkipReason.UPN_IN_USE)


class _Moves:
    """Which licenses come, go and stay: worked out once for all who hold the same and have the same in the file."""

    def __init__(self) -> None:
        self._known: dict[tuple[frozenset[str], int], tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {}

    def of(
        self, held: frozenset[str], matched: MatchedLicenses
    ) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
        """GUIDs that are assigned, in the order of the file; unassigned, sorted; and kept, sorted."""
        # The plan's matches are there until it is made: no two have one identity.
        key = held, id(matched)
        if key not in self._known:
            left = held.difference(matched.assignable) if matched.complete else frozenset[str]()
            assign = tuple(guid for guid in matched.assignable if guid not in held)
            self._known[key] = assign, tuple(sorted(left)), tuple(sorted(held - left))
        return self._known[key]


def _change(row: ExportRow, user: KnownUser | None, matched: MatchedLicenses, moves: _Moves) -> RowChange:
    assign, unassign, kept = moves.of(user.guids if user else frozenset(), matched)
    return RowChange(
        row=row.row,
        user_id=user.id if user else None,
        before=user.values if user else None,
        values=_updated(row, user.values) if user else _new(row),
        assign=assign,
        unassign=unassign,
        not_assignable=matched.tenant_products,
        unmatched=matched.unmatched,
        kept=kept,
    )


def _new(row: ExportRow) -> UserValues:
    """A user as the file describes it."""
    upn = names.readable_address(row.upn)
    return UserValues(
        upn=upn,
        object_id=row.object_id,
        display_name=row.display_name or upn,
        first_name=row.first_name or "",
        last_name=row.last_name or "",
        usage_location=row.usage_location or "",
        job_title=row.job_title or "",
        department=row.department or "",
        blocked=bool(row.blocked),
        guest=row.guest,
    )


def _updated(row: ExportRow, old: UserValues) -> UserValues:
    """The user as the file describes it; where it says nothing, as before."""
    upn = names.readable_address(row.upn)
    values = UserValues(
        # Another spelling of the same UPN is no change, whoever stored it.
        upn=old.upn if upn == old.upn or names.address_key(old.upn) == names.key(upn) else upn,
        object_id=row.object_id or old.object_id,
        display_name=row.display_name or old.display_name,
        first_name=_either(row.first_name, old.first_name),
        last_name=_either(row.last_name, old.last_name),
        usage_location=_either(row.usage_location, old.usage_location),
        job_title=_either(row.job_title, old.job_title),
        department=_either(row.department, old.department),
        blocked=old.blocked if row.blocked is None else row.blocked,
        guest=row.guest,
    )
    # Of a large tenant most are as they were, and need not be held twice.
    return old if values == old else values


def _either(told: str | None, before: str) -> str:
    return before if told is None else told
