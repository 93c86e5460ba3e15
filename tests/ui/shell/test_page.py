"""What pages are given: loading, changing, failing."""

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QAbstractButton, QProgressBar, QPushButton
from pytestqt.qtbot import QtBot

from cpdesk.base.errors import KnownError, UserError
from cpdesk.ui.shell.window import Window
from tests.ui.shell.conftest import CountingPage

if TYPE_CHECKING:
    from collections.abc import Callable


class SlowJobs(QObject):
    """Answers when it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.waiting: list[tuple[Callable[[Any], None], Callable[[Exception], None]]] = []

    def run(self, _owner: object, _work: object, done: Any, failed: Any, **_named: object) -> None:
        self.waiting.append((done, failed))

    def change(self, _owner: object, _work: object, done: Any, failed: Any) -> None:
        self.waiting.append((done, failed))


@pytest.fixture
def page(window: Window) -> CountingPage:
    assert isinstance(window.page, CountingPage)
    return window.page


@pytest.fixture
def slow(page: CountingPage) -> SlowJobs:
    from dataclasses import replace
    from typing import cast

    jobs = SlowJobs()
    page.context = replace(page.context, jobs=cast("Any", jobs))
    return jobs


def _ignore(_result: object) -> None:
    """An answer that the test does not look at."""


def loading(page: CountingPage) -> bool:
    return any(bar.isVisible() for bar in page.findChildren(QProgressBar))


def test_a_quick_answer_needs_no_word(page: CountingPage, slow: SlowJobs) -> None:
    shown: list[str] = []
    page.load(lambda: "rows", shown.append)
    assert not loading(page)
    slow.waiting[0][0]("rows")
    assert shown == ["rows"]
    assert page.content.isVisible()
    assert not loading(page)


@pytest.fixture
def opening(page: CountingPage, slow: SlowJobs, monkeypatch: pytest.MonkeyPatch) -> SlowJobs:
    """A page that has just been opened and has read nothing yet."""
    monkeypatch.setattr(page, "first_focus", lambda: page.button)
    page._loaded = False
    page.load(lambda: "rows", _ignore)
    return slow


def test_the_keyboard_goes_to_the_first_field_once_there_is_one(page: CountingPage, opening: SlowJobs) -> None:
    page.setFocus()
    opening.waiting[0][0]("rows")
    assert page.button.hasFocus()


def test_who_went_elsewhere_meanwhile_stays_there(page: CountingPage, window: Window, opening: SlowJobs) -> None:
    others = (one for one in window.findChildren(QAbstractButton) if one.isVisible() and one is not page.button)
    elsewhere = next(one for one in others if one.focusPolicy() & Qt.FocusPolicy.TabFocus)
    elsewhere.setFocus()
    opening.waiting[0][0]("rows")
    assert elsewhere.hasFocus()


def test_a_slow_answer_is_said_to_be_on_its_way(page: CountingPage, slow: SlowJobs, qtbot: QtBot) -> None:
    page.load(lambda: "rows", _ignore)
    qtbot.waitUntil(lambda: loading(page))
    slow.waiting[0][0]("rows")
    assert not loading(page)


def test_a_first_load_that_fails_says_why_and_can_be_tried_again(page: CountingPage) -> None:
    def refuse() -> str:
        raise KnownError("database_locked")

    act = QPushButton("Act")
    page.header.add_action(act)
    act.show()
    page.load(refuse, _ignore)
    before = page.refreshed
    trouble = page._trouble
    assert trouble is not None
    assert trouble.isVisible()
    assert trouble.title == "This page could not be loaded"
    assert not act.isVisible()
    trouble.button.click()
    assert page.refreshed == before + 1
    page.load(lambda: "rows", _ignore)
    assert not trouble.isVisible()
    assert act.isVisible()


def test_a_later_load_that_fails_keeps_what_is_shown(page: CountingPage, window: Window) -> None:
    page.load(lambda: "rows", _ignore)

    def refuse() -> str:
        raise KnownError("database_locked")

    page.load(refuse, _ignore)
    assert page.content.isVisible()
    assert len(window.notices.texts()) == 1


def test_a_refused_change_is_a_notice(page: CountingPage, window: Window) -> None:
    def refuse() -> str:
        raise UserError("not_allowed", role="auditor")

    assert page.change(refuse, _ignore)
    assert len(window.notices.texts()) == 1


def test_a_refusal_can_be_taken_by_the_page(page: CountingPage, window: Window) -> None:
    def refuse() -> str:
        raise UserError("not_allowed", role="auditor")

    taken: list[Exception] = []
    page.change(refuse, _ignore, taken.append)
    assert len(taken) == 1
    assert window.notices.texts() == []


def test_a_second_change_is_not_begun_while_one_is_under_way(page: CountingPage, slow: SlowJobs) -> None:
    done: list[str] = []
    assert page.change(lambda: "a", done.append)
    assert not page.change(lambda: "b", done.append)
    slow.waiting[0][0]("a")
    assert done == ["a"]
    assert page.change(lambda: "c", done.append)


def test_a_bug_in_a_job_is_not_told_as_a_refusal(page: CountingPage, window: Window) -> None:
    def broken() -> str:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        page.change(broken, _ignore)
    assert window.notices.texts() == []
