"""Random lives of accounts, and how they are written down without any use case."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random

from cpdesk.domain.accounts import NewAccount
from cpdesk.store import accounts, connection
from cpdesk.store.fields import utc_text
from tests.support.slow_statement import DAY, HOUR, Life, Moved, Priced, PriceList, day_is_over, days_of, zone_of

LONG_AGO = date(1990, 1, 1)
_LONG_AGO = datetime(1990, 1, 1, tzinfo=UTC)
PRODUCTS = ("SPB", "ENTERPRISEPACK", "SHAREPOINTSTORAGE")
DIGITS = {"USD": 2, "JPY": 0, "KWD": 3}
PLACES: tuple[tuple[str, date], ...] = (
    ("UTC", date(2024, 2, 1)),
    ("Europe/Berlin", date(2026, 3, 1)),
    ("Europe/Berlin", date(2026, 10, 1)),
    ("America/New_York", date(2026, 11, 1)),
    ("Australia/Lord_Howe", date(2026, 4, 1)),
    ("Asia/Kathmandu", date(2025, 12, 1)),
    ("Pacific/Apia", date(2011, 12, 1)),
    ("Pacific/Kiritimati", date(1994, 12, 1)),
    ("America/Sao_Paulo", date(2017, 10, 1)),
    ("America/Havana", date(2026, 3, 1)),
    ("America/St_Johns", date(2010, 11, 1)),
    ("America/St_Johns", date(2011, 3, 1)),
    ("Asia/Beirut", date(2026, 3, 1)),
    ("Asia/Tehran", date(2021, 3, 1)),
    ("Africa/Casablanca", date(2026, 2, 1)),
    ("America/Scoresbysund", date(2024, 3, 1)),
    ("Pacific/Pago_Pago", date(2026, 1, 1)),
)
"""Zones, and months in which their clocks do something: hours and days that are missing, midnights that come twice."""


@dataclass(frozen=True)
class Prices:
    """What the accounts of one database may pay by."""

    lists: tuple[PriceList, ...]
    default: tuple[tuple[date, PriceList], ...]
    """From when which of them is the default one."""


def random_prices(dice: Random) -> Prices:
    """A price list or two of each currency, with rows that begin on days in any of the months of `PLACES`."""
    lists = tuple(_price_list(dice, currency) for currency in (*DIGITS, "USD"))
    days = sorted({_day_near(dice, month) for _zone, month in PLACES})
    return Prices(lists, ((LONG_AGO, lists[0]), *((day, dice.choice(lists)) for day in days)))


def _price_list(dice: Random, currency: str) -> PriceList:
    flat = {LONG_AGO: dice.random() < 0.3}
    rows: dict[tuple[str, date], Priced] = {}
    for _zone, month in PLACES:
        if dice.random() < 0.3:
            flat[_day_near(dice, month)] = dice.random() < 0.5
        for product in PRODUCTS:
            days = {_day_near(dice, month) for _ in range(dice.choice((0, 1, 1, 2, 3)))}
            rows |= {(product, day): _priced(dice, product, day, DIGITS[currency]) for day in days}
    return PriceList(currency, list(rows.values()), sorted(flat.items()))


def _priced(dice: Random, product: str, day: date, digits: int) -> Priced:
    usage, purchase = (_amount(dice, digits) for _ in range(2))
    entered = datetime(day.year, day.month, day.day, tzinfo=UTC) + dice.randint(-20 * 24, 20 * 24) * HOUR
    return Priced(product, day, usage, purchase, entered)


def _amount(dice: Random, digits: int) -> Decimal | None:
    if dice.random() < 0.15:
        return None
    return Decimal(dice.choice((0, 1, 5, dice.randint(1, 10**5), dice.randint(1, 400)))).scaleb(-digits)


def random_life(dice: Random, prices: Prices, until: datetime | None = None) -> Life:
    """An account over some months around one of the places; nothing happens after `until` (UTC)."""
    zone, month = dice.choice(PLACES)
    if until is not None:
        month = until.date().replace(day=1)
    months = [month_after(month, offset) for offset in (-1, 0, 1)]
    currency = dice.choice(list(DIGITS))
    zones = {LONG_AGO: zone}
    if dice.random() < 0.3:
        zones[dice.choice(months[:2])] = dice.choice(PLACES)[0]
    fitting = [None, *(one for one in prices.lists if one.currency == currency), *prices.lists]
    own = {_day_near(dice, month): dice.choice(fitting) for _ in range(dice.choice((0, 1, 1, 2)))}
    own |= {LONG_AGO: dice.choice(fitting)} if dice.random() < 0.5 else {}
    by_day = sorted(own.items(), key=lambda dated: dated[0])
    life = Life(currency, DIGITS[currency], sorted(zones.items()), own=by_day, default=list(prices.default))
    _live(dice, life, months, until)
    return life


def _live(dice: Random, life: Life, months: Sequence[date], until: datetime | None) -> None:
    instants = sorted(_instant(dice, life, months) for _ in range(dice.randint(2, 40)))
    seats = dict.fromkeys(PRODUCTS, 0)
    modes = ("purchase", "usage")
    for instant in instants:
        if until is not None and instant > until:
            break
        if dice.random() < 0.12:
            life.switched.append((instant, modes[len(life.switched) % 2]))
            continue
        product = dice.choice(PRODUCTS)
        more = dice.choice((1, 1, 2, 5, -1, -1, -2, -seats[product]))
        more = max(more, -seats[product])
        again = dice.random() < 0.2
        for step in (more, -more) if again and more > 0 else (more,):
            if step:
                seats[product] += step
                life.moved.append(Moved(instant, product, step))


def _instant(dice: Random, life: Life, months: Sequence[date]) -> datetime:
    """Any time, or one at which a day ends."""
    day = dice.choice(days_of(dice.choice(months)))
    if dice.random() < 0.5:
        begin = datetime(day.year, day.month, day.day, tzinfo=UTC)
        return begin + timedelta(minutes=dice.randint(-900, 2400), microseconds=dice.randint(0, 999_999))
    end = day_is_over(day, zone_of(life, day))
    return end + dice.choice((timedelta(), -timedelta(microseconds=1), HOUR / 2, -HOUR / 2, 40 * timedelta(seconds=1)))


def _day_near(dice: Random, month: date) -> date:
    return month + dice.randint(-35, 60) * DAY


def month_after(month: date, offset: int) -> date:
    """The first day of a month some months after another one."""
    place = month.year * 12 + month.month - 1 + offset
    return date(place // 12, place % 12 + 1, 1)


class Writer:
    """Writes lives into the database, inside a transaction; ids of accounts count from 1, of schedules from 101."""

    def __init__(self, prices: Prices) -> None:
        self._schedules = {id(listed): 101 + place for place, listed in enumerate(prices.lists)}
        self._products = {row[1]: row[0] for row in connection.rows_of("SELECT id, part_number FROM product")}
        self._accounts = 0
        self._put("price_schedule", [self._schedule(listed) for listed in prices.lists])
        connection.execute_many("DELETE FROM default_schedule WHERE effective_on >= ?", [("",)])
        self._put("default_schedule", [(str(day), self._schedules[id(listed)]) for day, listed in prices.default])
        for listed in prices.lists:
            self._price_rows(self._schedules[id(listed)], listed)

    def write(self, life: Life) -> int:
        """Store a life; returns the id of its account."""
        self._accounts += 1
        number = self._accounts
        first, *later = life.zones
        new = NewAccount(number, f"Account {number}", f"account-{number}.example", "US", life.currency, first[1])
        accounts.insert(_began(life), [new])
        self._put("account_zone", [(number, str(day), zone) for day, zone in later])
        self._put(
            "account_schedule",
            [
                (number, str(day), None if listed is None else self._schedules[id(listed)], utc_text(_began(life)))
                for day, listed in life.own
            ],
        )
        self._ledger(number, life.moved)
        self._switches(number, life.switched)
        return number

    def _schedule(self, listed: PriceList) -> tuple[object, ...]:
        number = self._schedules[id(listed)]
        return number, f"List {number}", f"list {number}", listed.currency, utc_text(_LONG_AGO)

    def _price_rows(self, schedule: int, listed: PriceList) -> None:
        self._put(
            "schedule_proration", [(schedule, str(day), "none" if flat else "daily") for day, flat in listed.flat]
        )
        rows = [
            (self._products[row.product], row.since, row.usage, row.purchase, utc_text(row.entered))
            for row in listed.rows
        ]
        self._put(
            "price",
            [
                (schedule, product, str(since), *(None if one is None else str(one) for one in amounts), None, None, at)
                for product, since, *amounts, at in rows
            ],
        )

    def _ledger(self, account: int, moved: Sequence[Moved]) -> None:
        """Some entries are recorded days after the instant from which they count, as late settlements are."""
        seats: dict[str, int] = {}
        rows = []
        for place, one in enumerate(moved):
            seats[one.product] = after = seats.get(one.product, 0) + one.seats
            recorded = one.at + (3 * DAY if place % 7 == 3 else 0 * DAY)
            kind = "add" if one.seats > 0 else "remove"
            counts = (kind, one.seats, 0, after, 0)
            rows.append((1, account, self._products[one.product], None, *counts, utc_text(recorded), utc_text(one.at)))
        columns = "audit_id, account_id, product_id, user_id, kind, seats, assigned, seats_after, assigned_after"
        self._put("seat_entry", rows, f"({columns}, recorded_at, effective_at)")

    def _switches(self, account: int, switched: Sequence[tuple[datetime, str]]) -> None:
        columns = "account_id, from_mode, to_mode, state, requested_at, requested_by, effective_on, time_zone, due_at"
        rows = []
        for at, to in switched:
            modes = ("usage" if to == "purchase" else "purchase", to)
            due = utc_text(at)
            rows.append((account, *modes, "done", due, "admin", due[:10], "UTC", due, utc_text(at + DAY), "admin", 1))
        self._put("mode_switch", rows, f"({columns}, ended_at, ended_by, audit_id)")

    @staticmethod
    def _put(table: str, rows: Sequence[Sequence[object]], columns: str = "") -> None:
        if rows:
            marks = ", ".join("?" * len(rows[0]))
            connection.execute_many(f"INSERT INTO {table} {columns} VALUES ({marks})", rows)


def _began(life: Life) -> datetime:
    """Before anything happened."""
    return min([moved.at for moved in life.moved], default=_LONG_AGO) - 70 * DAY
