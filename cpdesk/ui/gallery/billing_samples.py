"""Statements, forecasts, advice and issued statements of one imagined account, for scenes and tests."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from cpdesk.domain import statements as rules
from cpdesk.domain import topics
from cpdesk.domain.advice import Advice, MonthCost, Recommendation
from cpdesk.domain.billing import Explanation, LedgerLine, MonthRow, Statement, StatementRow
from cpdesk.domain.catalog import Product
from cpdesk.domain.documents import StatementDocument, as_issued, statement_document, with_corrections
from cpdesk.domain.issuing import Correction, CorrectionKind, IssuedStatement
from cpdesk.domain.modes import Mode
from cpdesk.domain.own_company import OwnCompany
from cpdesk.domain.rows import AccountRow, Done
from cpdesk.domain.statements import Proration, days_of_month
from cpdesk.domain.switching import first_of_next_month
from cpdesk.domain.timelines import ModeDay, SeatDay, SeatTimeline
from cpdesk.services.accounts import Accounts
from cpdesk.services.advisor import Advisor
from cpdesk.services.issuing import Issuing
from cpdesk.services.statements import Statements
from cpdesk.services.timelines import Timelines
from cpdesk.ui.gallery.service_samples import (
    BOUGHT,
    E3,
    NOW,
    PLANNER,
    PREMIUM,
    STORAGE,
    VISIO,
    ZONE,
    Sample,
    prices_of,
    product,
)
from cpdesk.ui.gallery.stand_ins import StandIn, services

if TYPE_CHECKING:
    from cpdesk.services.bundle import Services

NOTHING_ELSE: Mapping[str, Any] = {}
_STATEMENTS = ("show", "forecast", "next_month", "months", "explain", "prices_of", "falls_later")
NOVEMBER, OCTOBER = date(2026, 11, 1), date(2026, 10, 1)
TODAY = date(2026, 11, 23)
COMPANY = OwnCompany("Northwind Cloud", ("12 Harbour Street", "Portland, ME 04101"), "US", "12-3456789")
TO_PURCHASE = ModeDay(date(2026, 9, 14), Mode.PURCHASE)


def line(
    item: Product,
    seats: int,
    first: date,
    last: date,
    price: str | None,
    *,
    mode: Mode = Mode.PURCHASE,
    priced_at: datetime | None = None,
) -> StatementRow:
    """Days of one month of one product; what it comes to is counted by the rules."""
    days, month = (last - first).days + 1, len(days_of_month(first))
    unit = None if price is None else Decimal(price)
    amount = None if unit is None else rules.prorated(seats, unit, days, month, 2)
    number = int(item.guid[:8], 16)
    return StatementRow(
        number, item.part_number, item.guid, item.name, mode, first, last, seats, days, month, unit, amount, priced_at
    )


def statement(lines: Sequence[StatementRow], month: date = OCTOBER, **changed: Any) -> Statement:
    """A complete month with these lines."""
    amounts = [row.amount for row in lines]
    made = Statement(
        account_id=7,
        account="Contoso Freight",
        domain="contoso-freight.example",
        month=month,
        through=days_of_month(month)[-1],
        currency="USD",
        time_zone=ZONE,
        provisional=False,
        proration=Proration.DAILY,
        lines=tuple(lines),
        total=sum((amount for amount in amounts if amount is not None), Decimal("0.00")),
        unpriced=amounts.count(None),
    )
    return replace(made, **changed)


def _days(month: date, first: int, last: int) -> tuple[date, date]:
    return month.replace(day=first), month.replace(day=last)


def complete(month: date = OCTOBER) -> Statement:
    """A month in Purchase Mode in which seats were added."""
    last = days_of_month(month)[-1].day
    return statement(
        (
            line(PREMIUM, 54, *_days(month, 1, 11), "22.00"),
            line(PREMIUM, 60, *_days(month, 12, last), "22.00"),
            line(E3, 20, *_days(month, 1, last), "23.00"),
            line(STORAGE, 2, *_days(month, 1, last), "0.20"),
        ),
        month,
    )


def so_far(through: date = TODAY) -> Statement:
    """The present month through today."""
    lines = (
        line(PREMIUM, 60, NOVEMBER, through, "22.00"),
        line(E3, 20, NOVEMBER, through, "23.00"),
        line(STORAGE, 2, NOVEMBER, through, "0.20"),
    )
    return statement(lines, NOVEMBER, through=through, provisional=True)


def unpriced(month: date = OCTOBER) -> Statement:
    """A month with products that nobody has priced, and one that was priced later."""
    first, last = month, days_of_month(month)[-1]
    late = datetime(2026, 11, 16, 14, 20, tzinfo=UTC)
    lines = (
        *complete(month).lines,
        line(PLANNER, 5, first, last, "10.00", priced_at=late),
        line(VISIO, 4, first, last, None),
    )
    return statement(lines, month)


def switched(month: date = date(2026, 9, 1)) -> Statement:
    """The month of the change to Purchase Mode."""
    return statement(
        (
            line(PREMIUM, 52, *_days(month, 1, 8), "26.40", mode=Mode.USAGE),
            line(PREMIUM, 54, *_days(month, 9, 13), "26.40", mode=Mode.USAGE),
            line(PREMIUM, 54, *_days(month, 14, 30), "22.00"),
            line(E3, 17, *_days(month, 1, 13), "27.60", mode=Mode.USAGE),
            line(E3, 20, *_days(month, 14, 30), "23.00"),
        ),
        month,
    )


def many_lines(month: date = OCTOBER) -> Statement:
    """Hundreds of lines."""
    products = [product(f"Microsoft Plan {place:02}", f"PLAN_{place}", 100 + place) for place in range(1, 61)]
    lines = [
        line(item, 10 + place + day // 5, *_days(month, day, min(day + 4, 31)), f"{4 + place % 20}.50", mode=Mode.USAGE)
        for place, item in enumerate(products)
        for day in range(1, 31, 5)
    ]
    return statement(lines, month)


def document(shown: Statement, company: OwnCompany = COMPANY) -> StatementDocument:
    """A statement as it is printed."""
    return statement_document(shown, company, "US", NOW)


def issued(shown: Statement, corrections: Sequence[Correction] = (), company: OwnCompany = COMPANY) -> IssuedStatement:
    """A statement with its number."""
    printed = as_issued(document(shown, company), "2026-000123", date(2026, 11, 3))
    instant = datetime(2026, 11, 3, 15, 0, tzinfo=UTC)
    return IssuedStatement(7, shown.month, "2026-000123", instant, with_corrections(printed, corrections))


CORRECTIONS = (
    Correction(
        "2026-000123-C1",
        CorrectionKind.CREDIT,
        datetime(2026, 11, 10, 9, 30, tzinfo=UTC),
        "Six seats added by mistake, October 12 to 14",
        Decimal("-12.77"),
        "INC-20418",
    ),
    Correction(
        "2026-000123-A1",
        CorrectionKind.ADJUSTMENT,
        datetime(2026, 11, 17, 9, 30, tzinfo=UTC),
        "Set-up of file storage",
        Decimal("45.00"),
        "Quote 88",
    ),
)


def explanation(row: StatementRow, proration: Proration = Proration.DAILY) -> Explanation:
    """What is behind a line: some entries, the last of them recorded later."""
    begun = datetime(row.first.year, row.first.month, row.first.day, 14, 5, tzinfo=UTC)
    entries = [
        LedgerLine(1204, begun, begun, "add", "", 6, row.seats),
        LedgerLine(
            1207, begun + timedelta(hours=2), begun + timedelta(hours=2), "assign", "maya.lind@a.example", 0, row.seats
        ),
        LedgerLine(1215, begun + timedelta(days=3), begun + timedelta(days=6), "release", "", 0, row.seats),
    ]
    schedule = "" if row.unit_price is None else "Default"
    counts = None if row.unit_price is None else date(2026, 1, 1)
    return Explanation(row, proration, schedule, counts, max(row.seats - 6, 0), tuple(entries))


def timeline(months: int = 12) -> SeatTimeline:
    """Seats that follow the assignments, and then a pool."""
    first = NOVEMBER
    for _month in range(months):
        first = (first - timedelta(days=1)).replace(day=1)
    count = (TODAY - first).days + 1
    days = [_seat_day(first + timedelta(days=number), number) for number in range(0, count, 5)]
    days.append(_seat_day(TO_PURCHASE.day, (TO_PURCHASE.day - first).days))
    return SeatTimeline(TODAY, tuple(sorted(days, key=lambda one: one.day)), (TO_PURCHASE,))


def _seat_day(day: date, number: int) -> SeatDay:
    assigned = 48 + number // 20 + number * 7 % 5
    if day < TO_PURCHASE.day:
        return SeatDay(day, assigned, assigned, Mode.USAGE)
    return SeatDay(day, 74 if day < date(2026, 10, 12) else 80, assigned, Mode.PURCHASE)


def advice(months: int = 12) -> Advice:
    """What complete months cost in either mode."""
    month = NOVEMBER
    for _month in range(months):
        month = (month - timedelta(days=1)).replace(day=1)
    by_month = []
    for number in range(months):
        mode = Mode.PURCHASE if month >= date(2026, 9, 1) else Mode.USAGE
        usage, purchase = Decimal(1490 + number * 41 - number % 4 * 30), Decimal(1600 if number < 7 else 1780)
        actual = usage if mode is Mode.USAGE else purchase
        by_month.append(MonthCost(month, actual, usage, purchase, 0, 60 + number, 58 + number, mode))
        month = first_of_next_month(month)
    total = [sum((getattr(one, name) for one in by_month), Decimal()) for name in ("actual", "usage", "purchase")]
    first = by_month[0].month if by_month else NOVEMBER
    return Advice(
        account_id=7, account="Contoso Freight", domain="contoso-freight.example", currency="USD", mode=Mode.PURCHASE,
        pending=False, first=first, months=months, actual=total[0], usage_cost=total[1], purchase_cost=total[2],
        unpriced=(), products=(), by_month=tuple(by_month), utilisation=None, break_even=None, turnover=None,
        tenant_products=(), recommended=Recommendation.PURCHASE, saving_per_month=Decimal("92.10"),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class BillingSample:
    """An account with everything that its Billing tab and its statements ask for."""

    account: Sample = field(default_factory=lambda: Sample(completed=BOUGHT))
    months: int = 13
    shown: Statement = field(default_factory=complete)
    issued: IssuedStatement | None = None
    so_far: Statement = field(default_factory=so_far)
    charted: int = 12

    def services(self, answers: Mapping[str, Any] = NOTHING_ELSE) -> "Services":
        """The services of this account; `answers` replace methods, by names such as "statements.show"."""
        known = {**self._answers(), **answers}
        base: Any = self.account.services()
        areas = {
            "accounts": (Accounts, ("show",)),
            "statements": (Statements, _STATEMENTS),
            "issuing": (Issuing, ("document", "issued", "issue", "correct")),
            "advisor": (Advisor, ("advise",)),
            "timelines": (Timelines, ("seats",)),
        }
        made = {
            area: StandIn(kind, **{name: known[f"{area}.{name}"] for name in names})
            for area, (kind, names) in areas.items()
        }
        return services(modes=base.modes, licenses=base.licenses, prices=base.prices, **made)

    @property
    def _row(self) -> AccountRow:
        return self.account.account

    def _answers(self) -> dict[str, Any]:
        printed = self.issued.document if self.issued else document(self.shown)
        numbered = self.issued or issued(self.shown)
        return {
            "accounts.show": self._row,
            "statements.show": lambda _by, _id, month: self._statement(month),
            "statements.forecast": replace(self.so_far, through=date(2026, 11, 30), total=Decimal("1780.40")),
            "statements.next_month": statement(complete(date(2026, 12, 1)).lines, date(2026, 12, 1), provisional=True),
            "statements.months": self._months(),
            "statements.explain": lambda _by, _id, _month, place: explanation(self.shown.lines[place]),
            "statements.prices_of": prices_of(self.account.rows),
            "statements.falls_later": None,
            "issuing.document": lambda _by, _id, month: printed if month != NOVEMBER else document(self.so_far),
            "issuing.issued": self.issued,
            "issuing.issue": Done(numbered, topics.STATEMENTS),
            "issuing.correct": Done(issued(self.shown, CORRECTIONS), topics.STATEMENTS),
            "advisor.advise": lambda _by, _id, *, months: advice(min(self.charted, months)),
            "timelines.seats": lambda _by, _id, *, months: timeline(min(self.charted, months)),
        }

    def _statement(self, month: date) -> Statement:
        return self.so_far if month.replace(day=1) == NOVEMBER else self.shown

    def _months(self) -> list[MonthRow]:
        found, month = [], NOVEMBER
        for number in range(self.months):
            total = self.so_far.total if month == NOVEMBER else Decimal("1815.20") - 17 * number
            missing = self.shown.unpriced if month == OCTOBER else 0
            sent = f"2026-{130 - number:06}" if 0 < number % 12 < 6 and number < 12 else ""
            amount = total if sent else None
            found.append(MonthRow(month, total, missing, month == NOVEMBER, number=sent, issued_amount=amount))
            month = (month - timedelta(days=1)).replace(day=1)
        return found
