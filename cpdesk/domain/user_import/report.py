"""What an import does or did, as it is shown before and after (the product's rules 8 and 15)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from cpdesk.base.regions import minor_digits
from cpdesk.domain.billing import Cost
from cpdesk.domain.catalog import Product
from cpdesk.domain.forecast_money import monthly
from cpdesk.domain.forecasts import Difference
from cpdesk.domain.modes import Mode
from cpdesk.domain.people import foreign_domain
from cpdesk.domain.seat_limits import BeyondLimit, SeatLimit, beyond_limits
from cpdesk.domain.seats import Holding
from cpdesk.domain.user_import.name_uses import NameUse
from cpdesk.domain.user_import.plan import ImportPlan, Outcome, RowChange


@dataclass(frozen=True, slots=True)
class ProductTotal:
    """An account's seats of a product before and after an import."""

    product: Product
    seats: int
    assigned: int
    seats_after: int
    """With the missing ones, which are added or the import is not done."""
    assigned_after: int
    missing: int
    """Seats that the pool lacks (Purchase Mode)."""
    unit_price: Decimal | None = None
    """What a seat costs a month today, in the account's mode; None without a price."""
    currency: str = ""
    """ISO 4217, of the price."""

    def cost(self, *, after: bool) -> Decimal | None:
        """What a month of the seats costs, before the import or after it; None without a price."""
        return monthly(self.seats_after if after else self.seats, self.unit_price, minor_digits(self.currency))


@dataclass(frozen=True, slots=True)
class BlockedUser:
    """Somebody who cannot sign in and holds licenses all the same."""

    row: int
    upn: str
    display_name: str
    licenses: tuple[str, ...]
    """Display names of products."""


@dataclass(frozen=True, slots=True)
class ForeignUser:
    """Somebody new, or with a new user principal name, of a domain that the account does not have. Imported."""

    row: int
    upn: str
    domain: str


@dataclass(frozen=True, slots=True)
class NotAssignable:
    """A tenant product that the file names on users: left out."""

    product: Product
    users: int


