"""What adding or removing seats comes to, in words. Plain Python."""

from collections.abc import Iterable
from dataclasses import dataclass

from cpdesk.base.formats import format_date, format_number
from cpdesk.base.i18n import _, ngettext
from cpdesk.domain.catalog import Product
from cpdesk.domain.modes import Mode, PendingSwitch
from cpdesk.domain.operators import Session, may_change
from cpdesk.domain.rows import SubscriptionRow
from cpdesk.ui.pages.services.facts import ServiceFacts
from cpdesk.ui.parts.rights import may_add
from cpdesk.ui.texts import read_only_reason, seats_text


@dataclass(frozen=True, slots=True)
class Offer:
    """A product that seats can be added of, held already or not."""

    part_number: str
    guid: str
    name: str
    assignable_to: str
    seats: int
    assigned: int

    def matches(self, needle: str) -> bool:
        """Whether each word of `needle` occurs in name, part number or GUID, whatever its case."""
        text = f"{self.name}\n{self.part_number}\n{self.guid}".casefold()
        return all(word in text for word in needle.casefold().split())


@dataclass(frozen=True, slots=True)
class Totals:
    """Counts over all products."""

    products: int
    seats: int
    assigned: int
    of_tenant: int
    """Seats of products that belong to the tenant as a whole: billable, and never there to be assigned."""

    @property
    def available(self) -> int:
        """Seats that can be assigned to users."""
        return self.seats - self.assigned - self.of_tenant


def offers(products: Iterable[Product], held: Iterable[SubscriptionRow]) -> tuple[Offer, ...]:
    """The whole catalogue, with what the account holds of it."""
    rows = {row.guid: row for row in held}
    return tuple(_offer(product, rows.get(product.guid)) for product in products)


def totals(rows: Iterable[SubscriptionRow]) -> Totals:
    """Sums over subscriptions."""
    listed = tuple(rows)
    of_tenant = sum(row.seats for row in listed if row.assignable_to == "tenant")
    return Totals(len(listed), sum(row.seats for row in listed), sum(row.assigned for row in listed), of_tenant)


def totals_text(rows: Iterable[SubscriptionRow]) -> str:
    """ "Total: 82 seats, 71 assigned, 6 available, 5 of the tenant"."""
    sums = totals(rows)
    text = _("Total: {seats}, {assigned} assigned, {available} available")
    if sums.of_tenant:
        text = _("Total: {seats}, {assigned} assigned, {available} available, {tenant} of the tenant")
    return text.format(
        seats=seats_text(sums.seats),
        assigned=format_number(sums.assigned),
        available=format_number(sums.available),
        tenant=format_number(sums.of_tenant),
    )


def adding_text(offer: Offer, count: int) -> str:
    """ "Seats: 8 → 11, 6 available, billable from today"; no user can be given what belongs to the tenant."""
    after = offer.seats + count
    text = _("Seats: {before} → {after}, {available} available, billable from today")
    if offer.assignable_to == "tenant":
        text = _("Seats: {before} → {after}, billable from today")
    return text.format(
        before=format_number(offer.seats),
        after=format_number(after),
        available=format_number(after - offer.assigned),
    )


def removing_text(row: SubscriptionRow, count: int) -> str:
    """ "Seats: 11 → 8, 3 available, no longer billable from today on"."""
    text = _("Seats: {before} → {after}, {available} available, no longer billable from today on")
    if row.assignable_to == "tenant":
        text = _("Seats: {before} → {after}, no longer billable from today on")
    return text.format(
        before=format_number(row.seats),
        after=format_number(row.seats - count),
        available=format_number(row.available - count),
    )


def removable_text(row: SubscriptionRow) -> str:
    """How many seats can be removed, and why not more."""
    if row.assignable_to == "tenant":
        text = _("All {seats} can be removed: they belong to the tenant, no user holds one.")
    elif row.available == 0:
        text = _("No seat can be removed: all {seats} are assigned. Remove licenses from users first.")
    elif row.assigned == 0:
        text = _("All {seats} can be removed: none is assigned.")
    else:
        text = ngettext(
            "{available} seat can be removed: {assigned} of {seats} are assigned.",
            "{available} seats can be removed: {assigned} of {seats} are assigned.",
            row.available,
        )
    available, assigned = format_number(row.available), format_number(row.assigned)
    return text.format(seats=seats_text(row.seats), available=available, assigned=assigned)


def idle_release_text(pending: PendingSwitch | None) -> str:
    """What a pending change means for seats that are added now; "" where none is pending."""
    if pending is None:
        return ""
    return _("The change to Usage Mode on {date} releases every seat that nobody holds by then.").format(
        date=format_date(pending.effective_on)
    )


def _offer(product: Product, row: SubscriptionRow | None) -> Offer:
    return Offer(
        part_number=product.part_number,
        guid=product.guid,
        name=product.name,
        assignable_to=product.assignable_to,
        seats=row.seats if row else 0,
        assigned=row.assigned if row else 0,
    )


def explanation(facts: ServiceFacts, by: Session) -> str:
    """Why seats can be added and removed, or why not."""
    if facts.account.mode is Mode.USAGE:
        return _(
            "There is nothing to add or remove here: in Usage Mode a seat comes with each license "
            "that is assigned to a user and leaves with it. Products that belong to no user need Purchase Mode."
        )
    if not may_change(by):
        return read_only_reason(by)
    pool = _("Every seat in the pool is billable, assigned or not. To remove seats, select a product.")
    release = idle_release_text(facts.account.pending)
    return f"{pool} {release}" if release else pool


def import_helps(facts: ServiceFacts, by: Session) -> bool:
    """Whether an import of users would bring the first seats."""
    return facts.account.service_active and facts.account.mode is Mode.USAGE and may_add(by, facts.account)


def empty_texts(facts: ServiceFacts) -> tuple[str, str]:
    """Title and text where the account holds nothing."""
    if not facts.account.service_active:
        return _("Microsoft 365 is not active for this account."), _("It is activated in The Catalog.")
    if facts.account.mode is Mode.USAGE:
        return _("No seats yet"), _("A seat appears here with each license that is assigned to a user.")
    return _("No seats in the pool yet"), _("Add seats, so that licenses can be assigned from the pool.")
