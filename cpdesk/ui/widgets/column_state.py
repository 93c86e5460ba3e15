"""How the columns of a list stand, as a text.

Qt has a form of its own for that; of a damaged one it makes room for as many columns as it says, and the program ends.
"""

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from PySide6.QtWidgets import QHeaderView

_COLUMN = re.compile("([0-9]{1,3})([-=])([0-9]{1,4})")
_SORTING = re.compile("([0-9]{1,3})([ad])")


def state_of(header: "QHeaderView") -> str:
    """The columns as they stand, each with its width or hidden (-), and which one is sorted by: "1=80 0-0;1a"."""
    places = (header.logicalIndex(place) for place in range(header.count()))
    columns = (f"{one}{'-' if header.isSectionHidden(one) else '='}{header.sectionSize(one)}" for one in places)
    up = header.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
    return f"{' '.join(columns)};{header.sortIndicatorSection()}{'a' if up else 'd'}"


def restore(header: "QHeaderView", state: str) -> bool:
    """Have columns stand as they did; whether that was a state of these columns. Otherwise nothing changes."""
    columns, _semicolon, sorting = state.partition(";")
    found = [_COLUMN.fullmatch(column) for column in columns.split(" ")]
    read = [(int(one[1]), one[2] == "-", int(one[3])) for one in found if one is not None]
    if len(read) != len(found) or sorted(column for column, *_ in read) != list(range(header.count())):
        return False
    if all(hidden for _column, hidden, _width in read):
        return False
    for place, (column, hidden, width) in enumerate(read):
        header.setSectionHidden(column, hidden)
        if not hidden:
            header.resizeSection(column, width)
        header.moveSection(header.visualIndex(column), place)
    by = _SORTING.fullmatch(sorting)
    if by is not None and int(by[1]) < header.count():
        order = Qt.SortOrder.AscendingOrder if by[2] == "a" else Qt.SortOrder.DescendingOrder
        header.setSortIndicator(int(by[1]), order)
    return True
