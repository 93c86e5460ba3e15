"""What a statement is made of, from top to bottom, each with its height and how to paint it."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from cpdesk.domain.printed import Pairs, Printed
from cpdesk.gateways.documents.ink import (
    ACCENT,
    BAND,
    INK,
    ON_BAND,
    SOFT,
    Left,
    Paint,
    Right,
    Text,
    fill,
    millimetres,
    points,
    rule,
    width_of,
)

LEFT: Final = millimetres(18)
WIDTH: Final = millimetres(210 - 2 * 18)
"""Between the margins of A4."""

_LOGO: Final = (millimetres(60), millimetres(22))
"""The most room that a logo gets."""
_SHARP: Final = 720
"""Pixels: what 60 mm take at 300 dots per inch."""
_GAP: Final = points(10)
_PADDING: Final = points(4.5)
_FEW: Final = 4
"""Notes that stay on the page of the sums."""
_CELL: Final = 9
_CAPTION: Final = 7.5
"""Points."""
_LEAST: Final = 0.28
"""The part of the width that the widest column gets at least."""


@dataclass(frozen=True, slots=True)
class Block:
    """Something that is never cut in two by the end of a page."""

    height: float
    paint: Paint
    head: "Block | None" = None
    """What is repeated above it where a page begins with it."""
    kept: bool = False
    """Whether it stays on the page of what follows."""


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which column takes the room that the others leave, and from which on they are aligned right."""

    wide: int
    numbers: int


_LINES: Final = _Columns(0, 3)
_CORRECTIONS: Final = _Columns(2, 3)


