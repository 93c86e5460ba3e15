"""Products of the catalogue as a reseller sees them."""

from dataclasses import dataclass
from decimal import Decimal

from cpdesk.domain.catalog import Product
from cpdesk.domain.product_file import ServicePlan


@dataclass(frozen=True, slots=True)
class ProductRow:
    """A product in the list of all."""

    id: int
    product: Product
    plans: int
    """How many service plans it includes, as far as they are known."""
    accounts: int
    """How many have seats of it."""
    usage: Decimal | None
    """Price of a seat and month today in Usage Mode, by the schedule that is the default; None: no price."""
    purchase: Decimal | None
    """The same in Purchase Mode."""
    schedule: str
    """The default schedule."""
    currency: str
    """Of that schedule; ISO 4217."""

    @property
    def priced(self) -> bool:
        """Whether the default schedule has a price of it today."""
        return self.usage is not None or self.purchase is not None


@dataclass(frozen=True, slots=True)
class ProductDetails:
    """A product with what it consists of."""

    row: ProductRow
    plans: tuple[ServicePlan, ...]
    """By the name that people use."""
    within: tuple[str, ...]
    """Names of the products that contain it, for the report of overlapping licenses."""
    contains: tuple[str, ...]
    """Names of the products that it contains."""
    scope_fixed_by: int
    """How many accounts keep its scope from being changed: they hold it, or did so lately."""
