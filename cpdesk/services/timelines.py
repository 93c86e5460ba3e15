"""How many seats there were, day by day: what charts are drawn of."""

from datetime import date, timedelta

from cpdesk.base import zones
from cpdesk.domain import switching
from cpdesk.domain.operators import Session
from cpdesk.domain.timelines import SeatTimeline, seat_timeline
from cpdesk.services import billed
from cpdesk.services.base import UseCases, account_row


class Timelines(UseCases):
    """Seats over time; everybody who sees the account may know."""

    def seats(self, by: Session, account_id: int, *, months: int = 12, product_id: int | None = None) -> SeatTimeline:
        """Seats that users can hold and those that were assigned, from the 1st of a month `months` ago to today.

        With `product_id` of that product alone, also of one that belongs to the tenant.
        An account that is younger begins with its first seat. Raises UserError `unknown_account`.
        """
        with self._reading(by, account_id) as work:
            zone = zones.zone(account_row(account_id, work.now).time_zone)
            today = switching.local_date(work.now, zone)
            first = _months_before(today, months)
            account = billed.account(account_id, first, today, work.now)
            users = [number for number, product in account.products.items() if product.assignable_to == "user"]
            which = users if product_id is None else [product_id]
            return seat_timeline(account.history, which, max(first, account.history.first_day()), today)


def _months_before(day: date, months: int) -> date:
    first = day.replace(day=1)
    for _month in range(months):
        first = (first - timedelta(days=1)).replace(day=1)
    return first
