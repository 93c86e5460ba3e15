"""A real file database with the services over it, and short words for what tests do with them."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from cpdesk.base.clock import MovableClock
from cpdesk.composition import (
    contained_products,
    keep_salvage,
    open_pack,
    published_names,
    seat_limits,
    starting_catalogue,
)
from cpdesk.domain.modes import Mode
from cpdesk.domain.operators import Role, Session
from cpdesk.domain.rows import AccountRow, Done, Finding
from cpdesk.gateways.account_archive import write_account
from cpdesk.gateways.account_files import read_accounts
from cpdesk.gateways.bulk_files import read_bulk
from cpdesk.gateways.price_lists import read_price_list
from cpdesk.gateways.product_files import read_product_file
from cpdesk.gateways.user_files import read_export
from cpdesk.services.bundle import Services
from cpdesk.services.seat_tasks import SeatsResult
from cpdesk.services.surroundings import FolderKind
from cpdesk.store import cipher, connection, word_index
from cpdesk.store.store import Store
from tests.support.keyrings import MemoryKeyring, QuickKeys
from tests.support.passwords import CheapPasswords, MemoryVault
from tests.support.schedulers import MemoryScheduler

START = datetime(2026, 11, 10, 12, 0, tzinfo=UTC)
"""When the databases of tests are set up."""
NEW_YORK = "America/New_York"
DUE = datetime(2026, 12, 1, 5, 0, tzinfo=UTC)
"""When a change to Usage Mode that is requested in New York in November 2026 takes effect."""
ADMIN = "admin@reseller.example"
PASSWORD = "correct horse"

PREMIUM = "SPB"
E3 = "ENTERPRISEPACK"
STORAGE = "SHAREPOINTSTORAGE"
"""A tenant product."""


class Counts(NamedTuple):
    """An account's seats of a product."""

    seats: int
    assigned: int


