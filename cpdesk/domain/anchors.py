"""Anchors of the audit log: what its latest entry was at some time, kept outside the database.

The hash chain shows what was altered in it, but not that all of it was written anew, or that its end was cut off
together with what notes the end. Who has an anchor from before can tell.
"""

import json
import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from cpdesk.base.errors import UserError
from cpdesk.domain.rows import Finding

KIND: Final = "audit anchor"
_PROGRAM = "cpdesk"
_HASH = re.compile("[0-9a-f]{64}")
_DATABASE = re.compile("[0-9a-f]{32}")
_MOST_ENTRIES = 2**62


@dataclass(frozen=True, slots=True)
class Anchor:
    """The latest entry of a log when the anchor was made."""

    database: str
    """Which database, by the hash of its first entry: it stays the same in backups of it."""
    entry: int
    """The number of the entry in the log of all accounts."""
    recorded_at: datetime
    """UTC."""
    hash: str
    """Of that entry, and by the chain of all before it."""

    def as_plain(self) -> dict[str, object]:
        """What stands in the file."""
        return {
            "program": _PROGRAM,
            "kind": KIND,
            "database": self.database,
            "entry": self.entry,
            "recorded_at": self.recorded_at.isoformat(timespec="microseconds").replace("+00:00", "Z"),
            "hash": self.hash,
        }


class Likeness(StrEnum):
    """How a log stands to an anchor."""

    SAME = "same"
    """It still ends with that entry."""
    GONE_ON = "gone_on"
    """It contains that entry, and has gone on since."""
    DIFFERS = "differs"
    """The entry with that number is another one: the log was written anew, or an older backup of it went on."""
    MISSING = "missing"
    """It ends before: an older backup is in its place, or its end was cut off."""
    OTHER_DATABASE = "other_database"
    """It begins with another entry."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What came of comparing a log with an anchor."""

    anchor: Anchor
    likeness: Likeness
    last: int
    """The number of the latest entry now; 0 in an empty log."""
    findings: tuple[Finding, ...] = ()
    """What is wrong with the chain itself; of another database it is not verified."""

    @property
    def holds(self) -> bool:
        """Whether nothing up to the anchor was changed: the entry is there, and so is the chain that leads to it."""
        return self.contains and not self.findings

    @property
    def contains(self) -> bool:
        """Whether the log has the entry of the anchor."""
        return self.likeness in {Likeness.SAME, Likeness.GONE_ON}

    @property
    def later(self) -> int:
        """How many entries there are since; negative where the log ends before."""
        return self.last - self.anchor.entry


def database_of(first_hash: str) -> str:
    """What names a database, by the hash of its first entry."""
    return first_hash[:32]


def likeness(anchor: Anchor, there: Anchor | None, database: str, last: int) -> Likeness:
    """How a log stands to an anchor. `there`: its entry with that number, None without one; `last`: its latest."""
    if anchor.database != database:
        return Likeness.OTHER_DATABASE
    if there is None:
        return Likeness.MISSING
    if there != anchor:
        return Likeness.DIFFERS
    return Likeness.SAME if last == anchor.entry else Likeness.GONE_ON


def as_text(anchor: Anchor) -> str:
    """The content of the file, a fact on each line."""
    return json.dumps(anchor.as_plain(), indent=2) + "\n"


def from_text(text: str, file: str) -> Anchor:
    """Read the content of a file with this name. Raises UserError `not_an_anchor`."""
    try:
        facts = json.loads(text)
    except (ValueError, RecursionError):
        facts = None
    anchor = _read(facts) if isinstance(facts, dict) else None
    if anchor is None:
        raise UserError("not_an_anchor", file=file)
    return anchor


def _read(facts: dict[str, Any]) -> Anchor | None:
    if (facts.get("program"), facts.get("kind")) != (_PROGRAM, KIND):
        return None
    entry, sealed, database = facts.get("entry"), str(facts.get("hash")), str(facts.get("database"))
    recorded_at = _instant(facts.get("recorded_at"))
    # True is an int as well.
    if not isinstance(entry, int) or isinstance(entry, bool) or not 0 < entry < _MOST_ENTRIES:
        return None
    if recorded_at is None or not _HASH.fullmatch(sealed) or not _DATABASE.fullmatch(database):
        return None
    return Anchor(database, entry, recorded_at, sealed)


def _instant(text: object) -> datetime | None:
    try:
        instant = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return instant if instant.tzinfo else None


def grouped(sealed: str) -> str:
    """A hash in groups of eight, to be read aloud and compared on paper."""
    return " ".join(sealed[start : start + 8] for start in range(0, len(sealed), 8))
