"""A database of many accounts with a year behind them, and the one query that counts their seats by day."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

from cpdesk.base.clock import MovableClock
from cpdesk.base.paths import DATABASE_FILE
from cpdesk.composition import compose
from cpdesk.domain.accounts import NewAccount
from cpdesk.domain.book import Book
from cpdesk.domain.modes import Mode
from cpdesk.store import accounts, connection, journal
from cpdesk.store.fields import utc_text
from tests.benchmarks.credentials import ADMIN, PASSWORD

BEGAN = datetime(2025, 10, 20, 9, 0, tzinfo=UTC)
DAYS = 377
LATER = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
"""When twelve months are over."""
MONTH = date(2026, 10, 1)
"""The last of them."""
CROWD = 5_000
"""Users of the first account."""
_PRODUCTS = 6
_CHANGES_A_WEEK = 0.02
"""How many of its users somebody gives a license to, or takes one from."""
_BATCH = 100

# The first instant of a day belongs to it, and its zone is UTC: so a change counts from its own date on.
_SEAT_DAYS = """
    SELECT account_id, product_id,
        sum(seats * min(:days, julianday(:end) - julianday(substr(effective_at, 1, 10))))
    FROM seat_entry WHERE effective_at < :end GROUP BY account_id, product_id
"""


def prepare(folder: Path, count: int, users: int) -> None:
    """Make a database of so many accounts, one of them with a crowd, and so many users in all of them."""
    store, services = compose(folder, MovableClock(BEGAN))
    store.open(create=True)
    services.setup.set_up(ADMIN, PASSWORD)
    dice = Random(count)
    sizes = [CROWD, *([(users - CROWD) // (count - 1)] * (count - 1) if count > 1 else ())]
    first_user = 1
    for start in range(0, count, _BATCH):
        with store.write():
            for number, size in list(enumerate(sizes, start=1))[start : start + _BATCH]:
                _account(number, range(first_user, first_user + size), dice)
                first_user += size
    store.disconnect()


def seat_days(folder: Path, month: date, account_id: int | None = None) -> dict[tuple[int, int], int]:
    """Seats by day added up over a month, by account and product, counted by SQLite alone."""
    which = "" if account_id is None else f" account_id = {account_id} AND"
    end = (month + timedelta(days=31)).replace(day=1)
    asked = {"end": end.isoformat(), "days": (end - month).days}
    plain = sqlite3.connect(folder / DATABASE_FILE)
    rows = plain.execute(_SEAT_DAYS.replace("WHERE", f"WHERE{which}"), asked).fetchall()
    plain.close()
    return {(account, product): int(days) for account, product, days in rows if days}


def _account(number: int, users: range, dice: Random) -> None:
    name = f"Account {number}"
    new = NewAccount(number, name, f"account-{number}.example", "US", "USD", "UTC", active=True)
    accounts.insert(BEGAN, [new])
    _users(number, users)
    book = Book(number, Mode.USAGE, ())
    journal.append(LATER, *_entries(book, users, dice))
    if number % 2:
        _switch(number)


def _users(account: int, users: range) -> None:
    created = utc_text(BEGAN)
    connection.execute_many(
        "INSERT INTO user (id, account_id, upn, upn_key, display_name, name_key, first_name, last_name,"
        " usage_location, job_title, department, blocked, guest, created_at)"
        " VALUES (?, ?, ?, ?, ?, ?, '', '', '', '', '', 0, 0, ?)",
        [
            (user, account, *(f"user{user}@account-{account}.example",) * 2, *(f"user {user}",) * 2, created)
            for user in users
        ],
    )


def _entries(book: Book, users: range, dice: Random) -> Iterator[journal.Entry]:
    """Everybody gets one or two licenses at the beginning; then they come and go all the year."""
    held = {}
    for user in users:
        for product in dice.sample(range(1, _PRODUCTS + 1), dice.choice((1, 2))):
            book.assign(product, user, product="")
            held[user, product] = True
    yield _entry(book, BEGAN)
    changes = round(len(users) * _CHANGES_A_WEEK * DAYS / 7)
    for minute in sorted(dice.randint(60, (DAYS - 1) * 24 * 60) for _ in range(changes)):
        user, product = dice.choice(users), dice.randint(1, _PRODUCTS)
        if held.pop((user, product), False):
            book.unassign(product, user)
        else:
            book.assign(product, user, product="")
            held[user, product] = True
        yield _entry(book, BEGAN + timedelta(minutes=minute))


def _entry(book: Book, at: datetime) -> journal.Entry:
    lines = book.take_lines()
    return journal.Entry(
        action="license.assigned",
        subject=f"account {book.account_id}",
        account_id=book.account_id,
        lines=lines,
        effective_at=at,
    )


def _switch(account: int) -> None:
    """In the middle of the year, and the seats stay as they are."""
    due = utc_text(BEGAN + timedelta(days=DAYS // 2))
    connection.execute_many(
        "INSERT INTO mode_switch (account_id, from_mode, to_mode, state, requested_at, requested_by, effective_on,"
        " time_zone, due_at, ended_at, ended_by, audit_id)"
        " VALUES (?, 'usage', 'purchase', 'done', ?, ?, ?, 'UTC', ?, ?, ?, 1)",
        [(account, due, ADMIN, due[:10], due, due, ADMIN)],
    )
    accounts.set_modes([(account, Mode.PURCHASE)])
