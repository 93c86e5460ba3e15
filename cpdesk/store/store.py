"""The database as services see it: snapshots to read, transactions to write, and the time that counts in them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cpdesk.base import private
from cpdesk.base.clock import Clock, DemoClock
from cpdesk.base.errors import CodedError, KnownError, UserError
from cpdesk.base.paths import BACKUP_FOLDER, DATABASE_FILE
from cpdesk.domain.backups import BackupKind
from cpdesk.domain.modes import ClockWarning
from cpdesk.domain.moving import read_moved
from cpdesk.store import connection, journal, migrate, settings

BEHIND = timedelta(minutes=2)
"""A system clock further behind the latest entry than this is reported."""
MOVED_KEY = "moved_away"
"""The setting that says that this database went to another computer."""
LEAP = timedelta(days=35)
"""A system clock further ahead of the latest entry than this is audited and reported."""


@dataclass(frozen=True, slots=True)
class Moment:
    """The time of one transaction.

    `now` never runs backwards: it is the system clock, or the time of the
    latest entry where the system clock is behind it.
    """

    now: datetime
    """UTC."""
    warning: ClockWarning | None


class Store:
    """One database file. Every thread that uses it calls `connect` first."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self.folder = folder
        self.path = folder / DATABASE_FILE
        self.backups = folder / BACKUP_FOLDER
        """Where backups stand that nobody gave another place; made with the first of them."""
        self._clock = clock
        self._is_draft = False
        self._not_before: datetime | None = None

    def draft(self, folder: Path, not_before: datetime | None) -> "Store":
        """The store of what will be put in the place of this one's database, opened on its own until then.

        Its time (UTC) does not begin before that of the database whose place it takes.
        """
        made = Store(folder, self._clock)
        made._is_draft, made._not_before = True, not_before
        return made

    def clock_time(self) -> datetime:
        """What the clock says (UTC), for what stands in no entry: unlike the time of entries, it may run backwards."""
        return self._clock.now()

    def telephone_time(self) -> datetime:
        """What a telephone's clock says (UTC): the demo's is not moved with the demo."""
        return self._clock.outside() if isinstance(self._clock, DemoClock) else self.clock_time()

    @property
    def demo(self) -> bool:
        """Whether this is a database of the demo: those alone have a clock that can be moved."""
        return isinstance(self._clock, DemoClock)

    def exists(self) -> bool:
        """Whether there is a database to open; a missing or empty file is none."""
        try:
            return self.path.stat().st_size > 0
        except FileNotFoundError:
            return False
        except OSError as error:
            raise KnownError("database_not_reachable", path=str(self.path), reason=error.strerror) from error

    def size(self) -> int:
        """Bytes on the disk, the write-ahead log included."""
        files = (self.path, self.path.with_name(self.path.name + "-wal"))
        return sum(file.stat().st_size for file in files if file.exists())

    def open(self, *, create: bool = False, any_clock: bool = False) -> None:
        """Open the file for all threads, connect this one, and bring an older schema up to date.

        A database of the demo is opened under the demo's clock and no other one is, unless `any_clock`, for
        looking only. Raises UserError `not_set_up` where there is no database, KnownError `not_a_database`,
        `demo_database`, `not_a_demo_database`, `database_newer`, `database_locked`, `database_damaged`,
        `database_not_reachable`, or `upgrade_needs_backup` where no backup can be made before an upgrade.
        """
        if create:
            self._make_folder()
        elif not self.exists():
            raise UserError("not_set_up", path=str(self.path))
        there = self.exists()
        private.narrow(self.folder)
        self.point()
        if there:
            migrate.refuse_newer(self.path)
        connection.connect()
        try:
            self._prepare(create=create, any_clock=any_clock)
        except BaseException:
            connection.disconnect()
            raise

    def begin(self, last: str | None) -> None:
        """Make an empty database, at the migration `last` if there is one, and connect this thread to it."""
        self._make_folder()
        self.point()
        connection.connect()
        connection.use_write_ahead_log()
        migrate.upgrade(_keep_nothing, last)

    def point(self) -> None:
        """Have all threads that connect from now on get this database, which need not be there."""
        connection.open_file(self.path, durable=not self.demo)

    def _prepare(self, *, create: bool, any_clock: bool) -> None:
        new = migrate.is_empty()
        if new:
            if not create:
                raise UserError("not_set_up", path=str(self.path))
        else:
            migrate.check_kind(self.path)
            if not any_clock:
                self._check_mark()
        connection.use_write_ahead_log()
        if migrate.pending():
            worth_keeping = not (new or self._is_draft or self.demo)
            migrate.upgrade(self._keep_older if worth_keeping else _keep_nothing)

    def _keep_older(self) -> None:
        """Make a backup before an upgrade; without one there is no upgrade."""
        # Loaded at the one start in many that needs it.
        from cpdesk.store import backup

        try:
            with connection.looking(self.path) as plain:
                row = backup.keep(plain, self.backups, BackupKind.UPGRADE, self.clock_time())
            backup.rotate(self.backups, row.made_at)
        except CodedError as error:
            raise KnownError("upgrade_needs_backup", path=str(self.backups), trouble=error) from error

    def _check_mark(self) -> None:
        """Nothing but its first entry, to which all later ones are chained, says that a database is a demo's."""
        with connection.known_errors():
            marked = journal.begun_as_demo()
        if marked and not self.demo:
            raise KnownError("demo_database", path=str(self.path))
        if self.demo and not marked:
            raise KnownError("not_a_demo_database", path=str(self.path))

    def _make_folder(self) -> None:
        try:
            private.make_folder(self.folder)
        except OSError as error:
            raise KnownError("database_not_reachable", path=str(self.path), reason=error.strerror) from error

    def connect(self) -> None:
        """Open this thread's connection."""
        connection.connect()

    def try_out(self) -> None:
        """Prove that the database can be changed, without changing it. Raises KnownError for what is in the way.

        A file that took the place of the one that was opened is opened like a first one, with what belonged to the
        other put aside: no thread may be connected, then or else.
        """
        if connection.replaced():
            connection.set_log_aside()
            self.open()
        else:
            connection.require_there()
            # Whether it may be written is found out anew.
            self.point()
            self.connect()
        try:
            connection.try_out()
        finally:
            self.disconnect()

    def look_for_damage(self) -> None:
        """Look at every page of the file. Raises KnownError `database_damaged`."""
        connection.look_for_damage()

    def disconnect(self) -> None:
        """Close this thread's connection."""
        connection.disconnect()

    def data_version(self) -> int:
        """A number that changes when another process has changed the database."""
        return connection.data_version()

    @contextmanager
    def read(self) -> Iterator[Moment]:
        """A consistent snapshot."""
        with connection.reading():
            yield self._moment()

    @contextmanager
    def write(self, *, even_moved: bool = False) -> Iterator[Moment]:
        """A write transaction: all of it is kept, or nothing. A leap of the clock is audited first.

        Raises KnownError `moved_away` where the database went to another computer, unless `even_moved`.
        """
        with connection.writing():
            if not (even_moved or self._is_draft):
                self.require_at_home()
            moment = self._moment()
            if moment.warning and moment.warning.code == "clock_leapt":
                _audit_leap(moment)
            yield moment

    def require_at_home(self) -> None:
        """Raise KnownError `moved_away` where the database went to another computer."""
        stored = settings.get(MOVED_KEY)
        if not stored:
            return
        try:
            away = read_moved(stored)
        except ValueError:
            away = None
        if away is None:
            raise KnownError("database_damaged", path=str(self.path))
        raise KnownError("moved_away", at=away.at, by=away.by, file=away.file)

    @contextmanager
    def impatience(self, milliseconds: int) -> Iterator[None]:
        """Give up on a locked database after so long, in this thread; usually it is five seconds."""
        with connection.impatience(milliseconds):
            yield

    @contextmanager
    def part(self) -> Iterator[None]:
        """A part of a write transaction that is undone alone when it raises."""
        with connection.savepoint():
            yield

    def _moment(self) -> Moment:
        system, last = self._clock.now(), self._latest()
        if last is None:
            return Moment(system, None)
        if system < last - BEHIND:
            return Moment(last, ClockWarning("clock_behind", system, last))
        if system > last + LEAP and not self.demo:
            return Moment(system, ClockWarning("clock_leapt", system, last))
        return Moment(max(system, last), None)

    def _latest(self) -> datetime | None:
        """The time before which nothing can happen any more; None in a new database."""
        known = [time for time in (journal.last_recorded(), self._not_before) if time is not None]
        return max(known, default=None)


def _keep_nothing() -> None:
    return None


def _audit_leap(moment: Moment) -> None:
    assert moment.warning
    facts = {"last_recorded": moment.warning.last_recorded.isoformat(), "system": moment.now.isoformat()}
    journal.append(moment.now, journal.Entry(action="clock.leapt", subject="clock", after=facts))
