"""What accounts held in the past, from the ledger: for statements, the advisor and reports.

Counts are sums of what the ledger's entries changed, whatever order they were recorded in: a late settlement stands
in the ledger after the instant from which it counts.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any

from cpdesk.domain.accounts import ZoneChange
from cpdesk.domain.billing import LedgerLine
from cpdesk.domain.clock_correction import in_order
from cpdesk.domain.histories import History, ProductHistory, SeatChange
from cpdesk.domain.modes import Mode
from cpdesk.store import clock_corrections, connection
from cpdesk.store.fields import from_day_text, from_utc_text, utc_text, word

_BATCH = 200
"""Accounts read at once: few queries for many, and little in memory."""

_MODES = {str(mode): mode for mode in Mode}

_ACCOUNTS = "SELECT id, created_at, time_zone FROM account WHERE id IN ({ids})"
_ZONES = (
    "SELECT account_id, time_zone, effective_on FROM account_zone WHERE account_id IN ({ids})"
    " ORDER BY account_id, effective_on"
)
_SWITCHES = (
    "SELECT account_id, {at}, to_mode FROM mode_switch WHERE account_id IN ({ids}) AND state = 'done'"
    " ORDER BY account_id, id"
)
_OPENINGS = (
    "SELECT account_id, product_id, sum(seats), sum(assigned) FROM seat_entry"
    " WHERE account_id IN ({ids}) AND {at} < ? GROUP BY account_id, product_id"
)
_CHANGES = (
    "SELECT account_id, product_id, {at} AS counts_at, sum(seats), sum(assigned), max(id),"
    " sum(CASE WHEN assigned > 0 THEN assigned ELSE 0 END), sum(CASE WHEN assigned < 0 THEN -assigned ELSE 0 END)"
    " FROM seat_entry WHERE account_id IN ({ids}) AND {at} >= ? AND {at} < ?"
    " GROUP BY account_id, product_id, counts_at ORDER BY account_id, product_id, counts_at"
)


def of_accounts(account_ids: Sequence[int], start: datetime, end: datetime) -> dict[int, History]:
    """Histories by account id, from `start` until before `end` (aware), by effective time; few queries for many."""
    return {history.account_id: history for history in streamed(account_ids, start, end)}


def streamed(account_ids: Sequence[int], start: datetime, end: datetime) -> Iterator[History]:
    """The same one after the other, in the order of the ids, so that thousands of accounts need little memory."""
    for begin in range(0, len(account_ids), _BATCH):
        batch = account_ids[begin : begin + _BATCH]
        known = _Batch(batch, utc_text(start), utc_text(end))
        yield from (known.history(account_id) for account_id in batch if account_id in known.accounts)


def entries(account_id: int, product_id: int, start: datetime, end: datetime) -> list[LedgerLine]:
    """The ledger entries that changed the seats of a product, from `start` until before `end` (aware)."""
    which = "AND {at} >= ? AND {at} < ? ORDER BY {at}, entry.id"
    return _entries(account_id, product_id, which, utc_text(start), utc_text(end))


def latest_entry(account_id: int, product_id: int, before: datetime) -> list[LedgerLine]:
    """The last ledger entry that changed the seats of a product before an instant (aware), if there is one."""
    which = "AND {at} < ? ORDER BY {at} DESC, entry.id DESC LIMIT 1"
    return _entries(account_id, product_id, which, utc_text(before))


def own_numbers(account_id: int) -> dict[int, int]:
    """The place within the account of each of its ledger entries, by their number: it says nothing about others."""
    rows = connection.rows_of("SELECT id FROM seat_entry WHERE account_id = ? ORDER BY id", account_id)
    return {row[0]: place for place, row in enumerate(rows, start=1)}


class _Batch:
    """What the database has of some accounts, by account id."""

    def __init__(self, account_ids: Sequence[int], start: str, end: str) -> None:
        self.accounts = {row[0]: row[1:] for row in _rows(_ACCOUNTS, account_ids)}
        self._corrections = clock_corrections.made()
        self._zones = _by_account(_rows(_ZONES, account_ids))
        self._switches = _by_account(self._dated(_SWITCHES, account_ids, column="due_at"))
        self._openings = _by_account(self._dated(_OPENINGS, account_ids, start))
        self._changes = _by_account(self._dated(_CHANGES, account_ids, start, end))
        self._about = [(one, clock_corrections.about(account_ids, one)) for one in self._corrections]

    def _dated(
        self, sql: str, account_ids: Sequence[int], *params: str, column: str = "effective_at"
    ) -> Iterator[tuple[Any, ...]]:
        at = clock_corrections.counted(column, corrections=self._corrections)
        return _rows(sql.replace("{at}", at), account_ids, *params)

    def history(self, account_id: int) -> History:
        created_at, zone = self.accounts[account_id]
        return History(
            account_id=account_id,
            created_at=self._created(account_id, from_utc_text(created_at)),
            first_zone=zone,
            zone_changes=[ZoneChange(name, from_day_text(day)) for name, day in self._zones.get(account_id, ())],
            modes=in_order([(from_utc_text(due), word(_MODES, to)) for due, to in self._switches.get(account_id, ())]),
            products=_products(self._openings.get(account_id, ()), self._changes.get(account_id, ())),
            corrected=[one.at for one, accounts in self._about if account_id in accounts],
        )

    def _created(self, account_id: int, created_at: datetime) -> datetime:
        times = (one.at for one in self._corrections if account_id in one.accounts)
        return min((created_at, *times))


Rows = Sequence[tuple[Any, ...]]


def _products(openings: Rows, changes: Rows) -> dict[int, ProductHistory]:
    held: defaultdict[int, tuple[int, int]] = defaultdict(lambda: (0, 0))
    held |= {product: (seats, assigned) for product, seats, assigned in openings}
    changed = {product: list(run) for product, run in groupby(changes, key=itemgetter(0))}
    return {
        product: ProductHistory(product, *held[product], _running(*held[product], changed.get(product, ())))
        for product in sorted(held.keys() | changed.keys())
    }


def _running(seats: int, assigned: int, changes: Rows) -> list[SeatChange]:
    """Counts after each change, from by how much they changed."""
    found = []
    for _product, effective_at, more_seats, more_assigned, number, given, taken in changes:
        seats, assigned = seats + more_seats, assigned + more_assigned
        found.append(SeatChange(from_utc_text(effective_at), seats, assigned, number, given, taken))
    return found


def _rows(sql: str, account_ids: Sequence[int], *params: str) -> Iterator[tuple[Any, ...]]:
    ids = ", ".join(str(int(account_id)) for account_id in account_ids)
    return connection.rows_of(sql.format(ids=ids), *params)


def _by_account(rows: Iterator[tuple[Any, ...]]) -> Mapping[int, Rows]:
    return {account_id: [row[1:] for row in run] for account_id, run in groupby(rows, key=itemgetter(0))}


def _entries(account_id: int, product_id: int, which: str, *params: str) -> list[LedgerLine]:
    at = clock_corrections.counted("entry.effective_at", "entry.audit_id")
    rows = connection.rows_of(
        f"SELECT entry.id, {at}, entry.recorded_at, entry.kind, user.upn, entry.seats, entry.seats_after"
        " FROM seat_entry AS entry LEFT JOIN user ON user.id = entry.user_id"
        f" WHERE entry.account_id = ? AND entry.product_id = ? AND entry.seats <> 0 {which.format(at=at)}",
        account_id,
        product_id,
        *params,
    )
    return [_entry(*row) for row in rows]


def _entry(number: int, effective_at: str, recorded_at: str, kind: str, upn: str | None, *counts: int) -> LedgerLine:
    return LedgerLine(number, from_utc_text(effective_at), from_utc_text(recorded_at), kind, upn or "", *counts)
