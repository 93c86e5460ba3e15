"""Spreads a statement over pages of A4, and paints them on paper, into PDF or into a picture alike."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtGui import QPainter

from cpdesk.domain.documents import StatementDocument
from cpdesk.gateways.documents.blocks import LEFT, WIDTH, Block, blocks
from cpdesk.gateways.documents.ink import SOFT, Right, Text, millimetres, points, rule

PAGE: Final = (millimetres(210), millimetres(297))
"""Width and height of A4, in units."""

BOTTOM: Final = PAGE[1] - millimetres(22)
"""Below that there is only the foot of the page."""

_TOP: Final = millimetres(18)
_FOOT: Final = PAGE[1] - millimetres(16)


Placed = list[tuple[Block, float]]
"""What stands on a page, and how far from its top."""


class Pages:
    """A statement, spread over pages."""

    def __init__(self, document: StatementDocument) -> None:
        self._printed = document.printed
        self._pages = _spread(list(blocks(document.printed, document.company.logo)), self._running_height())

    def __len__(self) -> int:
        return len(self._pages)

    def placed(self) -> Sequence[Placed]:
        """Each page."""
        return self._pages

    def paint(self, painter: QPainter, number: int) -> None:
        """Paint a page, counted from 0; the painter's unit is a tenth of a point."""
        if number:
            self._running().paint(painter, LEFT, _TOP)
        for block, y in self._pages[number]:
            block.paint(painter, y)
        self._paint_foot(painter, number)

    def _running(self) -> Text:
        return Text(self._printed.running, WIDTH, size=8, colour=SOFT)

    def _running_height(self) -> float:
        return self._running().height + points(8)

    def _paint_foot(self, painter: QPainter, number: int) -> None:
        rule(painter, LEFT, LEFT + WIDTH, _FOOT - points(5))
        page = self._printed.page.format(page=number + 1, pages=len(self))
        Text(self._printed.generated, WIDTH * 0.75, size=7.5, colour=SOFT).paint(painter, LEFT, _FOOT)
        Text(page, WIDTH * 0.25, size=7.5, colour=SOFT, align=Right).paint(painter, LEFT + WIDTH * 0.75, _FOOT)


def _spread(listed: Sequence[Block], running: float) -> list[Placed]:
    pages: list[Placed] = [[]]
    y = _TOP
    for place, block in enumerate(listed):
        if y + _needed(listed, place) > BOTTOM and pages[-1]:
            pages.append([])
            y = _TOP + running
            if block.head:
                pages[-1].append((block.head, y))
                y += block.head.height
        pages[-1].append((block, y))
        y += block.height
    return pages


def _needed(listed: Sequence[Block], place: int) -> float:
    """The height of a block with all that stays on its page."""
    height = 0.0
    for block in listed[place:]:
        height += block.height
        if not block.kept:
            break
    return height
