"""The order in which tests begin."""

from collections.abc import Iterator
from itertools import islice

import pytest

LONG = ("long", "e2e")
"""Marks of tests that take more than some seconds."""


def long_ones_first(items: list[pytest.Item], processes: int) -> list[pytest.Item]:
    """The tests in an order in which no process is left alone with a long one in the end.

    pytest-xdist gives each process an equal share of the list, one after the other, and takes from the end of one share
    for those who are done with theirs: so each share begins with its part of the long tests.
    """
    long = [item for item in items if any(item.get_closest_marker(mark) for mark in LONG)]
    known = set(long)
    short = (item for item in items if item not in known)
    ordered: list[pytest.Item] = []
    for place, size in enumerate(_shares(len(items), processes)):
        first = long[processes - 1 - place :: processes]
        ordered += [*first, *islice(short, size - len(first))]
    return ordered


def _shares(count: int, processes: int) -> Iterator[int]:
    """How many tests each process begins with; the last ones have one more where it does not come out even."""
    for left in range(processes, 0, -1):
        size = count // left
        yield size
        count -= size
