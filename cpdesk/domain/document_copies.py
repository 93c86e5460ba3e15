"""The frozen copy of an issued statement: a document as JSON values, and back."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from cpdesk.domain import own_company, printed
from cpdesk.domain.documents import DocumentLine, StatementDocument, Sums
from cpdesk.domain.modes import Mode


def as_plain(document: StatementDocument) -> dict[str, Any]:
    """All that stands on a document as JSON values: amounts as text, the logo by its digest, no corrections."""
    return {
        "version": 1,
        "company": document.company.as_plain(),
        "account_id": document.account_id,
        "account": document.account,
        "domain": document.domain,
        "country": document.country,
        "month": document.month.isoformat(),
        "through": document.through.isoformat(),
        "time_zone": document.time_zone,
        "currency": document.currency,
        "minor_digits": document.minor_digits,
        "lines": [_plain_line(line) for line in document.lines],
        "net": str(document.net),
        "tax_rate": str(document.tax_rate),
        "tax": str(document.tax),
        "unpriced": document.unpriced,
        "generated_at": document.generated_at.isoformat(),
        "number": document.number,
        "issued_on": _plain_day(document.issued_on),
        "printed": document.printed.as_plain(),
    }


def from_plain(facts: Mapping[str, Any], logo: bytes) -> StatementDocument:
    """What `as_plain` made, with the logo that it names. Raises KeyError or ValueError for what it did not make."""
    return StatementDocument(
        company=own_company.from_plain(facts["company"], logo),
        account_id=facts["account_id"],
        account=facts["account"],
        domain=facts["domain"],
        country=facts["country"],
        month=date.fromisoformat(facts["month"]),
        through=date.fromisoformat(facts["through"]),
        time_zone=facts["time_zone"],
        currency=facts["currency"],
        minor_digits=facts["minor_digits"],
        provisional=False,
        lines=tuple(_line(line) for line in facts["lines"]),
        sums=Sums(Decimal(facts["net"]), Decimal(facts["tax_rate"]), Decimal(facts["tax"])),
        unpriced=facts["unpriced"],
        generated_at=datetime.fromisoformat(facts["generated_at"]),
        printed=printed.from_plain(facts["printed"]),
        number=facts["number"],
        issued_on=_day(facts["issued_on"]),
    )


def _plain_line(line: DocumentLine) -> dict[str, Any]:
    return {
        "product": line.product,
        "part_number": line.part_number,
        "mode": str(line.mode),
        "first": line.first.isoformat(),
        "last": line.last.isoformat(),
        "seats": line.seats,
        "days": line.days,
        "days_in_month": line.days_in_month,
        "unit_price": _plain_amount(line.unit_price),
        "amount": _plain_amount(line.amount),
        "priced_on": _plain_day(line.priced_on),
    }


def _line(facts: Mapping[str, Any]) -> DocumentLine:
    return DocumentLine(
        product=facts["product"],
        part_number=facts["part_number"],
        mode=Mode(facts["mode"]),
        first=date.fromisoformat(facts["first"]),
        last=date.fromisoformat(facts["last"]),
        seats=facts["seats"],
        days=facts["days"],
        days_in_month=facts["days_in_month"],
        unit_price=_amount(facts["unit_price"]),
        amount=_amount(facts["amount"]),
        priced_on=_day(facts["priced_on"]),
    )


def _plain_amount(amount: Decimal | None) -> str | None:
    return None if amount is None else str(amount)


def _amount(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _plain_day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
