"""Statement documents of one account or of many: as they were issued, else as things stand."""

import json
from collections.abc import Iterator, Sequence
from datetime import date

from cpdesk.domain import documents
from cpdesk.domain.billing import Statement
from cpdesk.domain.document_copies import from_plain
from cpdesk.domain.documents import StatementDocument
from cpdesk.domain.issuing import IssuedStatement
from cpdesk.services import billed
from cpdesk.services.base import Work, account_row
from cpdesk.store import issued
from cpdesk.store.fields import UnreadableValueError
from cpdesk.store.issued import StoredStatement


def as_things_stand(work: Work, account_id: int, month: date) -> StatementDocument:
    """The document of a month, whatever was issued. Raises UserError `month_in_future` or `month_before_account`."""
    return document_of(work, billed.of_month(account_id, month, work.now).statement(month, work.now))


def document_of(work: Work, statement: Statement) -> StatementDocument:
    """What a statement looks like when it is sent now."""
    country = account_row(statement.account_id, work.now).country
    return documents.statement_document(statement, issued.company(), country, work.now)


def as_issued(account_id: int, month: date) -> IssuedStatement | None:
    """The issued statement of the month of a day; None where none was."""
    return next(iter(copies([account_id], month).values()), None)


def copies(account_ids: Sequence[int], month: date) -> dict[int, IssuedStatement]:
    """The issued statements of the month of a day, by account id."""
    stored = issued.of_month(account_ids, month.replace(day=1))
    return {statement.account_id: statement for statement in read(list(stored.values()))}


def read(stored: Sequence[StoredStatement]) -> Iterator[IssuedStatement]:
    """Issued statements as they were printed, with the corrections since."""
    corrections = issued.corrections([statement.id for statement in stored])
    for statement in stored:
        document = documents.with_corrections(_copy(statement), corrections[statement.id])
        yield IssuedStatement(statement.account_id, statement.month, statement.number, statement.issued_at, document)


def _copy(statement: StoredStatement) -> StatementDocument:
    try:
        facts = json.loads(statement.content)
        return from_plain(facts, issued.logo(facts["company"]["logo"]))
    except (ValueError, KeyError, TypeError, ArithmeticError) as error:
        raise UnreadableValueError(statement.number) from error
