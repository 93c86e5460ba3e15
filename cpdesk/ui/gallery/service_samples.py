"""Subscriptions, forecasts and services of one imagined account, for scenes and tests of the services page."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from cpdesk.base import zones
from cpdesk.domain import forecasts, switching, topics
from cpdesk.domain.billing import ProductPrice
from cpdesk.domain.catalog import Product, Scope
from cpdesk.domain.forecasts import AccountFacts, BlockedHolder, Forecast
from cpdesk.domain.modes import CompletedSwitch, Mode, PendingSwitch
from cpdesk.domain.prices import AccountPricing, Price, PriceBook
from cpdesk.domain.rows import AccountRow, Done, SubscriptionRow
from cpdesk.domain.schedules import AccountSchedules, PriceRow
from cpdesk.domain.seat_limits import SeatLimit
from cpdesk.domain.undo import Undo, Undone
from cpdesk.services.licenses import Licenses
from cpdesk.services.modes import Modes
from cpdesk.services.prices import Prices
from cpdesk.services.seat_tasks import SeatsResult
from cpdesk.services.statements import Statements
from cpdesk.ui.gallery.price_samples import DEFAULT
from cpdesk.ui.gallery.stand_ins import StandIn, services
from cpdesk.ui.pages.services.facts import PricedSeats

if TYPE_CHECKING:
    from cpdesk.services.bundle import Services

ZONE = "America/New_York"
NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
FIRST = date(2026, 12, 1)
UNDO = Undo(7, None, ())
"""Takes something back; what, is for services to know."""
_MODES = ("show", "outlook", "forecast", "change", "keep")
_LICENSES = ("rows", "products", "limits", "add_seats", "remove_seats", "undo")
_STATEMENTS = ("prices_of", "falls_later")
_PRICES = ("of_account", "schedule_of")
_BEGINNING = date(2026, 1, 1)
_USUAL = AccountSchedules(DEFAULT, own=False)


def product(name: str, part_number: str, number: int, scope: Scope = Scope.USER) -> Product:
    """A product of the catalogue."""
    guid = f"{number:08x}-0000-4000-8000-{number:012x}"
    return Product(part_number, guid, name, scope.assignable_to, scope, "")


PREMIUM = product("Microsoft 365 Business Premium", "SPB", 1)
E3 = product("Office 365 E3", "ENTERPRISEPACK", 2)
STORAGE = product("Office 365 Extra File Storage", "SHAREPOINTSTORAGE", 3, Scope.TENANT)
PLANNER = product("Planner Plan 1", "PROJECT_P1", 4)
CAPACITY = product("Power Apps and Power Automate capacity add-on", "CDSAICAPACITY", 5, Scope.TENANT)
VISIO = product("Visio Plan 2", "VISIOCLIENT", 6)
CATALOGUE = (PREMIUM, E3, STORAGE, PLANNER, CAPACITY, VISIO)


def held(item: Product, seats: int, assigned: int) -> SubscriptionRow:
    """A subscription; its id is made of the product's GUID."""
    number = int(item.guid[:8], 16)
    return SubscriptionRow(number, item.part_number, item.guid, item.name, item.assignable_to, seats, assigned)


POOL = (held(PREMIUM, 60, 54), held(E3, 20, 17), held(STORAGE, 2, 0))
IN_USE = (held(PREMIUM, 54, 54), held(E3, 17, 17))
MORGAN = BlockedHolder("morgan.ellis@contoso-freight.example", "Morgan Ellis", ("SPB",))


_KNOWN = {1: ("26.40", "22.00"), 2: ("27.60", "23.00"), 3: (None, "0.20"), 4: ("12.00", "10.00"), 6: ("18.00", "15.00")}
"""What a seat costs in Usage and in Purchase Mode, by product id."""


def price(product_id: int) -> ProductPrice | None:
    """What a seat of a product costs a month; products of tenants have no Usage price, some have none at all."""
    if product_id < 100 or product_id % 9 == 0:
        usage, purchase = _KNOWN.get(product_id, (None, None))
        known = ProductPrice(_decimal(usage), _decimal(purchase), "USD")
        return known if purchase else None
    amount = Decimal(4 + product_id % 20)
    return ProductPrice(amount * Decimal("1.20"), amount, "USD")


def prices_of(rows: Iterable[SubscriptionRow]) -> dict[int, ProductPrice]:
    """The prices of what an account holds, by product id."""
    return {row.product_id: found for row in rows if (found := price(row.product_id))}


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def pricing(product_ids: Iterable[int]) -> AccountPricing:
    """The same as a schedule since the beginning of the year."""
    known = {number: found for number in product_ids if (found := price(number))}
    rows = {
        number: (Price(number, _BEGINNING, one.usage, one.purchase, datetime(2026, 1, 1, tzinfo=UTC)),)
        for number, one in known.items()
    }
    return AccountPricing("USD", [(_BEGINNING, PriceBook(1, "Default", "USD", rows, ()))])


def many_products(number: int) -> tuple[SubscriptionRow, ...]:
    """As many products as a large tenant has."""
    kinds = ("Business Premium", "Enterprise Mobility", "Defender for Office", "Teams Rooms", "Power BI")
    return tuple(
        held(product(f"Microsoft {kinds[place % 5]} Plan {place}", f"PLAN_{place}", 100 + place), place * 7, place * 6)
        for place in range(1, number + 1)
    )


