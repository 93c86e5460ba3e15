"""The pending switches of accounts, with what each will do."""

from collections.abc import Iterator, Sequence

from cpdesk.domain import forecasts
from cpdesk.domain.forecasts import QueuedSwitch
from cpdesk.domain.rows import AccountRow
from cpdesk.services.base import Work
from cpdesk.store import accounts, holdings, prices


def queued(work: Work, only: int | None) -> list[QueuedSwitch]:
    """Those of all accounts or of one, the one that is due first at the top."""
    waiting = [row for row in accounts.listed(work.now, only) if row.pending]
    return sorted(_queued(work, only, waiting), key=lambda one: (one.switch.due_at, one.switch.id))


def _queued(work: Work, only: int | None, waiting: Sequence[AccountRow]) -> Iterator[QueuedSwitch]:
    """What the pending switches release, and what they do to the bills."""
    held, pricing = holdings.with_pending(only), prices.pricing_of([row.id for row in waiting])
    for row in waiting:
        assert row.pending
        yield forecasts.queued(row, row.pending, work.now, held.get(row.id, ()), pricing[row.id])
