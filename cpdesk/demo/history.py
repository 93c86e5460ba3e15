"""Thirteen months of work with the panel, done again through the services: no row is written but by them."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from itertools import chain
from operator import itemgetter
from pathlib import Path
from random import Random

from cpdesk.base import zones
from cpdesk.base.clock import DemoClock
from cpdesk.composition import compose
from cpdesk.demo.customers import CUSTOMERS, Turn
from cpdesk.demo.life import EXTRAS, STORAGE, Life
from cpdesk.demo.moments import END, START, TIME_ZONE
from cpdesk.demo.moving import Mover
from cpdesk.demo.plans import PLANNED, REDUCTION_PLANNED, Plans
from cpdesk.demo.price_lists import PriceLists
from cpdesk.demo.statements import GOODWILL, SENT, Statements
from cpdesk.demo.team import OnePassword, Team
from cpdesk.services.bundle import Services

_SEED = "cpdesk"
_RISE_KNOWN = datetime(2026, 6, 8, 15, tzinfo=UTC)
"""When the lists with the prices of July come in."""
_LARGE = 90
"""From so many users on, a customer has its people put in order by import from time to time."""
_HAPPENINGS = (Life.join, Life.join, Life.leave, Life.move)

Event = tuple[datetime, Callable[[], None]]


def write_history(folder: Path) -> None:
    """Make the database of the demo in a folder, up to END, and close it."""
    clock = DemoClock(START, elapsed=_standing_still)
    store, services = compose(folder, clock, OnePassword())
    store.open(create=True)
    try:
        _live(services, clock, folder)
    finally:
        store.disconnect()


def _live(services: Services, clock: DemoClock, folder: Path) -> None:
    team = Team(services, Random(_SEED))
    team.set_up(TIME_ZONE)
    names = {product.part_number: product.name for product in services.licenses.products()}
    sold = {*chain.from_iterable(customer.products for customer in CUSTOMERS), *EXTRAS, STORAGE}
    price_lists = PriceLists(team, sold, folder)
    price_lists.open()
    statements = Statements(team)
    statements.enter_company()
    lives = [Life(customer, team, names, folder) for customer in CUSTOMERS]
    sent = [(at, partial(statements.send, month)) for at, month in SENT]
    plans = Plans(team)
    planned: list[Event] = [(REDUCTION_PLANNED, plans.plan_reduction), (PLANNED, plans.plan)]
    of_reseller: list[Event] = [(_RISE_KNOWN, price_lists.rise), *sent, (GOODWILL, statements.give_back), *planned]
    events = chain(chain.from_iterable(map(_events, lives)), of_reseller)
    mover = Mover(clock, services.settler)
    for at, happen in sorted(events, key=itemgetter(0)):
        mover.move_to(at)
        happen()
    mover.move_to(END)


def _events(life: Life) -> Iterator[Event]:
    """What happens to one customer, in no order."""
    random = Random(f"{_SEED} {life.customer.domain}")
    begun = _at_work(life.customer.since, random)
    yield begun, partial(life.begin, begun)
    for day, what in life.customer.story:
        at = _at_work(day, random)
        yield at, partial(life.turn, what, at)
    yield from _everyday(life, random)


def _everyday(life: Life, random: Random) -> Iterator[Event]:
    """Joiners, movers and leavers: the more, the larger the customer."""
    customer = life.customer
    last = min((day for day, what in customer.story if what is Turn.SUSPEND), default=END.date())
    day = customer.since
    while (day := day + timedelta(days=_pause(customer.users, random))) < last:
        at = _at_work(day, random)
        happen = Life.reorganise if customer.users >= _LARGE and random.random() < 0.2 else random.choice(_HAPPENINGS)
        yield at, partial(happen, life, at)


def _pause(users: int, random: Random) -> int:
    """Days until something happens again."""
    usual = 75 if users < 20 else 50 if users < _LARGE else 35
    return random.randint(usual // 2, usual * 3 // 2)


def _at_work(day: date, random: Random) -> datetime:
    """Some time (UTC) between nine and five in the reseller's zone; at weekends nobody works."""
    day += timedelta(days=max(0, 7 - day.isoweekday()) + 1 if day.isoweekday() > 5 else 0)
    time_of_day = time(random.randint(9, 16), random.randint(0, 59), random.randint(0, 59))
    return datetime.combine(day, time_of_day, zones.zone(TIME_ZONE)).astimezone(UTC)


def _standing_still() -> float:
    return 0.0
