"""Aligned text: tables, and pairs of a label and a value. Nothing is cut off."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from cpdesk.base import formats
from cpdesk.base.apart import apart

Cell = str | int


class Figure(str):
    """A text that stands at the end of its column, as numbers do: an amount of money."""

    __slots__ = ()


_GAP = "  "
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class _Text:
    """A cell as it is shown."""

    text: str
    right: bool

    def padded(self, width: int) -> str:
        blanks = " " * (width - _width(self.text))
        return blanks + self.text if self.right else self.text + blanks


def table(titles: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """Rows under their titles; numbers are aligned right."""
    body = [[_shown(cell) for cell in row] for row in rows]
    rights = [bool(body) and all(row[place].right for row in body) for place in range(len(titles))]
    head = [_Text(title, right) for title, right in zip(titles, rights, strict=True)]
    widths = [max(_width(row[place].text) for row in [head, *body]) for place in range(len(titles))]
    for row in [head, *body]:
        yield _GAP.join(cell.padded(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def pairs(entries: Iterable[tuple[str, Cell]]) -> Iterator[str]:
    """Values behind their labels."""
    listed = [(label, _shown(value).text) for label, value in entries]
    width = max((_width(label) for label, _value in listed), default=0)
    for label, value in listed:
        yield (_Text(label, right=False).padded(width) + _GAP + value).rstrip()


def indented(lines: Iterable[str]) -> Iterator[str]:
    """Lines that belong to the one above them."""
    return (f"{_GAP}{line}" for line in lines)


def number(value: int) -> str:
    """A count with the language's separators."""
    # Below a thousand no language has any, and Babel takes a while to load.
    return str(value) if abs(value) < 1000 else formats.format_number(value)


def _shown(cell: Cell) -> _Text:
    if isinstance(cell, int):
        return _Text(number(cell), right=True)
    # A line break in a name would break the table, one that reads from the right turn the cells behind it round.
    return _Text(apart(_CONTROLS.sub(" ", cell)), right=isinstance(cell, Figure))


def _width(text: str) -> int:
    """Columns of a terminal: wide letters take two, combining marks and what cannot be seen none."""
    return len(text) if text.isascii() else sum(map(_width_of, text))


def _width_of(letter: str) -> int:
    if unicodedata.combining(letter) or unicodedata.category(letter) == "Cf":
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1
