"""How many seats of a family of products Microsoft lets one tenant have, and when a change goes beyond it.

The limits are facts of the shipped `seat_limits.csv`, each with its source. A family is counted as a whole: with 250
seats of Business Premium there is room for 50 of Business Standard. Going beyond is worth a warning, never a refusal:
the books follow what is sold, and Microsoft may have agreed to more.
"""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SeatLimit:
    """The most seats that a tenant may have of some products together."""

    family: str
    """What the products are called together; a name, not translated."""
    most: int
    """Seats."""
    guids: frozenset[str]
    """The products, in lower case."""


@dataclass(frozen=True, slots=True)
class BeyondLimit:
    """A limit that a change goes beyond."""

    family: str
    most: int
    """Seats."""
    before: int
    """Seats of the family before the change; more than `most` where it was beyond it already."""
    after: int
    """Seats of the family after it."""


def read_limits(text: str) -> tuple[SeatLimit, ...]:
    """The limits of the shipped `seat_limits.csv`.

    Raises ValueError if it is damaged: a product has one limit, and a family one number of seats.
    """
    most: dict[str, int] = {}
    members: dict[str, set[str]] = {}
    known: set[str] = set()
    for line in csv.DictReader(io.StringIO(text)):
        family, seats, guid = line["family"], int(line["most_seats"]), line["guid"]
        if guid in known or most.setdefault(family, seats) != seats:
            raise ValueError(f"the limit of {guid} is not clear")
        known.add(guid)
        members.setdefault(family, set()).add(guid)
    return tuple(SeatLimit(family, seats, frozenset(members[family])) for family, seats in most.items())


def beyond_limits(
    limits: Iterable[SeatLimit], seats: Mapping[str, int], change: Mapping[str, int]
) -> tuple[BeyondLimit, ...]:
    """The limits that a change goes beyond, or further beyond.

    `seats` is what the account has now and `change` by how much that changes, both by the GUIDs of products; what is
    left out counts as 0. A change that leaves a family as large as it was, or makes it smaller, goes beyond nothing.
    """
    found = []
    for limit in limits:
        before = sum(seats.get(guid, 0) for guid in limit.guids)
        after = before + sum(change.get(guid, 0) for guid in limit.guids)
        if after > max(before, limit.most):
            found.append(BeyondLimit(limit.family, limit.most, before, after))
    return tuple(found)
