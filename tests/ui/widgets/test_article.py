"""A text to read."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextBlock, QTextCharFormat
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cpdesk.ui.theme import Appearance, Theme
from cpdesk.ui.widgets.article import Article

TEXT = """# Switch

Choose **Edit** and read [the rules](billing-modes) or [the web](https://contoso.example).

## Steps

1. One
2. Two

- a
- b <b>c</b>
"""


@pytest.fixture
def article(qtbot: QtBot, theme: Theme) -> Article:  # noqa: ARG001 - it is dressed in the theme
    article = Article()
    qtbot.addWidget(article)
    article.setAccessibleName("Switch")
    article.show_text(TEXT)
    article.resize(500, 300)
    article.show()
    article.activateWindow()
    return article


def blocks(article: Article) -> list[QTextBlock]:
    found, block = [], article.document().begin()
    while block.isValid():
        found.append(block)
        block = block.next()
    return found


def looks_of(article: Article, words: str) -> QTextCharFormat:
    return article.document().find(words).charFormat()


def test_headings_links_and_bold_look_as_in_the_theme(article: Article, theme: Theme) -> None:
    assert blocks(article)[0].blockFormat().headingLevel() == 1
    assert looks_of(article, "Switch").font().pointSizeF() > looks_of(article, "Steps").font().pointSizeF()
    assert looks_of(article, "Edit").fontWeight() == 600
    assert looks_of(article, "the rules").foreground().color().name() == theme.tokens.accent
    theme.set_appearance(Appearance.DARK)
    assert looks_of(article, "the rules").foreground().color().name() == theme.tokens.accent
    assert looks_of(article, "Choose").foreground().color().name() == theme.tokens.ink


def test_it_grows_with_the_text(article: Article, theme: Theme) -> None:
    usual, measure = looks_of(article, "Choose").font().pointSizeF(), article.measure()
    theme.set_text_scale(2.0)
    assert looks_of(article, "Choose").font().pointSizeF() == pytest.approx(2 * usual, rel=0.01)
    assert article.measure() > 1.5 * measure


def test_markup_in_a_text_is_shown_as_it_is(article: Article) -> None:
    assert "b <b>c</b>" in article.toPlainText()


def test_links_are_told_and_not_followed_by_keyboard_too(article: Article, qtbot: QtBot) -> None:
    article.setFocus()
    QTest.keyClick(article, Qt.Key.Key_Tab)
    with qtbot.waitSignal(article.followed) as followed:
        QTest.keyClick(article, Qt.Key.Key_Return)
    assert followed.args == ["billing-modes"]
    QTest.keyClick(article, Qt.Key.Key_Tab)
    with qtbot.waitSignal(article.followed) as outside:
        QTest.keyClick(article, Qt.Key.Key_Return)
    assert outside.args == ["https://contoso.example"]


def test_a_new_text_is_shown_from_its_beginning_and_arrow_keys_scroll(article: Article, qtbot: QtBot) -> None:
    article.show_text(TEXT * 20)
    qtbot.waitUntil(lambda: article.verticalScrollBar().maximum() > 0)
    assert article.verticalScrollBar().value() == 0
    article.setFocus()
    QTest.keyClick(article, Qt.Key.Key_Down)
    assert article.verticalScrollBar().value() > 0
    article.show_text(TEXT)
    assert article.verticalScrollBar().value() == 0


def test_its_text_can_be_selected(article: Article) -> None:
    QTest.mouseDClick(article.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, 12))
    assert article.textCursor().selectedText() == "Switch"


def test_it_is_accessible(article: Article, assert_accessible: Callable[[QWidget], None]) -> None:
    assert_accessible(article)
