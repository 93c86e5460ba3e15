"""What the advisor's page is told of an account."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cpdesk.domain.advice import Advice
from cpdesk.domain.operators import Session
from cpdesk.domain.rows import AccountRow
from cpdesk.domain.timelines import ModeDay

if TYPE_CHECKING:
    from cpdesk.services.bundle import Services


@dataclass(frozen=True, slots=True)
class AdvisorFacts:
    """One account with its advice."""

    account: AccountRow
    advice: Advice
    switches: tuple[ModeDay, ...] = ()
    """Its changes of mode, oldest first."""


def read_facts(services: "Services", by: Session, account_id: int, months: int) -> AdvisorFacts:
    """Ask the services; this replays so many months. Raises UserError `unknown_account`."""
    advice = services.advisor.advise(by, account_id, months=months)
    timeline = services.timelines.seats(by, account_id, months=months) if advice.months else None
    return AdvisorFacts(services.accounts.show(by, account_id), advice, timeline.switches if timeline else ())
