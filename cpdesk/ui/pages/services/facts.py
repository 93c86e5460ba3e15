"""What the page is told of an account."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from cpdesk.base.errors import UserError
from cpdesk.base.regions import minor_digits
from cpdesk.domain.billing import ProductPrice
from cpdesk.domain.forecast_money import monthly
from cpdesk.domain.forecasts import Forecast
from cpdesk.domain.modes import CompletedSwitch
from cpdesk.domain.operators import Session
from cpdesk.domain.rows import AccountRow, SubscriptionRow

if TYPE_CHECKING:
    from cpdesk.services.bundle import Services


@dataclass(frozen=True, slots=True)
class ServiceFacts:
    """One account as both tabs show it."""

    account: AccountRow
    completed: CompletedSwitch | None
    """The switch that led to the present mode."""
    outlook: Forecast | None
    """What the pending switch will do as things stand."""
    subscriptions: tuple[SubscriptionRow, ...]
    prices: Mapping[int, ProductPrice]
    """What a seat costs a month today, by product id; products without any price are left out."""
    other_mode: Forecast | None = None
    """What changing the mode now would do; None where it cannot be changed, or is being changed."""
    falls_later: date | None = None
    """Account-local: from when what leaves today is no longer billed (rule 11); None: from today on."""

    def unit_price(self, product_id: int) -> Decimal | None:
        """What a seat costs a month today in the present mode; None without a price."""
        price = self.prices.get(product_id)
        return price.of(self.account.mode) if price else None

    @property
    def seats(self) -> tuple["PricedSeats", ...]:
        """The subscriptions with what they cost."""
        return tuple(map(self.priced, self.subscriptions))

    def priced(self, row: SubscriptionRow) -> "PricedSeats":
        """A subscription with what it costs."""
        return PricedSeats(row, self.unit_price(row.product_id), self.account.currency, self.falls_later)


@dataclass(frozen=True, slots=True)
class PricedSeats:
    """A subscription, and what a seat of it costs a month today."""

    row: SubscriptionRow
    unit_price: Decimal | None
    currency: str
    falls_later: date | None = None
    """Account-local: from when what leaves today is no longer billed (rule 11); None: from today on."""

    @property
    def name(self) -> str:
        return self.row.name

    @property
    def assignable_to(self) -> str:
        return self.row.assignable_to

    @property
    def monthly(self) -> Decimal | None:
        """What all of its seats cost a month; None without a price."""
        return monthly(self.row.seats, self.unit_price, minor_digits(self.currency))


def read_facts(services: "Services", by: Session, account_id: int) -> ServiceFacts:
    """Ask the services. Raises UserError `unknown_account`."""
    account, completed = services.modes.show(by, account_id)
    return ServiceFacts(
        account=account,
        completed=completed,
        outlook=services.modes.outlook(by, account_id) if account.pending else None,
        subscriptions=tuple(services.licenses.rows(by, account_id)),
        prices=services.statements.prices_of(by, account_id),
        other_mode=None if account.pending else _other_mode(services, by, account),
        falls_later=services.statements.falls_later(by, account_id),
    )


def _other_mode(services: "Services", by: Session, account: AccountRow) -> Forecast | None:
    try:
        return services.modes.forecast(by, account.id, account.mode.other)
    except UserError:
        return None  # suspended, closed or without the service: nothing to weigh up
