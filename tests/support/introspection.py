"""What the services offer, found by looking at them, so that no new method is forgotten."""

import dataclasses
import inspect
from collections.abc import Callable, Iterator
from typing import get_type_hints

from cpdesk.services.bundle import Services


def public_methods() -> Iterator[tuple[str, Callable[..., object]]]:
    """Every public method of every service, by area and name."""
    hints = get_type_hints(Services)
    for area in dataclasses.fields(Services):
        for name, method in inspect.getmembers(hints[area.name], inspect.isfunction):
            if not name.startswith("_"):
                yield f"{area.name}.{name}", method
