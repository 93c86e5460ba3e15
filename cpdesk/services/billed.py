"""Reading what accounts are billed from: few queries for many of them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime

from cpdesk.domain.billed import BilledAccount
from cpdesk.domain.billing import Statement
from cpdesk.domain.histories import window
from cpdesk.domain.statements import last_of_month
from cpdesk.store import accounts, histories, prices, products, switches
from cpdesk.store.rows import in_parts


def account(account_id: int, first: date, last: date) -> BilledAccount:
    """One account with its history over some days, both inclusive."""
    return next(streamed([account_id], first, last))


def with_pending(account: BilledAccount, now: datetime | None = None) -> BilledAccount:
    """The same with its pending switch completed when it is due; only one that is due by `now` (UTC), if given."""
    account_id = account.history.account_id
    pending = switches.pending_by_account(account_id).get(account_id)
    if pending is None or (now is not None and not pending.is_due(now)):
        return account
    return replace(account, history=account.history.with_switch(pending))


def streamed(account_ids: Sequence[int], first: date, last: date) -> Iterator[BilledAccount]:
    """Accounts with their histories over some days, both inclusive, one after the other in the order of the ids."""
    catalogue = products.by_id()
    for part in in_parts(account_ids):
        named, pricing = accounts.names_and_domains(part), prices.pricing_of(part)
        for history in histories.streamed(part, *window(first, last)):
            number = history.account_id
            yield BilledAccount(*named[number], history, pricing[number], catalogue)


def statements(account_ids: Sequence[int], month: date, now: datetime) -> Iterator[Statement]:
    """The statements of many accounts for the month of a day, as they are at `now` (UTC), in the order of the ids.

    Accounts that began later, or in whose zone the month has not begun, are left out.
    """
    for one in streamed(account_ids, month.replace(day=1), last_of_month(month)):
        if one.has_month(month, one.history.today(now)):
            yield one.statement(month, now)
