"""Who is told the outcome of a job: somebody who may be gone by then."""

import weakref
from collections.abc import Callable
from types import MethodType
from typing import Generic, TypeVar

import shiboken6
from PySide6.QtCore import QObject

T = TypeVar("T")


class Recipient(Generic[T]):
    """A callback of an owner, held weakly, so that a running job keeps no page or dialog alive.

    Bound methods are held weakly; a plain function is held as it is and answers only to the owner's life.
    """

    def __init__(self, owner: QObject, callback: Callable[[T], None]) -> None:
        self._owner = weakref.ref(owner)
        self._callback = _weakly(callback)

    def tell(self, value: T) -> bool:
        """Call back with `value`, on the GUI thread. False, and nothing happens, if the recipient is gone."""
        callback = self._callback()
        if callback is None or not alive(self._owner()) or not alive(getattr(callback, "__self__", callback)):
            return False
        callback(value)
        return True


def alive(thing: object) -> bool:
    """Whether `thing` can still be used: it is there, and so is the C++ half of it if it has one."""
    return thing is not None and shiboken6.isValid(thing)


def _weakly(callback: Callable[[T], None]) -> Callable[[], Callable[[T], None] | None]:
    if isinstance(callback, MethodType):
        return weakref.WeakMethod(callback)
    return lambda: callback
