"""Which products the `Licenses` cell of a user names.

The cell joins display names by `+`, and some names contain ` + ` themselves, so it cannot simply be split.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Final

from cpdesk.domain.catalog import Product, name_key
from cpdesk.domain.user_import.choices import SKIP
from cpdesk.domain.user_import.rows import ExportRow

UNLICENSED = "unlicensed"

_NOTHING: Final = frozenset[str]()
_JOINT = re.compile(r"(\s*)\+(\s*)")


@dataclass(frozen=True)
class MatchedLicenses:
    """The products a cell names, without repetition, and what of it could not be understood.

    One of them stands for all users with the same licenses, so what follows from it is worked out once.
    """

    products: tuple[Product, ...] = ()
    """Tenant products included: whether a user can hold them is for the plan."""
    unknown: tuple[str, ...] = ()
    """As the file spells them."""
    ambiguous: tuple[tuple[str, tuple[Product, ...]], ...] = ()
    """Names that several products share, with those."""

    @property
    def complete(self) -> bool:
        """Whether every name was matched; otherwise the cell is not the whole truth about the user."""
        return not self.unmatched

    @cached_property
    def unmatched(self) -> tuple[str, ...]:
        """Names that fit no product, or several."""
        return (*self.unknown, *(name for name, _ in self.ambiguous))

    @cached_property
    def assignable(self) -> tuple[str, ...]:
        """The GUIDs of the products that a user can hold."""
        return tuple(product.guid for product in self.products if product.assignable_to == "user")

    @cached_property
    def tenant_products(self) -> tuple[Product, ...]:
        """The products that belong to the tenant as a whole."""
        return tuple(product for product in self.products if product.assignable_to == "tenant")


class Basis(StrEnum):
    """Why a name is taken for a product, or for none."""

    CHOSEN = "chosen"
    """An operator said so in this import."""
    NAME = "name"
    """Only one product has it."""
    OWN = "own"
    """Of the products that share the name, it is the one that the user has."""
    REMEMBERED = "remembered"
    """An operator said so in an earlier import into this account."""
    FOR_ALL = "for_all"
    """An operator of the reseller said so in an earlier import, for every account without an answer of its own."""
    HELD = "held"
    """Of the products that share the name, it is the one that the account holds."""
    SCHEDULE = "schedule"
    """Of the products that share the name, it is the one on the account's price schedule."""
    AMBIGUOUS = "ambiguous"
    """Several products share it, and nothing tells them apart: it has to be asked."""
    UNKNOWN = "unknown"
    """No product has it."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a name is taken for."""

    product: Product | None
    """None: nothing, because it has to be asked or because an operator said to skip it."""
    basis: Basis


@dataclass(frozen=True, slots=True)
class Preferences:
    """What tells apart the products that share a display name, and what is known of other names."""

    held_guids: AbstractSet[str] = frozenset()
    """The account holds them."""
    schedule_guids: AbstractSet[str] = frozenset()
    """The account's price schedule prices them."""
    remembered: Mapping[str, str] = field(default_factory=dict)
    """What operators said earlier, by name key: GUIDs, or SKIP."""
    for_all: AbstractSet[str] = frozenset()
    """The keys of those of these answers that count for all accounts."""
    chosen: Mapping[str, str] = field(default_factory=dict)
    """The same of this import."""


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
        self.shared = frozenset(
            product.guid for products in self._by_key.values() if len(products) > 1 for product in products
        )
        """The GUIDs of the products that share a name with another one."""
        self._longest = max((key.count("+") + 1 for key in self._by_key), default=1)
        self._cells: dict[str, tuple[tuple[str, tuple[Product, ...]], ...]] = {}

    def product(self, guid: str) -> Product | None:
        """The product with this GUID, if it is known."""
        return self._by_guid.get(guid)

    def split(self, text: str) -> tuple[tuple[str, tuple[Product, ...]], ...]:
        """The names of a cell, each with the products it may mean: the longest known name first of all.

        Neighbouring unknown parts are one name if a plus with blanks around joins them. What was split once is
        kept: many users have the same licenses.
        """
        if text not in self._cells:
            self._cells[text] = tuple(self._split(text))
        return self._cells[text]

    def _split(self, text: str) -> Iterator[tuple[str, tuple[Product, ...]]]:
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
    """The products that a `Licenses` cell names; `Unlicensed` and nothing name none. See `meaning_of`."""
    products: dict[str, Product] = {}
    unknown: dict[str, None] = {}
    ambiguous: dict[str, tuple[Product, ...]] = {}
    for name, candidates in names.split(text):
        meaning = meaning_of(name, candidates, names, preferences, own_guids)
        if meaning.product:
            products[meaning.product.guid] = meaning.product
        elif meaning.basis is Basis.AMBIGUOUS:
            ambiguous[name] = candidates
        else:
            unknown[name] = None
    return MatchedLicenses(tuple(products.values()), tuple(unknown), tuple(ambiguous.items()))


def match_rows(
    rows: Iterable[ExportRow],
    names: ProductNames,
    preferences: Preferences = Preferences(),
    own_guids: Mapping[int, frozenset[str]] | None = None,
) -> dict[int, MatchedLicenses]:
    """The licenses of all rows that count, by row number; `own_guids` too are by row number."""
    own = own_guids or {}
    known: dict[tuple[str, AbstractSet[str]], MatchedLicenses] = {}
    found: dict[int, MatchedLicenses] = {}
    for row in rows:
        if row.deleted:
            continue
        # What a user has tells apart products that share a name, and nothing else.
        own_shared = names.shared & own.get(row.row, _NOTHING)
        cell = row.licenses_text, own_shared
        if cell not in known:
            known[cell] = match_licenses(row.licenses_text, names, preferences, own_shared)
        found[row.row] = known[cell]
    return found


def meaning_of(
    name: str,
    candidates: tuple[Product, ...],
    names: ProductNames,
    preferences: Preferences = Preferences(),
    own_guids: AbstractSet[str] = frozenset(),
) -> Meaning:
    """What a name stands for, of the products that have it.

    What was said in this import comes first. A user who has one of the products that share the name keeps that
    one; then counts what was said earlier, then what the account holds, then what its price schedule prices.
    """
    key = name_key(name)
    if key in preferences.chosen:
        return Meaning(names.product(preferences.chosen[key]), Basis.CHOSEN)
    own = _among(candidates, own_guids)
    if len(own) == 1 < len(candidates):
        return Meaning(own[0], Basis.OWN)
    earlier = preferences.remembered.get(key, "")
    if earlier == SKIP or names.product(earlier):
        basis = Basis.FOR_ALL if key in preferences.for_all else Basis.REMEMBERED
        return Meaning(names.product(earlier), basis)
    return _told_apart(own or candidates, preferences)


def _told_apart(candidates: tuple[Product, ...], preferences: Preferences) -> Meaning:
    basis = Basis.NAME
    for guids, why in ((preferences.held_guids, Basis.HELD), (preferences.schedule_guids, Basis.SCHEDULE)):
        if len(candidates) < 2:
            break
        candidates, basis = _among(candidates, guids) or candidates, why
    if len(candidates) == 1:
        return Meaning(candidates[0], basis)
    return Meaning(None, Basis.AMBIGUOUS if candidates else Basis.UNKNOWN)


def _among(candidates: tuple[Product, ...], guids: AbstractSet[str]) -> tuple[Product, ...]:
    return tuple(product for product in candidates if product.guid in guids)


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
