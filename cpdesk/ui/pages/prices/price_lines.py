"""The prices of a schedule, a line for each product of the catalogue. Plain Python."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cpdesk.base.errors import UserError
from cpdesk.domain.catalog import Product
from cpdesk.domain.operators import Session
from cpdesk.domain.schedules import DEFAULT_NAME, PriceRow, ScheduleRow

if TYPE_CHECKING:
    from cpdesk.services.bundle import Services


@dataclass(frozen=True, slots=True)
class ProductLine:
    """A product, what it costs today, and what it will cost."""

    product_id: int
    product: Product
    currency: str
    """ISO 4217."""
    now: PriceRow | None
    """None: no price today."""
    next: PriceRow | None
    """The price that waits, the first of them if there are several."""

    @property
    def lacks_price(self) -> bool:
        """Whether seats of it can be held without a price; what belongs to the tenant is never held in Usage Mode."""
        if self.now is None or self.now.purchase_price is None:
            return True
        return self.product.assignable_to == "user" and self.now.usage_price is None


@dataclass(frozen=True, slots=True)
class ScheduleFacts:
    """A schedule with a line for each product, by name."""

    schedule: ScheduleRow
    lines: tuple[ProductLine, ...]

    @property
    def priced(self) -> int:
        """How many products have a price today."""
        return sum(line.now is not None for line in self.lines)

    @property
    def lacking(self) -> int:
        """How many products lack a price."""
        return sum(line.lacks_price for line in self.lines)

    @property
    def waiting(self) -> int:
        """For how many products a price waits."""
        return sum(line.next is not None for line in self.lines)


def read_schedule(services: "Services", by: Session, schedule_id: int | None) -> ScheduleFacts:
    """Read a schedule; None stands for the default one. Raises UserError `unknown_schedule`."""
    schedule = find_schedule(services.prices.schedules(by), schedule_id)
    prices = services.prices.rows(by, schedule.id)
    return ScheduleFacts(schedule, product_lines(services.products.by_id(by), prices, schedule.currency))


def find_schedule(schedules: Iterable[ScheduleRow], schedule_id: int | None) -> ScheduleRow:
    """A schedule by its id, None stands for the default one. Raises UserError `unknown_schedule`."""
    for schedule in schedules:
        if schedule.id == schedule_id or (schedule_id is None and schedule.is_default):
            return schedule
    raise UserError("unknown_schedule", text=DEFAULT_NAME if schedule_id is None else str(schedule_id))


def product_lines(
    products: Mapping[int, Product], prices: Iterable[PriceRow], currency: str
) -> tuple[ProductLine, ...]:
    """Lines by name. `prices` are those in force and those to come, by date for each product."""
    now: dict[int, PriceRow] = {}
    coming: dict[int, PriceRow] = {}
    for row in prices:
        if row.in_force:
            now[row.product_id] = row
        elif row.upcoming:
            coming.setdefault(row.product_id, row)
    lines = (
        ProductLine(number, product, currency, now.get(number), coming.get(number))
        for number, product in products.items()
    )
    return tuple(sorted(lines, key=_by_name))


def _by_name(line: ProductLine) -> str:
    return line.product.name.casefold()
