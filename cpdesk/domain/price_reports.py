"""What an import of a partner price list changes in a schedule."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from cpdesk.domain.prices import Price


class PriceChange(StrEnum):
    """What becomes of the price of a product."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


class SkipReason(StrEnum):
    """Why a row of a price list gives no price. The words: `cpdesk.base.price_words`."""

    MARKET = "market"
    """Of another market."""
    SEGMENT = "segment"
    """Not commercial: education, charity, government."""
    TRIAL = "trial"
    TERM = "term"
    """Neither monthly, nor annual and billed monthly."""
    CURRENCY = "currency"
    """Not the schedule's."""
    PRODUCT = "product"
    """Not in the catalogue."""
    DATE = "date"
    """Not in force on the day."""
    TIER = "tier"
    """Only for a larger number of seats."""
    SUPERSEDED = "superseded"
    """Another row counts that begins later, or says the same."""


@dataclass(frozen=True, slots=True)
class PriceLine:
    """A product of the price list as the schedule will have it."""

    product_id: int
    part_number: str
    product: str
    """The display name."""
    change: PriceChange
    usage_before: Decimal | None
    purchase_before: Decimal | None
    usage: Decimal | None
    purchase: Decimal | None
    usage_cost: Decimal | None
    purchase_cost: Decimal | None
    usage_kept: bool = False
    """The list has no monthly term of the product: the Usage price of the schedule stays."""
    purchase_kept: bool = False
    """The list has no annual term that is billed monthly: the Purchase price of the schedule stays."""
    usage_row: int | None = None
    """Where the Usage price stands in the file, as a spreadsheet numbers rows."""
    purchase_row: int | None = None

    def price(self, day: date, now: datetime) -> Price:
        """What the schedule has from a day on, entered at `now` (UTC)."""
        return Price(self.product_id, day, self.usage, self.purchase, now, self.usage_cost, self.purchase_cost)


@dataclass(frozen=True, slots=True)
class SkippedRow:
    """A row of the file that gives no price."""

    row: int
    """As a spreadsheet numbers rows."""
    title: str
    """The product as the file calls it."""
    reason: SkipReason


@dataclass(frozen=True, slots=True)
class PriceImportReport:
    """What an import of prices would change, or has changed."""

    file: str
    """Name without its folder."""
    encoding: str
    """How its bytes were read, by Python's name for it."""
    schedule: str
    currency: str
    market: str
    margin: Decimal
    """Percent."""
    effective_on: date
    lines: tuple[PriceLine, ...]
    """By product name."""
    skipped: tuple[SkippedRow, ...]
    """In the order of the file."""

    @property
    def reasons(self) -> Counter[SkipReason]:
        """How many rows give no price, by the reason."""
        return Counter(row.reason for row in self.skipped)

    def count(self, change: PriceChange) -> int:
        """How many products are new, changed or unchanged."""
        return sum(line.change is change for line in self.lines)
