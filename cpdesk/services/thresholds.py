"""Low-seat warnings: at how many available seats of a product somebody wants to hear of it, and where that is so."""

from cpdesk.domain import topics
from cpdesk.domain.accounts import Status
from cpdesk.domain.catalog import Product, find_product
from cpdesk.domain.low_seats import LowRow, is_low, require_threshold
from cpdesk.domain.operators import Session
from cpdesk.domain.rows import AccountRow, Done, SubscriptionRow
from cpdesk.services.base import UseCases, Work, account_row, require_service
from cpdesk.store import holdings, journal, products, thresholds


class Thresholds(UseCases):
    """Whoever may change an account sets its thresholds; whoever sees it is warned."""

    def low(self, by: Session, account_id: int | None = None) -> list[LowRow]:
        """Products that are short of seats, of one account or of all that the operator sees.

        By account and product name. Raises UserError `unknown_account`.
        """
        with self._reading(by, account_id) as work:
            return list(thresholds.low(work.only if account_id is None else account_id))

    def set(
        self, by: Session, account_id: int, product: str, threshold: int | None, *, reason: str = ""
    ) -> Done[SubscriptionRow]:
        """Warn when so many seats of a product (part number, GUID or name) are available, or fewer; None: never.

        Only in Purchase Mode, where a pool can run short; taken away in both. Raises UserError
        `threshold_needs_purchase_mode`, `threshold_of_tenant`, `bad_threshold`, `count_too_large`,
        `unknown_product`, `ambiguous_product` or `service_not_active`.
        """
        even = Status.SUSPENDED if threshold is None else Status.ACTIVE
        with self._changing(by, account_id, reason, even=even) as work:
            account = account_row(account_id, work.now)
            require_service(account)
            known = products.by_id()
            item = find_product(known.values(), product)
            product_id = next(number for number, other in known.items() if other.guid == item.guid)
            if threshold is not None:
                require_threshold(account.mode, item, threshold)
            before = thresholds.get(account_id, product_id)
            if before != threshold:
                thresholds.put(account_id, product_id, threshold)
                _record(work, account_id, item, before, threshold)
            changed = topics.THRESHOLDS if before != threshold else frozenset[str]()
            return Done(_row(account, product_id, item, threshold), changed)


def _record(work: Work, account_id: int, product: Product, before: int | None, after: int | None) -> None:
    named = {"product": product.part_number, "guid": product.guid}
    entry = journal.Entry(
        action="seats.threshold_cleared" if after is None else "seats.threshold_set",
        subject=f"product {product.part_number}",
        account_id=account_id,
        before=named | {"threshold": before},
        after=named | {"threshold": after},
        by=work.by,
        reason=work.reason,
    )
    journal.append(work.now, entry)


def _row(account: AccountRow, product_id: int, product: Product, threshold: int | None) -> SubscriptionRow:
    held = next((one for one in holdings.of_account(account.id) if one.product_id == product_id), None)
    seats, assigned = (held.seats, held.assigned) if held else (0, 0)
    return SubscriptionRow(
        product_id=product_id,
        part_number=product.part_number,
        guid=product.guid,
        name=product.name,
        assignable_to=product.assignable_to,
        seats=seats,
        assigned=assigned,
        threshold=threshold,
        low=is_low(account.mode, account.status, product.assignable_to, seats, assigned, threshold),
    )
