"""A database of the demo, made once, and a listener."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from cpdesk.selftest.books import Books, Shelf
from cpdesk.selftest.listening import Listener
from cpdesk.ui import theme as themes
from cpdesk.ui.theme import Theme


@pytest.fixture(scope="session")
def shelved(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a shelf with the demo's database, as `Shelf.make` leaves it."""
    folder = tmp_path_factory.mktemp("shelf")
    shutil.copytree(made, folder / "made")
    return folder


@pytest.fixture
def shelf(shelved: Path) -> Shelf:
    return Shelf(shelved)


@pytest.fixture
def books(shelf: Shelf, tmp_path: Path) -> Iterator[Books]:
    """A copy of the test's own."""
    with shelf.copy(tmp_path.name) as books:
        yield books


@pytest.fixture
def listener() -> Listener:
    """To be entered in the test itself: between set-up and test, pytest takes the streams for itself."""
    return Listener(pytest.fail)


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    assert qapp is not None
    return themes.current()