class _Table:
    """Rows under captions, in columns that are as wide as what stands in them."""

    def __init__(self, columns: _Columns, captions: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        self._columns = columns
        self._captions = captions
        self._rows = rows
        self._widths = self._measured()

    def blocks(self) -> Iterator[Block]:
        """The captions, then the rows; the last one stays with the sums below it."""
        head = self._head()
        yield head
        for number, row in enumerate(self._rows, start=1):
            yield self._row(row, head, kept=number == len(self._rows))

    def _measured(self) -> list[float]:
        wide = self._columns.wide
        widths = [self._natural(column) + _GAP for column in range(len(self._captions))]
        widths[-1] -= _GAP
        numbers = sum(widths[self._columns.numbers :])
        texts = sum(widths[: self._columns.numbers]) - widths[wide]
        # Numbers are never broken: where there is too little room, texts are.
        squeeze = min(1, max(WIDTH * (1 - _LEAST) - numbers, 0) / texts) if texts else 1
        widths[: self._columns.numbers] = [width * squeeze for width in widths[: self._columns.numbers]]
        widths[wide] = WIDTH - numbers - texts * squeeze
        return widths

    def _natural(self, column: int) -> float:
        cells = (width_of(cell, _CELL) for cell in {row[column] for row in self._rows})
        return math.ceil(max(width_of(self._captions[column], _CAPTION, 600), *cells, 0)) + 1

    def _row(self, cells: Sequence[str], head: Block, *, kept: bool) -> Block:
        texts = [self._text(column, cell, _CELL) for column, cell in enumerate(cells)]
        height = max(text.height for text in texts) + 2 * _PADDING

        def paint(painter: QPainter, y: float) -> None:
            for text, left in zip(texts, self._lefts(), strict=True):
                text.paint(painter, left, y + _PADDING)
            rule(painter, LEFT, LEFT + WIDTH, y + height)

        return Block(height, paint, head, kept)

    def _head(self) -> Block:
        texts = [self._text(column, cell, _CAPTION, 600, SOFT) for column, cell in enumerate(self._captions)]
        highest = max(text.height for text in texts)
        height = highest + 2 * _PADDING

        def paint(painter: QPainter, y: float) -> None:
            for text, left in zip(texts, self._lefts(), strict=True):
                text.paint(painter, left, y + _PADDING + highest - text.height)
            rule(painter, LEFT, LEFT + WIDTH, y + height, colour=INK, thick=0.9)

        return Block(height, paint, kept=True)

    def _text(self, column: int, cell: str, size: float, weight: int = 400, colour: str = INK) -> Text:
        align = Right if column >= self._columns.numbers else Left
        width = self._widths[column] - (_GAP if column < len(self._widths) - 1 else 0)
        return Text(cell, width, size=size, weight=weight, colour=colour, align=align)

    def _lefts(self) -> Iterator[float]:
        left = LEFT
        for width in self._widths:
            yield left
            left += width


def blocks(printed: Printed, logo: bytes) -> Iterator[Block]:
    """The whole statement."""
    yield _letterhead(printed.sender, _image(logo))
    yield _title(printed)
    yield _parties(printed)
    if printed.mark:
        yield _band(printed.mark)
    yield _space(points(6))
    yield from _Table(_LINES, printed.captions, printed.rows).blocks()
    yield from _ending(printed)
    yield from _corrections(printed)


def _ending(printed: Printed) -> Iterator[Block]:
    """The sums and what is said about them: a few notes do not take a page for themselves."""
    warning = [_band(printed.warning)] if printed.warning else []
    listed = [_sums(printed.sums), *warning, *map(_note, printed.notes)]
    together = len(printed.notes) <= _FEW
    for number, block in enumerate(listed, start=1):
        yield replace(block, kept=together and number < len(listed))


def _corrections(printed: Printed) -> Iterator[Block]:
    later = printed.corrections
    if not later.rows:
        return
    yield _space(points(14))
    yield _heading(later.title)
    yield from _Table(_CORRECTIONS, later.captions, later.rows).blocks()
    yield _sums(later.sums)


def _letterhead(sender: Sequence[str], logo: QImage | None) -> Block:
    room = WIDTH - (_LOGO[0] + _GAP if logo else 0)
    name = [Text(line, room, size=11, weight=600) for line in sender[:1]]
    texts = name + [Text(line, room, size=8.5, colour=SOFT) for line in sender[1:]]
    written = sum(text.height for text in texts)
    size = _fitting(logo) if logo else (0.0, 0.0)
    height = max(written, size[1])

    def paint(painter: QPainter, y: float) -> None:
        below = y
        for text in texts:
            text.paint(painter, LEFT, below)
            below += text.height
        if logo:
            painter.drawImage(QRectF(LEFT + WIDTH - size[0], y, *size), logo)
        if height:
            rule(painter, LEFT, LEFT + WIDTH, y + height + points(12), colour=ACCENT, thick=1.4)

    return Block(height + points(12 if height else 0), paint)


def _title(printed: Printed) -> Block:
    title = Text(printed.title, WIDTH, size=21, weight=600)
    subtitle = Text(printed.subtitle, WIDTH, size=13, colour=SOFT)
    above = points(20)

    def paint(painter: QPainter, y: float) -> None:
        title.paint(painter, LEFT, y + above)
        subtitle.paint(painter, LEFT, y + above + title.height)

    return Block(above + title.height + subtitle.height + points(16), paint)


def _parties(printed: Printed) -> Block:
    """The customer at the left, number, period and so on at the right."""
    half = WIDTH * 0.5
    start = WIDTH - half
    caption = Text(printed.recipient_caption, start - _GAP, size=7.5, weight=600, colour=SOFT)
    first = [Text(line, start - _GAP, size=11, weight=600) for line in printed.recipient[:1]]
    left = [caption, *first, *(Text(line, start - _GAP, size=9, colour=SOFT) for line in printed.recipient[1:])]
    facts = [
        (Text(name, half * 0.3, size=8.5, colour=SOFT), Text(fact, half * 0.7, size=8.5))
        for name, fact in printed.facts
    ]
    line = points(3)
    height = max(sum(text.height for text in left), sum(max(one.height, two.height) + line for one, two in facts))

    def paint(painter: QPainter, y: float) -> None:
        below = y
        for text in left:
            text.paint(painter, LEFT, below)
            below += text.height
        below = y
        for name, fact in facts:
            name.paint(painter, LEFT + start, below)
            fact.paint(painter, LEFT + start + half * 0.3, below)
            below += max(name.height, fact.height) + line

    return Block(height + points(12), paint)


def _band(mark: str) -> Block:
    text = Text(mark, WIDTH - 2 * points(8), size=9, weight=600, colour=ON_BAND)
    height = text.height + 2 * points(6)

    def paint(painter: QPainter, y: float) -> None:
        fill(painter, LEFT, y, WIDTH, height, BAND)
        text.paint(painter, LEFT + points(8), y + points(6))

    return Block(height + points(6), paint)


def _sums(sums: Pairs) -> Block:
    """Captions and amounts at the right, the last of them the one that counts."""
    room = WIDTH * 0.5
    styles = [(9.0, 400)] * (len(sums) - 1) + [(12.0, 600)]
    # An amount is never broken.
    widest = max(width_of(amount, *style) for (_caption, amount), style in zip(sums, styles, strict=True)) + points(1)
    rows: list[tuple[Text, Text]] = []
    for (caption, amount), (size, weight) in zip(sums, styles, strict=True):
        about = Text(caption, room - widest - _GAP, size=size, weight=weight)
        rows.append((about, Text(amount, widest, size=size, weight=weight, align=Right)))
    heights = [max(about.height, amount.height) + points(4) for about, amount in rows]
    left = LEFT + WIDTH - room

    def paint(painter: QPainter, y: float) -> None:
        below = y + points(8)
        for (about, amount), height in zip(rows, heights, strict=True):
            if about is rows[-1][0] and len(rows) > 1:
                rule(painter, left, LEFT + WIDTH, below)
                below += points(4)
            about.paint(painter, left, below)
            amount.paint(painter, left + room - widest, below)
            below += height

    return Block(sum(heights) + points(8 + 4 + 10), paint)


def _heading(title: str) -> Block:
    text = Text(title, WIDTH, size=11, weight=600)
    return Block(text.height + points(4), lambda painter, y: text.paint(painter, LEFT, y), kept=True)


def _note(note: str) -> Block:
    text = Text(note, WIDTH, size=8, colour=SOFT)
    return Block(text.height + points(3), lambda painter, y: text.paint(painter, LEFT, y))


def _space(height: float) -> Block:
    return Block(height, lambda _painter, _y: None, kept=True)


def _fitting(logo: QImage) -> tuple[float, float]:
    scale = min(_LOGO[0] / logo.width(), _LOGO[1] / logo.height())
    return logo.width() * scale, logo.height() * scale


@lru_cache(maxsize=2)
def _image(logo: bytes) -> QImage | None:
    """Read once for all statements of a pack; None for what is no picture."""
    image = QImage.fromData(logo)
    if image.isNull():
        return None
    if max(image.width(), image.height()) <= _SHARP:
        return image
    aspect = Qt.AspectRatioMode.KeepAspectRatio
    return image.scaled(_SHARP, _SHARP, aspect, Qt.TransformationMode.SmoothTransformation)
