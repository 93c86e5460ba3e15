"""Rows of reports, and month-end packs, for the gallery and the tests of pages."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from cpdesk.domain.low_seats import LowRow
from cpdesk.domain.modes import Mode
from cpdesk.domain.month_end import AccountFigures, CurrencyTotal, MonthEndFigures, MonthEndSummary
from cpdesk.domain.report_rows import BlockedRow, CostReport, CostRow, IdleRow, OverlapRow, TrendRow
from cpdesk.domain.report_rows import CurrencyTotal as CostTotal
from cpdesk.domain.rows import AccountRow
from cpdesk.services.accounts import Accounts
from cpdesk.services.month_end import MonthEnd
from cpdesk.services.reports import Reports
from cpdesk.services.thresholds import Thresholds
from cpdesk.ui.gallery.samples import ACCOUNTS, CONTOSO, many_accounts
from cpdesk.ui.gallery.stand_ins import StandIn, services

_ZONE = "America/New_York"
_PREMIUM = (1, "SPB", "Microsoft 365 Business Premium")
_E3 = (2, "ENTERPRISEPACK", "Office 365 E3")
_VISIO = (6, "VISIOCLIENT", "Visio Plan 2")
FABRIKAM, TAILSPIN, WOODGROVE = ACCOUNTS[2], ACCOUNTS[7], ACCOUNTS[8]
FOLDER = Path("/home/dana/Documents")


def idle(account: AccountRow, product: tuple[int, str, str], number: int, **facts: Any) -> IdleRow:
    """So many idle seats of a product; `facts` replace those of usual ones."""
    number_of, part_number, name = product
    price = Decimal("19.25")
    usual: dict[str, Any] = {
        "seats": number + 40,
        "assigned": 40,
        "since": datetime(2026, 10, 12, 14, 5, tzinfo=UTC),
        "idle_days": 42,
        "last_holder": f"lee.gu@{account.domain}",
        "unit_price": price,
        "cost": price * number,
        "currency": account.currency,
        "time_zone": _ZONE,
        **facts,
    }
    return IdleRow(account.id, account.name, account.domain, number_of, part_number, name, idle=number, **usual)


IDLE = (
    idle(FABRIKAM, _PREMIUM, 21),
    idle(TAILSPIN, _PREMIUM, 16, since=datetime(2026, 3, 2, 9, 0, tzinfo=UTC), idle_days=266, last_holder=""),
    idle(CONTOSO, _E3, 6, released_on=date(2026, 12, 1), unit_price=Decimal("23.00"), cost=Decimal("138.00")),
    idle(CONTOSO, _PREMIUM, 5, released_on=date(2026, 12, 1), idle_days=0),
    idle(FABRIKAM, _VISIO, 2, currency="EUR", unit_price=None, cost=None, idle_days=1),
)


def blocked(account: AccountRow, number: int, name: str, cost: str, **facts: Any) -> BlockedRow:
    """A blocked user."""
    upn = f"{name.lower().replace(' ', '.')}@{account.domain}"
    usual: dict[str, Any] = {
        "products": (_PREMIUM[2],),
        "unpriced": 0,
        "currency": account.currency,
        "mode": account.mode,
        **facts,
    }
    return BlockedRow(account.id, account.name, account.domain, number, upn, name, cost=Decimal(cost), **usual)


BLOCKED = (
    blocked(FABRIKAM, 11, "Irvin Sayers", "42.25", products=(_PREMIUM[2], _E3[2])),
    blocked(CONTOSO, 12, "Pradeep Gupta", "19.25"),
    blocked(WOODGROVE, 13, "Megan Bowen", "22.00"),
    blocked(WOODGROVE, 14, "Lidia Holloway", "0.00", products=(_VISIO[2],), unpriced=1),
)


def overlap(account: AccountRow, number: int, name: str, cost: str | None = "12.50", **facts: Any) -> OverlapRow:
    """A user with a product too many."""
    upn = f"{name.lower().replace(' ', '.')}@{account.domain}"
    usual: dict[str, Any] = {
        "product_id": 9,
        "part_number": "O365_BUSINESS_PREMIUM",
        "product": "Microsoft 365 Business Standard",
        "within": _PREMIUM[2],
        "currency": account.currency,
        "mode": account.mode,
        **facts,
    }
    price = None if cost is None else Decimal(cost)
    return OverlapRow(account.id, account.name, account.domain, number, upn, name, cost=price, **usual)


OVERLAPPING = (
    overlap(WOODGROVE, 21, "Adele Vance"),
    overlap(WOODGROVE, 22, "Diego Siciliani"),
    overlap(FABRIKAM, 23, "Isaiah Langer", "10.40"),
    overlap(FABRIKAM, 23, "Isaiah Langer", None, product_id=10, product="Exchange Online (Plan 1)", within=_E3[2]),
)


def cost(account: AccountRow, currency: str = "USD", price: str = "19.25") -> CostRow:
    """What an account costs at one price for all seats."""
    total = account.seats * Decimal(price)
    wasted = (account.seats - account.assigned) * Decimal(price)
    facts = (account.id, account.name, account.domain, account.mode, account.seats, account.assigned)
    return CostRow(*facts, total, wasted, 0, currency, Decimal("0.1"))


def cost_report(rows: list[CostRow]) -> CostReport:
    """Rows with their sub-totals, as the service gives them."""
    rows = sorted(rows, key=lambda row: (row.currency, -row.cost))
    by_currency = {row.currency: [each for each in rows if each.currency == row.currency] for row in rows}
    sums = {currency: sum((row.cost for row in some), Decimal()) for currency, some in by_currency.items()}
    shared = [replace(row, share=row.cost / sums[row.currency] if sums[row.currency] else Decimal()) for row in rows]
    totals = tuple(_total(currency, some) for currency, some in sorted(by_currency.items()))
    return CostReport(tuple(shared), totals)


def _total(currency: str, rows: list[CostRow]) -> CostTotal:
    seats, unpriced = sum(row.seats for row in rows), sum(row.unpriced for row in rows)
    costs, wasted = (
        sum(amounts, Decimal()) for amounts in zip(*((row.cost, row.idle_cost) for row in rows), strict=True)
    )
    return CostTotal(currency, len(rows), seats, costs, wasted, unpriced, sum(row.idle_unpriced for row in rows))


COSTS = cost_report(
    [
        *(cost(account) for account in ACCOUNTS[:6]),
        replace(
            cost(replace(ACCOUNTS[6], mode=Mode.PURCHASE), "EUR", "20.10"),
            assigned=5,
            unpriced=1,
            idle_cost=Decimal(),
            idle_unpriced=1,
        ),
        cost(TAILSPIN, "EUR", "17.90"),
        cost(WOODGROVE),
    ]
)
NO_COSTS = CostReport((), ())


def many_costs(number: int) -> CostReport:
    """As many accounts as a distributor has."""
    return cost_report(
        [cost(account, "EUR" if place % 4 else "USD") for place, account in enumerate(many_accounts(number))]
    )


def trend(months: int, accounts: int = 9) -> list[TrendRow]:
    """The last months and the present one."""
    made = []
    for place in range(months + 1):
        year, month = divmod(2026 * 12 + 10 - (months - place), 12)
        seats = 2000 + 55 * place - (180 if place > months // 2 else 0)
        assigned = seats - 60 - 9 * (place % 5)
        made.append(TrendRow(date(year, month + 1, 1), seats, assigned, accounts, place < months))
    return made


def low(account: AccountRow, product: tuple[int, str, str], seats: int, available: int, threshold: int) -> LowRow:
    """A product of which few seats are left."""
    number, part_number, name = product
    guid = f"{number:08x}-0000-4000-8000-{number:012x}"
    taken = seats - available
    facts = (account.id, account.name, account.domain, number, part_number, guid, name)
    return LowRow(*facts, seats=seats, assigned=taken, threshold=threshold)


LOW = (low(CONTOSO, _E3, 20, 3, 3), low(FABRIKAM, _PREMIUM, 240, 0, 5), low(TAILSPIN, _VISIO, 12, 2, 2))


def many_low(number: int) -> list[LowRow]:
    """As many as a large distributor has."""
    return [
        low(account, _PREMIUM, 40 + place % 60, place % 4, 4) for place, account in enumerate(many_accounts(number))
    ]


def report_services(account: AccountRow = CONTOSO, **answers: Any) -> Any:
    """Services with these reports; `answers` replace methods of `Reports`, and `write` that of `MonthEnd`."""
    write = answers.pop("write", SUMMARY)
    short = answers.pop("low", list(LOW))
    known: dict[str, Any] = {
        "idle_seats": list(IDLE),
        "blocked_holders": list(BLOCKED),
        "overlapping": list(OVERLAPPING),
        "costs": COSTS,
        "trend": lambda _by, account_id=None, months=12: trend(months, 1 if account_id else 9),
        **answers,
    }
    return services(
        accounts=StandIn(Accounts, show=account),
        reports=StandIn(Reports, **known),
        month_end=StandIn(MonthEnd, write=write),
        thresholds=StandIn(Thresholds, low=short),
    )


def nothing() -> dict[str, Any]:
    """Answers of which each is good news."""
    return {"idle_seats": [], "low": [], "blocked_holders": [], "overlapping": [], "costs": NO_COSTS, "trend": []}


def statement(account: AccountRow, total: str, currency: str = "USD", unpriced: int = 0) -> AccountFigures:
    """One account of a pack."""
    net = Decimal(total)
    tax = (net * Decimal("0.19")).quantize(Decimal("0.01")) if currency == "EUR" else Decimal()
    return AccountFigures(
        account.id, account.name, account.domain, currency, 4, net, tax, net + tax, unpriced, provisional=False
    )


def _pack() -> MonthEndSummary:
    euro = statement(TAILSPIN, "1074.00", "EUR")
    dollars = [statement(account, f"{account.seats * 19}.50") for account in ACCOUNTS[:6]]
    net = sum((each.net for each in dollars), Decimal())
    totals = (
        CurrencyTotal("EUR", 1, 4, euro.net, euro.tax, euro.total, 0),
        CurrencyTotal("USD", len(dollars), 24, net, Decimal(), net, 0),
    )
    folder = FOLDER / "cpdesk-2026-10"
    return MonthEndSummary(folder, MonthEndFigures(date(2026, 10, 1), (*dollars, euro), totals, 2), (folder / "x.csv",))


SUMMARY = _pack()
WITH_TROUBLE = replace(
    SUMMARY,
    figures=replace(
        SUMMARY.figures,
        month=date(2026, 11, 1),
        accounts=tuple(replace(each, unpriced=1, provisional=True) for each in SUMMARY.figures.accounts),
    ),
)
"""Lines without a price, and a month that is not over."""
PURCHASE_ROW = next(row for row in COSTS.rows if row.mode is Mode.PURCHASE)
