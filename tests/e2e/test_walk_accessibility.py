"""The walk of the main job through the platform's accessibility interface, as a screen reader operates it."""

import sys

import pytest

from tests.e2e.program import Program
from tests.e2e.screen_reader import ScreenReader
from tests.e2e.walk import walk

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the accessibility client speaks AT-SPI"),
]


def test_the_walk_by_a_screen_reader(program: Program) -> None:
    walk(program, ScreenReader(), "screen_reader")
