"""Fixtures for the rooms that work on a database; their conftest files import them.

With CPDESK_TEST_ENCRYPTED=1 the database of each test is encrypted: the program must not behave in any other way. Where
a test looks into the file past the program, SQLCipher takes the place of Python's SQLite. What still fails then asks
for errors by the classes of Python's SQLite, or starts a process that does not know the key.
"""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from cpdesk.domain.encryption import MARK, Lock
from cpdesk.store import cipher, recoding
from tests.support.world import World

ENCRYPTED = bool(os.environ.get("CPDESK_TEST_ENCRYPTED"))
LOCK = Lock(MARK + bytes(11), bytes(32))
"""Of encrypted databases that are there to be used, not to be opened."""


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a database that has just been set up, made once: copying a file is quicker."""
    return set_up(tmp_path_factory.mktemp("template"), encrypted=ENCRYPTED)


def set_up(folder: Path, *, encrypted: bool) -> Path:
    """A folder with a database that has just been set up; its key is known."""
    made = World(folder)
    made.set_up()
    made.close()
    if encrypted:
        # Not by the service: the audit log is to be the same as without.
        recoding.rewrite(made.store.path, LOCK)
    return folder


@pytest.fixture
def folder(template: Path, tmp_path: Path) -> Path:
    """A data folder with a database that has just been set up and is not open."""
    return Path(shutil.copytree(template, tmp_path / "books"))


@pytest.fixture
def world(folder: Path) -> Iterator[World]:
    """An open database of the test's own, which opens again and has its books right when the test is over."""
    opened = World(folder)
    opened.open()
    yield opened
    opened.reopen()
    problems = opened.problems()
    opened.close()
    assert problems == []


def _connect(database: Any, **options: Any) -> sqlite3.Connection:
    salt = cipher.salt_of(Path(database)) if isinstance(database, str | Path) else None
    if salt is None:
        return _usual(database, **options)
    isolation = options.pop("isolation_level", "DEFERRED")
    plain = cipher.connect(Path(database), salt, **options)
    plain.isolation_level = isolation
    return plain


_usual: Callable[..., sqlite3.Connection] = sqlite3.connect
if ENCRYPTED:
    sqlite3.connect = _connect  # type: ignore[assignment]
