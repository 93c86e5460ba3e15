"""Price schedules with their dated prices, and which of them accounts have."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from itertools import groupby
from typing import Any, NamedTuple

from cpdesk.base.zones import zone as zone_info
from cpdesk.domain import names
from cpdesk.domain.accounts import Status
from cpdesk.domain.prices import AccountPricing, Dated, Price, PriceBook, merged
from cpdesk.domain.schedules import amount_text
from cpdesk.domain.statements import Proration
from cpdesk.domain.switching import local_date
from cpdesk.store import connection
from cpdesk.store.fields import UnreadableValueError, from_day_text, from_utc_text, utc_text, word
from cpdesk.store.rows import in_parts

_PRORATIONS = {str(proration): proration for proration in Proration}
_PRICE_COLUMNS = (
    "schedule_id, product_id, effective_on, usage_price, purchase_price, recorded_at, usage_cost, purchase_cost"
)


class AccountDay(NamedTuple):
    """Which day it is in an account."""

    day: date
    """The latest that any of the time zones shows which it has, had or will have."""
    is_open: bool
    """Not closed."""


class _Given(NamedTuple):
    """A schedule that an account has from a day on; None: the default one."""

    day: date
    schedule: int | None
    recorded_at: datetime


def pricing_of(account_ids: Sequence[int]) -> dict[int, AccountPricing]:
    """Currency and schedules of accounts, by account id. Accounts with the same schedule share its book.

    A handful of queries for any number of accounts.
    """
    currencies = _currencies(account_ids)
    given = _given(account_ids)
    own = _own(given)
    default = default_schedules()
    # Nearly all accounts have what the default gives them: they share one timeline, too.
    timelines = {account_id: merged(dated, default) for account_id, dated in own.items()}
    usual = merged((), default)
    known = books({schedule for timeline in (usual, *timelines.values()) for _day, schedule in timeline})
    usual_books = _known(usual, known)
    dated_books = {account_id: _known(timeline, known) for account_id, timeline in timelines.items()}
    return {
        account_id: AccountPricing(
            currency, dated_books.get(account_id, usual_books), _times(given.get(account_id, ()))
        )
        for account_id, currency in currencies.items()
    }


def _known(timeline: "Dated[int]", books: Mapping[int, PriceBook]) -> list[tuple[date, PriceBook]]:
    # A schedule that is missing is for `check` to tell: nothing else stops for it.
    return [(day, books[schedule]) for day, schedule in timeline if schedule in books]


def book(schedule_id: int) -> PriceBook:
    """A schedule with all of its prices. Raises KeyError where there is none."""
    return books((schedule_id,))[schedule_id]


def books(schedule_ids: Iterable[int]) -> dict[int, PriceBook]:
    """Schedules with all of their prices, by id."""
    wanted = sorted(set(schedule_ids))
    prices, prorations = _prices(wanted), _prorations(wanted)
    return {
        schedule: PriceBook(schedule, name, currency, prices.get(schedule, {}), prorations.get(schedule, ()))
        for schedule, name, currency in _of_schedules("SELECT id, name, currency FROM price_schedule", "id", wanted)
    }


def schedule_ids() -> list[int]:
    """All schedules, by name."""
    return [int(row[0]) for row in connection.rows_of("SELECT id FROM price_schedule ORDER BY name_key")]


def schedule_named(name: str) -> int | None:
    """The schedule with a name, whatever its case."""
    row = next(connection.rows_of("SELECT id FROM price_schedule WHERE name_key = ?", names.key(name)), None)
    return int(row[0]) if row else None


def account_days(now: datetime, only: int | None = None) -> dict[int, AccountDay]:
    """Which day it is in each account, or just in `only`, at an instant (aware), by account id."""
    whose, changed, params = ("", "", ()) if only is None else (" WHERE id = ?", " WHERE account_id = ?", (only,))
    zones: dict[int, set[str]] = {}
    is_open: dict[int, bool] = {}
    for account_id, zone, status in connection.rows_of(f"SELECT id, time_zone, status FROM account{whose}", *params):
        zones[account_id], is_open[account_id] = {zone}, status != Status.CLOSED
    for account_id, zone in connection.rows_of(f"SELECT account_id, time_zone FROM account_zone{changed}", *params):
        zones[account_id].add(zone)
    days = {zone: local_date(now, zone_info(zone)) for zone in set().union(*zones.values())}
    return {
        account_id: AccountDay(max(days[zone] for zone in had), is_open[account_id])
        for account_id, had in zones.items()
    }


def default_schedules() -> list[tuple[date, int]]:
    """Which schedule is the default from when, oldest first."""
    rows = connection.rows_of("SELECT effective_on, schedule_id FROM default_schedule ORDER BY effective_on")
    return [(from_day_text(day), int(schedule)) for day, schedule in rows]


def next_schedule_id() -> int:
    """The number that the next schedule will get; valid while the write lock is held."""
    return int(next(connection.rows_of("SELECT coalesce(max(id), 0) + 1 FROM price_schedule"))[0])


def insert_schedule(name: str, currency: str, now: datetime) -> int:
    """Add a schedule without prices and return its id; its name must be new."""
    schedule = next_schedule_id()
    connection.execute_many(
        "INSERT INTO price_schedule (id, name, name_key, currency, created_at) VALUES (?, ?, ?, ?, ?)",
        [(schedule, name, names.key(name), currency, utc_text(now))],
    )
    return schedule


def rename_schedule(schedule_id: int, name: str) -> None:
    """Give a schedule another name, which must be new."""
    connection.execute_many(
        "UPDATE price_schedule SET name = ?, name_key = ? WHERE id = ?", [(name, names.key(name), schedule_id)]
    )


def put_default(day: date, schedule_id: int) -> None:
    """Which schedule is the default from a day on."""
    connection.execute_many(
        "INSERT OR REPLACE INTO default_schedule (effective_on, schedule_id) VALUES (?, ?)",
        [(day.isoformat(), schedule_id)],
    )


def put_proration(schedule_id: int, day: date, proration: Proration) -> None:
    """How a schedule charges months from a day on."""
    connection.execute_many(
        "INSERT OR REPLACE INTO schedule_proration (schedule_id, effective_on, proration) VALUES (?, ?, ?)",
        [(schedule_id, day.isoformat(), str(proration))],
    )


def put_account_schedule(account_id: int, day: date, schedule_id: int | None, now: datetime) -> None:
    """Which schedule an account has from a day on, as entered at an instant (aware); None: the default one."""
    connection.execute_many(
        "INSERT OR REPLACE INTO account_schedule (account_id, effective_on, schedule_id, recorded_at)"
        " VALUES (?, ?, ?, ?)",
        [(account_id, day.isoformat(), schedule_id, utc_text(now))],
    )


def put_prices(schedule_id: int, prices: Iterable[Price]) -> None:
    """Write prices, each in the place of one of the same product and day."""
    connection.execute_many(
        f"INSERT OR REPLACE INTO price ({_PRICE_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [(schedule_id, *_columns(price)) for price in prices],
    )


def delete_price(schedule_id: int, product_id: int, day: date) -> None:
    """Forget the price of a product from a day on."""
    connection.execute_many(
        "DELETE FROM price WHERE schedule_id = ? AND product_id = ? AND effective_on = ?",
        [(schedule_id, product_id, day.isoformat())],
    )


def _columns(price: Price) -> tuple[object, ...]:
    usage, purchase = amount_text(price.usage), amount_text(price.purchase)
    costs = amount_text(price.usage_cost), amount_text(price.purchase_cost)
    return (price.product_id, price.effective_on.isoformat(), usage, purchase, utc_text(price.recorded_at), *costs)


def _currencies(account_ids: Sequence[int]) -> dict[int, str]:
    return dict(_of_schedules("SELECT id, currency FROM account", "id", account_ids))


def own_schedules(account_ids: Sequence[int]) -> dict[int, "Dated[int | None]"]:
    """The schedules that accounts were given, by account id; those that always had the default one are left out."""
    return _own(_given(account_ids))


def _given(account_ids: Sequence[int]) -> dict[int, list[_Given]]:
    sql = "SELECT account_id, effective_on, schedule_id, recorded_at FROM account_schedule"
    rows = sorted(_of_schedules(sql, "account_id", account_ids), key=lambda row: row[:2])
    return {
        account_id: [_Given(from_day_text(day), schedule, from_utc_text(at)) for _account, day, schedule, at in run]
        for account_id, run in groupby(rows, key=lambda row: int(row[0]))
    }


def _own(given: Mapping[int, Sequence[_Given]]) -> dict[int, "Dated[int | None]"]:
    return {account_id: [(one.day, one.schedule) for one in run] for account_id, run in given.items()}


def _times(given: Iterable[_Given]) -> "Dated[datetime]":
    return [(one.day, one.recorded_at) for one in given]


def _prices(schedule_ids: Sequence[int]) -> dict[int, dict[int, list[Price]]]:
    found: dict[int, dict[int, list[Price]]] = {}
    rows = _of_schedules(f"SELECT {_PRICE_COLUMNS} FROM price", "schedule_id", schedule_ids)
    for schedule, *columns in sorted(rows, key=lambda row: row[:3]):
        price = _price(columns)
        found.setdefault(schedule, {}).setdefault(price.product_id, []).append(price)
    return found


def _price(columns: Sequence[Any]) -> Price:
    product, day, usage, purchase, recorded, *costs = columns
    usage_cost, purchase_cost = map(_amount, costs)
    return Price(
        product_id=int(product),
        effective_on=from_day_text(day),
        usage=_amount(usage),
        purchase=_amount(purchase),
        recorded_at=from_utc_text(recorded),
        usage_cost=usage_cost,
        purchase_cost=purchase_cost,
    )


def _prorations(schedule_ids: Sequence[int]) -> dict[int, list[tuple[date, Proration]]]:
    found: dict[int, list[tuple[date, Proration]]] = {}
    sql = "SELECT schedule_id, effective_on, proration FROM schedule_proration"
    for schedule, day, proration in sorted(_of_schedules(sql, "schedule_id", schedule_ids)):
        found.setdefault(schedule, []).append((from_day_text(day), word(_PRORATIONS, proration)))
    return found


def _amount(text: Any) -> Decimal | None:
    if text is None:
        return None
    try:
        amount = Decimal(text)
    except (InvalidOperation, TypeError) as error:
        raise UnreadableValueError(text) from error
    if not amount.is_finite() or amount < 0:
        raise UnreadableValueError(text)
    return amount


def _of_schedules(select: str, column: str, ids: Iterable[int]) -> list[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = []
    for part in in_parts(list(ids)):
        marks = ", ".join("?" * len(part))
        found += connection.rows_of(f"{select} WHERE {column} IN ({marks})", *part)
    return found
