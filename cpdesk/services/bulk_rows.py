"""The users whom the rows of a file name."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from cpdesk.base.errors import UserError
from cpdesk.domain import names
from cpdesk.domain.bulk.file import UPN, BulkFile, BulkRow, RowProblem
from cpdesk.domain.bulk.report import BulkReport, RowResult
from cpdesk.domain.rows import AccountRow
from cpdesk.store import users

T = TypeVar("T")


def keys(upns: Iterable[str]) -> set[str]:
    """The keys under which users with these user principal names may be stored."""
    return {key for upn in upns for key in (names.address_key(upn), names.key(upn))}


def found(known: Mapping[str, T], upn: str) -> T | None:
    """Who is stored under a key of this user principal name."""
    return known.get(names.address_key(upn)) or known.get(names.key(upn))


@dataclass(frozen=True, slots=True)
class Known:
    """The active users of an account whom a file names."""

    file: BulkFile
    ids: Mapping[str, int]
    """By key."""
    persons: Mapping[int, dict[str, Any]]
    """What is known of them by the names of `people.DETAILS`, by id."""

    @classmethod
    def of(cls, account_id: int, file: BulkFile, more: Iterable[str] = ()) -> "Known":
        """`more`: user principal names that the file names besides."""
        ids = users.ids_by_key(account_id, keys([*(row.upn for row in file.rows), *more]))
        return cls(file, ids, users.details(account_id, set(ids.values())))

    def id_of(self, upn: str) -> int | None:
        """The active user with this user principal name."""
        return found(self.ids, upn)

    def result(self, row: BulkRow) -> RowResult:
        """What is told of a row before it is looked into: who it is about, and what is wrong with its form."""
        person = self.persons.get(self.id_of(row.upn) or 0)
        if person is None:
            return RowResult(row.row, row.upn, problems=row.problems)
        return RowResult(row.row, person["upn"], person["display_name"], problems=row.problems)

    def nobody(self, row: BulkRow, refusal: UserError) -> RowProblem:
        """The refusal, or that the row's user principal name can be nobody's."""
        try:
            names.clean_address(row.upn, "bad_upn")
        except UserError as bad:
            refusal = bad
        return self.problem(row, refusal)

    def problem(self, row: BulkRow, refusal: UserError, column: str = UPN) -> RowProblem:
        """A refusal, found in a row."""
        return RowProblem.of(row.row, self.file.titles.get(column, self.file.titles[UPN]), refusal)


def with_problems(result: RowResult, *problems: RowProblem) -> RowResult:
    """The same row with more that is wrong with it."""
    return replace(result, changed=False, problems=(*result.problems, *problems))


def report_of(account: AccountRow, file: BulkFile, rows: Iterable[RowResult]) -> BulkReport:
    """What a file comes to that moves no seats."""
    return BulkReport(file.name, file.encoding, file.change, account.mode, tuple(rows), currency=account.currency)


def each_once() -> Callable[[BulkRow], bool]:
    """Tells of each row whether it is the first that names its user."""
    seen: set[str] = set()

    def is_first(row: BulkRow) -> bool:
        key = names.address_key(row.upn)
        first = key not in seen
        seen.add(key)
        return first

    return is_first
