"""What the settings keep in the database, and what they tell about it."""

from dataclasses import dataclass
from pathlib import Path

from cpdesk.base.errors import UserError
from cpdesk.domain import topics
from cpdesk.domain.operators import Role, Session
from cpdesk.domain.regional import checked_country, checked_currency, checked_time_zone
from cpdesk.domain.rows import Done
from cpdesk.services.base import UseCases
from cpdesk.services.defaults import Defaults, save_defaults, stored_defaults
from cpdesk.store import journal, settings


@dataclass(frozen=True, slots=True)
class DatabaseCounts:
    """How much there is in a database."""

    size: int
    """Bytes on the disk, the write-ahead log included."""
    accounts: int
    users: int
    """Active users of all accounts."""
    entries: int
    """Of the audit log."""


@dataclass(frozen=True, slots=True)
class DatabaseFacts:
    """The database that the program works on."""

    file: Path
    counts: DatabaseCounts | None
    """None for who sees one account only: it would tell of the others."""


class Preferences(UseCases):
    """What new accounts start with, and facts about the database."""

    def defaults(self, by: Session) -> Defaults:
        """What new accounts start with, for whoever sees all accounts. Raises UserError `not_allowed`."""
        with self._reading(by) as work:
            if work.only is not None:
                raise UserError("not_allowed", role=work.by.role, to="read")
            return stored_defaults()

    def set_defaults(self, by: Session, currency: str, time_zone: str, country: str) -> Done[Defaults]:
        """Choose what new accounts start with; accounts that exist keep theirs. Choosing the same writes nothing.

        Raises UserError `unknown_currency`, `unknown_time_zone`, `unknown_country` or `not_allowed`.
        """
        with self._managing(by) as work:
            before = stored_defaults()
            after = Defaults(checked_currency(currency), checked_time_zone(time_zone), checked_country(country))
            if after != before:
                save_defaults(after)
                entry = journal.Entry(
                    action="defaults.changed",
                    subject="defaults",
                    before=before.facts(),
                    after=after.facts(),
                    by=work.by,
                )
                journal.append(work.now, entry)
            return Done(after, topics.DEFAULTS)

    def database(self, by: Session) -> DatabaseFacts:
        """Where the database is and, for whoever sees all accounts, how much there is in it."""
        with self._reading(by) as work:
            counts = None if work.by.role is Role.CUSTOMER else self._counts()
            return DatabaseFacts(self._store.path, counts)

    def _counts(self) -> DatabaseCounts:
        return DatabaseCounts(self._store.size(), *settings.sizes())
