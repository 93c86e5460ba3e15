"""A demo for each test of this room."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from cpdesk.base.clock import DemoClock
from cpdesk.composition import compose
from cpdesk.demo.moments import END
from cpdesk.demo.team import ADMINISTRATOR, PASSWORD


class Demo:
    """A demo whose window nobody sees."""

    def __init__(self, folder: Path) -> None:
        self.clock = DemoClock(END, elapsed=lambda: 0.0)
        self.store, self.services = compose(folder, self.clock)
        self.store.open()
        self.by = self.services.operators.sign_in(ADMINISTRATOR, PASSWORD)


@pytest.fixture
def demo(made: Path, tmp_path: Path) -> Iterator[Demo]:
    """A demo of the test's own."""
    opened = Demo(Path(shutil.copytree(made, tmp_path / "demo")))
    yield opened
    opened.store.disconnect()
