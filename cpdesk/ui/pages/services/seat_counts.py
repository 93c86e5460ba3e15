"""What adding or removing seats comes to, in words. Plain Python."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from cpdesk.base import limit_words
from cpdesk.base.apart import beside
from cpdesk.base.billing_words import since_text
from cpdesk.base.formats import format_date, format_number
from cpdesk.base.i18n import _, ngettext
from cpdesk.base.money_words import amount_text, no_price_text
from cpdesk.domain.catalog import Product
from cpdesk.domain.modes import Mode, PendingSwitch
from cpdesk.domain.operators import Session, may_change
from cpdesk.domain.rows import SubscriptionRow
from cpdesk.domain.schedules import PriceRow
from cpdesk.domain.seat_limits import SeatLimit, beyond_limits
from cpdesk.ui.pages.services.facts import PricedSeats, ServiceFacts
from cpdesk.ui.parts.money_texts import Priced, cost_of, cost_text, monthly_text
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
    currency: str
    unit_price: Decimal | None
    """Of a seat and month in Purchase Mode, today; None without a price."""


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


def offers(products: Iterable[Product], prices: Iterable[PriceRow], facts: ServiceFacts) -> tuple[Offer, ...]:
    """The whole catalogue, with what the account holds of it, and what a seat costs it (`Prices.of_account`)."""
    rows = {row.guid: row for row in facts.subscriptions}
    known = {price.guid: price.purchase_price for price in prices if price.in_force}
    currency = facts.account.currency
    return tuple(_offer(product, rows.get(product.guid), currency, known.get(product.guid)) for product in products)


def totals(rows: Iterable[SubscriptionRow]) -> Totals:
    """Sums over subscriptions."""
    listed = tuple(rows)
    of_tenant = sum(row.seats for row in listed if row.assignable_to == "tenant")
    return Totals(len(listed), sum(row.seats for row in listed), sum(row.assigned for row in listed), of_tenant)


def totals_text(held: Sequence[PricedSeats]) -> str:
    """ "Total: 82 seats, 71 assigned, 6 available, 5 of the tenant · $1,684.30 a month"."""
    sums = totals(one.row for one in held)
    text = _("Total: {seats}, {assigned} assigned, {available} available")
    if sums.of_tenant:
        text = _("Total: {seats}, {assigned} assigned, {available} available, {tenant} of the tenant")
    seats = text.format(
        seats=seats_text(sums.seats),
        assigned=format_number(sums.assigned),
        available=format_number(sums.available),
        tenant=format_number(sums.of_tenant),
    )
    costs = [cost_of((Priced(one.row.seats, one.unit_price),), one.currency) for one in held]
    return beside(seats, monthly_text(costs))


def holding_text(offer: Offer) -> str:
    """What the account has of a product, and what a seat costs: "60 seats, 6 available · $22.00 a seat and month"."""
    held = _("None held so far")
    if offer.seats and offer.assignable_to == "tenant":
        held = _("{seats} now")
    elif offer.seats:
        held = _("{seats} now, {available} available")
    price = _("{price} for a seat and month").format(price=amount_text(offer.unit_price, offer.currency))
    parts = [
        held.format(seats=seats_text(offer.seats), available=format_number(offer.seats - offer.assigned)),
        no_price_text() if offer.unit_price is None else price,
    ]
    if offer.assignable_to == "tenant":
        parts.append(_("belongs to no user"))
    return beside(*parts)


def adding_text(offer: Offer, count: int) -> str:
    """ "Seats: 8 → 11, 6 available, billable from today", and what that does to the cost of a month.

    No user can be given what belongs to the tenant.
    """
    after = offer.seats + count
    text = _("Seats: {before} → {after}, {available} available, billable from today")
    if offer.assignable_to == "tenant":
        text = _("Seats: {before} → {after}, billable from today")
    seats = text.format(
        before=format_number(offer.seats),
        after=format_number(after),
        available=format_number(after - offer.assigned),
    )
    return f"{seats}\n{_cost_change(offer.seats, after, offer.unit_price, offer.currency)}"


def beyond_text(limits: Iterable[SeatLimit], facts: ServiceFacts, offer: Offer, count: int) -> str:
    """What to say where so many more seats are more than Microsoft lets a tenant have; "" where they are not."""
    held = {row.guid: row.seats for row in facts.subscriptions}
    return " ".join(limit_words.beyond_text(one) for one in beyond_limits(limits, held, {offer.guid: count}))


def removing_text(held: PricedSeats, count: int) -> str:
    """ "Seats: 11 → 8, 3 available, no longer billable from today on", or from when, and what a month costs then."""
    row, after = held.row, held.row.seats - count
    text = _("Seats: {before} → {after}, {available} available, no longer billable {since}")
    if row.assignable_to == "tenant":
        text = _("Seats: {before} → {after}, no longer billable {since}")
    seats = text.format(
        before=format_number(row.seats),
        after=format_number(after),
        available=format_number(row.available - count),
        since=since_text(held.falls_later),
    )
    saved = ""
    if held.unit_price is not None:
        amount = cost_text(cost_of((Priced(count, held.unit_price),), held.currency))
        saved = _("That saves {amount} a month.").format(amount=amount)
    return f"{seats}\n{_cost_change(row.seats, after, held.unit_price, held.currency)} {saved}".rstrip()


def _cost_change(before: int, after: int, unit_price: Decimal | None, currency: str) -> str:
    """What a month of the product costs: "Per month: $176.00 → $242.00"."""
    if unit_price is None:
        return _("What it costs is not known: it has no price in Purchase Mode.")
    costs = [cost_text(cost_of((Priced(seats, unit_price),), currency)) for seats in (before, after)]
    return _("Per month: {before} → {after}").format(before=costs[0], after=costs[1])


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


def _offer(product: Product, row: SubscriptionRow | None, currency: str, unit_price: Decimal | None) -> Offer:
    return Offer(
        part_number=product.part_number,
        guid=product.guid,
        name=product.name,
        assignable_to=product.assignable_to,
        seats=row.seats if row else 0,
        assigned=row.assigned if row else 0,
        currency=currency,
        unit_price=unit_price,
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
