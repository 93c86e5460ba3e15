"""What the services offer, found by looking at them, so that no new method is forgotten."""

import inspect
from collections.abc import Callable, Iterator
from pathlib import Path

from cpdesk.base.clock import SystemClock
from cpdesk.composition import compose


def public_methods() -> Iterator[tuple[str, Callable[..., object]]]:
    """Every public method of every service, by area and name."""
    _store, services = compose(Path(), SystemClock())
    for area in dir(services):
        if area.startswith("_"):
            continue
        for name, method in inspect.getmembers(type(getattr(services, area)), inspect.isfunction):
            if not name.startswith("_"):
                yield f"{area}.{name}", method
