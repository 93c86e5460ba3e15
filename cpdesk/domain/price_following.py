"""What the audit log says became of schedules and prices, to be compared with what stands in their tables."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from cpdesk.domain import names
from cpdesk.domain.schedules import BEGINNING, DEFAULT_CURRENCY, DEFAULT_NAME
from cpdesk.domain.statements import Proration

Facts = dict[str, Any]
FIRST = 1
"""The number of the schedule that there is from set-up."""

_AMOUNTS = ("usage_price", "purchase_price", "usage_cost", "purchase_cost")


class PriceEntry(NamedTuple):
    """An audit entry about schedules and prices, or about the set-up."""

    action: str
    subject: str
    account_id: int | None
    recorded_at: str
    """UTC, as it is stored."""
    after: Facts


class PriceKey(NamedTuple):
    """What there is one price of."""

    schedule_id: int
    guid: str
    effective_on: str


@dataclass
class PriceFacts:
    """What the tables ought to hold, as they store it."""

    proven: bool = False
    """Whether the log tells of the first schedule's prices, too: it does since new databases have them."""
    schedules: dict[int, tuple[str, str]] = field(default_factory=dict)
    """Name and currency, by id."""
    defaults: dict[str, int] = field(default_factory=dict)
    """Schedules by day."""
    accounts: dict[tuple[int, str], tuple[int | None, str]] = field(default_factory=dict)
    """Schedules, and when they were recorded, by account and day."""
    prorations: dict[tuple[int, str], str] = field(default_factory=dict)
    """By schedule and day."""
    prices: dict[PriceKey, tuple[Any, ...]] = field(default_factory=dict)
    """Usage price, Purchase price, both costs, and when it was recorded."""


def follow(entries: Iterable[PriceEntry]) -> PriceFacts:
    """Everything that was entered, in order."""
    known = PriceFacts()
    for entry in entries:
        # An entry that was altered is told of already.
        with suppress(KeyError, TypeError, ValueError):
            _take(entry, known)
    return known


def _take(entry: PriceEntry, known: PriceFacts) -> None:
    action = entry.action
    if action == "database.set_up":
        _begin(entry, known)
    elif action == "prices.schedule_assigned":
        assert entry.account_id is not None
        place = (entry.account_id, entry.after["effective_on"])
        known.accounts[place] = (_schedule_named(entry.after["schedule"], known), entry.recorded_at)
    else:
        _take_schedule(entry, int(entry.subject.removeprefix("price schedule ")), known)


def _begin(entry: PriceEntry, known: PriceFacts) -> None:
    """An older database got its first schedule by an upgrade, which no entry tells of."""
    known.schedules[FIRST] = (DEFAULT_NAME, DEFAULT_CURRENCY)
    known.defaults[BEGINNING.isoformat()] = FIRST
    known.prorations[FIRST, BEGINNING.isoformat()] = str(Proration.DAILY)
    if "schedule" in entry.after:
        known.proven = True
        _add(FIRST, entry.after["schedule"], entry.recorded_at, known)


def _take_schedule(entry: PriceEntry, schedule: int, known: PriceFacts) -> None:
    facts = entry.after
    if entry.action == "prices.schedule_added":
        _add(schedule, facts, entry.recorded_at, known)
    elif entry.action == "prices.schedule_renamed":
        known.schedules[schedule] = (facts["name"], known.schedules[schedule][1])
    elif entry.action == "prices.proration_set":
        known.prorations[schedule, facts["effective_on"]] = facts["proration"]
    elif entry.action == "prices.default_set":
        known.defaults[facts["effective_on"]] = schedule
    elif entry.action == "prices.imported":
        _put(schedule, facts["prices"], entry.recorded_at, known)
    elif entry.action == "prices.changed":
        _put(schedule, [facts], entry.recorded_at, known)
    elif entry.action == "prices.withdrawn":
        known.prices.pop(PriceKey(schedule, facts["guid"], facts["effective_on"]), None)


def _add(schedule: int, facts: Mapping[str, Any], recorded_at: str, known: PriceFacts) -> None:
    known.schedules[schedule] = (facts["name"], facts["currency"])
    for one in facts["prorations"]:
        known.prorations[schedule, one["effective_on"]] = one["proration"]
    _put(schedule, facts["prices"], recorded_at, known)


def _put(schedule: int, prices: Iterable[Mapping[str, Any]], recorded_at: str, known: PriceFacts) -> None:
    for price in prices:
        key = PriceKey(schedule, price["guid"], price["effective_on"])
        known.prices[key] = (*(price[amount] for amount in _AMOUNTS), recorded_at)


def _schedule_named(name: str | None, known: PriceFacts) -> int | None:
    """The schedule with a name then; None for the default one."""
    if name is None:
        return None
    return next(
        schedule for schedule, (other, _currency) in known.schedules.items() if names.key(other) == names.key(name)
    )
