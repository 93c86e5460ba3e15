"""Reading what accounts are billed from: few queries for many of them.

A switch that is due counts from its due instant even where it cannot be written down (the product's rule 7): whoever
asks for the past of accounts asks here, so that all say the same.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from cpdesk.domain.billed import BilledAccount
from cpdesk.domain.billing import Statement
from cpdesk.domain.histories import History, window
from cpdesk.domain.statements import last_of_month
from cpdesk.store import accounts, prices, products, switches
from cpdesk.store import histories as stored
from cpdesk.store.rows import in_parts


def account(account_id: int, first: date, last: date, due_by: datetime | None) -> BilledAccount:
    """One account with its history over some days, both inclusive; `due_by` as `histories` takes it."""
    return next(streamed([account_id], first, last, due_by))


def histories(account_ids: Sequence[int], first: date, last: date, due_by: datetime | None) -> Iterator[History]:
    """The histories of accounts over some days, both inclusive, one after the other in the order of the ids.

    Pending switches that are due by an instant (UTC) are completed in them; None: all, as it is foreseen.
    """
    only = account_ids[0] if len(account_ids) == 1 else None
    waiting = switches.pending_by_account(only, due_by)
    for history in stored.streamed(account_ids, *window(first, last)):
        switch = waiting.get(history.account_id)
        yield history.with_switch(switch) if switch else history


def streamed(account_ids: Sequence[int], first: date, last: date, due_by: datetime | None) -> Iterator[BilledAccount]:
    """Accounts with their `histories`, in the order of the ids."""
    catalogue = products.by_id()
    for part in in_parts(account_ids):
        named, pricing = accounts.names_and_domains(part), prices.pricing_of(part)
        for history in histories(part, first, last, due_by):
            number = history.account_id
            yield BilledAccount(*named[number], history, pricing[number], catalogue)


def statements(account_ids: Sequence[int], month: date, now: datetime) -> Iterator[Statement]:
    """The statements of many accounts for the month of a day, as they are at `now` (UTC), in the order of the ids.

    Accounts that began later, or in whose zone the month has not begun, are left out.
    """
    for one in streamed(account_ids, month.replace(day=1), last_of_month(month), now):
        if one.has_month(month, one.history.today(now)):
            yield one.statement(month, now)


def of_month(account_id: int, month: date, now: datetime) -> BilledAccount:
    """An account over the month of a day, which has begun at `now` (UTC).

    Raises UserError `month_in_future` or `month_before_account`.
    """
    found = account(account_id, month.replace(day=1), last_of_month(month), now)
    found.require_month(month, until=found.history.today(now))
    return found
