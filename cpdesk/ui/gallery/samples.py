"""Rows for the gallery and the tests of pages: the accounts of an imagined reseller on November 22, 2026."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count

from cpdesk.base import zones
from cpdesk.domain import switching
from cpdesk.domain.accounts import Status
from cpdesk.domain.billing import Cost
from cpdesk.domain.modes import Mode, PendingSwitch
from cpdesk.domain.operators import Role, Session
from cpdesk.domain.rows import AccountRow

NOW = datetime(2026, 11, 22, 22, 46, tzinfo=UTC)

_ZONE = "America/New_York"
_NUMBERS = count(1)


def account(
    name: str,
    domain: str,
    mode: Mode = Mode.USAGE,
    pending_on: date | None = None,
    *,
    users: int = 0,
    seats: int = 0,
    assigned: int | None = None,
    active: bool = True,
) -> AccountRow:
    """An account as the Customer List gets it; `pending_on` is when a change to Usage Mode takes effect."""
    number = next(_NUMBERS)
    return AccountRow(
        id=number,
        name=name,
        domain=domain,
        country="US",
        currency="USD",
        time_zone=_ZONE,
        mode=mode,
        service_active=active,
        pending=_pending(number, pending_on) if pending_on else None,
        users=users,
        seats=seats,
        assigned=seats if assigned is None else assigned,
    )


def _pending(account_id: int, effective_on: date) -> PendingSwitch:
    return PendingSwitch(
        id=account_id,
        account_id=account_id,
        to=Mode.USAGE,
        effective_on=effective_on,
        time_zone=_ZONE,
        due_at=switching.first_instant(effective_on, zones.zone(_ZONE)),
        requested_at=datetime(2026, 11, 18, 15, 4, tzinfo=UTC),
        requested_by="dana.reyes@reseller.example",
    )


_FIRST = date(2026, 12, 1)

CONTOSO = account("Contoso Freight", "contoso-freight.example", Mode.PURCHASE, _FIRST, users=74, seats=82, assigned=71)

ACCOUNTS = (
    account("Adatum Insurance", "adatum.example", users=31, seats=34),
    CONTOSO,
    account("Fabrikam Dental Group", "fabrikam-dental.example", Mode.PURCHASE, users=212, seats=240, assigned=209),
    account("Graphic Design Institute", "gdi.example", users=18, seats=18),
    account("Lamna Healthcare", "lamna.example", Mode.PURCHASE, _FIRST, users=640, seats=655, assigned=640),
    account("Northwind Traders", "northwind.example", users=96, seats=101),
    account("Proseware", "proseware.example", users=7, seats=7),
    account("Tailspin Toys", "tailspin.example", Mode.PURCHASE, date(2027, 1, 1), users=44, seats=60, assigned=44),
    account("Woodgrove Bank", "woodgrove.example", users=1204, seats=1391),
)

_LITWARE = account("Litware", "litware.example", Mode.PURCHASE, users=12, seats=15, assigned=11)

NOT_OPEN = (
    replace(_LITWARE, status=Status.SUSPENDED, aliases=("litware-labs.example",)),
    replace(account("Wide World Importers", "wideworld.example", users=3), status=Status.CLOSED),
    replace(account("Wingtip Toys", "wingtip.example", Mode.PURCHASE, users=9), status=Status.CLOSED),
)
"""Accounts that are suspended or closed."""

_LONG = (
    "The Honourable Company of Edinburgh Clockmakers, Watchmakers and Instrument Repairers (Holdings) Limited",
    "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesellschaft mit beschränkter Haftung & Co. KG",
    "شركة النور للتجارة والخدمات اللوجستية المحدودة",
    "株式会社日本インターナショナル・ロジスティクス・ホールディングス",
)
LONG_NAMES = tuple(
    account(name, f"{'a-rather-long-label.' * 3}number-{place}.example", Mode.PURCHASE, _FIRST, users=5, seats=9)
    for place, name in enumerate(_LONG, 1)
)

STRANGE = (
    "\u05d0\u05d1\u05d2\u05d3 \u05d1\u05e2\u05f4\u05de 365",
    "Remove \u202e9\u202c0",
    '<b>Contoso</b><a href="http://x">Ltd</a>',
    "a\x00b\x1b[31m\nc",
    "../../etc/passwd & \U0001f469\u200d\U0001f4bb",
    " ".join(["W" * 40] * 240),
)
"""Names that no service takes, or that turn a sentence round: what another program may have put into the database."""
STRANGE_NAMES = tuple(
    account(name, f"number-{place}.example", Mode.PURCHASE, _FIRST, users=5, seats=9)
    for place, name in enumerate(STRANGE, 1)
)


def costs_of(accounts: Iterable[AccountRow]) -> dict[int, Cost]:
    """What accounts cost a month; every seventh has a product without a price."""
    prices = {Mode.USAGE: Decimal("18.90"), Mode.PURCHASE: Decimal("16.35")}
    return {row.id: Cost(row.seats * prices[row.mode], row.currency, int(row.id % 7 == 3)) for row in accounts}


def many_accounts(number: int) -> tuple[AccountRow, ...]:
    """As many accounts as a large distributor has, by name."""
    return tuple(_numbered(place) for place in range(1, number + 1))


def _numbered(place: int) -> AccountRow:
    mode = Mode.PURCHASE if place % 3 == 0 else Mode.USAGE
    pending_on = _FIRST if place % 9 == 0 else None
    name = f"Customer {place:05d}"
    return account(name, f"customer-{place:05d}.example", mode, pending_on, users=place % 240, seats=place % 260)


RESELLER = Session(1, "dana.reyes@reseller.example", Role.RESELLER, None)
AUDITOR = Session(2, "robin.cole@auditor.example", Role.AUDITOR, None)
CUSTOMER = Session(3, "morgan.ellis@contoso-freight.example", Role.CUSTOMER, CONTOSO.id)
