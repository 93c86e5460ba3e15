"""Getting the database of a run of the demo: the kept one if it fits, else a new one."""

from pathlib import Path

from cpdesk.base.clock import DemoClock
from cpdesk.base.errors import CodedError
from cpdesk.base.paths import DATABASE_FILE
from cpdesk.demo import cache
from cpdesk.demo.history import write_history
from cpdesk.demo.moments import END
from cpdesk.store.store import Store


def prepare(folder: Path) -> None:
    """Put the database of the demo into a folder; the calling thread must have no database open."""
    database = folder / DATABASE_FILE
    if cache.take(database) and _opens(folder):
        return
    database.unlink(missing_ok=True)
    write_history(folder)
    cache.keep(database)


def _opens(folder: Path) -> bool:
    """Whether the file is a sound database that was made by the demo."""
    store = Store(folder, DemoClock(END))
    try:
        store.open()
    except CodedError:
        return False
    finally:
        store.disconnect()
    return True
