"""What is wanted of the licenses of several users, and what becomes of each of them by it.

Products are named by their GUIDs. A product either comes or goes in one change, never both: so it does not matter in
which order seats are given and taken, and what is netted is netted by itself.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

from cpdesk.base.errors import UserError

Held = AbstractSet[str]
"""GUIDs of what a user holds."""


@dataclass(frozen=True, slots=True)
class Moves:
    """What becomes of the licenses of one user."""

    get: tuple[str, ...] = ()
    lose: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    """What the user would get if there were a seat."""
    kept: tuple[str, ...] = ()
    """What would have been replaced by something of `without`, and therefore stays."""
    had: tuple[str, ...] = ()
    """What was to replace something else, and is held already: the other one just goes."""

    @property
    def changes(self) -> bool:
        """Whether the user has other licenses afterwards."""
        return bool(self.get or self.lose)

    def __bool__(self) -> bool:
        return self.changes or bool(self.without)


@dataclass(frozen=True, slots=True)
class LicenseWish:
    """What is to become of the licenses of some users."""

    assign: tuple[str, ...] = ()
    """Given to those who lack it."""
    remove: tuple[str, ...] = ()
    """Taken from those who have it."""
    replace: Mapping[str, str] = field(default_factory=dict)
    """Those who hold the first get the second in its place; those who hold both just lose the first."""
    as_far_as_seats_go: bool = False
    """Assign to as many as there are seats for, in the order of the users; else to all or to nobody."""

    @property
    def coming(self) -> tuple[str, ...]:
        """The products that somebody may get, each once."""
        return tuple(dict.fromkeys((*self.assign, *self.replace.values())))

    @property
    def leaving(self) -> tuple[str, ...]:
        """The products that somebody may lose, each once."""
        return tuple(dict.fromkeys((*self.remove, *self.replace)))

    def moves(self, held: Held) -> Moves:
        """What becomes of who holds this, if there are seats enough."""
        replaced = {old: new for old, new in self.replace.items() if old in held}
        return Moves(
            get=tuple(guid for guid in dict.fromkeys((*self.assign, *replaced.values())) if guid not in held),
            lose=tuple(guid for guid in dict.fromkeys((*self.remove, *replaced)) if guid in held),
            had=tuple(dict.fromkeys(new for new in replaced.values() if new in held)),
        )

    def _with_seats_of(self, wanted: Moves, there: Collection[str]) -> Moves:
        """The same where only these products have a seat left: nobody loses what nothing comes in the place of."""
        without = tuple(guid for guid in wanted.get if guid not in there)
        kept = tuple(guid for guid in wanted.lose if guid not in self.remove and self.replace.get(guid) in without)
        return replace(
            wanted,
            get=tuple(guid for guid in wanted.get if guid in there),
            lose=tuple(guid for guid in wanted.lose if guid not in kept),
            without=without,
            kept=kept,
        )

    def outcomes(
        self, groups: Iterable[tuple[Held, int]], available: Mapping[str, int] | None
    ) -> Iterator[tuple[Moves, int]]:
        """What becomes of users, group by group: each holds the same things and comes with how many they are.

        `available` are the seats of the pool, None where it knows no bounds. They are given out in this order where
        they are to go as far as they do; a user gets each product for which there is a seat, so that two scarce
        products may go to different people.
        """
        left = None if available is None or not self.as_far_as_seats_go else dict(available)
        known: dict[Held, Moves] = {}
        for held, number in groups:
            wanted = known.get(held)
            if wanted is None:
                wanted = known[held] = self.moves(held)
            if left is None or not wanted.get:
                yield wanted, number
            else:
                yield from self._given_out(wanted, number, left)

    def _given_out(self, wanted: Moves, number: int, left: dict[str, int]) -> Iterator[tuple[Moves, int]]:
        while number:
            there = [guid for guid in wanted.get if left.get(guid, 0) > 0]
            part = min([number, *(left[guid] for guid in there)])
            for guid in there:
                left[guid] -= part
            yield (wanted if len(there) == len(wanted.get) else self._with_seats_of(wanted, there)), part
            number -= part


def require_one_way(wish: LicenseWish, name: Callable[[str], str]) -> None:
    """Raise UserError `assign_and_remove` for a product that is to come and to go."""
    leaving = set(wish.leaving)
    for guid in wish.coming:
        if guid in leaving:
            raise UserError("assign_and_remove", product=name(guid))
