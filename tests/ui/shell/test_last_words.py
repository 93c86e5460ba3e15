"""Telling of a bug without a window."""

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox

from cpdesk.base import paths
from cpdesk.ui.shell import last_words

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    texts: list[str] = []
    monkeypatch.setattr(QMessageBox, "critical", lambda *words: texts.append(words[-1]))
    return texts


def test_it_says_where_to_look(said: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: "windows")
    last_words.say()
    assert str(paths.log_dir()) in said[0]


def test_where_nobody_looks_nothing_waits_for_an_answer(said: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: "offscreen")
    last_words.say()
    assert said == []
