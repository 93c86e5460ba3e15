"""What could be saved of a damaged database, what is rebuilt from what else is known, and what is missing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from cpdesk.domain import company_checking, names
from cpdesk.domain.backups import BackupRow
from cpdesk.domain.people import DETAILS
from cpdesk.domain.rows import Finding

Facts = Mapping[str, Any]


class Fate(StrEnum):
    """What became of something that cannot be read any more, or not be trusted."""

    LOST = "lost"
    """It cannot be read, and nothing else tells what it was."""
    LEFT_OUT = "left_out"
    """It can be read, but what it belongs to is lost."""
    REBUILT = "rebuilt"
    """It cannot be read; the audit log or the ledger tells what it was, and it is there again."""
    DOUBTFUL = "doubtful"
    """It is there again in the same way, but what tells of it is itself not whole: it may be out of date."""


@dataclass(frozen=True, slots=True)
class SalvagedItem:
    """One row that did not come through by itself."""

    fate: Fate
    table: str
    """The name of its table."""
    number: int | None
    """Its own number, where rows of the table have one."""
    account_id: int | None
    """The account that it belongs to, if to one, and as far as that is known."""
    account: str
    """That account's name; empty where nobody knows it."""
    known: Mapping[str, str]
    """What is still known of it, by what it is called."""


@dataclass(frozen=True, slots=True)
class SalvagedTable:
    """One table in figures."""

    table: str
    kept: int
    """Rows that were read."""
    rebuilt: int
    """Rows that cannot be read and are there again, doubtful ones included."""
    missing: int
    """Rows that are gone: lost ones and those left out."""
    is_exact: bool
    """Whether it is certain that no more are missing."""

    @property
    def is_whole(self) -> bool:
        """Whether everything in it was read."""
        return self.is_exact and not self.rebuilt and not self.missing


@dataclass(frozen=True, slots=True)
class Salvage:
    """What a database would hold that is made of everything that can be read of a damaged one."""

    path: Path
    """The damaged file."""
    tables: tuple[SalvagedTable, ...]
    items: tuple[SalvagedItem, ...]
    """By account and table; those of no account first."""
    findings: tuple[Finding, ...]
    """What `check` holds against the outcome."""
    latest_entry: int
    """The number of its latest audit entry."""
    last_recorded: datetime | None
    """UTC: the time of that entry."""
    strays: int = 0
    """Pages with rows of which nobody can tell what they were."""

    @property
    def is_whole(self) -> bool:
        """Whether nothing at all is missing or doubtful."""
        doubtful = any(item.fate is Fate.DOUBTFUL for item in self.items)
        return not self.strays and not doubtful and not self.findings and not self.missing and self.is_exact

    @property
    def is_exact(self) -> bool:
        """Whether the list of what is missing is complete."""
        return all(table.is_exact for table in self.tables)

    @property
    def kept(self) -> int:
        """Rows that were read."""
        return sum(table.kept for table in self.tables)

    @property
    def rebuilt(self) -> int:
        """Rows that are there again."""
        return sum(table.rebuilt for table in self.tables)

    @property
    def missing(self) -> int:
        """Rows that are gone."""
        return sum(table.missing for table in self.tables)

    @property
    def accounts(self) -> tuple[str, ...]:
        """Names of the accounts of which something is missing or doubtful, as far as known."""
        return tuple(sorted({one.account for one in self.items if one.account and one.fate is not Fate.REBUILT}))


class Condition(StrEnum):
    """Whether a backup can be restored."""

    GOOD = "good"
    DAMAGED = "damaged"
    NEWER = "newer"
    """Made by a newer version of the program."""
    UNCHECKED = "unchecked"
    """There is a newer one that is good; this one is checked when it is wanted."""


@dataclass(frozen=True, slots=True)
class BackupChoice:
    """A backup that could take the place of a damaged database."""

    row: BackupRow
    condition: Condition
    lacking: int | None
    """Entries of the audit log that were written since; None where that cannot be told."""


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What was put in the place of a damaged database."""

    kept: Path
    """Where the damaged file is."""
    salvage: Salvage
    report: Path
    """The list of what is missing, as CSV, beside it."""


@dataclass
class Rebuilt:
    """Rows to be written again, by table: the values of all columns."""

    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def add(self, table: str, row: dict[str, Any]) -> None:
        """Have a row written."""
        self.rows.setdefault(table, []).append(row)


def user_row(user_id: int, facts: Facts) -> dict[str, Any] | None:
    """A user as the audit log has it; None where that does not know all of it."""
    if not {"account_id", "created_at", *DETAILS} <= facts.keys():
        return None
    row: dict[str, Any] = {name: int(value) if isinstance(value, bool) else value for name, value in facts.items()}
    return row | {"id": user_id, "upn_key": names.key(row["upn"]), "name_key": names.key(row["display_name"])}


def account_rows(account_id: int, facts: Facts, mode: str, since: Mapping[str, str | None]) -> Rebuilt:
    """An account with its domains, contacts and time zones as the audit log has it.

    `since`: when it was created, and when Microsoft 365 was enabled, under the names of their columns.
    """
    rebuilt = Rebuilt()
    expected = company_checking.expected(dict(facts))
    tables = {
        "domains": ("account_domain", ("position", "domain", "domain_key", "kept")),
        "contacts": ("account_contact", ("position", "name", "email", "phone", "role")),
        "time zones": ("account_zone", ("effective_on", "time_zone")),
    }
    columns = {name: value for name, value in expected.items() if name not in tables}
    rebuilt.add("account", {"id": account_id, "mode": mode} | columns | dict(since))
    for part, (table, named) in tables.items():
        for values in expected[part]:
            rebuilt.add(table, {"account_id": account_id} | dict(zip(named, values, strict=True)))
    return rebuilt
