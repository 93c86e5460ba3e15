"""The rows of the reports, as services hand them to screens, files and the command line."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from cpdesk.domain.modes import Mode


@dataclass(frozen=True, slots=True)
class IdleRow:
    """Seats of one product that nobody holds and that are billed all the same. Products of the tenant have none."""

    account_id: int
    account: str
    domain: str
    product_id: int
    part_number: str
    product: str
    """The display name."""
    seats: int
    assigned: int
    idle: int
    """Seats without a holder."""
    since: datetime | None
    """UTC: since when there has been an idle seat all the time."""
    idle_days: int
    """How long that is, in whole days of the account's calendar."""
    last_holder: str
    """UPN of whom the latest of them was taken from; empty where nobody ever had one."""
    unit_price: Decimal | None
    """For a seat and month in the present mode, today; None where there is no price."""
    cost: Decimal | None
    """What the idle seats cost a month; None without a price."""
    currency: str
    """ISO 4217."""
    time_zone: str
    """IANA name, for `since`."""
    released_on: date | None = None
    """When a pending change to Usage Mode releases them."""


@dataclass(frozen=True, slots=True)
class BlockedRow:
    """A user who cannot sign in and still holds licenses."""

    account_id: int
    account: str
    domain: str
    user_id: int
    upn: str
    name: str
    products: tuple[str, ...]
    """Display names of what the user holds, by name."""
    cost: Decimal
    """What the licenses cost a month at today's prices, those without a price left out."""
    unpriced: int
    """Licenses without a price: they are missing in the cost."""
    currency: str
    mode: Mode
    """In Purchase Mode taking them away saves only once the seats leave the pool, too."""


@dataclass(frozen=True, slots=True)
class OverlapRow:
    """A user who holds a product whose service another of the user's products contains."""

    account_id: int
    account: str
    domain: str
    user_id: int
    upn: str
    name: str
    product_id: int
    part_number: str
    product: str
    """The one that could go."""
    within: str
    """The display name of the one that contains it."""
    cost: Decimal | None
    """What the seat that could go costs a month; None without a price."""
    currency: str
    mode: Mode


@dataclass(frozen=True, slots=True)
class CostRow:
    """What an account costs for a whole month as things stand, at today's prices."""

    account_id: int
    account: str
    domain: str
    mode: Mode
    seats: int
    assigned: int
    cost: Decimal
    idle_cost: Decimal
    """The part of it for seats that nobody holds; tenant products have none."""
    unpriced: int
    """Products without a price: they are missing in the cost."""
    currency: str
    share: Decimal
    """Of all costs in this currency, 0 to 1."""
    idle_unpriced: int = 0
    """Products with idle seats and without a price: they are missing in the cost of those."""


@dataclass(frozen=True, slots=True)
class CurrencyTotal:
    """A sub-total: amounts of several currencies are never added up."""

    currency: str
    accounts: int
    seats: int
    cost: Decimal
    idle_cost: Decimal
    unpriced: int
    """Products without a price, account by account: they are missing in the cost."""
    idle_unpriced: int = 0
    """The same of idle seats."""


@dataclass(frozen=True, slots=True)
class CostReport:
    """Accounts by cost, dearest first within a currency; currencies by name."""

    rows: tuple[CostRow, ...]
    totals: tuple[CurrencyTotal, ...]
    """By currency code."""


@dataclass(frozen=True, slots=True)
class TrendRow:
    """All seats at the end of a month; of the present one, as things stand."""

    month: date
    """Its first day."""
    seats: int
    assigned: int
    accounts: int
    """That hold at least one seat."""
    complete: bool
    """Whether the month is over for every account that is counted."""

    @property
    def available(self) -> int:
        return self.seats - self.assigned
