"""What becomes of the licenses of each user, searched and sorted off the GUI thread however many there are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cpdesk.domain import names
from cpdesk.domain.license_plan import LicensePlan, UserPlan

SORTS = ("place", "name", "upn")
"""Columns that the list can be sorted by."""


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A user and what becomes of the licenses; products by name."""

    place: int
    """In the order in which seats are given out; counts from 1."""
    name: str
    upn: str
    gets: tuple[str, ...]
    loses: tuple[str, ...]
    without: tuple[str, ...]
    had: tuple[str, ...]
    """What was to come in place of something else and is there already."""


class PlanRows:
    """The users of one plan by their places. Reads from any thread."""

    def __init__(self, users: Sequence[UserPlan], products: Mapping[str, str]) -> None:
        """`products` are display names by GUID."""
        self._users = users
        self._products = products

    @property
    def ids(self) -> range:
        """The places of all of them."""
        return range(1, len(self._users) + 1)

    def find(self, text: str, sort: str, *, descending: bool) -> tuple[int, ...]:
        """The places of those whose name or user principal name has every word of a text, in this order."""
        words = names.key(text).split()
        found = [place for place in self.ids if not words or self._has(place, words)]
        if sort != "place":
            found.sort(key=self._by_name if sort == "name" else self._by_upn)
        return tuple(reversed(found)) if descending else tuple(found)

    def some(self, places: Sequence[int]) -> list[PlanRow]:
        """The rows at these places."""
        return [self._row(place) for place in places]

    def _row(self, place: int) -> PlanRow:
        one = self._users[place - 1]
        named = (self._named(guids) for guids in (one.moves.get, one.moves.lose, one.moves.without, one.moves.had))
        return PlanRow(place, one.user.display_name, one.user.upn, *named)

    def _named(self, guids: Sequence[str]) -> tuple[str, ...]:
        return tuple(sorted(self._products[guid] for guid in guids))

    def _has(self, place: int, words: Sequence[str]) -> bool:
        user = self._users[place - 1].user
        text = names.key(f"{user.display_name}\n{user.upn}")
        return all(word in text for word in words)

    def _by_name(self, place: int) -> str:
        return names.key(self._users[place - 1].user.display_name)

    def _by_upn(self, place: int) -> str:
        return names.key(self._users[place - 1].user.upn)


def product_names(plan: LicensePlan) -> dict[str, str]:
    """Display names by GUID of all products that a plan is about."""
    return {line.line.guid: line.line.name for line in plan.products}
