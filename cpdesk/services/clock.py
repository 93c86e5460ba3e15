"""Correcting the time of a database that was used under a clock that was far ahead."""

from cpdesk.base.errors import UserError
from cpdesk.domain import clock_correction, topics
from cpdesk.domain import operators as roles
from cpdesk.domain.clock_correction import Ahead, Correction, EarlySwitch
from cpdesk.domain.operators import Session
from cpdesk.domain.rows import Done
from cpdesk.services.base import UseCases, who_acts
from cpdesk.store import clock_corrections, journal
from cpdesk.store.fields import from_utc_text

LEAPT = "clock.leapt"


class Clock(UseCases):
    """For reseller administrators; auditors see what it would do. Nothing is settled on the way: it would be early."""

    def preview(self, by: Session) -> Ahead:
        """What a correction would do now; nothing is changed.

        Raises UserError `nothing_ahead`, `clock_not_leapt` where the clock is behind entries that followed no leap,
        or `not_allowed`.
        """
        with self._store.read():
            roles.require_overview(who_acts(by))
            return self._ahead()

    def correct(self, by: Session, shown: Ahead, reason: str = "") -> Done[Ahead]:
        """Have everything since the leap count as made now, and go on from now.

        `shown` is what the operator accepted. Raises UserError `correction_changed` where that no longer holds, and
        what `preview` raises.
        """
        with self._managing(by, reason) as work:
            found = self._ahead()
            if not found.is_as(shown):
                raise UserError("correction_changed")
            correction = Correction(
                entry=journal.next_id(),
                first=found.first,
                at=found.system,
                switches={one.entry: one.counts_from for one in found.switches},
                accounts=clock_corrections.created_since(found.first),
            )
            entry = journal.Entry(
                action="clock.corrected",
                subject="clock",
                before={"latest": found.latest.isoformat(), "entries": found.entries},
                after={"correction": correction.as_plain()},
                by=work.by,
                reason=work.reason,
            )
            # The one entry that is recorded earlier than the one before it.
            journal.append(found.system, entry)
            clock_corrections.add(correction)
            return Done(found, topics.EVERYTHING)

    def _ahead(self) -> Ahead:
        now, latest = self._store.clock_time(), journal.last_recorded()
        known = clock_corrections.made()
        begun = clock_corrections.first_ahead(now, known[-1].entry if known else 0)
        if begun is None or latest is None:
            raise UserError("nothing_ahead", system=now)
        first, action, since = begun
        if action != LEAPT:
            raise UserError("clock_not_leapt", system=now, last_recorded=latest)
        switches = tuple(
            EarlySwitch(entry, account_id, account, clock_correction.charged_from(from_utc_text(due), now, zone), zone)
            for entry, account_id, account, due, zone in clock_corrections.completed_since(first, now)
        )
        return Ahead(
            system=now,
            latest=latest,
            since=since,
            first=first,
            entries=clock_corrections.count_since(first),
            switches=switches,
            plans=clock_corrections.count_since(first, "plan.%done"),
            waiting=clock_corrections.waiting_since(first),
            statements=clock_corrections.count_since(first, "statement.issued"),
        )
