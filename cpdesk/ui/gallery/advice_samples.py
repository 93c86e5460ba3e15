"""Advice for the gallery and the tests of pages: an imagined account through its last months."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from cpdesk.domain.advice import Advice, MonthCost, ProductAdvice, Recommendation
from cpdesk.domain.modes import Mode
from cpdesk.domain.rows import AccountRow
from cpdesk.domain.timelines import ModeDay, SeatTimeline
from cpdesk.services.accounts import Accounts
from cpdesk.services.advisor import Advisor
from cpdesk.services.timelines import Timelines
from cpdesk.ui.gallery.price_samples import schedule_answers
from cpdesk.ui.gallery.samples import ACCOUNTS, CONTOSO
from cpdesk.ui.gallery.stand_ins import StandIn, services

_LAST = date(2026, 10, 1)
_USED = (54, 55, 57, 58, 60, 62, 61, 64, 65, 63, 66, 66)
"""Seats of Business Premium in use by month, again and again; those of Office 365 E3 never change."""
_CHURN = (40, 38, 35, 44, 52, 66, 47, 39, 36, 41, 38, 37)
"""The same where people come and go."""
_EVEN = (52, 53, 54, 53, 52, 53, 54, 66, 54, 53, 52, 53)
"""The same where it makes no difference."""
_POOL, _E3 = 66, 20

PREMIUM = ProductAdvice(
    product_id=1,
    part_number="SPB",
    product="Microsoft 365 Business Premium",
    pool=_POOL,
    average_assigned=Decimal("60.92"),
    usage_price=Decimal("22.00"),
    purchase_price=Decimal("19.25"),
    break_even=Decimal("0.8750"),
    tenant=False,
)
E3 = ProductAdvice(
    product_id=2,
    part_number="ENTERPRISEPACK",
    product="Office 365 E3",
    pool=_E3,
    average_assigned=Decimal(_E3),
    usage_price=Decimal("27.60"),
    purchase_price=Decimal("23.00"),
    break_even=Decimal("0.8333"),
    tenant=False,
)
_USAGE = (Decimal("22.00"), Decimal("27.60"))
_PURCHASE = (Decimal("19.25"), Decimal("23.00"))
STORAGE = ProductAdvice(
    product_id=3,
    part_number="SHAREPOINTSTORAGE",
    product="Office 365 Extra File Storage",
    pool=500,
    average_assigned=Decimal(0),
    usage_price=None,
    purchase_price=Decimal("0.20"),
    break_even=None,
    tenant=True,
)
UNPRICED = replace(E3, usage_price=None, break_even=None)


def months(
    number: int, mode: Mode = Mode.USAGE, switched: int | None = None, used: Sequence[int] = _USED
) -> tuple[MonthCost, ...]:
    """So many months until October 2026; from the place `switched` on in the other mode."""
    made = []
    for place in range(number):
        back = number - 1 - place
        year, month = divmod(_LAST.year * 12 + _LAST.month - 1 - back, 12)
        present = mode.other if switched is not None and place >= switched else mode
        made.append(_month(date(year, month + 1, 1), used[-1 - back % len(used)], present))
    return tuple(made)


def _month(month: date, used: int, mode: Mode) -> MonthCost:
    usage, purchase = _cost(used, _USAGE), _cost(_POOL, _PURCHASE)
    kept = used if mode is Mode.USAGE else _POOL + 4
    actual = usage if mode is Mode.USAGE else _cost(kept, _PURCHASE)
    return MonthCost(month, actual, usage, purchase, 0, kept + _E3, used + _E3, mode)


def _cost(premium: int, prices: tuple[Decimal, Decimal]) -> Decimal:
    return premium * prices[0] + _E3 * prices[1]


def advice(account: AccountRow = ACCOUNTS[0], number: int = 12, **facts: Any) -> Advice:
    """The advice for an account; `facts` replace those of one for which Purchase Mode would be cheaper."""
    by_month: Sequence[MonthCost] = facts.pop("by_month", months(number, account.mode))
    usage, purchase = _sum(month.usage for month in by_month), _sum(month.purchase for month in by_month)
    actual = _sum(month.actual for month in by_month)
    wanted = usage if facts.get("recommended") is Recommendation.USAGE else purchase
    saving = max(actual - wanted, Decimal()) / max(len(by_month), 1)
    usual: dict[str, Any] = {
        "currency": account.currency,
        "mode": account.mode,
        "pending": account.pending is not None,
        "first": by_month[0].month if by_month else date(2026, 11, 1),
        "months": len(by_month),
        "actual": actual,
        "usage_cost": usage,
        "purchase_cost": purchase,
        "unpriced": (),
        "products": (PREMIUM, E3),
        "by_month": tuple(by_month),
        "utilisation": Decimal("0.9409"),
        "break_even": Decimal("0.8635"),
        "turnover": Decimal("0.0420"),
        "tenant_products": (),
        "recommended": Recommendation.PURCHASE,
        "saving_per_month": saving.quantize(Decimal("0.01")),
        "matters_from": Decimal("37.84"),
    }
    return Advice(account.id, account.name, account.domain, **{**usual, **facts})


def _sum(amounts: Any) -> Decimal:
    return sum(amounts, Decimal())


TOO_SHORT = advice(
    number=0,
    recommended=Recommendation.TOO_SHORT,
    saving_per_month=Decimal(),
    utilisation=None,
    break_even=None,
    turnover=None,
    products=(),
    ready_on=date(2026, 12, 1),
)
MISSING_PRICES = advice(
    recommended=Recommendation.UNPRICED,
    saving_per_month=Decimal(),
    unpriced=(UNPRICED.product,),
    products=(PREMIUM, UNPRICED),
    break_even=None,
    by_month=tuple(replace(month, unpriced=1 if place > 7 else 0) for place, month in enumerate(months(12))),
)
EITHER = advice(
    recommended=Recommendation.EITHER,
    by_month=months(12, used=_EVEN),
    products=(replace(PREMIUM, average_assigned=Decimal("54.08")), E3),
    utilisation=Decimal("0.8614"),
    saving_per_month=Decimal(),
)
_LOW: dict[str, Any] = {
    "recommended": Recommendation.USAGE,
    "products": (replace(PREMIUM, average_assigned=Decimal("42.75")), E3),
    "utilisation": Decimal("0.7297"),
    "turnover": Decimal("0.1130"),
}
KEPT = advice(by_month=months(12, used=_CHURN), saving_per_month=Decimal(), **_LOW)
TENANT = advice(
    ACCOUNTS[2], recommended=Recommendation.PURCHASE, saving_per_month=Decimal(),
    products=(PREMIUM, E3, STORAGE), tenant_products=(STORAGE.product,),
)  # fmt: skip
PENDING = advice(CONTOSO, by_month=months(12, Mode.PURCHASE, used=_CHURN), **_LOW)
PENDING_WRONG = advice(CONTOSO, recommended=Recommendation.PURCHASE, saving_per_month=Decimal())
SWITCHED = advice(ACCOUNTS[2], by_month=months(24, Mode.USAGE, 14), saving_per_month=Decimal())


SWITCHES = (ModeDay(date(2026, 1, 14), Mode.PURCHASE), ModeDay(date(2026, 11, 5), Mode.USAGE))
"""The second one is in a month that is not over."""


def advisor_services(shown: Advice | Exception = EITHER, account: AccountRow = ACCOUNTS[0], **answers: Any) -> Any:
    """Services that give this advice for the account; `answers` replace methods of `Advisor`."""
    switched = SWITCHES if shown is SWITCHED else ()
    return services(
        accounts=StandIn(Accounts, show=account),
        advisor=StandIn(Advisor, **{"advise": shown, **answers}),
        prices=schedule_answers(),
        timelines=StandIn(Timelines, seats=SeatTimeline(date(2026, 11, 23), (), switched)),
    )


def many_advices(number: int) -> list[Advice]:
    """As many accounts as a distributor has, highest saving first."""
    kinds = (KEPT, advice(), PENDING, EITHER, MISSING_PRICES, TOO_SHORT)
    return [_numbered(kinds[place % len(kinds)], place, number) for place in range(number)]


def _numbered(kind: Advice, place: int, number: int) -> Advice:
    saving = Decimal(number - place) / 10 if kind.saving_per_month else Decimal()
    name, domain = f"Customer {place:05d}", f"customer-{place:05d}.example"
    return replace(kind, account_id=1000 + place, account=name, domain=domain, saving_per_month=saving)


ALL = [
    replace(advice(ACCOUNTS[5]), saving_per_month=Decimal("412.30")),
    replace(advice(ACCOUNTS[8], recommended=Recommendation.PURCHASE), saving_per_month=Decimal("180.00")),
    PENDING,
    advice(ACCOUNTS[3], currency="EUR", saving_per_month=Decimal("31.75")),
    TENANT,
    KEPT,
    replace(EITHER, account_id=ACCOUNTS[6].id, account=ACCOUNTS[6].name, domain=ACCOUNTS[6].domain),
    replace(
        MISSING_PRICES, account_id=ACCOUNTS[4].id, account=ACCOUNTS[4].name, domain=ACCOUNTS[4].domain,
        mode=ACCOUNTS[4].mode,
    ),
    replace(TOO_SHORT, account_id=ACCOUNTS[7].id, account=ACCOUNTS[7].name, domain=ACCOUNTS[7].domain),
]  # fmt: skip
"""Each kind of advice, highest saving first."""
