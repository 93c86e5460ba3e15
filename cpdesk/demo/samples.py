"""Sample customers for a real database: made through the services, now, and without an invented past."""

from dataclasses import dataclass
from itertools import islice
from random import Random
from typing import TYPE_CHECKING

from cpdesk.demo.people import Person, people
from cpdesk.domain import topics
from cpdesk.domain.modes import Mode
from cpdesk.domain.rows import Done

if TYPE_CHECKING:
    from cpdesk.domain.operators import Session
    from cpdesk.services.bundle import Services

_REASON = "Sample data"
_PREMIUM, _BASIC, _STORAGE = "SPB", "O365_BUSINESS_ESSENTIALS", "SHAREPOINTSTORAGE"


@dataclass(frozen=True, slots=True)
class _Sample:
    name: str
    domain: str
    users: int
    spare: int = 0
    """Idle seats; a customer with some is in Purchase Mode."""
    storage: int = 0
    ends: bool = False
    """Whether the change back to Usage Mode is requested."""
    active: bool = True


_SAMPLES = (
    _Sample("Sample: Adventure Works", "adventure-works.example", users=6),
    _Sample("Sample: Contoso Freight", "contoso-freight.example", users=8, spare=3),
    _Sample("Sample: Coho Vineyard", "cohovineyard.example", users=3),
    _Sample("Sample: Northwind Traders", "northwind.example", users=5, spare=2, storage=10, ends=True),
    _Sample("Sample: Woodgrove Bank", "woodgrove.example", users=0, active=False),
)


def add_samples(services: "Services", by: "Session") -> Done[int]:
    """Add a handful of customers with users and licenses; returns how many. Raises what the services raise."""
    crowd = people(Random(_REASON), ("American", "German", "Spanish", "Indian", "Japanese"))
    for sample in _SAMPLES:
        _add(services, by, sample, list(islice(crowd, sample.users)))
    return Done(len(_SAMPLES), topics.ACCOUNTS | topics.LICENSES | topics.MODES)


def _add(services: "Services", by: "Session", sample: _Sample, staff: list[Person]) -> None:
    account = services.accounts.create(by, sample.name, sample.domain, activate=sample.active).value.id
    for number, person in enumerate(staff):
        upn = f"{person.address}@{sample.domain}"
        services.users.add(by, account, upn, person.display, reason=_REASON)
        services.licenses.assign(by, account, upn, _BASIC if number % 3 == 2 else _PREMIUM, reason=_REASON)
    if sample.spare:
        _change(services, by, account, Mode.PURCHASE)
        services.licenses.add_seats(by, account, _PREMIUM, sample.spare, reason=_REASON)
    if sample.storage:
        services.licenses.add_seats(by, account, _STORAGE, sample.storage, reason=_REASON)
    if sample.ends:
        _change(services, by, account, Mode.USAGE)


def _change(services: "Services", by: "Session", account: int, to: Mode) -> None:
    shown = services.modes.forecast(by, account, to)
    services.modes.change(by, account, to, shown, reason=_REASON)
