"""Does the database come into being, and do the promises hold that are kept in it?"""

import sys
from pathlib import Path

from cpdesk.base.clock import DemoClock, MovableClock
from cpdesk.composition import compose
from cpdesk.demo.moments import END
from cpdesk.demo.moving import Mover, first_of_next_month
from cpdesk.domain.encryption import MARK, SALT_BYTES, Lock
from cpdesk.domain.modes import Mode
from cpdesk.gateways.keys import Argon2Keys
from cpdesk.selftest.books import Books
from cpdesk.selftest.results import Broken
from cpdesk.services.bundle import Services
from cpdesk.store import cipher, connection, migrate, recoding
from cpdesk.store.store import Store

_PASSWORD = "a long sentence"


def check_migrations(folder: Path) -> str:
    """All migrations on a new file, which is set up and whole afterwards."""
    steps = _steps()
    _require_whole(*compose(folder, DemoClock(END)), create=True)
    return ", ".join(steps)


def check_upgrade(folder: Path) -> str:
    """A file of the oldest schema is brought up to date by opening it, after a backup."""
    folder.mkdir()
    steps = _steps()
    store, services = compose(folder, MovableClock(END))
    store.point()
    store.connect()
    migrate.upgrade(_nothing, steps[0])
    store.disconnect()
    _require_whole(store, services)
    backups = [path.name for path in services.backups.folder().iterdir()]
    if len(backups) != 1:
        raise Broken(f"no backup was made before: {backups}")
    return f"{steps[0]} to {steps[-1]}, {backups[0]}"


def check_encryption(folder: Path) -> str:
    """A database is encrypted, opens by its key, is whole, and comes out again as it was."""
    if not cipher.possible():
        if getattr(sys, "frozen", False):
            raise Broken("SQLCipher is not there")
        return "not installed"
    store, services = compose(folder, MovableClock(END))
    _require_whole(store, services, create=True)
    salt = MARK + bytes(SALT_BYTES - len(MARK))
    recoding.rewrite(store.path, Lock(salt, Argon2Keys().derive(_PASSWORD, salt)))
    if cipher.salt_of(store.path) != salt:
        raise Broken("the file is not encrypted")
    store.open()
    findings = services.checks.run()
    (version,) = connection.plain().execute("PRAGMA cipher_version").fetchone()
    store.disconnect()
    recoding.rewrite(store.path, None)
    if findings or cipher.salt_of(store.path) is not None:
        raise Broken(f"it did not come out as it was: {findings}")
    return f"SQLCipher {version}"


def check_switch(books: Books) -> str:
    """A change to Usage Mode is requested, waits for the first of the month, and leaves no seat without a user."""
    account_id = _in_purchase_mode(books)
    forecast = books.services.modes.forecast(books.by, account_id, Mode.USAGE)
    requested = books.services.modes.change(books.by, account_id, Mode.USAGE, forecast).value
    if requested.mode is not Mode.PURCHASE or requested.pending is None:
        raise Broken(f"the change was not queued: {requested.mode}")
    settled = Mover(books.clock, books.services.settler).move(first_of_next_month)
    _require_settled(books, account_id, [switch.account_id for switch in settled.switches])
    books.sound()
    return f"{forecast.account}: complete on {requested.pending.effective_on}, {len(settled.switches)} switches in all"


def _steps() -> list[str]:
    steps = sorted(path.stem for path in migrate.DIRECTORY.glob("[0-9]*.py"))
    if not steps:
        raise Broken("there are no migrations")
    return steps


def _require_whole(store: Store, services: Services, *, create: bool = False) -> None:
    """Open a database that nobody has used; afterwards it can be used, and nothing is wrong with it."""
    store.open(create=create)
    try:
        left = migrate.pending()
        services.setup.set_up("self@test.example", _PASSWORD)
        findings = services.checks.run()
    finally:
        store.disconnect()
    if left or findings:
        raise Broken(f"not applied: {left}, findings: {findings}")


def _in_purchase_mode(books: Books) -> int:
    """An account that has seats to lose."""
    for row in books.services.accounts.rows(books.by):
        if row.mode is Mode.PURCHASE and row.pending is None and row.service_active and row.seats > row.assigned:
            return row.id
    raise Broken("no account in Purchase Mode has a free seat")


def _require_settled(books: Books, account_id: int, settled: list[int]) -> None:
    after, _completed = books.services.modes.show(books.by, account_id)
    if after.mode is not Mode.USAGE or after.pending is not None or settled.count(account_id) != 1:
        raise Broken(f"the switch was not completed once: {after.mode}, {settled}")
    idle = [row.part_number for row in books.services.licenses.rows(books.by, account_id) if row.seats != row.assigned]
    if idle or after.seats != after.assigned:
        raise Broken(f"seats that nobody holds: {idle or after.seats - after.assigned}")


def _nothing() -> None:
    return None