def pending(account_id: int) -> PendingSwitch:
    """A change to Usage Mode on December 1, 2026."""
    due_at = switching.first_instant(FIRST, zones.zone(ZONE))
    requested_at = datetime(2026, 11, 18, 15, 4, tzinfo=UTC)
    return PendingSwitch(1, account_id, Mode.USAGE, FIRST, ZONE, due_at, requested_at, "dana.reyes@northwind.example")


def completed(to: Mode, due_at: datetime, late: timedelta = timedelta()) -> CompletedSwitch:
    """A change of mode that took effect at `due_at` and was recorded `late` after that."""
    day = switching.local_date(due_at, zones.zone(ZONE))
    return CompletedSwitch(1, 7, to, day, ZONE, due_at, due_at + late, due_at, "dana.reyes@northwind.example", ())


BOUGHT = completed(Mode.PURCHASE, datetime(2026, 9, 14, 13, 30, tzinfo=UTC))


class Failing:
    """The forecast that the page reads when it opens, and what comes of the one that the confirmation asks for."""

    def __init__(self, first: Forecast, error: Exception) -> None:
        self._first: Forecast | None = first
        self._error = error

    def __call__(self, *_asked: object) -> Forecast:
        first, self._first = self._first, None
        if first is None:
            raise self._error
        return first


@dataclass(frozen=True, slots=True)
class Sample:
    """An account with all that the page asks about it."""

    name: str = "Contoso Freight"
    domain: str = "contoso-freight.example"
    mode: Mode = Mode.PURCHASE
    rows: Sequence[SubscriptionRow] = POOL
    blocked: tuple[BlockedHolder, ...] = ()
    completed: CompletedSwitch | None = None
    is_pending: bool = False
    active: bool = True
    users: int = 74
    schedules: AccountSchedules = _USUAL
    more: Mapping[str, StandIn] = field(default_factory=dict)
    """Other areas of services that a page asks."""

    @property
    def account(self) -> AccountRow:
        return AccountRow(
            id=7,
            name=self.name,
            domain=self.domain,
            country="US",
            currency="USD",
            time_zone=ZONE,
            mode=self.mode,
            service_active=self.active,
            pending=pending(7) if self.is_pending else None,
            users=self.users,
            seats=sum(row.seats for row in self.rows),
            assigned=sum(row.assigned for row in self.rows),
        )

    def forecast(self, to: Mode, now: datetime = NOW) -> Forecast:
        """What changing the mode at `now` would do."""
        facts = AccountFacts(7, self.name, self.domain, self.mode, ZONE)
        known = pricing(row.product_id for row in self.rows)
        return forecasts.forecast(facts, to, now, self.rows, self.blocked, known)

    def outlook(self, now: datetime = NOW) -> Forecast:
        """What the pending change will do."""
        facts = AccountFacts(7, self.name, self.domain, self.mode, ZONE)
        known = pricing(row.product_id for row in self.rows)
        return forecasts.outlook(facts, pending(7), now, self.rows, self.blocked, known)

    def held(self, row: SubscriptionRow) -> PricedSeats:
        """A subscription with its price."""
        known = price(row.product_id)
        return PricedSeats(row, known.of(self.mode) if known else None, "USD")

    def services(self, **answers: Any) -> "Services":
        """The services of this account; `answers` replace methods of `Modes`, `Licenses`, `Statements` or `Prices`."""
        account = self.account
        known: dict[str, Any] = {
            "show": (account, self.completed),
            "outlook": self.outlook() if self.is_pending else None,
            "forecast": lambda _by, _account_id, to: self.forecast(to),
            "change": lambda _by, _account_id, to, _shown, **_more: Done(self._changed(to), topics.MODES),
            "keep": Done(replace(account, pending=None), topics.MODES),
            "rows": list(self.rows),
            "products": list(CATALOGUE),
            "limits": (SeatLimit("Microsoft 365 Business", 300, frozenset({PREMIUM.guid})),),
            "add_seats": lambda _by, _id, guid, count, **_why: Done(self._seats(guid, count), topics.MODES, UNDO),
            "remove_seats": lambda _by, _id, guid, count, **_why: Done(self._seats(guid, -count), topics.MODES, UNDO),
            "undo": Done(Undone(self.mode, (), (), (), ((PREMIUM.part_number, -3),)), topics.MODES),
            "prices_of": prices_of(self.rows),
            "falls_later": None,
            "schedule_of": self.schedules,
            "of_account": [_price_row(item) for item in CATALOGUE],
            **answers,
        }
        areas: dict[str, tuple[type, tuple[str, ...]]] = {
            "modes": (Modes, _MODES),
            "licenses": (Licenses, _LICENSES),
            "statements": (Statements, _STATEMENTS),
            "prices": (Prices, _PRICES),
        }
        made = {key: StandIn(area, **{name: known[name] for name in names}) for key, (area, names) in areas.items()}
        return services(**made, **self.more)

    def _changed(self, to: Mode) -> AccountRow:
        if to is Mode.PURCHASE:
            return replace(self.account, mode=to)
        return replace(self.account, pending=pending(7))

    def _seats(self, guid: str, count: int) -> SeatsResult:
        item = next(entry for entry in CATALOGUE if entry.guid == guid)
        row = next((row for row in self.rows if row.guid == guid), held(item, 0, 0))
        return SeatsResult(self.mode, item, row.seats + count, row.assigned)


def _price_row(item: Product) -> PriceRow:
    number = int(item.guid[:8], 16)
    known = price(number)
    usage, purchase = (known.usage, known.purchase) if known else (None, None)
    return PriceRow(number, item.part_number, item.guid, item.name, "USD", usage, purchase, _BEGINNING)
