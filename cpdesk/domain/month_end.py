"""What a month-end pack comes to."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from cpdesk.domain.billing import Statement
from cpdesk.domain.documents import StatementDocument, sums_of
from cpdesk.domain.own_company import OwnCompany


@dataclass(frozen=True, slots=True)
class AccountFigures:
    """One account's statement in a pack."""

    account_id: int
    account: str
    domain: str
    currency: str
    """ISO 4217."""
    lines: int
    net: Decimal
    """The sum of the lines that have a price."""
    tax: Decimal
    total: Decimal
    """Tax included, and corrections where the statement was issued."""
    unpriced: int
    """Lines without a price: they are missing in the sums."""
    provisional: bool
    number: str = ""
    """Of the issued statement; empty where it was not issued."""
    corrections: Decimal = Decimal()
    """What was put under the issued statement since; part of the total."""


@dataclass(frozen=True, slots=True)
class CurrencyTotal:
    """What all statements in one currency come to."""

    currency: str
    """ISO 4217."""
    accounts: int
    lines: int
    net: Decimal
    tax: Decimal
    total: Decimal
    """Tax and corrections included."""
    unpriced: int
    corrections: Decimal = Decimal()


@dataclass(frozen=True, slots=True)
class MonthEndFigures:
    """What a pack will hold."""

    month: date
    """Its first day."""
    accounts: tuple[AccountFigures, ...]
    """Those with charges, by name."""
    totals: tuple[CurrencyTotal, ...]
    """By currency."""
    skipped: int
    """Accounts without charges in the month."""

    @property
    def lines(self) -> int:
        return sum(figures.lines for figures in self.accounts)

    @property
    def unpriced(self) -> int:
        return sum(figures.unpriced for figures in self.accounts)

    @property
    def provisional(self) -> int:
        """Accounts whose month is not over."""
        return sum(figures.provisional for figures in self.accounts)


@dataclass(frozen=True, slots=True)
class MonthEndSummary:
    """What was written."""

    folder: Path
    """The new folder that holds it all."""
    figures: MonthEndFigures
    files: tuple[Path, ...]
    """Workbook and CSV first, then the statements, by account name."""


def of_statement(statement: Statement, company: OwnCompany) -> AccountFigures:
    """The figures of a statement that was not issued, as its document will say them."""
    sums = sums_of(statement, company)
    return AccountFigures(
        account_id=statement.account_id,
        account=statement.account,
        domain=statement.domain,
        currency=statement.currency,
        lines=len(statement.lines),
        net=sums.net,
        tax=sums.tax,
        total=sums.total,
        unpriced=statement.unpriced,
        provisional=statement.provisional,
    )


def of_document(document: StatementDocument) -> AccountFigures:
    """The figures of a statement as it is printed."""
    return AccountFigures(
        account_id=document.account_id,
        account=document.account,
        domain=document.domain,
        currency=document.currency,
        lines=len(document.lines),
        net=document.net,
        tax=document.tax,
        total=document.balance,
        unpriced=document.unpriced,
        provisional=document.provisional,
        number=document.number,
        corrections=document.balance - document.total,
    )


def figures(month: date, accounts: Iterable[AccountFigures], asked: int) -> MonthEndFigures:
    """What the pack of a month comes to, of so many accounts that were asked for."""
    charged = tuple(accounts)
    return MonthEndFigures(month, charged, totals(charged), asked - len(charged))


def totals(accounts: Iterable[AccountFigures]) -> tuple[CurrencyTotal, ...]:
    """The sums by currency."""
    grouped: defaultdict[str, list[AccountFigures]] = defaultdict(list)
    for one in accounts:
        grouped[one.currency].append(one)
    return tuple(_total(currency, listed) for currency, listed in sorted(grouped.items()))


def _total(currency: str, listed: list[AccountFigures]) -> CurrencyTotal:
    return CurrencyTotal(
        currency=currency,
        accounts=len(listed),
        lines=sum(one.lines for one in listed),
        net=sum((one.net for one in listed), Decimal()),
        tax=sum((one.tax for one in listed), Decimal()),
        total=sum((one.total for one in listed), Decimal()),
        unpriced=sum(one.unpriced for one in listed),
        corrections=sum((one.corrections for one in listed), Decimal()),
    )
