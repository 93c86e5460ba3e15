"""A database of 100,000 accounts and 1,000,000 users, made by plain SQL once and kept in the build folder."""

import hashlib
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from itertools import accumulate
from pathlib import Path
from random import Random

from cpdesk.base.clock import MovableClock
from cpdesk.base.paths import DATABASE_FILE
from cpdesk.composition import compose
from cpdesk.domain import names
from cpdesk.store import migrate, word_index
from cpdesk.store.fields import utc_text
from tests.benchmarks.children import ROOT
from tests.benchmarks.credentials import ADMIN, PASSWORD
from tests.benchmarks.results import tell

ACCOUNTS, USERS = 100_000, 1_000_000
LARGEST = 50_000
"""Users of the first account."""
FIRST_ACCOUNT = 10_000_000
MADE = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
_GIVEN = """
    James Mary Robert Patricia John Jennifer Michael Linda David Elizabeth William Barbara Richard Susan Anna
    Lukas Björn Émile Zoë José María Søren Łukasz Çağla Nguyễn Aoife Fatima Mohammed Wei Yuki Chidi Ines Goran
    Hana Jürgen Renée Siân Óscar Åsa Dvora Priya Arjun Olga Дмитрий Ольга Νίκος 太郎 花子 Xenia Quentin Ulla Viktor
    Ursula Zlatan
"""
_FAMILY = """
    Smith Johnson Williams Brown Jones García Miller Davis Rodríguez Martínez Müller Schmidt Schneider Fischer
    Weber Meyer Wagner Becker Schulz Hoffmann Dubois Lefèvre Moreau Rossi Russo Ferrari Nowak Kowalski Wójcik
    Hansen Nielsen Ólafsson Jónsdóttir Nguyễn Trần Kim Park Singh Kaur Patel Иванов Петрова Παπαδόπουλος 佐藤 鈴木
    Okafor Mbeki O'Brien McCarthy van-der-Berg Quist Xu Zimmermann Demir Ünal Östlund Álvarez Dvořák Haddad Goto
"""
_TRADES = """
    Freight Dental Bakery Logistics Consulting Legal Media Robotics Farming Energy Textiles Brewing Optics Tools
    Clinic School Insurance Travel Foods Shipping Audio Print Garden Steel Paper Glass Marine Aviation Software
    Music
"""
_PLACES = """
    Contoso Fabrikam Northwind Tailspin Litware Proseware Adatum Wingtip Zürich Malmö Łódź Köln Bergen Porto
    Nantes Leeds Austin Denver Osaka Hanoi Lagos Quito Lima Perth Cardiff Turin Graz Basel Ghent Riga
"""


def crowd() -> Path:
    """The data folder with it; made anew when the schema or this module changed."""
    folder = ROOT / "build" / "bench-crowd"
    stamp, wanted = folder / "made-by", _stamp()
    if not stamp.exists() or stamp.read_text(encoding="utf-8") != wanted:
        shutil.rmtree(folder, ignore_errors=True)
        tell(f"making {ACCOUNTS} accounts and {USERS} users")
        _make(folder)
        stamp.write_text(wanted, encoding="utf-8")
    return folder


def _stamp() -> str:
    steps = sorted(migrate.DIRECTORY.glob("[0-9]*.py"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in (*steps, Path(__file__)))).hexdigest()


def _make(folder: Path) -> None:
    store, services = compose(folder, MovableClock(MADE))
    store.open(create=True)
    services.setup.set_up(ADMIN, PASSWORD)
    store.disconnect()
    with closing(sqlite3.connect(folder / DATABASE_FILE)) as plain:
        plain.execute("PRAGMA synchronous = OFF")
        with plain:
            _fill(plain)
        plain.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _fill(plain: sqlite3.Connection) -> None:
    accounts = [(FIRST_ACCOUNT + 7 * place, *_company(place)) for place in range(ACCOUNTS)]
    made = utc_text(MADE)
    plain.executemany(
        "INSERT INTO account (id, name, name_key, domain, country, currency, time_zone, mode, service_since,"
        f" created_at, status) VALUES (?, ?, ?, ?, 'US', 'USD', 'UTC', 'usage', '{made}', '{made}', 'active')",
        ((one, name, names.key(name), domain) for one, name, domain in accounts),
    )
    plain.executemany(
        "INSERT INTO account_domain (account_id, position, domain, domain_key, kept) VALUES (?, 0, ?, ?, 1)",
        ((one, domain, names.domain_key(domain)) for one, _name, domain in accounts),
    )
    plain.executemany(
        "INSERT INTO user (id, account_id, upn, upn_key, display_name, name_key, first_name, last_name, usage_location,"
        " job_title, department, blocked, guest, created_at)"
        f" VALUES (?, ?, ?, ?, ?, ?, '', '', '', '', '', 0, 0, '{made}')",
        ((*row[:3], names.key(row[2]), row[3], names.key(row[3])) for row in _people(accounts)),
    )
    index(plain, accounts)


def index(plain: sqlite3.Connection, accounts: list[tuple[int, str, str]]) -> None:
    """Fill the indexes of words."""
    users = plain.execute("SELECT id, account_id, display_name, upn FROM user ORDER BY id").fetchall()
    plain.executemany(
        f"INSERT INTO {word_index.USERS} (rowid, words) VALUES (?, ?)",
        ((row[0], word_index.user_words(*row[1:])) for row in users),
    )
    plain.executemany(
        f"INSERT INTO {word_index.ACCOUNTS} (rowid, words) VALUES (?, ?)",
        ((one, word_index.account_words(one, (name, domain))) for one, name, domain in accounts),
    )


def _company(place: int) -> tuple[str, str]:
    places, trades = _PLACES.split(), _TRADES.split()
    where, trade = places[place % len(places)], trades[place // len(places) % len(trades)]
    return f"{where} {trade} {place}", f"{trade.lower()}-{place}.example"


def _people(accounts: list[tuple[int, str, str]]) -> Iterator[tuple[int, int, str, str]]:
    """Some names are frequent, as names are."""
    dice = Random(1)
    given, family = _GIVEN.split(), _FAMILY.split()
    firsts = dice.choices(given, cum_weights=_weights(given), k=USERS)
    lasts = dice.choices(family, cum_weights=_weights(family), k=USERS)
    for number in range(USERS):
        place = 0 if number < LARGEST else 1 + (number - LARGEST) % (ACCOUNTS - 1)
        account, _name, domain = accounts[place]
        first, last = firsts[number], lasts[number]
        local = f"{first}.{last}{number}".replace("'", "").lower()
        yield number + 1, account, f"{local}@{domain}", f"{first} {last}"


def _weights(listed: list[str]) -> list[float]:
    return list(accumulate(1 / place for place in range(1, len(listed) + 1)))
