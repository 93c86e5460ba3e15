"""What the page is told of a statement."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from cpdesk.domain.billing import Statement, StatementRow
from cpdesk.domain.documents import DocumentLine, StatementDocument
from cpdesk.domain.issuing import IssuedStatement
from cpdesk.domain.operators import Session
from cpdesk.domain.rows import AccountRow

if TYPE_CHECKING:
    from cpdesk.services.bundle import Services


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line as it is shown, and where it can be explained."""

    place: int
    """On the statement that is shown, from 0."""
    line: DocumentLine
    explained_at: int | None
    """Its place on the statement as things stand; None where that has no such line."""


@dataclass(frozen=True)  # no slots: the rows are made once
class StatementFacts:
    """One statement with its surroundings."""

    account: AccountRow
    statement: Statement
    """As things stand."""
    document: StatementDocument
    """As it is printed: as it was issued, else as things stand."""
    issued: IssuedStatement | None
    months: tuple[date, ...]
    """The first days of all months of the account, newest first."""

    @cached_property
    def rows(self) -> tuple[LineRow, ...]:
        """The lines that are shown."""
        places = {_key(row): place for place, row in enumerate(self.statement.lines)}
        lines = enumerate(self.document.lines)
        return tuple(LineRow(place, line, places.get(_key(line))) for place, line in lines)

    @property
    def before(self) -> date | None:
        """The month before, if the account has one."""
        return max((month for month in self.months if month < self.statement.month), default=None)

    @property
    def after(self) -> date | None:
        """The month after, if it has begun."""
        return min((month for month in self.months if month > self.statement.month), default=None)


def read_statement(services: "Services", by: Session, account_id: int, month: date) -> StatementFacts:
    """Ask the services. Raises UserError `month_in_future`, `month_before_account` or `unknown_account`."""
    return StatementFacts(
        account=services.accounts.show(by, account_id),
        statement=services.statements.show(by, account_id, month),
        document=services.issuing.document(by, account_id, month),
        issued=services.issuing.issued(by, account_id, month),
        months=tuple(row.month for row in services.statements.months(by, account_id)),
    )


def _key(line: DocumentLine | StatementRow) -> tuple[object, ...]:
    """Two lines that say the same amount of the same days are the same line."""
    return line.part_number, line.product, line.mode, line.first, line.last, line.seats, line.unit_price
