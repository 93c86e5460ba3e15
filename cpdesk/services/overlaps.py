"""Which products contain which: what ships with the program, and what the service plans of this catalogue tell."""

from collections.abc import Callable

from cpdesk.domain.overlaps import Contained, Planned, extended, is_service
from cpdesk.store import products, service_plans


def contained_products(proven: Callable[[], Contained]) -> Contained:
    """Everything that is known of it: reports and lists that are narrowed to overlapping licenses ask here.

    `proven` reads the pairs that ship with the program. Needs a transaction.
    """
    services = {guid for guid, plan in service_plans.by_guid().items() if is_service(plan.name)}
    plans = service_plans.of_products()
    known = products.by_id()
    return extended(
        proven(), (Planned(known[number], guids & services) for number, guids in plans.items() if number in known)
    )
