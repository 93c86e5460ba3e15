"""Which products contain which: what ships with the program, and what the service plans of this catalogue tell."""

from collections.abc import Callable, Collection
from typing import Protocol

from cpdesk.domain.overlaps import Contained, Planned, are_proven, extended, is_service
from cpdesk.store import products, service_plans


class WhichContain(Protocol):
    """Tells which products contain which: reports and lists that are narrowed to overlapping licenses ask one."""

    def __call__(self, among: Collection[str] | None = None) -> Contained:
        """Of all products, or at least of those with these GUIDs, which is quicker. Needs a transaction."""


def contained_products(proven: Callable[[], Contained], among: Collection[str] | None = None) -> Contained:
    """Everything that is known of it; `proven` reads the pairs that ship with the program."""
    pairs = proven()
    # Nearly all accounts hold nothing else: the thousands of rows about service plans need not be read.
    if among is not None and are_proven(among, pairs):
        return pairs
    services = {guid for guid, plan in service_plans.by_guid().items() if is_service(plan.name)}
    plans, known = service_plans.of_products(), products.by_id()
    return extended(
        pairs, (Planned(known[number], guids & services) for number, guids in plans.items() if number in known)
    )
