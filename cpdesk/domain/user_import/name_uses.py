"""The product names of a file as a whole: what each is taken for, and how many users it concerns."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from cpdesk.domain.catalog import Product, name_key
from cpdesk.domain.user_import.names import Basis, Meaning, Preferences, ProductNames, meaning_of
from cpdesk.domain.user_import.rows import ExportRow


@dataclass(frozen=True, slots=True)
class NameUse:
    """A product name of a file."""

    name: str
    """As the file spells it first."""
    users: int
    """Rows of active users that have it."""
    open: int
    """Those of them for whom it stands for nothing yet, and nobody said to skip it."""
    candidates: tuple[Product, ...]
    """The products that have this display name or part number."""
    meaning: Meaning
    """What it is taken for on a user who has none of them so far."""

    @property
    def key(self) -> str:
        """Under which an answer for it is given."""
        return name_key(self.name)

    @property
    def skipped(self) -> bool:
        """Whether an operator said to import users without it."""
        return self.meaning.product is None and self.meaning.basis in {Basis.CHOSEN, Basis.REMEMBERED, Basis.FOR_ALL}


@dataclass(slots=True)
class _Tally:
    name: str
    candidates: tuple[Product, ...]
    users: int = 0
    owners: int = 0
    """Users who have one of several products with this name, and so need no answer."""


def name_uses(
    rows: Iterable[ExportRow],
    names: ProductNames,
    preferences: Preferences,
    own_guids: Mapping[int, AbstractSet[str]],
) -> tuple[NameUse, ...]:
    """The names on active users, in the order of their first use; `own_guids` are by row number."""
    tallies: dict[str, _Tally] = {}
    for text, numbers in _cells(rows).items():
        for name, candidates in _named(text, names).values():
            tally = tallies.setdefault(name_key(name), _Tally(name, candidates))
            tally.users += len(numbers)
            if len(candidates) > 1:
                own = (own_guids.get(number, frozenset()) for number in numbers)
                meanings = (meaning_of(name, candidates, names, preferences, guids) for guids in own)
                tally.owners += sum(meaning.basis is Basis.OWN for meaning in meanings)
    return tuple(_use(tally, names, preferences) for tally in tallies.values())


def _cells(rows: Iterable[ExportRow]) -> Mapping[str, list[int]]:
    """Numbers of the rows of active users by what stands there of licenses: many have the same."""
    cells: dict[str, list[int]] = {}
    for row in rows:
        if not row.deleted:
            cells.setdefault(row.licenses_text, []).append(row.row)
    return cells


def _named(text: str, names: ProductNames) -> dict[str, tuple[str, tuple[Product, ...]]]:
    """A name that stands twice on a user counts once."""
    return {name_key(name): (name, candidates) for name, candidates in names.split(text)}


def _use(tally: _Tally, names: ProductNames, preferences: Preferences) -> NameUse:
    meaning = meaning_of(tally.name, tally.candidates, names, preferences)
    asked = meaning.basis in {Basis.AMBIGUOUS, Basis.UNKNOWN}
    return NameUse(tally.name, tally.users, tally.users - tally.owners if asked else 0, tally.candidates, meaning)
