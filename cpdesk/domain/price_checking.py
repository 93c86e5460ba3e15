"""Proving the prices: what stands in the tables of schedules and prices against what the audit log says was entered."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cpdesk.domain import names
from cpdesk.domain.checking import error
from cpdesk.domain.price_following import FIRST, PriceFacts, PriceKey
from cpdesk.domain.rows import Finding

Row = Sequence[Any]


@dataclass(frozen=True)
class StoredPrices:
    """The tables as they are stored, raw values throughout."""

    schedules: Mapping[int, Row]
    """Name, name key, currency, created at; by schedule id."""
    defaults: Mapping[str, int]
    accounts: Mapping[tuple[int, str], Row]
    """Schedule, or None for the default one, and when it was recorded; by account and day."""
    prorations: Mapping[tuple[int, str], str]
    prices: Mapping[PriceKey, Row]
    """Four amounts or None each, and when it was recorded."""
    upgraded: Mapping[str, Row]
    """What an upgrade gave the first schedule: day and four amounts, by GUID."""


def check_prices(stored: StoredPrices, known: PriceFacts) -> Iterator[Finding]:
    """Every row of the tables as the audit log has it."""
    yield from _check_schedules(stored, known)
    parts: tuple[tuple[str, Mapping[Any, Any], Mapping[Any, Any]], ...] = (
        ("default_schedule", stored.defaults, known.defaults),
        ("account_schedule", stored.accounts, known.accounts),
        ("schedule_proration", stored.prorations, known.prorations),
    )
    for table, is_now, ought in parts:
        for place in _differing(is_now, ought):
            yield error("schedule_altered", f"{table} {place}", f"{is_now.get(place)}, not {ought.get(place)}")
    for key in _differing(stored.prices, known.prices):
        if known.proven or not _from_upgrade(key, stored, known):
            where = f"price schedule {key.schedule_id}, product {key.guid} from {key.effective_on}"
            yield error("price_altered", where, f"{stored.prices.get(key)}, not {known.prices.get(key)}")


def _differing(is_now: Mapping[Any, Any], ought: Mapping[Any, Any]) -> list[Any]:
    """Where two tables differ, a row that one of them lacks included."""
    places = is_now.keys() | ought.keys()
    different = [one for one in places if one not in is_now or one not in ought or is_now[one] != ought[one]]
    return sorted(different, key=repr)


def _check_schedules(stored: StoredPrices, known: PriceFacts) -> Iterator[Finding]:
    for schedule in sorted(stored.schedules.keys() | known.schedules.keys()):
        where = f"price schedule {schedule}"
        if schedule not in stored.schedules:
            yield error("schedule_missing", where)
            continue
        name, key, currency, _created = stored.schedules[schedule]
        if known.schedules.get(schedule) != (name, currency) or key != names.key(name):
            yield error("schedule_altered", where)


def _from_upgrade(key: PriceKey, stored: StoredPrices, known: PriceFacts) -> bool:
    """Whether a price that no entry tells of is one that an upgrade has written."""
    if key.schedule_id != FIRST or key in known.prices or key not in stored.prices:
        return False
    *amounts, _recorded = stored.prices[key]
    return stored.upgraded.get(key.guid) == (key.effective_on, *amounts)
