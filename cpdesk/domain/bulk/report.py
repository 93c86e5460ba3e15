"""What carrying out a file comes to, row by row; or why it cannot be carried out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cpdesk.base.errors import UserError
from cpdesk.domain.bulk.file import BulkChange, RowProblem
from cpdesk.domain.modes import Mode

PROBLEMS_TOLD = 100
"""A file with more of them has one cause for most of them."""


@dataclass(frozen=True, slots=True)
class RowResult:
    """What becomes of one row."""

    row: int
    """Line of the file as a spreadsheet numbers it."""
    upn: str
    """As the tenant spells it where it is known there."""
    name: str = ""
    """Display name of the user, where one is known."""
    changed: bool = False
    """Otherwise it is so already, or there is a problem."""
    part_number: str = ""
    product: str = ""
    """Name of the product, or what the file says where that is none."""
    licenses: tuple[str, ...] = ()
    """Part numbers, sorted, that a removed user gives back or a restored one has again."""
    missing: tuple[str, ...] = ()
    """Names of the products for which a restored user gets no seat."""
    problems: tuple[RowProblem, ...] = ()


@dataclass(frozen=True, slots=True)
class ProductMoves:
    """How many seats of one product change hands."""

    part_number: str
    name: str
    count: int
    unit_price: Decimal | None = None
    """What a seat costs a month today; None without a price."""
    missing: int = 0
    """Seats that the pool lacks."""
    lacking_rows: tuple[int, ...] = ()
    """Rows for which there is none, were the seats given out in the order of the file."""


@dataclass(frozen=True, slots=True)
class BulkOptions:
    """How a file is meant."""

    empty_clears: bool = False
    """EDIT: an empty cell empties the field. Otherwise the field stays as it is."""
    without_missing: bool = False
    """RESTORE: leave out the licenses for which the pool has no seat."""
    release: bool = False
    """REMOVE: in Purchase Mode, the seats that become free leave the pool."""


@dataclass(frozen=True, slots=True)
class BulkReport:
    """What a file would do, or has done."""

    file: str
    """Name without its folder."""
    encoding: str
    change: BulkChange
    mode: Mode
    rows: tuple[RowResult, ...]
    """In the order of the file."""
    products: tuple[ProductMoves, ...] = ()
    """By name: of seats that users get, or give back."""
    currency: str = ""
    """ISO 4217, of the prices."""
    released: bool = False
    """REMOVE: whether the seats that become free leave the tenant, so that nobody pays for them any longer."""
    falls_later: date | None = None
    """Account-local: from when what leaves today is no longer billed (rule 11); None: from today on."""

    @property
    def changed(self) -> int:
        """Rows that change something."""
        return sum(row.changed for row in self.rows)

    @property
    def unchanged(self) -> int:
        """Rows that are so already."""
        return sum(not row.changed and not row.problems for row in self.rows)

    @property
    def users(self) -> int:
        """Users whom the changed rows are about."""
        return len({row.upn for row in self.rows if row.changed})

    @property
    def problems(self) -> tuple[RowProblem, ...]:
        """Of all rows; with one or more nothing is carried out."""
        return tuple(problem for row in self.rows for problem in row.problems)

    @property
    def lacking(self) -> tuple[ProductMoves, ...]:
        """Products of which the pool has too few seats; with one or more nothing is carried out."""
        return tuple(product for product in self.products if product.missing)


def require_clean(report: BulkReport) -> None:
    """Raise UserError `file_has_problems` (all of them counted, the first told) or `file_lacks_seats`."""
    problems = report.problems
    if problems:
        told = tuple(_in_file(report.file, problems[:PROBLEMS_TOLD]))
        raise UserError("file_has_problems", file=report.file, count=len(problems), problems=told)
    if report.lacking:
        raise UserError("file_lacks_seats", file=report.file, lacking=report.lacking)


def _in_file(file: str, problems: tuple[RowProblem, ...]) -> Iterator[RowProblem]:
    """A problem that is told alone says of which file it is."""
    for problem in problems:
        yield RowProblem(problem.row, problem.column, problem.code, {"file": file, **problem.params})
