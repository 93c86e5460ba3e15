"""Fixtures for the rooms that work on a database; their conftest files import them.

Tests marked `encrypted_too` run a second time on an encrypted database, and with CPDESK_TEST_ENCRYPTED=1 all of them
do: the program must not behave in any other way. Where a test looks into the file past the program, SQLCipher takes
the place of Python's SQLite. What still fails with all of them asks for errors by the classes of Python's SQLite, or
starts a process that does not know the key.
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

ALL_ENCRYPTED = bool(os.environ.get("CPDESK_TEST_ENCRYPTED"))
LOCK = Lock(MARK + bytes(11), bytes(32))
"""Of encrypted databases that are there to be used, not to be opened."""

_usual: Callable[..., sqlite3.Connection] = sqlite3.connect


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Both databases for those who ask for them."""
    if metafunc.definition.get_closest_marker("encrypted_too") and not ALL_ENCRYPTED:
        missing = pytest.mark.skipif(not cipher.possible(), reason="encryption is an extra")
        both = [pytest.param(False, id="plain"), pytest.param(True, id="encrypted", marks=missing)]
        metafunc.parametrize("on_encrypted", both, indirect=True)


@pytest.fixture
def on_encrypted(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[bool]:
    """Whether the database of this test is an encrypted one."""
    wanted = bool(getattr(request, "param", ALL_ENCRYPTED))
    if wanted:
        monkeypatch.setattr(sqlite3, "connect", _connect)
        cipher.remember(LOCK)
    yield wanted
    if wanted:
        cipher.forget()


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a database that has just been set up, made once: copying a file is quicker."""
    folder = tmp_path_factory.mktemp("template")
    made = World(folder)
    made.set_up()
    made.close()
    return folder


@pytest.fixture
def folder(template: Path, tmp_path: Path, on_encrypted: bool) -> Path:
    """A data folder with a database that has just been set up and is not open."""
    copy = Path(shutil.copytree(template, tmp_path / "books"))
    if on_encrypted:
        # Not by the service: the audit log is to be the same as without.
        recoding.rewrite(copy / "cpdesk.db", LOCK)
    return copy


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


@pytest.fixture
def alterable(folder: Path) -> Iterator[World]:
    """An open database whose books need not be right when the test is over."""
    opened = World(folder)
    opened.open()
    yield opened
    opened.close()


def _connect(database: Any, **options: Any) -> sqlite3.Connection:
    salt = cipher.salt_of(Path(database)) if isinstance(database, str | Path) else None
    if salt is None:
        return _usual(database, **options)
    isolation = options.pop("isolation_level", "DEFERRED")
    plain = cipher.connect(Path(database), salt, **options)
    plain.isolation_level = isolation
    return plain
