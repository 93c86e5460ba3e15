"""Peewee's rows as plain Python: its type stubs do not know what `tuples` and `dicts` return."""

from collections.abc import Collection, Iterator
from typing import Any, TypeVar

T = TypeVar("T")

_MOST_PARAMETERS = 10_000
"""Values in one statement; SQLite takes three times as many."""


def tuples(query: Any) -> list[tuple[Any, ...]]:
    """The rows of a query as tuples, columns read into Python values."""
    return list(query.tuples())


def dicts(query: Any) -> list[dict[str, Any]]:
    """The rows of a query as dictionaries by field name."""
    return list(query.dicts())


def first(query: Any) -> dict[str, Any] | None:
    """The first row of a query as a dictionary, or None."""
    return next(iter(dicts(query.limit(1))), None)


def in_parts(values: Collection[T]) -> Iterator[list[T]]:
    """Any number of values in parts that fit into one statement."""
    listed = list(values)
    for start in range(0, len(listed), _MOST_PARAMETERS):
        yield listed[start : start + _MOST_PARAMETERS]
