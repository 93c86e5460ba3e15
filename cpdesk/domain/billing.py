"""Statements and costs as services hand them to screens, to documents and to the command line."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from cpdesk.domain.modes import Mode
from cpdesk.domain.statements import Proration


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One line of a statement: days of one month of one product that cost the same."""

    product_id: int
    part_number: str
    guid: str
    product: str
    """The display name."""
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
    """Rounded half up to the currency's minor unit; None without a price."""
    priced_at: datetime | None = None
    """UTC: when the price was entered, where that was after the days that it counts for."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What an account pays for a month (the product's rules 10 to 13)."""

    account_id: int
    account: str
    domain: str
    month: date
    """Its first day."""
    through: date
    """The last day that is counted, inclusive: of a month that is not over, today; of a forecast, its end."""
    currency: str
    """ISO 4217."""
    time_zone: str
    """IANA name of the zone whose calendar counts in this month."""
    provisional: bool
    """Whether the month is not over in that zone."""
    proration: Proration
    lines: tuple[StatementRow, ...]
    """By product name, then by day."""
    total: Decimal
    """The sum of the lines that have a price."""
    unpriced: int
    """Lines without a price: they are missing in the total."""
    corrected_on: date | None = None
    """The day of this month, if there is one, from which changes count that were made under a clock far ahead."""


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """A ledger entry behind a line of a statement."""

    number: int
    """Of the ledger entry."""
    effective_at: datetime
    """UTC."""
    recorded_at: datetime
    """UTC; later than effective only for a late settlement."""
    kind: str
    """A member of LedgerKind."""
    user: str
    """UPN of whom a license was assigned to or taken from; empty where there is none."""
    seats: int
    """By how much the seats changed."""
    seats_after: int


@dataclass(frozen=True, slots=True)
class Explanation:
    """How a line of a statement comes to its amount."""

    line: StatementRow
    proration: Proration
    schedule: str
    """Name of the price schedule; empty where there is none in the account's currency."""
    price_effective_on: date | None
    """From when the unit price counts."""
    opening: int
    """Seats at the end of the day before the line begins."""
    entries: tuple[LedgerLine, ...]
    """What changed the seats: from the change that led to this quantity on, to the last day of the line."""


@dataclass(frozen=True, slots=True)
class MonthRow:
    """A month of an account among its statements."""

    month: date
    total: Decimal
    """As things stand, tax left out."""
    unpriced: int
    """As things stand."""
    provisional: bool
    number: str = ""
    """Of the issued statement; empty where none was issued."""
    issued_amount: Decimal | None = None
    """What its document comes to, tax and corrections included; None where none was issued."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What seats cost for a whole month at today's prices."""

    amount: Decimal
    currency: str
    """ISO 4217."""
    unpriced: int = 0
    """Products without a price: they are missing in the amount."""


@dataclass(frozen=True, slots=True)
class ProductPrice:
    """What a seat of a product costs an account a month, from today."""

    usage: Decimal | None
    purchase: Decimal | None
    currency: str

    def of(self, mode: Mode) -> Decimal | None:
        """The price in a mode; None where there is none."""
        return self.usage if mode is Mode.USAGE else self.purchase
