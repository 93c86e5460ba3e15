"""What the mode advisor says."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import pytest

from cpdesk.base import advice_words


@dataclass(frozen=True)
class Said:
    """An account in Usage Mode that had better be in Purchase Mode."""

    recommended: str = "purchase"
    mode: str = "usage"
    pending: bool = False
    months: int = 12
    currency: str = "USD"
    usage_cost: Decimal = Decimal("6570.00")
    purchase_cost: Decimal = Decimal("5821.20")
    saving_per_month: Decimal = Decimal("62.40")
    pool_saving: Decimal = Decimal("0.00")
    matters_from: Decimal = Decimal("10.95")
    matters_share: Decimal = Decimal("0.02")
    utilisation: Decimal | None = Decimal("0.9300")
    break_even: Decimal | None = Decimal("0.8750")
    tenant_products: tuple[str, ...] = ()
    unpriced: tuple[str, ...] = ()
    ready_on: date | None = None


SAID = Said()
STAYING = replace(SAID, mode="purchase", saving_per_month=Decimal())
LESS = replace(SAID, utilisation=Decimal("0.7500"))
COUNTED = "that is what it comes to product by product, at the prices of each day."
_USED = "{} of the smallest sufficient pool is in use on an average day, and the break-even is {}."
USE = _USED.format("93\N{NO-BREAK SPACE}%", "88\N{NO-BREAK SPACE}%")
USE_LESS = _USED.format("75\N{NO-BREAK SPACE}%", "88\N{NO-BREAK SPACE}%")


@pytest.mark.parametrize(
    ("said", "headline", "reason"),
    [
        (SAID, "Purchase Mode would be cheaper", f"Purchase Mode saves about $62.40 a month: {USE}"),
        (STAYING, "Keep Purchase Mode", f"Purchase Mode stays cheaper by about $62.40 a month: {USE}"),
        (
            replace(STAYING, pool_saving=Decimal("20.00")),
            "Keep Purchase Mode",
            "Purchase Mode stays cheaper by about $62.40 a month, and with the smallest pool it would have cost $20.00"
            f" less: {USE}",
        ),
        (
            replace(STAYING, pending=True),
            "Keep Purchase Mode",
            f"Over these 12 months Usage Mode would have cost about $62.40 more a month than the smallest pool: {USE}",
        ),
        (
            replace(STAYING, tenant_products=("Extra File Storage",)),
            "Keep Purchase Mode",
            "Extra File Storage belongs to the tenant, which only Purchase Mode allows.",
        ),
        (
            replace(LESS, recommended="usage", mode="purchase"),
            "Usage Mode would be cheaper",
            f"Usage Mode saves about $62.40 a month: {USE_LESS}",
        ),
        (
            replace(LESS, recommended="usage", mode="purchase", pending=True),
            "Usage Mode would be cheaper",
            f"Over these 12 months Usage Mode would have saved about $62.40 a month: {USE_LESS}",
        ),
        (
            replace(LESS, recommended="usage"),
            "Keep Usage Mode",
            f"Usage Mode stays cheaper by about $62.40 a month: {USE_LESS}",
        ),
        (
            replace(SAID, recommended="usage"),
            "Keep Usage Mode",
            f"Usage Mode stays cheaper by about $62.40 a month: {COUNTED}",
        ),
        (LESS, "Purchase Mode would be cheaper", f"Purchase Mode saves about $62.40 a month: {COUNTED}"),
        (
            replace(SAID, recommended="either", purchase_cost=Decimal("6560.40")),
            "It makes no difference",
            f"The modes differ by $0.80 a month, which is less than 2\N{NO-BREAK SPACE}%: {USE}",
        ),
        (
            replace(SAID, recommended="either", usage_cost=Decimal(), purchase_cost=Decimal()),
            "It makes no difference",
            "There were no seats in this time, so neither mode costs anything.",
        ),
        (
            replace(SAID, recommended="too_short", ready_on=date(2026, 12, 1)),
            "Too early to say",
            "The advisor needs one complete month of this account, and there is one from December 1, 2026 on.",
        ),
        (
            replace(SAID, recommended="unpriced", unpriced=("Visio Plan 2", "Power BI Pro")),
            "Prices are missing",
            "Prices of Visio Plan 2 and Power BI Pro are missing, without which the modes cannot be compared.",
        ),
    ],
)
def test_every_recommendation_has_its_reason_in_one_sentence(said: Said, headline: str, reason: str) -> None:
    assert (advice_words.headline(said), advice_words.reason(said)) == (headline, reason)


@pytest.mark.parametrize(
    ("share", "text"),
    [("0.93", "93 %"), ("0.875", "88 %"), ("0.042", "4.2 %"), ("0", "0 %"), ("1", "100 %"), ("0.0996", "10 %")],
)
def test_small_shares_have_a_decimal(share: str, text: str) -> None:
    assert advice_words.percent(Decimal(share)) == text
