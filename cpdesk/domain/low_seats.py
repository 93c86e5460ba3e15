"""When a pool is about to run short: an account's own threshold for each product, and who is warned of it.

A threshold is the number of available seats at which somebody wants to hear of it. It counts in Purchase Mode alone: in
Usage Mode a seat comes with each assignment and nothing can run short. It stays through a change of mode and is silent
meanwhile. Nor is anybody warned where nothing can be assigned: in an account that is suspended or closed, or of a
product that the account holds no seat of any more, or that has come to belong to the tenant.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cpdesk.base.errors import UserError
from cpdesk.domain.accounts import Status
from cpdesk.domain.catalog import Product
from cpdesk.domain.checking import error
from cpdesk.domain.modes import Mode
from cpdesk.domain.rows import Finding
from cpdesk.domain.seats import MOST_SEATS


@dataclass(frozen=True, slots=True)
class LowRow:
    """A product of which an account has as few seats left as somebody wanted to be warned at, or fewer."""

    account_id: int
    account: str
    domain: str
    product_id: int
    part_number: str
    guid: str
    product: str
    """The display name."""
    seats: int
    assigned: int
    threshold: int

    @property
    def available(self) -> int:
        return self.seats - self.assigned


def is_low(mode: Mode, status: Status, assignable_to: str, seats: int, assigned: int, threshold: int | None) -> bool:
    """Whether to warn of a product with these counts; `threshold` is None where nobody asked to be warned."""
    counts = mode is Mode.PURCHASE and status is Status.ACTIVE and assignable_to == "user" and seats > 0
    return counts and threshold is not None and seats - assigned <= threshold


def require_threshold(mode: Mode, product: Product, threshold: int) -> None:
    """What a threshold can be set for, and how high.

    Raises UserError `threshold_of_tenant` for a product that users never hold, `threshold_needs_purchase_mode`,
    `bad_threshold` below 0, or `count_too_large`.
    """
    if product.assignable_to == "tenant":
        raise UserError("threshold_of_tenant", product=product.name)
    if mode is Mode.USAGE:
        raise UserError("threshold_needs_purchase_mode", product=product.name)
    if threshold < 0:
        raise UserError("bad_threshold", count=threshold)
    if threshold > MOST_SEATS:
        raise UserError("count_too_large", count=threshold, most=MOST_SEATS)


def check_thresholds(
    stored: Mapping[tuple[int, str], int], logged: Mapping[tuple[int, str], int | None]
) -> Iterator[Finding]:
    """Thresholds as they are stored against the audit log; both by account id and the product's GUID."""
    for account, guid in sorted(stored.keys() | logged.keys()):
        is_now, ought = stored.get((account, guid)), logged.get((account, guid))
        if is_now != ought:
            yield error("threshold_altered", f"account {account}, product {guid}", f"{is_now}, audit log says {ought}")
