"""What takes long to make and is the same for all: made by one of the processes that share the tests."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

_PATIENCE = 100
"""Seconds in which another process has made it, however busy the machine is."""


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """The folder of that name that `make` filled, in this process or in another one; not to be changed."""
    base = factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder = shared / name
    # SQLite's lock is there on every system, and goes with the process that holds it.
    with closing(sqlite3.connect(shared / f"{name}.lock", timeout=_PATIENCE, isolation_level=None)) as lock:
        lock.execute("BEGIN EXCLUSIVE")
        if not folder.exists():
            begun = factory.mktemp(name)
            make(begun)
            begun.rename(folder)
    return folder
