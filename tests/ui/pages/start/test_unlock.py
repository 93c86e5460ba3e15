"""The page that asks for the passphrase of an encrypted database."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from cpdesk.domain.encryption import pause_after
from cpdesk.ui.gallery.stand_ins import services
from cpdesk.ui.pages.start.unlock import UnlockPage
from cpdesk.ui.shell.window import Window

OpenPage = Callable[..., Window]


class Asked:
    """The page, and what it hands over."""

    def __init__(self, open_page: OpenPage) -> None:
        self.answers: list[str] = []
        self._open_page = open_page
        self.window: Window | None = None

    def ask(self, failures: int | None) -> UnlockPage:
        """Have it ask once more, after so many wrong answers."""
        params = {
            "path": Path("/books/cpdesk.db"),
            "failures": failures,
            "answer": self.answers.append,
            "attempt": len(self.answers),
        }
        if self.window is None:
            self.window = self._open_page("unlock", services(), session=None, **params)
        else:
            self.window.navigate("unlock", **params)
        assert isinstance(self.window.page, UnlockPage)
        return self.window.page


@pytest.fixture
def asked(open_page: OpenPage) -> Asked:
    return Asked(open_page)


def told(page: UnlockPage) -> str:
    return " ".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def test_it_hands_over_what_is_typed_once(asked: Asked, assert_accessible: Callable[[QWidget], None]) -> None:
    page = asked.ask(0)
    assert "cpdesk.db" in told(page)
    assert asked.window
    assert_accessible(asked.window)
    page.unlock.click()
    assert asked.answers == []
    page.form.set_values({"passphrase": "all the king's horses"})
    page.unlock.click()
    page.unlock.click()
    assert asked.answers == ["all the king's horses"]


def test_nobody_is_asked_while_the_keyring_is(asked: Asked) -> None:
    page = asked.ask(None)
    assert not page.form.isEnabled()
    assert asked.ask(0).form.isEnabled() or asked.answers == []


def test_a_wrong_answer_is_said_and_the_pause_grows(asked: Asked, qtbot: QtBot) -> None:
    page = asked.ask(1)
    assert "neither the passphrase nor the recovery key" in page.refusal.text
    assert page.unlock.isEnabled()
    asked.answers.append("wrong")
    page = asked.ask(3)
    assert "1 second" in page.refusal.text
    assert not page.unlock.isEnabled()
    page.form.set_values({"passphrase": "too soon"})
    page.form.submitted.emit()
    assert asked.answers == ["wrong"]
    qtbot.waitUntil(page.unlock.isEnabled)
    assert "second" not in page.refusal.text


def test_pauses_grow_and_end() -> None:
    assert [pause_after(failures) for failures in range(10)] == [0, 0, 0, 1, 2, 4, 8, 16, 30, 30]
    assert pause_after(1000) == 30
