"""The mode advisor: what an account's last months would have cost in either mode."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from cpdesk.domain.modes import Mode


class Recommendation(StrEnum):
    """What the advisor says."""

    USAGE = "usage"
    PURCHASE = "purchase"
    EITHER = "either"
    """The difference is too small to matter."""
    TOO_SHORT = "too_short"
    """There are too few complete months."""
    UNPRICED = "unpriced"
    """Prices are missing without which it cannot be said."""


@dataclass(frozen=True, slots=True)
class MonthCost:
    """One complete month in both modes, in the account's currency."""

    month: date
    """Its first day."""
    actual: Decimal
    usage: Decimal
    purchase: Decimal
    unpriced: int
    """Lines without a price in any of the three."""
    seats: int
    """At the end of the month."""
    assigned: int
    """At the end of the month."""
    mode: Mode
    """At the end of the month."""


@dataclass(frozen=True, slots=True)
class ProductAdvice:
    """One product in the replay."""

    product_id: int
    part_number: str
    product: str
    pool: int
    """The smallest constant pool that would have sufficed: the most assignments there were at any instant."""
    average_assigned: Decimal
    """Assigned seats at the end of a day, on average, to two decimals."""
    usage_price: Decimal | None
    """For a seat and month, on the last day of the period."""
    purchase_price: Decimal | None
    break_even: Decimal | None
    """Purchase price / Usage price: the share of the pool that has to be in use for Purchase Mode to pay."""
    tenant: bool
    """Cannot be held in Usage Mode."""


@dataclass(frozen=True, slots=True)
class Advice:
    """What the replay of one account's ledger comes to."""

    account_id: int
    account: str
    domain: str
    currency: str
    mode: Mode
    """The present one."""
    pending: bool
    """Whether a change to Usage Mode waits."""
    first: date
    """First day of the first month; with `months` = 0, of the present month."""
    months: int
    """Complete months that were replayed, 0 to 24."""
    actual: Decimal
    usage_cost: Decimal
    purchase_cost: Decimal
    unpriced: tuple[str, ...]
    """Names of products without a price that is needed."""
    products: tuple[ProductAdvice, ...]
    by_month: tuple[MonthCost, ...]
    """Oldest first."""
    utilisation: Decimal | None
    """Assigned seats / smallest pool on an average day, 0 to 1; None without seats."""
    break_even: Decimal | None
    """The pools at Purchase prices / the pools at Usage prices; None where prices are missing."""
    turnover: Decimal | None
    """Assignments moved per seat and month, 0.042 for 4.2 %; None without seats."""
    tenant_products: tuple[str, ...]
    """Names of products that force Purchase Mode."""
    recommended: Recommendation
    saving_per_month: Decimal
    """Of the recommended mode against what was paid; never negative, 0 where it is not recommended to change."""
    ready_on: date | None = None
    """Where the history is too short: when its first complete month is over, account-local."""
    pool_saving: Decimal = Decimal()
    """Where Purchase Mode is to stay: what the smallest pools would have saved a month against what was paid.

    0 where a price is missing: then nothing can be compared.
    """
    matters_from: Decimal = Decimal()
    """A difference between the modes of less than this a month does not matter; 0 where a price is missing."""
    matters_share: Decimal = Decimal("0.02")
    """The same as a part of what the dearer mode costs."""
