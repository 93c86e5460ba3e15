"""The history and the idle seats of imagined subscriptions, for scenes and tests of their page."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from cpdesk.domain.modes import Mode
from cpdesk.domain.rows import Done, SubscriptionRow
from cpdesk.domain.seat_tracing import SeatTrace, TracedSeats
from cpdesk.domain.subscriptions import LedgerQuery, LedgerRow, Showing
from cpdesk.domain.timelines import ModeDay, SeatDay, SeatTimeline
from cpdesk.domain.topics import THRESHOLDS
from cpdesk.services.products import Products
from cpdesk.services.subscriptions import Subscriptions
from cpdesk.services.thresholds import Thresholds
from cpdesk.services.timelines import Timelines
from cpdesk.ui.gallery.service_samples import CATALOGUE, NOW, POOL, ZONE, Sample
from cpdesk.ui.gallery.stand_ins import StandIn

LOW = replace(POOL[1], threshold=3, low=True)
"""Office 365 E3, of which few are left."""
DANA, MORGAN = "dana.reyes@northwind.example", "morgan.ellis@contoso-freight.example"
_PEOPLE = ("Ada Reyes", "Bo Lindqvist", "Chidi Okafor", "Dana Whitfield", "Emil Sørensen")


def entry(number: int, at: datetime, kind: str, user: str = "", **facts: Any) -> LedgerRow:
    """A ledger entry; `user` is a display name."""
    upn = f"{user.split(maxsplit=1)[0].lower()}@contoso-freight.example" if user else ""
    usual = {
        "recorded_at": at,
        "operator": DANA,
        "role": "reseller",
        "action": {"assign": "license.assigned", "unassign": "license.removed", "add": "seats.added"}.get(kind, kind),
        "reason": "",
        "seats": 0,
        "assigned": {"assign": 1, "unassign": -1}.get(kind, 0),
        "seats_after": 20,
        "assigned_after": 17,
    }
    return LedgerRow(number=number, effective_at=at, kind=kind, upn=upn, name=user, **{**usual, **facts})


HISTORY = (
    entry(1, NOW - timedelta(days=400), "assign", "Ada Reyes", seats=1, seats_after=1, assigned_after=1),
    entry(2, NOW - timedelta(days=390), "assign", "Bo Lindqvist", seats=1, seats_after=2, assigned_after=2),
    entry(3, NOW - timedelta(days=70), "add", seats=18, reason="INC-20417 annual budget", assigned_after=2),
    entry(
        4,
        datetime(2026, 10, 1, 4, tzinfo=UTC),
        "release",
        operator="cpdesk",
        role="cpdesk",
        action="mode.completed",
        recorded_at=datetime(2026, 10, 4, 13, 7, tzinfo=UTC),
        seats=-3,
        seats_after=17,
        assigned_after=17,
    ),
    entry(
        5, NOW - timedelta(days=20), "unassign", "Ada Reyes", action="user.removed", reason="leaver", assigned_after=16
    ),
    entry(6, NOW - timedelta(hours=2), "assign", "Chidi Okafor", operator=MORGAN, role="customer"),
)


def many_entries(number: int) -> tuple[LedgerRow, ...]:
    """As many entries as a busy subscription has."""
    return tuple(
        entry(
            place,
            NOW - timedelta(minutes=17 * (number - place)),
            "unassign" if place % 2 else "assign",
            _PEOPLE[place % len(_PEOPLE)],
            reason=f"INC-{place}" if place % 7 == 0 else "",
        )
        for place in range(1, number + 1)
    )


def idle(number: int, days: int, seats: int = 1, user: str = "", cost: str = "0.00") -> TracedSeats:
    """Idle seats; `user` is the display name of the last holder."""
    upn = f"{user.split(maxsplit=1)[0].lower()}@contoso-freight.example" if user else ""
    return TracedSeats(number, seats, NOW - timedelta(days=days), days, upn, user, Decimal(cost), 0)


IDLE = (idle(1, 70, 2, cost="108.87"), idle(2, 20, user="Ada Reyes", cost="16.10"))


def many_idle(number: int) -> tuple[TracedSeats, ...]:
    """As many idle seats as a company that lets thousands go has."""
    people = (_PEOPLE[place % len(_PEOPLE)] for place in range(number))
    return tuple(
        idle(place, number - place, user=person, cost=f"{(number - place + 1) * 0.77:.2f}")
        for place, person in enumerate(people, start=1)
    )


TIMELINE = SeatTimeline(
    NOW.date(),
    (
        SeatDay(date(2025, 11, 1), 2, 2, Mode.USAGE),
        SeatDay(date(2026, 3, 9), 11, 11, Mode.USAGE),
        SeatDay(date(2026, 9, 14), 20, 11, Mode.PURCHASE),
        SeatDay(date(2026, 10, 12), 20, 18, Mode.PURCHASE),
        SeatDay(date(2026, 11, 3), 20, 17, Mode.PURCHASE),
    ),
    (ModeDay(date(2026, 9, 14), Mode.PURCHASE),),
)


def subscription(
    sample: Sample,
    entries: Sequence[LedgerRow] = HISTORY,
    seats: Iterable[TracedSeats] = IDLE,
    timeline: SeatTimeline = TIMELINE,
    **answers: Any,
) -> Sample:
    """The account with all that the page of one of its subscriptions asks; `answers` replace those of services."""
    trace = SeatTrace(tuple(seats), "USD", ZONE)
    known: dict[str, Any] = {
        "find": lambda _by, _id, _product, query: _found(entries, query),
        "some": lambda _by, _id, _product, numbers: [entries[number - 1] for number in numbers],
        "trace": trace,
        "seats": timeline,
        "set": lambda _by, _id, guid, threshold, **_why: Done(_with(sample, guid, threshold), THRESHOLDS),
        "by_id": {int(item.guid[:8], 16): item for item in CATALOGUE},
        **answers,
    }
    areas: dict[str, tuple[type, tuple[str, ...]]] = {
        "subscriptions": (Subscriptions, ("find", "some", "trace")),
        "timelines": (Timelines, ("seats",)),
        "thresholds": (Thresholds, ("set",)),
        "products": (Products, ("by_id",)),
    }
    made = {key: StandIn(area, **{name: known[name] for name in names}) for key, (area, names) in areas.items()}
    return replace(sample, more=made)


def _found(entries: Sequence[LedgerRow], query: LedgerQuery) -> tuple[int, ...]:
    words = query.text.casefold().split()
    of_pool = query.showing is Showing.POOL
    rows = [row for row in entries if query.showing is Showing.ALL or (not row.upn) is of_pool]
    fits = [row.number for row in rows if all(word in f"{row.name} {row.reason}".casefold() for word in words)]
    return tuple(fits if query.oldest_first else reversed(fits))


def _with(sample: Sample, guid: str, threshold: int | None) -> SubscriptionRow:
    row = next(row for row in sample.rows if row.guid == guid)
    return replace(row, threshold=threshold, low=threshold is not None and row.available <= threshold)
