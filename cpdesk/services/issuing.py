"""Issued statements: the reseller's own company on them, their numbers, and later corrections."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from cpdesk.base import zones
from cpdesk.base.errors import UserError
from cpdesk.domain import audit, documents, names, own_company, topics
from cpdesk.domain import issuing as rules
from cpdesk.domain import operators as roles
from cpdesk.domain.accounts import Status
from cpdesk.domain.document_copies import as_plain
from cpdesk.domain.documents import StatementDocument
from cpdesk.domain.issuing import Correction, CorrectionKind, IssuedRow, IssuedStatement, StatementSheet
from cpdesk.domain.operators import Session
from cpdesk.domain.own_company import OwnCompany
from cpdesk.domain.rows import Done
from cpdesk.domain.switching import local_date
from cpdesk.services import billed
from cpdesk.services.base import UseCases, Work
from cpdesk.services.defaults import stored_defaults
from cpdesk.services.documents import as_issued, as_things_stand, document_of, read
from cpdesk.store import issued, journal
from cpdesk.store.fields import utc_text
from cpdesk.store.issued import StoredStatement


class Issuing(UseCases):
    """Statements as customers get them."""

    def own_company(self, by: Session) -> OwnCompany:
        """Who sends the statements; it stands on each of them, so everybody may know. Empty until it was entered."""
        with self._reading(by):
            return issued.company()

    def save_own_company(self, by: Session, company: OwnCompany, reason: str = "") -> Done[OwnCompany]:
        """Enter who sends the statements. Issued ones stay as they are; saving the same writes nothing.

        Raises UserError `text_empty`, `text_too_long`, `text_not_printable`, `unknown_country`, `too_many_lines`,
        `bad_tax_rate`, `logo_not_an_image`, `logo_too_large` or `not_allowed`.
        """
        with self._managing(by, reason) as work:
            after, before = own_company.checked(company), issued.company()
            if after != before:
                issued.save_company(after)
                journal.append(work.now, _company_entry(work, before, after))
            return Done(after, topics.STATEMENTS)

    def document(self, by: Session, account_id: int, month: date) -> StatementDocument:
        """The statement of a month as it is printed: as it was issued, else as things stand.

        Raises UserError `month_in_future` or `month_before_account`.
        """
        with self._reading(by, account_id) as work:
            known = as_issued(account_id, month)
            return known.document if known else as_things_stand(work, account_id, month)

    def sheet(self, by: Session, account_id: int, month: date) -> StatementSheet:
        """The statement of a month as things stand, with its document, which is the issued one where there is one.

        Raises UserError `month_in_future` or `month_before_account`.
        """
        with self._reading(by, account_id) as work:
            statement = billed.of_month(account_id, month, work.now).statement(month, work.now)
            known = as_issued(account_id, month)
            return StatementSheet(statement, known.document if known else document_of(work, statement), known)

    def issue(self, by: Session, account_id: int, month: date, *, reason: str = "") -> Done[IssuedStatement]:
        """Give the statement of a complete month its number, and keep it for ever as it is now.

        Raises UserError `month_not_over`, `month_in_future`, `month_before_account`, `issued_already`,
        `nothing_to_issue` (no lines), `own_company_missing` or `not_allowed`.
        """
        with self._changing(by, account_id, reason, even=Status.CLOSED) as work:
            roles.require_reseller(work.by)
            document = as_things_stand(work, account_id, month)
            _require_issuable(document)
            made = _issue(work, document)
            return Done(made, topics.STATEMENTS)

    def issued(self, by: Session, account_id: int, month: date) -> IssuedStatement | None:
        """The statement of a month as it was issued, with its corrections; None where none was."""
        with self._reading(by, account_id):
            return as_issued(account_id, month)

    def listed(self, by: Session, account_id: int) -> list[IssuedRow]:
        """What was issued to an account, newest month first."""
        with self._reading(by, account_id):
            return [_row(statement) for statement in read(issued.of_account(account_id))]

    def correct(
        self,
        by: Session,
        account_id: int,
        month: date,
        kind: CorrectionKind,
        text: str,
        amount: Decimal,
        reason: str,
    ) -> Done[IssuedStatement]:
        """Put a line under an issued statement: a credit (`amount` positive) or an adjustment (signed), tax included.

        Raises UserError `not_issued`, `text_empty` (also for the reason), `text_too_long`, `text_not_printable`,
        `amount_not_positive`, `amount_zero`, `amount_too_large`, `amount_too_precise`, `credit_exceeds_statement` or
        `not_allowed`.
        """
        with self._changing(by, account_id, reason, even=Status.CLOSED) as work:
            roles.require_reseller(work.by)
            known = as_issued(account_id, month)
            if known is None:
                raise UserError("not_issued", month=month.replace(day=1))
            signed = rules.checked_amount(known, kind, amount)
            correction = Correction(
                number=rules.correction_number(known.number, kind, known.corrections),
                kind=kind,
                issued_at=work.now,
                text=names.clean_text(text, "text"),
                amount=signed,
                reason=names.clean_text(reason, "reason"),
            )
            _record_correction(work, known, correction)
            document = documents.with_corrections(known.document, [*known.corrections, correction])
            return Done(replace(known, document=document), topics.STATEMENTS)


def _company_entry(work: Work, before: OwnCompany, after: OwnCompany) -> journal.Entry:
    return journal.Entry(
        action="own_company.changed",
        subject="own company",
        before=before.as_plain() if before.name else None,
        after=after.as_plain(),
        by=work.by,
        reason=work.reason,
    )


def _require_issuable(document: StatementDocument) -> None:
    known = issued.numbers(document.account_id).get(document.month)
    if known:
        raise UserError("issued_already", account=document.account, month=document.month, number=known)
    if document.provisional:
        raise UserError("month_not_over", account=document.account, month=document.month)
    if not document.lines:
        raise UserError("nothing_to_issue", account=document.account, month=document.month)
    if not document.company.name:
        raise UserError("own_company_missing")


def _issue(work: Work, document: StatementDocument) -> IssuedStatement:
    today = local_date(work.now, zones.zone(stored_defaults().time_zone))
    number = rules.statement_number(today.year, issued.next_place(today.year))
    frozen = documents.as_issued(document, number, today)
    content = audit.canonical(as_plain(frozen))
    stored = StoredStatement(issued.next_id(), document.account_id, document.month, number, work.now, content)
    facts: dict[str, Any] = {
        "statement": stored.id,
        "number": number,
        "month": document.month.isoformat(),
        "issued_at": utc_text(work.now),
        "currency": document.currency,
        "total": str(frozen.total),
        "digest": audit.digest(content),
    }
    entry_id = journal.next_id()
    journal.append(work.now, _entry(work, "statement.issued", stored.id, document.account_id, facts))
    issued.insert(stored, entry_id)
    return IssuedStatement(document.account_id, document.month, number, work.now, frozen)


def _record_correction(work: Work, known: IssuedStatement, correction: Correction) -> None:
    statement_id, correction_id = issued.id_of(known.number), issued.next_correction_id()
    facts: dict[str, Any] = {
        "statement": statement_id,
        "correction": correction_id,
        "number": correction.number,
        "kind": str(correction.kind),
        "text": correction.text,
        "amount": str(correction.amount),
        "currency": known.document.currency,
        "issued_at": utc_text(correction.issued_at),
        "reason": correction.reason,
    }
    entry_id = journal.next_id()
    journal.append(work.now, _entry(work, "statement.corrected", statement_id, known.account_id, facts))
    issued.insert_correction(correction_id, statement_id, correction, entry_id)


def _entry(work: Work, action: str, statement_id: int, account_id: int, facts: dict[str, Any]) -> journal.Entry:
    return journal.Entry(
        action=action,
        subject=f"statement {statement_id}",
        account_id=account_id,
        after=facts,
        by=work.by,
        reason=work.reason,
    )


def _row(statement: IssuedStatement) -> IssuedRow:
    document = statement.document
    return IssuedRow(
        account_id=statement.account_id,
        month=statement.month,
        number=statement.number,
        issued_at=statement.issued_at,
        currency=document.currency,
        total=document.total,
        corrections=len(document.corrections),
        balance=document.balance,
        unpriced=document.unpriced,
    )
