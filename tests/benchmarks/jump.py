"""How quickly Ctrl+K answers over 100,000 accounts and 1,000,000 users: each key, by itself and painted."""

import time
from collections.abc import Iterator
from pathlib import Path

from cpdesk.base.clock import MovableClock
from cpdesk.composition import compose
from cpdesk.domain.operators import Role, Session
from cpdesk.services.bundle import Services
from tests.benchmarks import children
from tests.benchmarks.credentials import ADMIN, PASSWORD
from tests.benchmarks.crowd import ACCOUNTS, FIRST_ACCOUNT, MADE, USERS, crowd
from tests.benchmarks.results import Result, tell, worst

DEMAND = 50.0
"""Milliseconds a key."""
CUSTOMER = "customer@contoso.example"
_ROUNDS = 3
TYPED = ("a", "zz", "xqz", "j s c", "james smith", "smith j", "consulting", "contoso freight", "łódź", "m n o p", "12")
"""Frequent and rare beginnings, several words, nothing that fits; each is typed letter by letter."""


def jump(folder: Path) -> Iterator[Result]:
    """The use case for a reseller and for the customer administrator of the largest account; then the window."""
    data = crowd()
    note = f"{ACCOUNTS} accounts, {USERS} users"
    store, services = compose(data, MovableClock(MADE))
    store.open()
    try:
        by = services.operators.sign_in(ADMIN, PASSWORD)
        for name, who in (("reseller", by), ("customer administrator", _customer(services, by))):
            tell(f"jump, {name}")
            yield worst(f"jump, asked by a {name}", "ms", list(_times(services, who)), DEMAND, note)
    finally:
        store.disconnect()
    tell("jump in the window")
    (folder / "prepared").symlink_to(data)
    found = children.at_work("jump_at_work", folder)
    yield worst("jump, from a key to the painted results", "ms", found["keys"], DEMAND, note)
    yield worst("jump, longest pause", "ms", [found["pause"]], DEMAND, note)


def _times(services: Services, by: Session) -> Iterator[float]:
    services.jump.find(by, TYPED[0])  # the file may not have been read since it was made
    for typed in TYPED:
        for end in range(1, len(typed) + 1):
            for _round in range(_ROUNDS):
                started = time.perf_counter()
                services.jump.find(by, typed[:end])
                yield 1000 * (time.perf_counter() - started)


def _customer(services: Services, by: Session) -> Session:
    known = [row.email for row in services.operators.rows(by)]
    if CUSTOMER not in known:
        services.operators.add(by, CUSTOMER, Role.CUSTOMER, FIRST_ACCOUNT, PASSWORD)
    return services.operators.sign_in(CUSTOMER, PASSWORD)
