"""How far a long piece of work has come, told while it runs."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, TypeVar

T = TypeVar("T")

_CHUNK: Final = 1000
"""Rows written at a time: few enough that a long change can say how far it is."""

Tell = Callable[[int, int], None]
"""Called with the steps that are behind us and how many there are in all. Whatever it raises stops the work."""

_EVERY: Final = 200
"""Steps between two tellings: often enough for a bar, too seldom to cost anything."""


def counted(items: Sequence[T], tell: Tell | None) -> Iterator[T]:
    """The items one after the other, telling how many are behind us."""
    return told(items, len(items), tell)


def told(items: Iterable[T], expected: int, tell: Tell | None, *, every: int = _EVERY) -> Iterator[T]:
    """The same where only about how many there are is known; `every` so many steps, for steps that take longer."""
    for place, item in enumerate(items):
        if tell is not None and place % every == 0:
            tell(min(place, expected), expected)
        yield item
    if tell is not None:
        tell(expected, expected)


def chunks(items: Sequence[T], tell: Tell | None) -> Iterator[list[T]]:
    """The items some at a time, for what is written together, telling how many are behind us."""
    chunk: list[T] = []
    for item in counted(items, tell):
        chunk.append(item)
        if len(chunk) == _CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def part(tell: Tell | None, start: int, end: int, whole: int) -> Tell | None:
    """For a part of the work: tells its own steps as those from `start` to `end` of `whole`."""
    if tell is None:
        return None

    def tell_part(done: int, total: int) -> None:
        tell(start + (end - start) * done // max(total, 1), whole)

    return tell_part
