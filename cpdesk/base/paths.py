"""The folders that belong to the person who runs the program."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from platformdirs import PlatformDirs

DATA_VARIABLE = "CPDESK_DATA"
"""Environment variable that names the data folder, as `--data` does."""

DATABASE_FILE = "cpdesk.db"
"""The name of the database in its data folder."""

BACKUP_FOLDER = "backups"
"""The folder of the backups in the data folder."""

_NAME = "cpdesk"


def data_dir() -> Path:
    """The folder of the database: `CPDESK_DATA` if set, else the platform's. Not created here."""
    chosen = _chosen()
    return chosen if chosen else _platform().user_data_path


def is_chosen() -> bool:
    """Whether somebody chose the data folder, by `CPDESK_DATA` or `--data`."""
    return _chosen() is not None


def log_dir() -> Path:
    """The folder of the logs: the platform's, or inside a data folder that was chosen. Not created here.

    A chosen data folder keeps its logs to itself, so that throw-away data leaves nothing behind.
    """
    chosen = _chosen()
    return chosen / "logs" if chosen else _platform().user_log_path


def cache_dir() -> Path:
    """The folder for what can be made again: the platform's, whatever data folder was chosen. Not created here."""
    return _platform().user_cache_path


def _chosen() -> Path | None:
    named = os.environ.get(DATA_VARIABLE)
    return Path(os.path.expanduser(named)) if named else None


def _platform() -> "PlatformDirs":
    from platformdirs import PlatformDirs

    return PlatformDirs(_NAME, appauthor=False)
