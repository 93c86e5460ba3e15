"""Icons that point along the line of reading turn round where it runs from right to left."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from cpdesk.ui.theme import icons


@pytest.fixture
def right_to_left(qapp: QApplication) -> Iterator[None]:
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def drawn(name: str) -> QImage:
    return icons.pixmap(name, "#000000", QSize(20, 20), 1.0).toImage()


def ink(name: str) -> list[float]:
    """How much of each column is painted, from left to right."""
    image = drawn(name)
    return [
        sum(image.pixelColor(column, row).alphaF() for row in range(image.height())) for column in range(image.width())
    ]


@pytest.mark.usefixtures("right_to_left")
@pytest.mark.parametrize("name", ["back", "forward", "chevron_right"])
def test_arrows_turn_round(qapp: QApplication, name: str) -> None:
    left_to_right = ink(name)
    assert left_to_right != pytest.approx(left_to_right[::-1], abs=0.5)
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert ink(name)[::-1] == pytest.approx(left_to_right, abs=0.5)


@pytest.mark.usefixtures("right_to_left")
def test_other_icons_stay_as_they_are(qapp: QApplication) -> None:
    left_to_right = drawn("gear")
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert drawn("gear") == left_to_right
