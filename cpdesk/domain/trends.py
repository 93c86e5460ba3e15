"""How many seats there were at the end of each month."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import dropwhile

from cpdesk.domain.histories import History
from cpdesk.domain.replay import month_before
from cpdesk.domain.report_rows import TrendRow
from cpdesk.domain.statements import last_of_month

_TICK = timedelta(microseconds=1)
"""What happens right now counts."""


@dataclass(slots=True)
class _Month:
    """Counts of a month, added up account by account."""

    month: date
    seats: int = 0
    assigned: int = 0
    accounts: int = 0
    complete: bool = True


def rows(histories: Iterable[History], now: datetime, months: int) -> list[TrendRow]:
    """The last complete months and the one that runs at `now` (UTC), oldest first; those before the first seat not.

    Around midnight on the 1st accounts are not in the same month: the one that runs is that of whoever is furthest.
    """
    found: dict[date, _Month] = {}
    for history in histories:
        for month in _months(history.today(now), months):
            _count(found.setdefault(month, _Month(month)), history, now)
    return [_row(month) for month in dropwhile(_is_unused, _latest(found, months))]


def _months(today: date, months: int) -> list[date]:
    listed = [today.replace(day=1)]
    for _number in range(months):
        listed.append(month_before(listed[-1]))
    return listed


def _count(month: _Month, history: History, now: datetime) -> None:
    end = history.day_end(last_of_month(month.month))
    counts = [product.before(min(end, now + _TICK)) for product in history.products.values()]
    seats = sum(seats for seats, _assigned in counts)
    month.seats += seats
    month.assigned += sum(assigned for _seats, assigned in counts)
    month.accounts += seats > 0
    month.complete &= end <= now


def _latest(found: dict[date, _Month], months: int) -> Sequence[_Month]:
    return [found[month] for month in sorted(found)[-months - 1 :]]


def _is_unused(month: _Month) -> bool:
    return month.complete and not month.accounts


def _row(month: _Month) -> TrendRow:
    return TrendRow(month.month, month.seats, month.assigned, month.accounts, month.complete)
