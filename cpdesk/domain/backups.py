"""Backups: what their files are called, which of them stay, and what restoring one changes."""

import re
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, tzinfo
from enum import StrEnum
from pathlib import Path

from cpdesk.domain.modes import Mode
from cpdesk.domain.settlements import Settlement

KEPT_DAYS = 10
"""Days of which the newest daily backup stays."""
KEPT_MONTHS = 12
"""Months of which the newest daily backup stays."""
KEPT_UPGRADES = 2
"""Backups before an upgrade that stay of each schema: an upgrade that fails again and again makes one each time."""

# Times of this millennium: what the calendar cannot turn into a local time is not from us.
_NAME = re.compile(r"cpdesk-(daily|upgrade|manual|restore)-(2\d{7}T\d{6})Z-schema(\d{1,4})\.db", re.ASCII)
_STAMP = "%Y%m%dT%H%M%S"


class BackupKind(StrEnum):
    """Why a backup was made."""

    DAILY = "daily"
    UPGRADE = "upgrade"
    """Before the database was brought to a newer schema."""
    MANUAL = "manual"
    RESTORE = "restore"
    """What was there before another backup was restored."""


@dataclass(frozen=True, slots=True)
class BackupRow:
    """A backup in its folder."""

    path: Path
    kind: BackupKind
    made_at: datetime
    """UTC, by the clock of the computer, to the second."""
    size: int
    """Bytes."""
    schema: int
    """The number of the latest migration that the database in it has seen."""
    encrypted: bool = False
    """Whether it takes a passphrase to read it."""


@dataclass(frozen=True, slots=True)
class AccountModes:
    """The billing mode of an account before and after restoring a backup."""

    account_id: int
    name: str
    domain: str
    now: Mode | None
    """In the present database; None where it has no such account."""
    then: Mode | None
    """Once the backup is restored, and what has become due since is completed; None where it has no such account."""
    pending_now: date | None = None
    """Account-local: when a change to Usage Mode that is pending now takes effect."""
    pending_then: date | None = None
    """The same of the one that is pending once the backup is restored."""

    @property
    def changes(self) -> bool:
        """Whether restoring makes any difference to it."""
        return (self.now, self.pending_now) != (self.then, self.pending_then)


@dataclass(frozen=True, slots=True)
class RestorePreview:
    """What restoring a backup would change."""

    path: Path
    made_at: datetime
    """UTC: when the backup was made, or the file of it was last written where its name does not tell."""
    last_recorded: datetime | None
    """UTC: the latest entry in the backup; None where there is none."""
    size: int
    """Bytes."""
    schema: int
    older_schema: bool
    """Whether it is from an older version of the program, and will be brought up to date."""
    accounts: tuple[AccountModes, ...]
    """By name; of the present database and of the backup."""
    set_aside: int
    """Entries of the present audit log that are not in the backup."""
    same_history: bool
    """Whether the backup is one of the present database: its audit log begins with the same entries."""
    returning: tuple[str, ...] = ()
    """E-mail addresses of operators who cannot sign in now, and could again."""
    leaving: tuple[str, ...] = ()
    """E-mail addresses of operators who can sign in now, and could no more; whoever restores stays in any case."""

    @property
    def changing(self) -> tuple[AccountModes, ...]:
        """The accounts to which it makes a difference in billing mode."""
        return tuple(account for account in self.accounts if account.changes)


@dataclass(frozen=True, slots=True)
class Restored:
    """What restoring a backup has done."""

    kept: Path | None
    """Where the database is that was there before; None where there was none."""
    accounts: tuple[AccountModes, ...]
    """By name, with the modes before and after."""
    set_aside: int
    """Entries of the audit log that are only in what was there before."""
    settled: Settlement = field(default_factory=Settlement)
    """What had become due since the backup, and was done at once."""


def file_name(kind: BackupKind, made_at: datetime, schema: int) -> str:
    """What the file of a backup is called; `made_at` (UTC) to the second."""
    return f"cpdesk-{kind}-{made_at.astimezone(UTC).strftime(_STAMP)}Z-schema{schema}.db"


def read_name(path: Path, size: int) -> BackupRow | None:
    """The backup of `size` bytes at `path`; None where the program does not give files such a name."""
    found = _NAME.fullmatch(path.name)
    if found is None:
        return None
    try:
        made_at = datetime.strptime(found[2], _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None
    return BackupRow(path, BackupKind(found[1]), made_at, size, int(found[3]))


def newest_first(rows: Iterable[BackupRow]) -> list[BackupRow]:
    """The order of lists."""
    return sorted(rows, key=lambda row: (row.made_at, row.path.name), reverse=True)


def local_day(instant: datetime, zone: tzinfo | None) -> date:
    """The calendar day of an instant; in the computer's own zone where `zone` is None."""
    return instant.astimezone(zone).date()


def made_today(rows: Iterable[BackupRow], now: datetime, zone: tzinfo | None = None) -> bool:
    """Whether there is a daily backup of the local calendar day of `now`."""
    today = local_day(now, zone)
    return any(row.kind is BackupKind.DAILY and local_day(row.made_at, zone) == today for row in rows)


def superfluous(rows: Iterable[BackupRow], now: datetime, zone: tzinfo | None = None) -> list[BackupRow]:
    """The backups that need not be kept any longer at `now` (UTC); calendar days are those of `zone`.

    Of the daily ones stay the newest of each of the 10 latest days, and of each of the 12 latest months, that have
    any. Of those before upgrades stay the newest two of each schema. What an operator asked for, and what was there
    before a restore, stays for good: nobody but a person can tell what it is worth. Backups with a time after `now`
    are from a clock that was ahead: they stay, and take no place from others, until their time has come.
    """
    past = newest_first(row for row in rows if row.made_at <= now)
    daily = [row for row in past if row.kind is BackupKind.DAILY]
    upgrades = [row for row in past if row.kind is BackupKind.UPGRADE]
    stay = {row.path for row in _newest_of_each(daily, lambda row: local_day(row.made_at, zone), KEPT_DAYS)}
    stay |= {row.path for row in _newest_of_each(daily, lambda row: _month(row, zone), KEPT_MONTHS)}
    for schema in {row.schema for row in upgrades}:
        stay |= {row.path for row in [one for one in upgrades if one.schema == schema][:KEPT_UPGRADES]}
    return [row for row in daily + upgrades if row.path not in stay]


def _newest_of_each(rows: Iterable[BackupRow], span: Callable[[BackupRow], Hashable], most: int) -> list[BackupRow]:
    """The newest of each span of time, of the `most` latest spans; `rows` newest first."""
    found: dict[Hashable, BackupRow] = {}
    for row in rows:
        found.setdefault(span(row), row)
    return list(found.values())[:most]


def _month(row: BackupRow, zone: tzinfo | None) -> tuple[int, int]:
    day = local_day(row.made_at, zone)
    return day.year, day.month
