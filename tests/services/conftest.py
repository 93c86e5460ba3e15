"""Databases for these tests."""

from pathlib import Path

import pytest

from tests.support.fixtures import alterable, folder, template, world
from tests.support.forging import Forger

__all__ = ["alterable", "folder", "template", "world"]


@pytest.fixture
def forger(lived: Path, tmp_path: Path) -> Forger:
    """Alters a copy of the database that the module's own `lived` has filled."""
    return Forger(lived, tmp_path / "copy")
