"""Moving to another computer: the one file that everything goes in, and what is said of a database that left.

The file is a ZIP of the database, what the window remembers (language and looks among it), and a manifest with the
size and the SHA-256 of each. Own company, logo, issued statements and remembered names are in the database.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from cpdesk.domain.backups import RestorePreview

SUFFIX: Final = ".cpdesk-move"
MANIFEST: Final = "manifest.json"
DATABASE: Final = "cpdesk.db"
WINDOW: Final = "window.ini"
VERSION: Final = 1
"""Of the file: a program takes no newer one."""
FORMAT: Final = "cpdesk-move"
MOST_MANIFEST: Final = 100_000
"""Bytes; a longer one is none of ours."""

_DIGEST = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class MovedFile:
    """A file inside, as the manifest has it."""

    name: str
    size: int
    """Bytes."""
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a file to move with says of itself."""

    version: int
    made_at: datetime
    """UTC."""
    program: str
    """Version of cpdesk that made it."""
    schema: int
    """The number of the latest migration that the database in it has seen."""
    computer: str
    """The name of the computer it comes from; may be empty."""
    accounts: int
    entries: int
    """The number of the latest audit entry."""
    files: tuple[MovedFile, ...]

    def as_text(self) -> str:
        facts = {
            "format": FORMAT,
            "version": self.version,
            "made_at": self.made_at.isoformat(),
            "program": self.program,
            "schema": self.schema,
            "computer": self.computer,
            "accounts": self.accounts,
            "entries": self.entries,
            "files": [{"name": one.name, "size": one.size, "sha256": one.sha256} for one in self.files],
        }
        return json.dumps(facts, indent=2, ensure_ascii=False)


def is_newer(text: str) -> bool:
    """Whether a manifest is of a newer kind of file than this program knows. Raises ValueError for any other text."""
    return _version(_facts(text)) > VERSION


def read_manifest(text: str) -> Manifest:
    """What `as_text` wrote. Raises ValueError for anything else."""
    facts = _facts(text)
    try:
        files = tuple(MovedFile(str(one["name"]), int(one["size"]), str(one["sha256"])) for one in facts["files"])
        made_at = datetime.fromisoformat(facts["made_at"])
        manifest = Manifest(
            version=_version(facts),
            made_at=made_at,
            program=str(facts["program"]),
            schema=int(facts["schema"]),
            computer=str(facts["computer"]),
            accounts=int(facts["accounts"]),
            entries=int(facts["entries"]),
            files=files,
        )
    except (KeyError, TypeError, OverflowError) as error:
        raise ValueError(str(error)) from error
    names = [one.name for one in files]
    if made_at.tzinfo is None or names not in ([DATABASE], [DATABASE, WINDOW]):
        raise ValueError("not as it is written")
    if not all(one.size >= 0 and _DIGEST.fullmatch(one.sha256) for one in files):
        raise ValueError("not as it is written")
    return manifest


def _facts(text: str) -> Mapping[str, Any]:
    try:
        facts = json.loads(text)
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    if not isinstance(facts, dict) or facts.get("format") != FORMAT:
        raise ValueError("not of this format")
    return facts


def _version(facts: Mapping[str, Any]) -> int:
    version = facts.get("version")
    if not isinstance(version, int):
        raise ValueError("no version")  # noqa: TRY004 - one error for whatever is wrong with a text
    return version


@dataclass(frozen=True, slots=True)
class MovedAway:
    """That this database went to another computer, so that nothing is changed here any more."""

    at: datetime
    """UTC."""
    by: str
    """E-mail address."""
    file: str
    """Name of the file that it went in."""

    def as_text(self) -> str:
        """How it is stored."""
        return json.dumps({"at": self.at.isoformat(), "by": self.by, "file": self.file}, ensure_ascii=False)


def read_moved(text: str) -> MovedAway | None:
    """What `as_text` wrote; None for an empty text. Raises ValueError for anything else."""
    if not text:
        return None
    try:
        facts = json.loads(text)
        return MovedAway(datetime.fromisoformat(facts["at"]), str(facts["by"]), str(facts["file"]))
    except (KeyError, TypeError) as error:
        raise ValueError(str(error)) from error


@dataclass(frozen=True, slots=True)
class MovedOut:
    """A file that was made to move with."""

    path: Path
    size: int
    """Bytes."""
    manifest: Manifest
    factors: tuple[str, ...] = ()
    """E-mail addresses of operators whose second factor stays on this computer."""


@dataclass(frozen=True, slots=True)
class MovePreview:
    """What bringing in a file would change."""

    manifest: Manifest
    restore: "RestorePreview"
    """The same of the database in it, as of a backup."""
