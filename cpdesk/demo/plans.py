"""What the customer with an administrator has planned for later, and what became of one such plan."""

from datetime import UTC, date, datetime
from operator import attrgetter

from cpdesk.demo.team import CUSTOMER_DOMAIN, Team
from cpdesk.domain.people import UserFields
from cpdesk.domain.planned import Farewell
from cpdesk.domain.rows import SubscriptionRow

REDUCTION_PLANNED = datetime(2026, 11, 9, 15, 30, tzinfo=UTC)
"""When more seats were planned to be removed than were free on the day."""
PLANNED = datetime(2026, 11, 19, 16, 10, tzinfo=UTC)

_REDUCED, _LEAVING, _FIRST = date(2026, 11, 16), date(2026, 11, 27), date(2026, 12, 1)
_MORE = 2
"""Seats beyond those that are free."""


class Plans:
    """What the reseller plans for the customer."""

    def __init__(self, team: Team) -> None:
        self._team = team
        self._services = team.services
        self._by = team.sessions[0]

    def plan_reduction(self) -> None:
        """More seats than are free: two of them are kept, and somebody has to see that."""
        row = self._largest()
        reason = self._team.reason("end of a project")
        reduce = self._services.planning.reduce
        reduce(self._by, self._account(), _REDUCED, row.guid, row.available + _MORE, reason=reason)

    def plan(self) -> None:
        """A leaver, a joiner who takes the seat, and a seat to be removed on the 1st."""
        account, planning = self._account(), self._services.planning
        user = next(row for row in self._services.users.rows(self._by, account) if row.licenses and not row.blocked)
        reason = self._team.reason("leaves at the end of the month")
        planning.leave(self._by, account, _LEAVING, [user.id], farewell=Farewell.BLOCK, reason=reason)
        joiner = UserFields("Amara Okafor", f"amara.okafor@{CUSTOMER_DOMAIN}", "Amara", "Okafor")
        reason = self._team.reason("new starter")
        planning.join(self._by, account, _FIRST, joiner, licenses=user.licenses[:1], reason=reason)
        reason = self._team.reason("smaller team from December")
        planning.reduce(self._by, account, _FIRST, self._largest().guid, 1, reason=reason)

    def _account(self) -> int:
        return self._services.accounts.find(self._by, CUSTOMER_DOMAIN).id

    def _largest(self) -> SubscriptionRow:
        """What it has most seats of, assigned to users."""
        rows = self._services.licenses.rows(self._by, self._account())
        return max((row for row in rows if row.assignable_to == "user"), key=attrgetter("seats"))
