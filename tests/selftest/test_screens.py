"""Pages that cannot be opened, fail, or show nothing are found, and the others are looked at all the same."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from cpdesk.base.errors import KnownError
from cpdesk.demo import team
from cpdesk.selftest.books import Books, Shelf
from cpdesk.selftest.results import Broken
from cpdesk.selftest.screens import Tour, require_painted
from cpdesk.selftest.starting import check_start
from cpdesk.ui.context import PageContext
from cpdesk.ui.pages import all_pages
from cpdesk.ui.shell.page import Page
from cpdesk.ui.shell.registry import Registry
from cpdesk.ui.theme import Theme

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


class Written(Page):
    """Something is to be seen."""

    def retranslate(self) -> None:
        self.set_title("A page of the test")


class Blank(Page):
    """Nothing is."""


class Refused(Written):
    """What it asks for is refused, and it says so by itself."""

    def refresh(self) -> None:
        self.load(_refuse, lambda _nothing: None)


def _refuse() -> None:
    raise KnownError("database_locked", path="cpdesk.db")


def _missing(_context: PageContext) -> Page:
    raise FileNotFoundError("icons/gone.svg")


def only(**factories: Callable[[PageContext], Page]) -> Registry:
    """These pages, each for anybody."""
    registry = Registry()
    like = next(spec for spec in all_pages().all() if spec.key == "help")
    for key, factory in factories.items():
        registry.add(replace(like, key=key, factory=factory))
    return registry


def tour(books: Books, theme: Theme, registry: Registry) -> Tour:
    return Tour(books, theme, books.services.operators.sign_in(team.AUDITOR, team.PASSWORD), registry=registry)


def test_pages_that_are_whole_are_counted(books: Books, theme: Theme) -> None:
    assert tour(books, theme, only(customers=Written, other=Written)).go() == "2 pages, 2 pictures"


def test_each_fault_is_named_and_the_rest_is_looked_at(books: Books, theme: Theme) -> None:
    tested = tour(books, theme, only(customers=Written, gone=_missing, blank=Blank, refused=Refused))
    with pytest.raises(Broken) as caught:
        tested.go()
    faults = str(caught.value).split("; ")
    assert [fault.partition(":")[0] for fault in faults] == ["gone", "blank", "refused"]
    assert "icons/gone.svg" in faults[0]
    assert "nothing is to be seen" in faults[1]
    assert "database_locked" in faults[2]


def test_what_is_painted_is_told_from_what_is_not(theme: Theme) -> None:
    assert theme is not None
    written, empty = QLabel("AaBbCc 0123"), QWidget()
    empty.resize(400, 300)
    require_painted(written)
    with pytest.raises(Broken):
        require_painted(empty)


def test_the_program_starts(shelf: Shelf, qapp: QApplication, request: pytest.FixtureRequest) -> None:
    assert check_start(qapp, shelf.place(request.node.name)).startswith("Customer List")
