"""Fixtures for the rooms that work on a database; their conftest files import them."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.world import World


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a database that has just been set up, made once: copying a file is quicker."""
    made = World(tmp_path_factory.mktemp("template"))
    made.set_up()
    made.close()
    return made.folder


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
