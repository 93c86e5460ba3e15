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
    for row in rows:
        if row.deleted:
            continue
        for key, (name, candidates) in _named(row, names).items():
            tally = tallies.setdefault(key, _Tally(name, candidates))
            tally.users += 1
            if len(candidates) > 1:
                meaning = meaning_of(name, candidates, names, preferences, own_guids.get(row.row, frozenset()))
                tally.owners += meaning.basis is Basis.OWN
    return tuple(_use(tally, names, preferences) for tally in tallies.values())


def _named(row: ExportRow, names: ProductNames) -> dict[str, tuple[str, tuple[Product, ...]]]:
    """A name that stands twice on a user counts once."""
    return {name_key(name): (name, candidates) for name, candidates in names.split(row.licenses_text)}


def _use(tally: _Tally, names: ProductNames, preferences: Preferences) -> NameUse:
    meaning = meaning_of(tally.name, tally.candidates, names, preferences)
    asked = meaning.basis in {Basis.AMBIGUOUS, Basis.UNKNOWN}
    return NameUse(tally.name, tally.users, tally.users - tally.owners if asked else 0, tally.candidates, meaning)
