"""Statements made by hand, for tests of what shows them."""

from collections.abc import Collection
from datetime import UTC, date, datetime
from decimal import Decimal

from cpdesk.base.regions import minor_digits
from cpdesk.domain.billing import Statement, StatementRow
from cpdesk.domain.documents import StatementDocument, statement_document
from cpdesk.domain.modes import Mode
from cpdesk.domain.own_company import OwnCompany
from cpdesk.domain.statements import Proration, prorated

OCTOBER = date(2026, 10, 1)
NOW = datetime(2026, 11, 3, 8, 30, tzinfo=UTC)
COMPANY = OwnCompany(
    "Northwind Cloud Services Ltd", ("12 Quay Street", "Bristol BS1 4DJ"), "GB", "GB 123 4567 89", Decimal("19")
)
PRODUCTS = (
    "Microsoft 365 Business Premium",
    "Office 365 Extra File Storage",
    "Power Automate per user with attended RPA plan",
    "=1+1",
)


def row(place: int, currency: str, price: Decimal | None) -> StatementRow:
    """A line of half of October, or of all of it; each differs from the one before."""
    seats, whole = 3 + place * 7, bool(place % 2)
    last, days = (date(2026, 10, 31), 31) if whole else (date(2026, 10, 14), 14)
    return StatementRow(
        product_id=place,
        part_number=f"SKU_{place}",
        guid="",
        product=PRODUCTS[place % len(PRODUCTS)],
        mode=Mode.PURCHASE if whole else Mode.USAGE,
        first=OCTOBER,
        last=last,
        seats=seats,
        days=days,
        days_in_month=31,
        unit_price=price,
        amount=None if price is None else prorated(seats, price, days, 31, minor_digits(currency)),
        priced_at=datetime(2026, 11, 2, 12, tzinfo=UTC) if place == 1 else None,
    )


def statement(
    lines: int = 4, *, currency: str = "USD", account: str = "Contoso", unpriced: Collection[int] = (), number: int = 1
) -> Statement:
    """The statement of an account for October 2026; `unpriced`: the places of lines without a price."""
    prices = [Decimal(12 + place) for place in range(lines)]
    rows = [row(place, currency, None if place in unpriced else price) for place, price in enumerate(prices)]
    return Statement(
        account_id=number,
        account=account,
        domain=f"{account.casefold().replace(' ', '-')}.example",
        month=OCTOBER,
        through=date(2026, 10, 31),
        currency=currency,
        time_zone="America/New_York",
        provisional=False,
        proration=Proration.DAILY,
        lines=tuple(rows),
        total=sum((one.amount for one in rows if one.amount is not None), Decimal().scaleb(-minor_digits(currency))),
        unpriced=len(unpriced),
    )


def document(shown: Statement | None = None, company: OwnCompany = COMPANY) -> StatementDocument:
    """A statement as it is sent."""
    return statement_document(shown or statement(), company, "DE", NOW)
