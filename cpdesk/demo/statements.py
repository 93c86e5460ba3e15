"""Statements that the reseller of the demo sent to its customers, and who it is."""

from datetime import UTC, date, datetime
from decimal import Decimal

from cpdesk.demo.team import CUSTOMER_DOMAIN, Team
from cpdesk.domain.issuing import CorrectionKind
from cpdesk.domain.own_company import OwnCompany

SENT = (
    (datetime(2026, 10, 5, 14, 20, tzinfo=UTC), date(2026, 9, 1)),
    (datetime(2026, 11, 4, 14, 5, tzinfo=UTC), date(2026, 10, 1)),
)
"""When the statements of which months went out."""
GOODWILL = datetime(2026, 11, 11, 16, 40, tzinfo=UTC)
"""When the customer with an administrator got something back."""

_COMPANY = OwnCompany(
    "Lighthouse IT", ("48 Harbour Street", "Portland, ME 04101"), country="US", tax_id="EIN 84-2217706"
)


class Statements:
    """What the reseller's bookkeeping does with the panel."""

    def __init__(self, team: Team) -> None:
        self._services = team.services
        self._by = team.sessions[0]

    def enter_company(self) -> None:
        """Say who the statements come from."""
        self._services.issuing.save_own_company(self._by, _COMPANY)

    def send(self, month: date) -> None:
        """Issue the statements of a month; those without all their prices wait."""
        for figures in self._services.month_end.prepare(self._by, month).accounts:
            if not figures.unpriced:
                self._services.issuing.issue(self._by, figures.account_id, month)

    def give_back(self) -> None:
        """A credit, so that there is one to be seen."""
        account = self._services.accounts.find(self._by, CUSTOMER_DOMAIN)
        self._services.issuing.correct(
            self._by,
            account.id,
            SENT[-1][1],
            CorrectionKind.CREDIT,
            "Goodwill for the outage of October 14",
            Decimal("25.00"),
            "SD-21977: agreed with Morgan Ellis",
        )
