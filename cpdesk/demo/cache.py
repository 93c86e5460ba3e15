"""Keeps the finished database of the demo for the next start, as long as nothing that made it has changed.

What is kept can always be made again, so nothing here ever fails: a cache that cannot be read or written only
makes the start of the demo slower.
"""

import hashlib
import logging
import os
from contextlib import suppress
from functools import cache
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import cpdesk
from cpdesk.base import assets, paths, private

_ROOMS = ("base", "domain", "store", "services", "gateways", "demo")
"""Whoever has a hand in the content of the database."""

_log = logging.getLogger(__name__)


def take(target: Path) -> bool:
    """Copy the kept database to `target`; False where there is none that fits and is whole."""
    with suppress(OSError):
        for kept in _folder().glob(f"{fingerprint()}-*.db"):
            content = kept.read_bytes()
            if kept == _place(content):
                private.write(target, content)
                return True
    return False


def keep(made: Path) -> None:
    """Keep a database, which must be closed, and nothing else."""
    try:
        content = made.read_bytes()
        place = _place(content)
        private.make_folder(place.parent)
        private.narrow_all(place.parent)
        unfinished = place.with_suffix(f".{os.getpid()}")
        private.write(unfinished, content)
        unfinished.replace(place)
        _remove_others(place)
    except OSError as error:
        _log.warning("the demo could not be kept for the next start: %s", type(error).__name__)


@cache
def fingerprint() -> str:
    """What the database depends on: the version, the sources that make it, and the catalogue in it."""
    summed = hashlib.sha256()
    with suppress(PackageNotFoundError):
        summed.update(cpdesk.__version__.encode())
    for source in _sources():
        summed.update(source.read_bytes())
    return summed.hexdigest()[:16]


def _sources() -> list[Path]:
    """A frozen program may have no sources; there the version says it all."""
    package = Path(cpdesk.__file__).parent
    files = [file for room in _ROOMS for file in (package / room).rglob("*.py")]
    return [*sorted(files), *sorted((assets.root() / "catalog").glob("*.csv"))]


def _folder() -> Path:
    return paths.cache_dir() / "demo"


def _place(content: bytes) -> Path:
    """The name says what the content is: what was cut short or replaced is not taken for it."""
    return _folder() / f"{fingerprint()}-{hashlib.sha256(content).hexdigest()[:32]}.db"


def _remove_others(place: Path) -> None:
    for other in place.parent.iterdir():
        if other != place:
            other.unlink(missing_ok=True)
