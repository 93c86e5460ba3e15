"""Products whose service another product contains: who has both pays for one of them in vain.

Two sources tell. The pairs of the shipped `contained.csv` are proven, each with its source; among the products that
it knows it alone decides. For others the service plans tell that Microsoft publishes, read with care: a pair that is
missing is a saving that is not found, a wrong one would be bad advice.

What plans do not tell, and the rules that keep it out, were found by comparing them with the proven pairs and by
reading all pairs of the published list:

* Plans are shared for technical reasons. Only a suite counts as the larger one: Microsoft 365 or Office 365, with
  twenty plans or more. So the kiosk mailbox inside Microsoft Teams Essentials, the SharePoint of Project and of
  Dynamics 365, all of them for a limited use, are no mailbox and no SharePoint that somebody could do with.
* A license for a device, a room, a server or a robot is no license of a person, whatever its plans. It counts neither
  as the smaller one nor as the larger one.
* Quantities add up: packs of capacity, storage or requests have the plans of one another and are needed all the same.
* What is free for a while ends: no trial and no test contains anything.
* Products with the same plans are told apart by a price or a market. Only where the name is the same, too, one GUID
  is a former one of the other.
"""

import csv
import io
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from typing import Final

from cpdesk.domain.catalog import Product, Scope, name_key

Contained = Mapping[str, Set[str]]
"""By GUID (lower case): the GUIDs of the products that contain this one."""

_SUITE: Final = re.compile(r"(?:Microsoft|Office) 365\b", re.IGNORECASE)
_LEAST_PLANS: Final = 20
"""Fewer have single services and small bundles, whose plans can be for a limited use."""
_NO_PERSON: Final = re.compile(
    r"\b(?:devices?|rooms?|servers?|shared|unattended|resource account"
    r"|capacity|additional|addnl|storage|packs?|requests?)\b",
    re.IGNORECASE,
)
_FOR_A_WHILE: Final = re.compile(r"trial|explorator|viral|free|test|developer|preview", re.IGNORECASE)
_FOUNDATION: Final = re.compile(r"EXCHANGE_(?:S_)?FOUNDATION", re.IGNORECASE)
"""Plans that nearly all products have: they prepare the directory and are no service."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A product with the service plans that it includes."""

    product: Product
    plans: frozenset[str]
    """GUIDs, without those that are no service."""


def within(guid: str, held: Iterable[str], contained: Contained) -> list[str]:
    """Those of the products that somebody holds, by GUID, that contain this one: who has one pays for this in vain.

    The only place that decides it: reports and lists of users ask here.
    """
    larger = contained.get(guid, ())
    return [other for other in held if other in larger]


def pairs(guids: Collection[str], contained: Contained) -> list[tuple[str, str]]:
    """Of these products each that another of them contains, with that other one, by GUID."""
    return [(guid, larger) for guid in guids for larger in within(guid, guids, contained)]


def read_contained(text: str) -> Contained:
    """The pairs of the shipped `contained.csv`.

    Raises ValueError if it is damaged: where a product contained itself, or two each other, none of them could go.
    """
    found: defaultdict[str, set[str]] = defaultdict(set)
    for line in csv.DictReader(io.StringIO(text)):
        found[line["guid"]].add(line["within_guid"])
    for guid, larger in found.items():
        if guid in larger or any(guid in found.get(other, ()) for other in larger):
            raise ValueError(f"{guid} is said to contain what contains it")
    return dict(found)


def is_service(plan_name: str) -> bool:
    """Whether a service plan, by its name, is something that somebody could miss."""
    return not _FOUNDATION.match(plan_name)


def are_proven(guids: Iterable[str], proven: Contained) -> bool:
    """Whether the proven pairs know all of these products, so that they alone decide which of them contain which."""
    return _known(proven).issuperset(guids)


def extended(proven: Contained, products: Iterable[Planned]) -> Contained:
    """The proven pairs, and those that service plans tell of products that the former do not know.

    What a larger one contains a still larger one contains, too, across both sources. Two products never contain each
    other.
    """
    by_plans = _by_plans([one for one in products if one.plans and _is_for_a_person(one.product)], _known(proven))
    if not by_plans:
        return proven
    return _closed(proven, by_plans)


def _known(pairs: Contained) -> set[str]:
    return set(pairs) | {guid for larger in pairs.values() for guid in larger}


def _is_for_a_person(product: Product) -> bool:
    return product.scope is Scope.USER and not _NO_PERSON.search(product.name)


def _by_plans(products: list[Planned], proven: Set[str]) -> dict[str, set[str]]:
    """By the GUID of each product: those that contain it, of which one at least is not proven."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for large in filter(_is_suite, products):
        for small in products:
            if small.plans < large.plans and not proven >= {small.product.guid, large.product.guid}:
                found[small.product.guid].add(large.product.guid)
    for former, present in _doubles(products, proven):
        found[former].add(present)
    return found


def _is_suite(one: Planned) -> bool:
    product = one.product
    return (
        len(one.plans) >= _LEAST_PLANS
        and _SUITE.match(product.name) is not None
        and not _FOR_A_WHILE.search(f"{product.name} {product.part_number}")
    )


def _doubles(products: Iterable[Planned], proven: Set[str]) -> Iterator[tuple[str, str]]:
    """Products with the name and the plans of another one: who has both can do without the one that is named first.

    Of several the one stays that is sold, as far as that is known.
    """
    alike: defaultdict[tuple[str, frozenset[str]], list[Product]] = defaultdict(list)
    for one in products:
        alike[name_key(one.product.name), one.plans].append(one.product)
    for group in alike.values():
        stays, *others = sorted(group, key=lambda one: (one.guid not in proven, not one.offer, one.guid))
        yield from ((other.guid, stays.guid) for other in others if other.guid not in proven)


def _closed(proven: Contained, by_plans: Mapping[str, Set[str]]) -> Contained:
    """Both sources as one, with what follows from them together; proven products keep to what is proven of them."""
    known = _known(proven)
    direct = {guid: {*proven.get(guid, ()), *by_plans.get(guid, ())} for guid in (*proven, *by_plans)}

    def larger(guid: str) -> set[str]:
        reached: set[str] = set()
        waiting = list(direct[guid])
        while waiting:
            one = waiting.pop()
            if one not in reached:
                reached.add(one)
                waiting.extend(direct.get(one, ()))
        return (reached - known) | set(proven.get(guid, ())) if guid in known else reached

    every = {guid: larger(guid) for guid in direct}
    # The sources could disagree about which of two is the larger one: then neither can go.
    return {guid: {one for one in found if guid not in every.get(one, ())} for guid, found in every.items()}
