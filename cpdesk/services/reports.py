"""Reports: where money goes that need not, and how many seats there have been."""

from typing import TYPE_CHECKING

from cpdesk.base.progress import Tell, told
from cpdesk.domain import advisor, reports, trends
from cpdesk.domain.accounts import Status
from cpdesk.domain.operators import Session
from cpdesk.domain.report_rows import BlockedRow, CostReport, IdleRow, OverlapRow, TrendRow
from cpdesk.domain.reports import Surroundings
from cpdesk.services import billed
from cpdesk.services.base import UseCases, Work
from cpdesk.services.overlaps import WhichContain
from cpdesk.services.settling import Settler
from cpdesk.store import accounts, holdings, prices, products, report_figures

if TYPE_CHECKING:
    from cpdesk.store.store import Store

_EVERY = 20
"""Accounts between two tellings."""


class Reports(UseCases):
    """All of them only read. A customer administrator finds the own account alone, and no word of others."""

    def __init__(self, store: "Store", settler: Settler, contained: WhichContain) -> None:
        super().__init__(store, settler)
        self._contained = contained

    def idle_seats(self, by: Session, account_id: int | None = None) -> list[IdleRow]:
        """Seats that nobody holds and that are billed all the same, of one account or of all.

        Currency by currency, what costs most first.
        """
        with self._reading(by, account_id) as work:
            only = _which(work, account_id)
            return reports.idle_rows(_surroundings(work, only), report_figures.idle(only))

    def blocked_holders(self, by: Session, account_id: int | None = None) -> list[BlockedRow]:
        """Users who cannot sign in and hold licenses; currency by currency, what costs most first."""
        with self._reading(by, account_id) as work:
            only = _which(work, account_id)
            return reports.blocked_rows(_surroundings(work, only), report_figures.held_by_blocked(only))

    def overlapping(self, by: Session, account_id: int | None = None) -> list[OverlapRow]:
        """Licenses that another license of the same user contains; currency by currency, what costs most first."""
        with self._reading(by, account_id) as work:
            only = _which(work, account_id)
            held = report_figures.held_by_holders_of_several(only)
            return reports.overlap_rows(_surroundings(work, only), held, self._contained())

    def costs(self, by: Session, account_id: int | None = None) -> CostReport:
        """Accounts by what they cost a month as things stand, with sub-totals per currency."""
        with self._reading(by, account_id) as work:
            around = _surroundings(work, _which(work, account_id))
            return reports.cost_report(around, holdings.of_accounts(list(around.accounts)))

    def trend(
        self, by: Session, account_id: int | None = None, months: int = 12, *, progress: Tell | None = None
    ) -> list[TrendRow]:
        """Seats and assigned seats at the end of the last months (1 to 24) and at present, oldest first.

        Of one account or of all together; `progress` is told of the accounts, and what it raises ends the work.
        Raises UserError `bad_months`.
        """
        with self._reading(by, account_id) as work:
            advisor.require_months(months)
            ids = [row.id for row in accounts.listed(work.now, _which(work, account_id))]
            first, last = advisor.days_around(work.now.date(), months)
            streamed = told(billed.histories(ids, first, last, work.now), len(ids), progress, every=_EVERY)
            return trends.rows(streamed, work.now, months)


def _which(work: Work, account_id: int | None) -> int | None:
    """The one account that a report is about, None for all."""
    return work.only if account_id is None else account_id


def _surroundings(work: Work, only: int | None) -> Surroundings:
    """Closed accounts have no seats, and so nothing to report."""
    rows = {row.id: row for row in accounts.listed(work.now, only) if row.status is not Status.CLOSED}
    return Surroundings(rows, prices.pricing_of(list(rows)), products.by_id(), work.now)
