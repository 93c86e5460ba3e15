"""What is around the database: the kind of folder that it lies in."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cpdesk.store.store import Store


class FolderKind(StrEnum):
    """Where a folder lies, as far as that matters to a database."""

    LOCAL = "local"
    """On a disk of this computer, and nothing copies it while it is written."""
    ONEDRIVE = "onedrive"
    DROPBOX = "dropbox"
    ICLOUD = "icloud"
    GOOGLE_DRIVE = "google_drive"
    NETWORK = "network"
    """On another computer, whose locks cannot be relied on."""


@dataclass(frozen=True, slots=True)
class DataFolder:
    """The folder of the database, and where it lies."""

    path: Path
    kind: FolderKind


LookAt = Callable[[Path], FolderKind]
"""Finds out where a folder lies; never raises."""


class Surroundings:
    """What the program should warn about, before anybody signs in."""

    def __init__(self, store: "Store", look_at: LookAt) -> None:
        self._store = store
        self._look_at = look_at

    def folder(self) -> DataFolder:
        """The data folder. The demo's is thrown away: wherever it lies, nothing can be lost with it."""
        path = self._store.folder
        return DataFolder(path, FolderKind.LOCAL if self._store.demo else self._look_at(path))
