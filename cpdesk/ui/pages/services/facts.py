"""What the page is told of an account."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

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


def read_facts(services: "Services", by: Session, account_id: int) -> ServiceFacts:
    """Ask the services. Raises UserError `unknown_account`."""
    account, completed = services.modes.show(by, account_id)
    outlook = services.modes.outlook(by, account_id) if account.pending else None
    return ServiceFacts(account, completed, outlook, tuple(services.licenses.rows(by, account_id)))
