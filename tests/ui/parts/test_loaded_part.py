"""A part of a page that is read by itself."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtWidgets import QProgressBar, QWidget
from pytestqt.qtbot import QtBot

from cpdesk.base.errors import KnownError
from cpdesk.jobs import InlineJobs
from cpdesk.ui.gallery.scenes_advisor_all import Unanswered
from cpdesk.ui.parts.loaded_part import LoadedPart
from cpdesk.ui.theme import Theme
from cpdesk.ui.widgets.empty import EmptyState
from cpdesk.ui.widgets.labels import Label

Make = Callable[[InlineJobs], LoadedPart]

_LOCKED = KnownError("database_locked", path="/data/cpdesk.db")


@pytest.fixture
def make(theme: Theme, qtbot: QtBot) -> Make:  # noqa: ARG001 - the theme is for what is made
    def made(jobs: InlineJobs) -> LoadedPart:
        part = LoadedPart(jobs, Label("content"))
        qtbot.addWidget(part)
        part.show()
        return part

    return made


def content(part: QWidget) -> Label:
    return next(label for label in part.findChildren(Label) if label.text() == "content")


def refuse() -> Any:
    raise _LOCKED


def test_what_is_read_is_shown(make: Make) -> None:
    part, shown = make(InlineJobs()), list[int]()
    part.load(lambda: 7, shown.append)
    assert shown == [7]
    assert content(part).isVisible()
    assert part.findChildren(EmptyState) == []


def test_after_a_moment_it_says_that_it_is_loading(make: Make, qtbot: QtBot) -> None:
    part = make(Unanswered())
    part.load(lambda: 7, lambda _seven: None)
    assert part.findChildren(QProgressBar) == []
    qtbot.waitUntil(lambda: bool(part.findChildren(QProgressBar)))
    assert not content(part).isVisible()


def test_what_was_shown_stays_while_it_is_read_again(make: Make) -> None:
    part = make(InlineJobs())
    part.load(lambda: 7, lambda _seven: None)
    part._jobs = Unanswered()
    part.load(lambda: 8, lambda _eight: None)
    assert content(part).isVisible()


def test_a_failure_takes_the_place_of_the_content_and_can_be_tried_again(make: Make, qtbot: QtBot) -> None:
    part = make(InlineJobs())
    part.load(refuse, lambda _never: None)
    trouble = part.findChild(EmptyState)
    assert isinstance(trouble, EmptyState)
    assert trouble.isVisible()
    with qtbot.waitSignal(part.asked_again):
        trouble.button.click()
    part.load(lambda: 7, lambda _seven: None)
    assert content(part).isVisible()
    assert not trouble.isVisible()


def test_a_bug_is_no_failure_to_load(make: Make) -> None:
    part = make(InlineJobs())
    with pytest.raises(ZeroDivisionError):
        part.load(lambda: 1 // 0, lambda _never: None)
