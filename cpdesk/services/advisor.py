"""The mode advisor: what the last months would have cost in either mode."""

from collections.abc import Iterator, Sequence
from operator import attrgetter

from cpdesk.base.progress import Tell, told
from cpdesk.domain import advisor
from cpdesk.domain.accounts import Status
from cpdesk.domain.advice import Advice
from cpdesk.domain.advisor import Case
from cpdesk.domain.operators import Session
from cpdesk.domain.rows import AccountRow
from cpdesk.services import billed
from cpdesk.services.base import UseCases, Work, account_row
from cpdesk.store import accounts, ledger_starts, prices, products


class Advisor(UseCases):
    """Replays ledgers; it changes nothing."""

    def advise(self, by: Session, account_id: int, *, months: int = 12) -> Advice:
        """What an account should do, from its last complete months (1 to 24). Raises UserError `bad_months`."""
        with self._reading(by, account_id) as work:
            advisor.require_months(months)
            case = next(_cases(work, [account_row(account_id, work.now)], months, None))
            return advisor.advise(case, months)

    def advise_all(self, by: Session, *, months: int = 12, progress: Tell | None = None) -> list[Advice]:
        """The same for all accounts that the operator sees and that are not closed.

        Highest saving first, whatever its currency. `progress` is told of the accounts; what it raises ends the work.
        Raises UserError `bad_months`.
        """
        with self._reading(by) as work:
            advisor.require_months(months)
            rows = [row for row in accounts.listed(work.now, work.only) if row.status is not Status.CLOSED]
            advices = [advisor.advise(case, months) for case in _cases(work, rows, months, progress)]
        return sorted(advices, key=attrgetter("saving_per_month"), reverse=True)


def _cases(work: Work, rows: Sequence[AccountRow], months: int, progress: Tell | None) -> Iterator[Case]:
    """One account after the other: the histories of all of them at once would be too much."""
    ids = [row.id for row in rows]
    by_id = {row.id: row for row in rows}
    begun, pricing, known = ledger_starts.of_accounts(ids), prices.pricing_of(ids), products.by_id()
    first, last = advisor.days_around(work.now.date(), months)
    for history in told(billed.histories(ids, first, last, work.now), len(ids), progress, every=1):
        first_entry = begun.get(history.account_id)
        yield Case(
            account=by_id[history.account_id],
            history=history,
            pricing=pricing[history.account_id],
            first_day=history.today(first_entry) if first_entry else None,
            today=history.today(work.now),
            products=known,
        )
