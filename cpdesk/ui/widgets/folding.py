"""Texts of a list that go on in a second line where their column is too narrow for one."""

import re
from bisect import bisect_left
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics

from cpdesk.ui.widgets.bidi import continued

_BREAK = re.compile(r"(?<=[ @/-])(?=[^ ])")
"""After a blank, a hyphen or the sign in an address; a no-break space keeps its neighbours together."""
_DOMAIN = re.compile(r"[^\s@/]+\.[^\W\d][^\s@/]*")
_LABEL_BREAK = re.compile(r"(?<=-)(?=[^-])|(?<=\w)(?=\.[^\W\d])")
"""A domain may go on at a dot as well."""


def folded_width(text: str, width_of: Callable[[str], int], end: int = 0) -> int:
    """How narrow a column can be that shows all of a text in two lines; `end` is what stands behind the last one."""
    pieces = _pieces(text)

    def halves(place: int) -> tuple[int, int]:
        return width_of("".join(pieces[:place]).rstrip()), width_of("".join(pieces[place:])) + end

    def leans(place: int) -> bool:
        first, last = halves(place)
        return first >= last

    # The narrowest is where the halves are nearest to each other: not every one of a hundred words has to be tried.
    middle = bisect_left(range(len(pieces)), x=True, key=leans)
    return min(max(halves(place)) for place in (middle - 1, middle) if 0 <= place < len(pieces))


def folded(text: str, metrics: QFontMetrics, room: int, end: int = 0) -> tuple[str, ...]:
    """A text in one line if there is room, else in two; what has no room there either ends in an ellipsis.

    `end` is what stands behind the last line.
    """
    if metrics.horizontalAdvance(text) + end <= room:
        return (text,)
    first = ""
    for piece in _pieces(text)[:-1]:
        if metrics.horizontalAdvance(f"{first}{piece}".rstrip()) > room:
            break
        first += piece
    if not first:
        return (metrics.elidedText(text, Qt.TextElideMode.ElideRight, room - end),)
    upper, lower = continued(first.rstrip(), text[len(first) :])
    return upper, metrics.elidedText(lower, Qt.TextElideMode.ElideRight, room - end)


def _pieces(text: str) -> list[str]:
    return (_LABEL_BREAK if _DOMAIN.fullmatch(text) else _BREAK).split(text)
