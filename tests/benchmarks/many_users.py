"""A database with one account of very many users, made by importing them."""

from datetime import UTC, datetime
from pathlib import Path

from cpdesk.base.clock import MovableClock
from cpdesk.composition import compose
from tests.benchmarks.credentials import ADMIN, PASSWORD
from tests.support.exports import E3_NAME, PREMIUM_NAME, person, write

ACCOUNT, DOMAIN = "Crowded Ltd", "crowded.example"
MADE = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
_GIVEN = ("Ada", "Björn", "Chidi", "Dana", "Émile", "Fatima", "Goran", "Hana", "Ines", "Jun")
_FAMILY = ("Álvarez", "Berg", "Costa", "Dvořák", "Evans", "Fischer", "Goto", "Haddad", "Ivanova", "Jansen")


def prepare(folder: Path, count: int) -> None:
    """Make the database, and the file that the users come from beside it."""
    file = write(folder.with_suffix(".csv"), *(_person(number) for number in range(count)))
    store, services = compose(folder, MovableClock(MADE))
    store.open(create=True)
    by = services.setup.set_up(ADMIN, PASSWORD).session
    account = services.accounts.create(by, ACCOUNT, DOMAIN, activate=True).value
    services.imports.run(by, account.id, file)
    store.disconnect()


def _person(number: int) -> dict[str, str]:
    given, family = _GIVEN[number % 10], _FAMILY[number // 10 % 10]
    held = {0: (PREMIUM_NAME,), 1: (E3_NAME,), 2: (PREMIUM_NAME, E3_NAME)}.get(number % 4, ())
    return person(f"user{number:05}@{DOMAIN}", *held, name=f"{given} {family} {number}", blocked=number % 50 == 0)
