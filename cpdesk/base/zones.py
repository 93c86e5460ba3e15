"""IANA time zones, from the program's own time zone database.

The database of the `tzdata` package is used on every system, never the
computer's: Windows has none, others may be years old, and two computers must
agree on the instant at which a mode switch is due.
"""

import zoneinfo
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo

zoneinfo.reset_tzpath(())


@cache
def names() -> tuple[str, ...]:
    """All IANA zone names, sorted."""
    listed = resources.files("tzdata").joinpath("zones").read_text(encoding="utf-8").split()
    return tuple(sorted(name for name in listed if name != "Factory"))


@cache
def _by_key() -> dict[str, str]:
    return {name.casefold(): name for name in names()}


def canonical(text: str) -> str | None:
    """The zone name in its official spelling, or None where there is no such zone."""
    return _by_key().get(text.strip().casefold())


def zone(name: str) -> ZoneInfo:
    """The zone of a stored, official name."""
    return ZoneInfo(name)
