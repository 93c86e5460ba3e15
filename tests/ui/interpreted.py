"""Where a text out of the database is taken for more than a text: markup, a link, a mnemonic, a placeholder."""

import html
from collections.abc import Iterator

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex
from PySide6.QtGui import QAction, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QLabel,
    QMenu,
    QTabBar,
    QTextEdit,
    QWidget,
)

from tests.support.hostile import MARKUP, MNEMONIC

_ROWS = 30
"""Of a list: as many as anybody sees at once."""


def interpreted(window: QWidget) -> Iterator[str]:
    """What is wrong anywhere in a window."""
    if "[*]" in window.windowTitle():
        yield "the title has a placeholder of Qt's"
    for widget in (window, *window.findChildren(QWidget)):
        yield from (f"{fault}: {type(widget).__name__} {_short(widget)}" for fault in _faults(widget))


def _faults(widget: QWidget) -> Iterator[str]:
    if Qt.mightBeRichText(widget.toolTip()):
        yield "tooltip as markup"
    if isinstance(widget, QLabel) and _is_interpreted(widget):
        yield "label as markup"
    if isinstance(widget, QTextEdit) and 'href="http://x"' in widget.toHtml():
        yield "document with a link"
    if isinstance(widget, QAbstractButton) and _loses_a_letter(QAbstractButton.text(widget)):
        yield "mnemonic of a button"
    if isinstance(widget, QTabBar):
        yield from ("mnemonic of a tab" for place in range(widget.count()) if _loses_a_letter(widget.tabText(place)))
    if isinstance(widget, QMenu):
        yield from ("mnemonic of an action" for action in widget.actions() if _is_cut(action))
    if isinstance(widget, QAbstractItemView) and widget.model() is not None:
        yield from _of_cells(widget.model())


def _is_cut(action: QAction) -> bool:
    return _loses_a_letter(action.text())


def _is_interpreted(label: QLabel) -> bool:
    if label.textFormat() == Qt.TextFormat.PlainText:
        return False
    if label.textFormat() == Qt.TextFormat.AutoText:
        return Qt.mightBeRichText(label.text())
    return MARKUP in label.text() or 'href="http' in label.text()


def _of_cells(model: QAbstractItemModel) -> Iterator[str]:
    for row in range(min(model.rowCount(QModelIndex()), _ROWS)):
        for column in range(1 if isinstance(model, QAbstractListModel) else model.columnCount(QModelIndex())):
            tip = model.index(row, column).data(Qt.ItemDataRole.ToolTipRole)
            if isinstance(tip, str) and Qt.mightBeRichText(tip):
                yield f"tooltip of a cell ({row}, {column}) as markup"


def _loses_a_letter(text: str) -> bool:
    return MNEMONIC in text.replace("&&", "")


def _short(widget: QWidget) -> str:
    text = getattr(widget, "text", lambda: "")()
    return html.unescape(f"{widget.objectName()} {text} | {widget.toolTip()}")[:160]
