"""Which products the `Licenses` cell of a user names.

The cell joins display names by `+`, and some names contain ` + ` themselves, so it cannot simply be split.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from cpdesk.domain.catalog import Product, name_key
from cpdesk.domain.user_import.rows import ExportRow

UNLICENSED = "unlicensed"

_JOINT = re.compile(r"(\s*)\+(\s*)")


@dataclass(frozen=True, slots=True)
class MatchedLicenses:
    """The products a cell names, without repetition, and what of it could not be understood."""

    products: tuple[Product, ...] = ()
    """Tenant products included: whether a user can hold them is for the plan."""
    unknown: tuple[str, ...] = ()
    """As the file spells them."""
    ambiguous: tuple[tuple[str, tuple[Product, ...]], ...] = ()
    """Names that several products share, with those."""

    @property
    def complete(self) -> bool:
        """Whether every name was matched; otherwise the cell is not the whole truth about the user."""
        return not self.unknown and not self.ambiguous


@dataclass(frozen=True, slots=True)
class Preferences:
    """What tells apart the products that share a display name, and what is known of other names."""

    held_guids: AbstractSet[str] = frozenset()
    """The account holds them."""
    schedule_guids: AbstractSet[str] = frozenset()
    """The account's price schedule prices them."""
    remembered: Mapping[str, str] | None = None
    """GUIDs that an operator once chose, by name key."""


class ProductNames:
    """The products by their display names and part numbers. Build it once for many cells."""

    def __init__(self, products: Iterable[Product]) -> None:
        self._by_key: dict[str, tuple[Product, ...]] = {}
        self._by_guid = {product.guid: product for product in products}
        for product in self._by_guid.values():
            key = name_key(product.name)
            self._by_key[key] = (*self._by_key.get(key, ()), product)
        for product in self._by_guid.values():
            self._by_key.setdefault(name_key(product.part_number), (product,))
        self._longest = max((key.count("+") + 1 for key in self._by_key), default=1)

    def product(self, guid: str) -> Product | None:
        """The product with this GUID, if it is known."""
        return self._by_guid.get(guid)

    def split(self, text: str) -> Iterator[tuple[str, tuple[Product, ...]]]:
        """The names of a cell, each with the products it may mean: the longest known name first of all.

        Neighbouring unknown parts are one name if a plus with blanks around joins them.
        """
        parts, joints = _parts(text)
        at, unknown_from = 0, 0
        while at < len(parts):
            length, products = self._longest_at(parts, at)
            if not products:
                at += 1
                if joints[at - 1] != " + ":
                    yield from _unknown(parts, unknown_from, at)
                    unknown_from = at
                continue
            yield from _unknown(parts, unknown_from, at)
            yield " + ".join(parts[at : at + length]), products
            at += length
            unknown_from = at

    def _longest_at(self, parts: list[str], at: int) -> tuple[int, tuple[Product, ...]]:
        for length in range(min(self._longest, len(parts) - at), 0, -1):
            products = self._by_key.get(name_key("+".join(parts[at : at + length])))
            if products:
                return length, products
        return 0, ()


def match_licenses(
    text: str,
    names: ProductNames,
    preferences: Preferences = Preferences(),
    own_guids: AbstractSet[str] = frozenset(),
) -> MatchedLicenses:
    """The products that a `Licenses` cell names; `Unlicensed` and nothing name none.

    Of several products with one name it takes the one that the user has, else that the account holds, else on
    the price schedule, else that an operator chose before; what remains is ambiguous.
    """
    products: dict[str, Product] = {}
    unknown: dict[str, None] = {}
    ambiguous: dict[str, tuple[Product, ...]] = {}
    for name, candidates in names.split(text):
        chosen = _choose(name, candidates, names, preferences, own_guids)
        if chosen:
            products[chosen.guid] = chosen
        elif candidates:
            ambiguous[name] = candidates
        else:
            unknown[name] = None
    return MatchedLicenses(tuple(products.values()), tuple(unknown), tuple(ambiguous.items()))


def match_rows(
    rows: Iterable[ExportRow],
    names: ProductNames,
    preferences: Preferences = Preferences(),
    own_guids: Mapping[int, AbstractSet[str]] | None = None,
) -> dict[int, MatchedLicenses]:
    """The licenses of all rows that count, by row number; `own_guids` too are by row number."""
    own = own_guids or {}
    return {
        row.row: match_licenses(row.licenses_text, names, preferences, own.get(row.row, frozenset()))
        for row in rows
        if not row.deleted
    }


def _choose(
    name: str,
    candidates: tuple[Product, ...],
    names: ProductNames,
    preferences: Preferences,
    own_guids: AbstractSet[str],
) -> Product | None:
    for preferred in (own_guids, preferences.held_guids, preferences.schedule_guids):
        if len(candidates) == 1:
            break
        candidates = tuple(product for product in candidates if product.guid in preferred) or candidates
    if len(candidates) == 1:
        return candidates[0]
    remembered = names.product((preferences.remembered or {}).get(name_key(name), ""))
    return remembered if not candidates or remembered in candidates else None


def _parts(text: str) -> tuple[list[str], list[str]]:
    """What stands between the plus signs, and after each part its joint: "+", " + ", at the end ""."""
    pieces = _JOINT.split(text)
    parts = [" ".join(part.split()) for part in pieces[::3]]
    blanks = zip(pieces[1::3], pieces[2::3], strict=True)
    joints = [" + " if before and after else "+" for before, after in blanks]
    return parts, [*joints, ""]


def _unknown(parts: list[str], start: int, end: int) -> Iterator[tuple[str, tuple[Product, ...]]]:
    name = " + ".join(part for part in parts[start:end] if part)
    if name and name.casefold() != UNLICENSED:
        yield name, ()