@dataclass(frozen=True, slots=True)
class AccountBefore:
    """What an account is before an import, as far as a report needs it. Mappings are by GUID."""

    mode: Mode
    products: Mapping[str, Product]
    held: Mapping[str, Holding]
    domains: Collection[str] = ()
    """To tell who has another one; without any nobody has."""
    currency: str = ""
    """ISO 4217."""
    unit_prices: Mapping[str, Decimal | None] = field(default_factory=dict)
    """What a seat costs a month today."""
    limits: tuple[SeatLimit, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import does, or did."""

    plan: ImportPlan
    mode: Mode
    file: str
    """Name of the file, without its folder."""
    encoding: str
    """How its bytes were read, by Python's name for it."""
    names: tuple[NameUse, ...]
    """The product names of the file."""
    totals: tuple[ProductTotal, ...]
    """Every product that the account holds or will hold, by name."""
    not_assignable: tuple[NotAssignable, ...]
    blocked: tuple[BlockedUser, ...]
    """Of the users in the file, as they will be."""
    foreign: tuple[ForeignUser, ...] = ()
    currency: str = ""
    """ISO 4217, of the prices."""
    beyond: tuple[BeyondLimit, ...] = ()
    """Limits that the seats of a family go beyond; worth a warning."""

    def cost(self, *, after: bool) -> Cost:
        """What a month of all seats costs at today's prices, before the import or after it."""
        amounts = [line.cost(after=after) for line in self.totals]
        nothing = Decimal().scaleb(-minor_digits(self.currency))
        return Cost(sum((one for one in amounts if one is not None), nothing), self.currency, amounts.count(None))

    @property
    def missing_seats(self) -> tuple[tuple[str, int], ...]:
        """Part number and seats that the pool lacks (Purchase Mode); added where that was chosen."""
        return tuple(sorted((line.product.part_number, line.missing) for line in self.totals if line.missing))

    @property
    def missing(self) -> int:
        """The seats that the pool lacks, of all products together."""
        return sum(line.missing for line in self.totals)


def report(
    plan: ImportPlan,
    file: tuple[str, str],
    names: tuple[NameUse, ...],
    account: AccountBefore,
    missing: Mapping[str, int],
) -> ImportReport:
    """Sum up a plan; `file` is name and encoding, `missing` are the seats that the pool lacks, by GUID."""
    totals = tuple(_totals(plan, account, missing))
    seats = {line.product.guid: line.seats for line in totals}
    return ImportReport(
        plan=plan,
        mode=account.mode,
        file=file[0],
        encoding=file[1],
        names=names,
        totals=totals,
        not_assignable=_not_assignable(plan),
        blocked=tuple(_blocked(plan.changes, account.products)),
        foreign=tuple(_foreign(plan.changes, account.domains)) if account.domains else (),
        currency=account.currency,
        beyond=beyond_limits(
            account.limits, seats, {line.product.guid: line.seats_after - line.seats for line in totals}
        ),
    )


def differences(shown: ImportReport, now: ImportReport) -> tuple[Difference, ...]:
    """What changed in numbers since `shown` was worked out: users, licenses, and the seats of each product."""
    before, after = _figures(shown), _figures(now)
    return tuple(
        Difference(what, subject, str(before.get((what, subject), 0)), str(after.get((what, subject), 0)))
        for what, subject in dict.fromkeys((*before, *after))
        if before.get((what, subject), 0) != after.get((what, subject), 0)
        # Of a product that came or went the seats tell.
        and (what != "price" or ((what, subject) in before and (what, subject) in after))
    )


def _figures(of: ImportReport) -> dict[tuple[str, str], object]:
    """What is compared, by its name and the product it is about."""
    plan = of.plan
    figures: dict[tuple[str, str], object] = {
        ("mode", ""): of.mode,
        **{(f"users_{outcome}", ""): plan.count(outcome) for outcome in Outcome},
        ("rows_skipped", ""): len(plan.skipped),
        ("licenses_assigned", ""): plan.assigned,
        ("licenses_unassigned", ""): plan.unassigned,
        ("names_unmatched", ""): len(plan.unknown_products),
    }
    for line in of.totals:
        product = f"{line.product.name} ({line.product.part_number})"
        figures["seats", product] = line.seats_after
        figures["assigned", product] = line.assigned_after
        figures["missing", product] = line.missing
        figures["price", product] = "" if line.unit_price is None else f"{line.unit_price} {of.currency}"
    return figures


def _totals(plan: ImportPlan, account: AccountBefore, missing: Mapping[str, int]) -> Iterable[ProductTotal]:
    net, products = plan.net_seats, account.products
    wanted = {guid for guid, item in account.held.items() if item.seats} | net.keys()
    for guid in sorted(wanted, key=lambda guid: (products[guid].name, guid)):
        before = account.held.get(guid)
        seats, assigned = (before.seats, before.assigned) if before else (0, 0)
        change, lacking = net.get(guid, 0), missing.get(guid, 0)
        after = seats + (change if account.mode is Mode.USAGE else lacking)
        price = account.unit_prices.get(guid)
        yield ProductTotal(products[guid], seats, assigned, after, assigned + change, lacking, price, account.currency)


def _not_assignable(plan: ImportPlan) -> tuple[NotAssignable, ...]:
    users: dict[Product, int] = {}
    for change in plan.changes:
        for product in change.not_assignable:
            users[product] = users.get(product, 0) + 1
    return tuple(NotAssignable(product, count) for product, count in users.items())


def _blocked(changes: Iterable[RowChange], products: Mapping[str, Product]) -> Iterable[BlockedUser]:
    for change in changes:
        held = (*change.kept, *change.assign)
        if change.values.blocked and held:
            values = change.values
            yield BlockedUser(change.row, values.upn, values.display_name, _names(held, products))


def _foreign(changes: Iterable[RowChange], domains: Collection[str]) -> Iterable[ForeignUser]:
    # Of tens of thousands of users nearly all have one of a few domains.
    known: dict[str, str] = {}
    for change in changes:
        upn = change.values.upn
        domain = upn.rpartition("@")[2]
        if domain not in known:
            known[domain] = foreign_domain(upn, domains)
        if known[domain] and (change.before is None or change.renamed):
            yield ForeignUser(change.row, upn, known[domain])


def _names(guids: Collection[str], products: Mapping[str, Product]) -> tuple[str, ...]:
    return tuple(sorted(products[guid].name for guid in guids))
