"""What the Billing tab is told of an account."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cpdesk.domain.advice import Advice
from cpdesk.domain.billing import MonthRow, Statement
from cpdesk.domain.operators import Session
from cpdesk.domain.timelines import SeatTimeline

if TYPE_CHECKING:
    from cpdesk.services.bundle import Services

CHARTED_MONTHS = 12


@dataclass(frozen=True, slots=True)
class BillingFacts:
    """What the account pays."""

    so_far: Statement
    """The present month through today."""
    forecast: Statement
    """The present month to its end."""
    next_month: Statement
    """A pending switch included."""
    months: tuple[MonthRow, ...]
    """Newest first."""


@dataclass(frozen=True, slots=True)
class ChartFacts:
    """What the charts are drawn of."""

    advice: Advice
    timeline: SeatTimeline


def read_billing(services: "Services", by: Session, account_id: int) -> BillingFacts:
    """Ask the services. Raises UserError `unknown_account`."""
    statements = services.statements
    forecast = statements.forecast(by, account_id)
    return BillingFacts(
        so_far=statements.show(by, account_id, forecast.month),
        forecast=forecast,
        next_month=statements.next_month(by, account_id),
        months=tuple(statements.months(by, account_id)),
    )


def read_charts(services: "Services", by: Session, account_id: int) -> ChartFacts:
    """Ask the services; this replays a year. Raises UserError `unknown_account`."""
    return ChartFacts(
        advice=services.advisor.advise(by, account_id, months=CHARTED_MONTHS),
        timeline=services.timelines.seats(by, account_id, months=CHARTED_MONTHS),
    )
