"""What a seat costs an account today, for use cases that tell what a change comes to."""

from datetime import date, datetime
from decimal import Decimal

from cpdesk.base import zones
from cpdesk.domain import leaving, switching
from cpdesk.domain.people import UnitPriceOf
from cpdesk.domain.rows import AccountRow
from cpdesk.store import prices


def billing_ends(account: AccountRow, now: datetime) -> date:
    """From when (account-local) a seat that leaves at `now` (UTC) is no longer billed."""
    today = switching.local_date(now, zones.zone(account.time_zone))
    return leaving.falls_on(today, prices.pricing_of([account.id])[account.id].proration(today))


def falls_later(account: AccountRow, now: datetime) -> date | None:
    """The same where that is another day (account-local) than the one of `now` (UTC); None where it is that day."""
    today = switching.local_date(now, zones.zone(account.time_zone))
    return leaving.falls_later(today, prices.pricing_of([account.id])[account.id].proration(today))


def of(account: AccountRow, now: datetime) -> UnitPriceOf:
    """The price of a seat and month by product id, at `now` (UTC), in the account's mode."""
    pricing = prices.pricing_of([account.id])[account.id]
    today = switching.local_date(now, zones.zone(account.time_zone))

    def unit_price(product_id: int) -> Decimal | None:
        price = pricing.unit_price(product_id, account.mode, today)
        return price.amount if price else None

    return unit_price
