"""Where a text out of the database is taken for more than a text: markup, a link, a mnemonic, a placeholder.

Or where it turns round the sentence that it stands in, or cannot be seen.
"""

import html
import re
from collections.abc import Iterator
from functools import cache
from typing import TypeGuard

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex
from PySide6.QtGui import QAction, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QLabel,
    QMenu,
    QTabBar,
    QTextEdit,
    QWidget,
)

from cpdesk.base.apart import reads_from_the_right, steady
from tests.support.hostile import MARKUP, MNEMONIC, TEXTS, TURNING_MARKUP

_ROWS = 30
"""Of a list: as many as anybody sees at once."""
_TAG = re.compile("<[^>]*>")
_BREAK = "\u200b"
_ALONE = frozenset(steady(text) for text in (*TEXTS, TURNING_MARKUP))
"""Where nothing else stands beside it, there is nothing to turn round."""


def interpreted(window: QWidget, page: QWidget | None = None) -> Iterator[str]:
    """What is wrong anywhere in a window, on this of its pages if it keeps several."""
    if "[*]" in window.windowTitle():
        yield "the title has a placeholder of Qt's"
    widgets = window.findChildren(QWidget)
    if page is not None:
        frame = (widget for widget in widgets if widget.isVisible() or isinstance(widget, QMenu))
        widgets = list({*frame, *page.findChildren(QWidget)})
    for widget in (window, *widgets):
        yield from (f"{fault}: {type(widget).__name__} {_short(widget)}" for fault in _faults(widget))
        yield from (f"{ascii(text)[:300]} turns: {type(widget).__name__}" for text in _said(widget) if _turns(text))


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
    if _has_cells(widget):
        yield from _of_cells(widget.model())


def _has_cells(widget: QWidget) -> TypeGuard[QAbstractItemView]:
    """A header is a view of the same cells, and shows none."""
    return isinstance(widget, QAbstractItemView) and not isinstance(widget, QHeaderView) and bool(widget.model())


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


def _said(widget: QWidget) -> Iterator[str]:
    """Everything that is told by it, to eyes and ears."""
    yield from (widget.toolTip(), widget.windowTitle())
    # Ears hear it letter by letter.
    yield from map(steady, (widget.accessibleName(), widget.accessibleDescription()))
    if isinstance(widget, QLabel):
        # As Qt has it, whatever a label of ours says that it has.
        shown = QLabel.text(widget)
        yield html.unescape(_TAG.sub("", shown)) if widget.textFormat() == Qt.TextFormat.RichText else shown
    if isinstance(widget, QAbstractButton):
        yield QAbstractButton.text(widget).replace("&&", "&")
    if isinstance(widget, QTabBar):
        yield from (widget.tabText(place) for place in range(widget.count()))
    if isinstance(widget, QComboBox):
        yield from (widget.itemText(place) for place in range(min(widget.count(), _ROWS)))
    if isinstance(widget, QMenu):
        yield from (action.text().replace("&&", "&") for action in widget.actions())
    if _has_cells(widget):
        yield from _said_in_cells(widget.model())


def _said_in_cells(model: QAbstractItemModel) -> Iterator[str]:
    for row in range(min(model.rowCount(QModelIndex()), _ROWS)):
        for column in range(1 if isinstance(model, QAbstractListModel) else model.columnCount(QModelIndex())):
            for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
                text = model.index(row, column).data(role)
                if isinstance(text, str):
                    # It is made steady when it is painted.
                    yield text if role == Qt.ItemDataRole.ToolTipRole else steady(text)


@cache
def _turns(text: str) -> bool:
    """Whether a name in it could change how the rest is read, or has letters that nobody sees."""
    shown = text.replace(_BREAK, "").replace("\u2060", "")
    if shown.isascii() and shown.replace("\n", "").isprintable():
        return False
    if steady(shown) != shown:
        return True
    return reads_from_the_right(shown) and any(
        reads_from_the_right(line) and line.strip() not in _ALONE for line in shown.split("\n")
    )


def _loses_a_letter(text: str) -> bool:
    return MNEMONIC in text.replace("&&", "")


def _short(widget: QWidget) -> str:
    text = getattr(widget, "text", lambda: "")()
    return html.unescape(f"{widget.objectName()} {text} | {widget.toolTip()}")[:160]
