"""Doing what is due, mode switches and planned changes: exactly once, whatever else is running (the product's rule 7).

The switches come first: they count from their due instant, planned changes from when they are carried out.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from cpdesk.base.errors import KnownError
from cpdesk.domain.book import Book, LedgerLine
from cpdesk.domain.modes import Mode, SettledSwitch, SwitchState
from cpdesk.domain.seats import summed
from cpdesk.domain.settlements import Settlement, SettlingReport
from cpdesk.store import accounts, due, holdings, journal, products, switches
from cpdesk.store.fields import from_utc_text, utc_text
from cpdesk.store.store import Moment, Store

BATCH = 250
"""What is settled in one transaction: few enough that other writers need not wait, many enough to be quick."""

_HARDLY = 100
"""Milliseconds that a read waits for a lock that has just proved to last."""

Announce = Callable[[Settlement], None]


class Settler:
    """Settles what is due, before everything else and by itself."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._listeners: list[Announce] = []
        self._failed = False

    def listen(self, announce: Announce) -> None:
        """Have `announce` called with each settlement, after it is committed, in any thread."""
        self._listeners.append(announce)

    def announce(self, settled: Settlement) -> None:
        """Tell the listeners what was settled."""
        if settled:
            for listener in self._listeners:
                listener(settled)

    def settle_within(self, moment: Moment, account_id: int | None, *, reopened: bool = False) -> Settlement:
        """Settle up to BATCH of what is due inside the caller's write transaction.

        `reopened` says why a switch is late: the account has just been opened again.
        """
        rows = switches.due_rows(moment.now, account_id, BATCH)
        settled = _settle(rows, moment.now, reopened=reopened) if rows else []
        if len(rows) == BATCH or not due.any_plan(moment.now, account_id):
            return Settlement(tuple(settled))
        # Loaded when there is something to do: asking happens before every use case.
        from cpdesk.services import carrying_out

        plans = carrying_out.carry_out(self._store, moment.now, account_id, BATCH - len(rows))
        return Settlement(tuple(settled), tuple(plans))

    def settle(self, account_id: int | None = None) -> Settlement:
        """Settle everything that is due, in one account or in all, in transactions of BATCH.

        Raises KnownError where the database cannot be written.
        """
        settled = Settlement()
        while True:
            with self._store.write() as moment:
                batch = self.settle_within(moment, account_id)
            settled += batch
            self.announce(batch)
            if len(batch) < BATCH:
                return settled

    def try_to_settle(self, account_id: int | None = None) -> bool:
        """Settle before reading; False where the database cannot be written, so that screens say "due".

        After one failure the next reads hardly wait: a page makes several.
        """
        try:
            if self._failed:
                with self._store.impatience(_HARDLY):
                    self.settle(account_id)
            else:
                self.settle(account_id)
        except KnownError:
            self._failed = True
            return False
        self._failed = False
        return True

    def next_due_at(self) -> datetime | None:
        """When (UTC) the next pending switch or planned change is due; None where nothing waits."""
        with self._store.read():
            return due.next_instant()

    def apply_due(self) -> SettlingReport:
        """Settle everything that is due and tell what still waits; a leap of the clock is audited. Needs no operator.

        Raises KnownError where the database cannot be written.
        """
        with self._store.read() as moment:
            warning = moment.warning
            leapt = warning is not None and warning.code == "clock_leapt"
            to_do = leapt or due.anything(moment.now)
        settled = self.settle() if to_do else Settlement()
        with self._store.read():
            pending, planned = switches.queue(), due.planned_queue()
        return SettlingReport(settled.switches, *pending, warning, settled.plans, *planned)


def _settle(rows: Sequence[switches.Row], now: datetime, *, reopened: bool) -> list[SettledSwitch]:
    found = [switches.plain(row) for row in rows]
    held = holdings.of_accounts([switch["account_id"] for switch in found])
    named = accounts.names_and_domains([switch["account_id"] for switch in found])
    part_numbers = products.part_numbers()
    audit_id = journal.next_id()
    settled, entries, completed = [], [], []
    for offset, before in enumerate(found):
        account_id = before["account_id"]
        book = Book(account_id, Mode.PURCHASE, held.get(account_id, ()))
        released = summed((part_numbers[product], count) for product, count in book.release_idle().items())
        after = before | {
            "state": str(SwitchState.DONE),
            "ended_at": utc_text(now),
            "ended_by": journal.PROGRAM,
            "audit_id": audit_id + offset,
        }
        completed.append(after)
        why = {"reopened": True} if reopened else {}
        entries.append(_entry(before, {"switch": after, "released": released} | why, book.lines))
        settled.append(_settled(after, named[account_id], released, reopened=reopened))
    journal.append(now, *entries)
    switches.save(tuple(switch.values()) for switch in completed)
    accounts.set_modes((switch["account_id"], Mode.USAGE) for switch in completed)
    return settled


def _entry(before: dict[str, Any], after: dict[str, Any], lines: Iterable[LedgerLine]) -> journal.Entry:
    return journal.Entry(
        action="mode.completed",
        subject=f"switch {before['id']}",
        account_id=before["account_id"],
        before={"switch": before},
        after=after,
        lines=tuple(lines),
        effective_at=from_utc_text(before["due_at"]),
    )


def _settled(
    switch: dict[str, Any], account: tuple[str, str], released: dict[str, int], *, reopened: bool
) -> SettledSwitch:
    return SettledSwitch(
        id=switch["id"],
        account_id=switch["account_id"],
        account=account[0],
        domain=account[1],
        effective_on=date.fromisoformat(switch["effective_on"]),
        time_zone=switch["time_zone"],
        due_at=from_utc_text(switch["due_at"]),
        applied_at=from_utc_text(switch["ended_at"]),
        released=tuple(sorted(released.items())),
        reopened=reopened,
    )
