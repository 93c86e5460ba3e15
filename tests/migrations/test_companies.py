"""0002: accounts of an older database are open ones that keep their domains."""

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cpdesk.base.clock import MovableClock
from cpdesk.domain.accounts import Status
from cpdesk.store import accounts, journal, migrate
from cpdesk.store.store import Store
from tests.support.stored import without_seals
from tests.support.world import START, World, rows_of

MADE = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
FACTS = {"name": "Contoso", "domain": "Contoso.example", "country": "US", "currency": "USD", "time_zone": "UTC"}
PEOPLE = """
INSERT INTO user (id, account_id, upn, upn_key, display_name, first_name, last_name, usage_location, job_title,
 department, blocked, guest, created_at)
 VALUES (1, 77, 'ada@contoso.example', 'ada@contoso.example', 'Ada', '', '', '', '', '', 0, 0, '2026-01-05');
"""
ACCOUNT = (
    "INSERT INTO account VALUES (77, 'Contoso', 'contoso', 'Contoso.example', 'contoso.example', 'US', 'USD', 'UTC',"
    " 'usage', '2026-01-05T09:00:00.000000Z', '2026-01-05T09:00:00.000000Z')"
)


COLUMNS = "id, name, name_key, domain, country, currency, time_zone, mode, service_since, created_at"


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a database that the first version made, with an account and a user."""
    steps = tmp_path / "steps"
    steps.mkdir()
    shutil.copy(migrate.DIRECTORY / "0001_initial.py", steps)
    with monkeypatch.context() as older:
        older.setattr(migrate, "DIRECTORY", steps)
        without_seals(older)
        store = Store(tmp_path / "books", MovableClock(MADE))
        store.open(create=True)
        with closing(sqlite3.connect(store.path)) as database:
            database.execute(ACCOUNT)
            database.executescript(PEOPLE)
            database.commit()
        with store.write() as moment:
            journal.append(moment.now, journal.Entry("account.created", "account 77", 77, after=FACTS))
        store.disconnect()
    return store.folder


def test_accounts_stay_as_they_are_and_are_open(old: Path) -> None:
    before = rows_of(old / "cpdesk.db", f"SELECT {COLUMNS} FROM account")
    world = World(old, START)
    world.open()
    with world.store.read():
        (row,) = accounts.listed(START)
    assert (row.id, row.name, row.domain, row.status, row.aliases, row.users) == (
        *(77, "Contoso", "Contoso.example"),
        *(Status.ACTIVE, (), 1),
    )
    assert world.stored(f"SELECT {COLUMNS} FROM account") == before
    assert world.stored("SELECT * FROM account_domain") == [(77, 0, "Contoso.example", "contoso.example", 1)]
    world.close()


def test_the_old_domains_are_still_each_accounts_own(old: Path) -> None:
    world = World(old, START)
    world.open()
    with closing(sqlite3.connect(world.store.path)) as database, pytest.raises(sqlite3.IntegrityError):
        database.execute("INSERT INTO account_domain VALUES (78, 0, 'CONTOSO.example', 'contoso.example', 1)")
    assert [finding for finding in world.problems() if "account" in finding.where] == []
    world.close()
