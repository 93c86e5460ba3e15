"""Peewee's rows as plain Python: its type stubs do not know what `tuples` and `dicts` return."""

from typing import Any


def tuples(query: Any) -> list[tuple[Any, ...]]:
    """The rows of a query as tuples, columns read into Python values."""
    return list(query.tuples())


def dicts(query: Any) -> list[dict[str, Any]]:
    """The rows of a query as dictionaries by field name."""
    return list(query.dicts())


def first(query: Any) -> dict[str, Any] | None:
    """The first row of a query as a dictionary, or None."""
    return next(iter(dicts(query.limit(1))), None)
