"""What a statement document says: one place for PDF, workbook, CSV and screen, which only lay it out."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from cpdesk.base import zones
from cpdesk.base.regions import minor_digits
from cpdesk.domain.billing import Statement, StatementRow
from cpdesk.domain.issuing import Correction
from cpdesk.domain.modes import Mode
from cpdesk.domain.own_company import OwnCompany
from cpdesk.domain.printed import BLANK, Printed
from cpdesk.domain.printing import printed, printed_corrections
from cpdesk.domain.switching import local_date


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A line of a statement as it is printed."""

    product: str
    """The display name."""
    part_number: str
    mode: Mode
    first: date
    last: date
    """Inclusive; both account-local."""
    seats: int
    days: int
    days_in_month: int
    unit_price: Decimal | None
    """For a seat and month; None where there is no price."""
    amount: Decimal | None
    """Rounded to the currency's minor unit; None without a price."""
    priced_on: date | None = None
    """The day (account-local) on which the price was entered, where that was after the days that it counts for."""


@dataclass(frozen=True, slots=True)
class Sums:
    """What the lines of a statement come to, with the tax on them."""

    net: Decimal
    """The sum of the lines that have a price."""
    tax_rate: Decimal
    """Percent."""
    tax: Decimal
    """On `net`, rounded half up to the currency's minor unit once."""

    @property
    def total(self) -> Decimal:
        """What is charged, tax included."""
        return self.net + self.tax


@dataclass(frozen=True, slots=True)
class StatementDocument:
    """A statement with everything that stands on it."""

    company: OwnCompany
    """Who sends it."""
    account_id: int
    account: str
    domain: str
    country: str
    """ISO 3166 alpha-2 of the customer."""
    month: date
    """Its first day."""
    through: date
    """The last day that is counted, inclusive."""
    time_zone: str
    """IANA name."""
    currency: str
    """ISO 4217."""
    minor_digits: int
    """Decimals of the currency."""
    provisional: bool
    """Whether the month is not over."""
    lines: tuple[DocumentLine, ...]
    sums: Sums
    unpriced: int
    """Lines without a price: they are missing in the sums, and not worth nothing."""
    generated_at: datetime
    """UTC."""
    printed: Printed
    """The same in words: what paper and screen show."""
    number: str = ""
    """Of the issued statement; empty where it was not issued."""
    issued_on: date | None = None
    """In the calendar of the zone that new accounts start with, which is the reseller's own."""
    corrections: tuple[Correction, ...] = ()
    corrected_on: date | None = None
    """From which day changes count that were made under a wrong clock. Of an issued one only what is printed tells."""

    @property
    def net(self) -> Decimal:
        """The sum of the lines that have a price."""
        return self.sums.net

    @property
    def tax(self) -> Decimal:
        """What is added to the sum of the lines."""
        return self.sums.tax

    @property
    def tax_rate(self) -> Decimal:
        """Percent."""
        return self.sums.tax_rate

    @property
    def total(self) -> Decimal:
        """What is charged, tax included, corrections left out."""
        return self.sums.total

    @property
    def balance(self) -> Decimal:
        """The total with its corrections."""
        return self.total + sum((correction.amount for correction in self.corrections), Decimal())


def statement_document(
    statement: Statement, company: OwnCompany, country: str, generated_at: datetime
) -> StatementDocument:
    """A statement as it is sent by `company` to a customer in `country`, in the language in use."""
    zone = zones.zone(statement.time_zone)
    return _in_words(
        StatementDocument(
            company=company,
            account_id=statement.account_id,
            account=statement.account,
            domain=statement.domain,
            country=country,
            month=statement.month,
            through=statement.through,
            time_zone=statement.time_zone,
            currency=statement.currency,
            minor_digits=minor_digits(statement.currency),
            provisional=statement.provisional,
            lines=tuple(_line(row, row.priced_at and local_date(row.priced_at, zone)) for row in statement.lines),
            sums=sums_of(statement, company),
            unpriced=statement.unpriced,
            generated_at=generated_at,
            printed=BLANK,
            corrected_on=statement.corrected_on,
        )
    )


def sums_of(statement: Statement, company: OwnCompany) -> Sums:
    """What a statement comes to with the tax of the reseller's own company."""
    tax = taxed(statement.total, company.tax_rate, minor_digits(statement.currency))
    return Sums(statement.total, company.tax_rate, tax)


def taxed(net: Decimal, rate: Decimal, digits: int) -> Decimal:
    """The tax on a sum at a rate in percent, exact until it is rounded half up, once."""
    exact = Fraction(net) * Fraction(rate) / 100
    return Decimal(math.floor(exact * 10**digits + Fraction(1, 2))).scaleb(-digits)


def as_issued(document: StatementDocument, number: str, issued_on: date) -> StatementDocument:
    """The document with the number and the date under which it goes to the customer."""
    return _in_words(replace(document, number=number, issued_on=issued_on))


def with_corrections(document: StatementDocument, corrections: Sequence[Correction]) -> StatementDocument:
    """An issued document with what was put under it later; what was printed before stays as it was."""
    if not corrections:
        return document
    corrected = replace(document, corrections=tuple(corrections))
    words = replace(document.printed, corrections=printed_corrections(corrected))
    return replace(corrected, printed=words)


def _in_words(document: StatementDocument) -> StatementDocument:
    return replace(document, printed=printed(document))


def _line(row: StatementRow, priced_on: date | None) -> DocumentLine:
    return DocumentLine(
        product=row.product,
        part_number=row.part_number,
        mode=row.mode,
        first=row.first,
        last=row.last,
        seats=row.seats,
        days=row.days,
        days_in_month=row.days_in_month,
        unit_price=row.unit_price,
        amount=row.amount,
        priced_on=priced_on,
    )
