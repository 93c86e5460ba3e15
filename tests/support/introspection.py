"""What the services offer, found by looking at them, so that no new method is forgotten."""

import inspect
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path

from cpdesk.base.clock import SystemClock
from cpdesk.composition import compose
from cpdesk.services.bundle import Services

AREAS = ("settler", *(name for name, member in vars(Services).items() if isinstance(member, cached_property)))
"""The services by name."""


def public_methods() -> Iterator[tuple[str, Callable[..., object]]]:
    """Every public method of every service, by area and name."""
    services = compose(Path(), SystemClock())[1]
    for area in AREAS:
        for name, method in inspect.getmembers(type(getattr(services, area)), inspect.isfunction):
            if not name.startswith("_"):
                yield f"{area}.{name}", method
