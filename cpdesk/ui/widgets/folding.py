"""Texts of a list that go on in a second line where their column is too narrow for one."""

import re
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics

_BREAK = re.compile(r"(?<=[ @/-])(?=[^ ])")
"""After a blank, a hyphen or the sign in an address; a no-break space keeps its neighbours together."""


def folded_width(text: str, width_of: Callable[[str], int], end: int = 0) -> int:
    """How narrow a column can be that shows all of a text in two lines; `end` is what stands behind the last one."""
    pieces = _BREAK.split(text)
    halves = (("".join(pieces[:place]).rstrip(), "".join(pieces[place:])) for place in range(len(pieces)))
    return min(max(width_of(first), width_of(last) + end) for first, last in halves)


def folded(text: str, metrics: QFontMetrics, room: int, end: int = 0) -> tuple[str, ...]:
    """A text in one line if there is room, else in two; what has no room there either ends in an ellipsis.

    `end` is what stands behind the last line.
    """
    if metrics.horizontalAdvance(text) + end <= room:
        return (text,)
    first = ""
    for piece in _BREAK.split(text)[:-1]:
        if metrics.horizontalAdvance(f"{first}{piece}".rstrip()) > room:
            break
        first += piece
    if not first:
        return (metrics.elidedText(text, Qt.TextElideMode.ElideRight, room - end),)
    return first.rstrip(), metrics.elidedText(text[len(first) :], Qt.TextElideMode.ElideRight, room - end)
