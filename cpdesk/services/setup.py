"""First start: the database, the catalogue, and the first reseller administrator."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cpdesk.base.errors import UserError
from cpdesk.domain import names
from cpdesk.domain.catalog import CatalogProduct
from cpdesk.domain.list_prices import list_prices
from cpdesk.domain.operators import Role, Session
from cpdesk.domain.regional import checked_currency, checked_time_zone
from cpdesk.domain.schedules import BEGINNING, DEFAULT_CURRENCY, DEFAULT_NAME, plain_schedule
from cpdesk.domain.statements import Proration
from cpdesk.services.defaults import Defaults, save_defaults, stored_defaults
from cpdesk.services.door import PasswordHasher
from cpdesk.services.operators import new_recovery_code
from cpdesk.store import journal, operators, prices, products
from cpdesk.store.store import Store

Catalogue = Callable[[], tuple[CatalogProduct, ...]]
"""Reads what a new database starts with."""


@dataclass(frozen=True, slots=True)
class SetUp:
    """What set-up hands over."""

    session: Session
    recovery_code: str
    """Shown once; only its hash is kept."""


class Setup:
    """Runs before anybody can sign in."""

    def __init__(self, store: Store, hasher: PasswordHasher, catalogue: Catalogue) -> None:
        self._store = store
        self._hasher = hasher
        self._catalogue = catalogue

    def needed(self) -> bool:
        """Whether there is no first administrator yet; the database must be open."""
        with self._store.read():
            return not operators.any_exists()

    def defaults(self) -> Defaults:
        """What new accounts start with."""
        with self._store.read():
            return stored_defaults()

    def set_up(self, email: str, password: str, *, currency: str = "USD", time_zone: str = "UTC") -> SetUp:
        """Create the first reseller administrator and load the starting catalogue with its prices, all or nothing.

        Raises UserError `already_set_up`, `bad_email`, `password_empty`, `unknown_currency` or `unknown_time_zone`.
        """
        address = names.clean_address(email, "bad_email")
        defaults = Defaults(checked_currency(currency), checked_time_zone(time_zone))
        if not password:
            raise UserError("password_empty")
        hashed = self._hasher.hash(password)
        with self._store.write() as moment:
            if operators.any_exists():
                raise UserError("already_set_up", path=str(self._store.path))
            loaded = self._load_catalogue(moment.now)
            save_defaults(defaults)
            session = operators.insert(address, Role.RESELLER, None, hashed, moment.now)
            facts: dict[str, object] = {
                "email": address,
                "currency": defaults.currency,
                "time_zone": defaults.time_zone,
                **loaded,
            }
            if self._store.demo:
                facts[journal.DEMO_MARK] = True
            entry = journal.Entry(
                action="database.set_up", subject=f"operator {session.operator_id}", after=facts, by=session
            )
            journal.append(moment.now, entry)
            return SetUp(session, new_recovery_code())

    def _load_catalogue(self, now: datetime) -> dict[str, Any]:
        """The products, and the schedule that counts for everybody from the beginning on; returns its facts."""
        catalogue = self._catalogue()
        products.insert(entry.product for entry in catalogue)
        schedule = prices.insert_schedule(DEFAULT_NAME, DEFAULT_CURRENCY, now)
        prices.put_default(BEGINNING, schedule)
        prices.put_proration(schedule, BEGINNING, Proration.DAILY)
        prices.put_prices(schedule, list_prices(catalogue, products.ids_by_guid(), DEFAULT_CURRENCY, now))
        return {"schedule": {"name": DEFAULT_NAME} | plain_schedule(prices.book(schedule), products.by_id())}
