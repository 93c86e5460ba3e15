"""Statements that went to the customer: numbers, frozen copies, and the corrections that follow them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from cpdesk.base.errors import UserError

if TYPE_CHECKING:
    from cpdesk.domain.billing import Statement
    from cpdesk.domain.documents import StatementDocument


HIGHEST: Final = Decimal(10) ** 12
"""A higher amount than this, in any currency, is taken for a slip. Whole statements stay below it."""


class CorrectionKind(StrEnum):
    """What a later line on an issued statement is."""

    CREDIT = "credit"
    """The customer gets something back."""
    ADJUSTMENT = "adjustment"
    """The customer owes more, or less."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A later line on an issued statement, which itself stays as it is."""

    number: str
    """That of the statement with a letter for the kind: 2026-000123-C1."""
    kind: CorrectionKind
    issued_at: datetime
    """UTC."""
    text: str
    """What it is for, as the customer reads it."""
    amount: Decimal
    """Signed, in the statement's currency, tax included: negative for a credit."""
    reason: str


@dataclass(frozen=True, slots=True)
class IssuedStatement:
    """A statement as it went to the customer, with the corrections since."""

    account_id: int
    month: date
    """Its first day."""
    number: str
    """Such as 2026-000123: without gaps in each year."""
    issued_at: datetime
    """UTC."""
    document: "StatementDocument"
    """What was printed on it; with the corrections since."""

    @property
    def corrections(self) -> "tuple[Correction, ...]":
        return self.document.corrections

    @property
    def total(self) -> Decimal:
        """What was charged, tax included."""
        return self.document.total

    @property
    def balance(self) -> Decimal:
        """What is left of the total after the corrections."""
        return self.document.balance


@dataclass(frozen=True, slots=True)
class StatementSheet:
    """A month as things stand, and as it goes to the customer: of one and the same moment."""

    statement: "Statement"
    """As things stand, whatever was issued."""
    document: "StatementDocument"
    """As it was issued, else as things stand."""
    issued: IssuedStatement | None


@dataclass(frozen=True, slots=True)
class IssuedRow:
    """An issued statement in a list."""

    account_id: int
    month: date
    number: str
    issued_at: datetime
    """UTC."""
    currency: str
    total: Decimal
    """Tax included."""
    corrections: int
    balance: Decimal
    """The total with its corrections."""
    unpriced: int


def checked_amount(statement: IssuedStatement, kind: CorrectionKind, amount: Decimal) -> Decimal:
    """The signed amount of a correction: a credit is given as a positive one and kept as a negative one.

    Credits never come to more than the statement, and with all corrections nothing below zero is left of it.
    Raises UserError `amount_not_positive`, `amount_zero`, `amount_too_large`, `amount_too_precise` or
    `credit_exceeds_statement`.
    """
    document = statement.document
    if not amount.is_finite() or (kind is CorrectionKind.CREDIT and amount <= 0):
        raise UserError("amount_not_positive")
    if not amount:
        raise UserError("amount_zero")
    # Before it is rounded, which a number of too many digits does not survive.
    if abs(amount) > HIGHEST:
        raise UserError("amount_too_large", most=HIGHEST)
    if amount != round(amount, document.minor_digits):
        raise UserError("amount_too_precise", currency=document.currency, decimals=document.minor_digits)
    signed = round(-amount if kind is CorrectionKind.CREDIT else amount, document.minor_digits)
    left = statement.balance
    if kind is CorrectionKind.CREDIT:
        credited = sum((one.amount for one in statement.corrections if one.kind is kind), Decimal())
        left = min(left, statement.total + credited)
    if signed < 0 and left + signed < 0:
        raise UserError("credit_exceeds_statement", number=statement.number, left=left, currency=document.currency)
    return signed


def statement_number(year: int, place: int) -> str:
    """The number of a statement, by its place among those of a year."""
    return f"{year:04d}-{place:06d}"


def correction_number(statement: str, kind: CorrectionKind, earlier: Sequence[Correction]) -> str:
    """The number of the next correction of a kind on a statement."""
    place = sum(correction.kind is kind for correction in earlier) + 1
    return f"{statement}-{_LETTERS[kind]}{place}"


def kind_of(number: str) -> CorrectionKind:
    """What a correction is, by its number. Raises ValueError for what is no number of a correction."""
    letter = number.rpartition("-")[2][:1]
    for kind, known in _LETTERS.items():
        if known == letter:
            return kind
    raise ValueError(number)


_LETTERS = {CorrectionKind.CREDIT: "C", CorrectionKind.ADJUSTMENT: "A"}