class World:
    """One database with one reseller administrator, a movable clock, and everything over them."""

    def __init__(self, folder: Path, now: datetime = START) -> None:
        self.folder = folder
        self.clock = MovableClock(now)
        self.store = Store(folder, self.clock)
        self.scheduler = MemoryScheduler()
        self.keyring = MemoryKeyring()
        self.vault = MemoryVault()
        self.services = self._services()
        self.by = Session(1, ADMIN, Role.RESELLER, None)
        """The reseller administrator."""

    def _services(self) -> Services:
        return Services(
            self.store,
            hasher=CheapPasswords(),
            vault=self.vault,
            read_export=read_export,
            read_accounts=read_accounts,
            read_bulk=read_bulk,
            read_price_list=read_price_list,
            read_product_file=read_product_file,
            catalogue=starting_catalogue,
            published=published_names,
            contained=contained_products,
            seat_limits=seat_limits,
            scheduler=lambda: self.scheduler,
            look_at=lambda _folder: FolderKind.LOCAL,
            open_pack=open_pack,
            write_account=write_account,
            key_maker=QuickKeys(),
            keyring=lambda: self.keyring,
            write_salvage=keep_salvage,
        )

    def open(self, *, create: bool = False) -> None:
        """Open the database. Tests survive a power failure without waiting for the disk."""
        self.store.open(create=create)
        connection.database.pragma("synchronous", 0)

    def close(self) -> None:
        self.store.disconnect()

    def set_up(self) -> None:
        """Make the database and its administrator."""
        self.open(create=True)
        self.services.setup.set_up(ADMIN, PASSWORD, time_zone=NEW_YORK)

    def reopen(self) -> None:
        """Close the file and start over, as a new start of the program does."""
        self.close()
        self.store = Store(self.folder, self.clock)
        self.services = self._services()
        self.open()

    # What a test arranges

    def account(
        self, name: str = "Contoso", *users: str, domain: str = "", zone: str = NEW_YORK, active: bool = True
    ) -> int:
        """An account in Usage Mode with these users, and its id."""
        domain = domain or f"{name.casefold()}.example"
        made = self.services.accounts.create(self.by, name, domain, time_zone=zone, activate=active)
        for upn in users:
            self.user(made.value.id, upn)
        return made.value.id

    def pool(self, name: str = "Contoso", *users: str, seats: int = 5, zone: str = NEW_YORK) -> int:
        """An account in Purchase Mode with idle seats of Premium, and its id."""
        account = self.account(name, *users, zone=zone)
        self.to_purchase(account)
        self.buy(account, seats)
        return account

    def operator(self, role: Role, account: int | None = None, email: str = "") -> Session:
        """Somebody else who signs in."""
        address = email or f"{role}{account or ''}@reseller.example"
        self.services.operators.add(self.by, address, role, account, PASSWORD)
        return self.services.operators.sign_in(address, PASSWORD)

    # What an administrator does

    def user(self, account: int, upn: str) -> str:
        self.services.users.add(self.by, account, upn, upn.partition("@")[0].title())
        return upn

    def assign(self, account: int, upn: str, product: str = PREMIUM) -> Done[SeatsResult]:
        return self.services.licenses.assign(self.by, account, upn, product)

    def unassign(self, account: int, upn: str, product: str = PREMIUM) -> Done[SeatsResult]:
        return self.services.licenses.remove(self.by, account, upn, product)

    def buy(self, account: int, count: int, product: str = PREMIUM) -> Done[SeatsResult]:
        return self.services.licenses.add_seats(self.by, account, product, count)

    def give_back(self, account: int, count: int, product: str = PREMIUM) -> Done[SeatsResult]:
        return self.services.licenses.remove_seats(self.by, account, product, count)

    def change(self, account: int, to: Mode) -> AccountRow:
        shown = self.services.modes.forecast(self.by, account, to)
        return self.services.modes.change(self.by, account, to, shown).value

    def to_purchase(self, account: int) -> AccountRow:
        return self.change(account, Mode.PURCHASE)

    def request_usage(self, account: int) -> AccountRow:
        return self.change(account, Mode.USAGE)

    def keep(self, account: int) -> AccountRow:
        return self.services.modes.keep(self.by, account).value

    def suspend(self, account: int) -> AccountRow:
        return self.services.accounts.suspend(self.by, account).value

    def resume(self, account: int) -> AccountRow:
        return self.services.accounts.resume(self.by, account).value

    def shut(self, account: int) -> AccountRow:
        """Close an account."""
        shown = self.services.accounts.closing(self.by, account)
        return self.services.accounts.close(self.by, account, shown).value

    def open_again(self, account: int) -> AccountRow:
        """Reopen a closed account."""
        return self.services.accounts.reopen(self.by, account).value

    # What a test looks at

    def show(self, account: int) -> AccountRow:
        """The account, after settling what is due in it."""
        return self.services.accounts.show(self.by, account)

    def mode(self, account: int) -> Mode:
        return self.show(account).mode

    def counts(self, account: int, product: str = PREMIUM) -> Counts:
        """Seats of a product, after settling."""
        rows = self.services.licenses.rows(self.by, account)
        return next((Counts(row.seats, row.assigned) for row in rows if row.part_number == product), Counts(0, 0))

    def licenses(self, account: int) -> dict[str, tuple[str, ...]]:
        """Who holds what, after settling."""
        return {row.upn: row.licenses for row in self.services.users.rows(self.by, account)}

    def stored(self, sql: str, *params: object) -> list[tuple[Any, ...]]:
        """Rows as they stand in the file, past the services: looking settles nothing."""
        return rows_of(self.store.path, sql, *params)

    def problems(self) -> list[Finding]:
        """What `check` holds against the books."""
        return [finding for finding in self.services.checks.run() if finding.severity == "error"]


def rows_of(path: Path, sql: str, *params: object) -> list[tuple[Any, ...]]:
    """Rows of a database file, read by a connection of their own."""
    with closing(connected(path)) as database:
        return database.execute(sql, params).fetchall()


def connected(path: Path) -> sqlite3.Connection:
    """A connection past the program, to a database that may be encrypted."""
    plain = cipher.connect(path, cipher.salt_of(path))
    plain.isolation_level = "DEFERRED"
    return plain


def dump(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table of a database file, sorted."""
    with closing(connected(path)) as database:
        return {table: _content(database, table) for table in _tables(database)}


def _tables(database: sqlite3.Connection) -> list[str]:
    rows = database.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    # How an index is cut into pieces depends on when they were written.
    return sorted({name for (name,) in rows} - word_index.PARTS)


def _content(database: sqlite3.Connection, table: str) -> list[tuple[Any, ...]]:
    return sorted(database.execute(f'SELECT * FROM "{table}"').fetchall(), key=repr)
