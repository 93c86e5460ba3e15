"""The company behind one imagined account, and what closing the account would do."""

from dataclasses import replace
from datetime import date

from cpdesk.domain.accounts import Contact, Status
from cpdesk.domain.companies import ClosingForecast, Company
from cpdesk.domain.forecasts import ForecastLine
from cpdesk.domain.rows import AccountRow
from cpdesk.ui.gallery.samples import CONTOSO, account
from cpdesk.ui.gallery.service_samples import POOL

CONTACTS = (
    Contact("Morgan Ellis", "morgan.ellis@contoso-freight.example", "+1 206 555 0113", "IT"),
    Contact("Sam Okafor", "accounts@contoso-freight.example", "", "Billing"),
)
ALIASES = ("contoso-shipping.example", "contoso-rail.example")
_FREE = date(2026, 12, 1)


def with_status(row: AccountRow, status: Status) -> AccountRow:
    """The account as it stands suspended or closed; a closed one holds nothing."""
    if status is Status.CLOSED:
        return replace(row, status=status, pending=None, seats=0, assigned=0)
    return replace(row, status=status)


def _company(row: AccountRow, *, fixed: bool = True, free_on: date | None = None) -> Company:
    return Company(replace(row, aliases=ALIASES), ALIASES, CONTACTS, None, fixed, free_on)


COMPANY = _company(CONTOSO)
"""In Purchase Mode, with seats and a pending change."""
FRESH = _company(account("Contoso Rail", "contoso-rail-freight.example"), fixed=False)
"""Without seats so far."""
SUSPENDED = _company(with_status(CONTOSO, Status.SUSPENDED))
CLOSED = _company(with_status(CONTOSO, Status.CLOSED), free_on=_FREE)
CLOSING = ClosingForecast(
    account=CONTOSO,
    released=tuple(
        ForecastLine(row.part_number, row.name, row.assignable_to, row.seats, row.assigned, row.seats) for row in POOL
    ),
    users=CONTOSO.users,
    ends_switch=CONTOSO.pending,
    domain_free_on=_FREE,
)
