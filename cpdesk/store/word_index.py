"""Finding users and accounts by words of their names, among a million as quickly as among few.

Two full-text indexes of SQLite's (FTS5) that keep nothing but which word stands in whose name. So whoever changes a
name has the old words taken away here. No trigger does it: a database with triggers or views is never restored, as
they could change what is written later.

The words are made in Python (`finding`), so that SQLite's own idea of letters and accents, which differs by its
version, has no part in it: its tokenizer takes everything beyond ASCII for letters.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from peewee import DatabaseError

from cpdesk.domain import finding
from cpdesk.store import connection
from cpdesk.store.rows import in_parts

USERS, ACCOUNTS = "user_word", "account_word"
LONGEST_LIST = 8
"""Letters. What begins with so many has a list ready: to put one together takes 0.3 s per million that are in it."""
# Neither places nor sizes, which nobody asks for.
_PREFIX = " ".join(map(str, range(1, LONGEST_LIST + 1)))
_OPTIONS = f"words, content='', columnsize=0, detail=none, prefix='{_PREFIX}', tokenize='ascii'"
SCHEMA = tuple(f"CREATE VIRTUAL TABLE {table} USING fts5({_OPTIONS})" for table in (USERS, ACCOUNTS))
PARTS = frozenset(f"{table}{part}" for table in (USERS, ACCOUNTS) for part in ("", "_config", "_data", "_idx"))
"""The tables of the indexes: what stands in them is SQLite's own business."""
_ALL_USERS = "SELECT id, account_id, display_name, upn FROM user WHERE deleted_at IS NULL"
_ALL_ACCOUNTS = (
    "SELECT id, name, (SELECT json_group_array(domain) FROM account_domain WHERE account_id = account.id) FROM account"
)
_OWNER = "§"
"""Begins the word that says whose user it is: no word of a name, nor of what is typed, has anything but letters."""
_MOST_WORDS = 16
"""Of what is typed; nobody means more."""


def user_words(account_id: int, display_name: str, upn: str) -> str:
    """The words by which a user is found, and whose user it is."""
    return f"{finding.different_words((display_name, upn))} {_OWNER}{account_id}"


def account_words(account_id: int, names: Iterable[str]) -> str:
    """The words by which an account is found: its name, its domains, its number."""
    return finding.different_words((*names, str(account_id)))


def find_users(words: Sequence[str], most: int, only: int | None = None, *, whole: bool = False) -> list[int]:
    """Ids of active users whose name or UPN has words that begin with these, lowest first; no words find nobody.

    At most `most` of them; `only` those of this account; `whole`: has these words themselves.
    """
    owner = [] if only is None else [f'"{_OWNER}{only}"']
    return _find(USERS, words, most, owner, whole=whole)


def find_accounts(words: Sequence[str], most: int, *, whole: bool = False) -> list[int]:
    """Ids of accounts whose name, domains or number have words that begin with these; at most `most`.

    `whole`: that have these words themselves.
    """
    return _find(ACCOUNTS, words, most, [], whole=whole)


def _find(table: str, words: Sequence[str], most: int, terms: Sequence[str], *, whole: bool) -> list[int]:
    if not words:
        return []
    rest = "" if whole else "*"
    wanted = " AND ".join([*terms, *(f'"{word}"{rest}' for word in words[:_MOST_WORDS])])
    rows = connection.rows_of(f"SELECT rowid FROM {table} WHERE {table} MATCH ? LIMIT ?", wanted, most)
    return [row[0] for row in rows]


def add_users(words: Iterable[tuple[int, str]]) -> None:
    """Have users found who were not yet: by id, what `user_words` gives."""
    _add(USERS, words)


def fill_anew() -> None:
    """Have everybody found by the own words, whatever stands in the indexes."""
    for table in (USERS, ACCOUNTS):
        connection.plain().execute(f"INSERT INTO {table} ({table}) VALUES ('delete-all')")
    _add(USERS, ((row[0], user_words(*row[1:])) for row in connection.rows_of(_ALL_USERS)))
    companies = connection.rows_of(_ALL_ACCOUNTS)
    _add(ACCOUNTS, [(one, account_words(one, (name, *json.loads(domains)))) for one, name, domains in companies])


def rename_users(people: Iterable[tuple[int, str, str]]) -> None:
    """Have users found by other names than those that are still stored: id, display name and UPN.

    Those who are not active are left alone.
    """
    wanted = {user_id: names for user_id, *names in people}
    known = {row[0]: row[1:] for row in _rows_of(f"{_ALL_USERS} AND id IN", wanted)}
    renamed = [user_id for user_id, (_account, *names) in known.items() if names != wanted[user_id]]
    _take(USERS, ((user_id, user_words(*known[user_id])) for user_id in renamed))
    _add(USERS, ((user_id, user_words(known[user_id][0], *wanted[user_id])) for user_id in renamed))


def drop_users(user_ids: Collection[int]) -> None:
    """Have users not found any more; call it while they are still active."""
    _take(USERS, _words_of_users(user_ids))


def restore_users(user_ids: Collection[int]) -> None:
    """Have users found who are active again."""
    _add(USERS, _words_of_users(user_ids))


def tidy() -> None:
    """Have nothing left of words that were taken away: until then they stand there with a mark."""
    for table in (USERS, ACCOUNTS):
        connection.execute_many(f"INSERT INTO {table} ({table}) VALUES (?)", [("optimize",)])


def add_accounts(words: Iterable[tuple[int, str]]) -> None:
    """Have accounts found that were not yet: by id, what `account_words` gives."""
    _add(ACCOUNTS, words)


@contextmanager
def changing_accounts(account_ids: Collection[int]) -> Iterator[None]:
    """Around every change of what these accounts are found by."""
    before = words_of_accounts(account_ids)
    yield
    _take(ACCOUNTS, before.items())
    _add(ACCOUNTS, words_of_accounts(account_ids).items())


def _words_of_users(user_ids: Collection[int]) -> Iterator[tuple[int, str]]:
    return ((row[0], user_words(*row[1:])) for row in _rows_of(f"{_ALL_USERS} AND id IN", user_ids))


def words_of_accounts(account_ids: Collection[int]) -> dict[int, str]:
    """The words of accounts."""
    rows = _rows_of(f"{_ALL_ACCOUNTS} WHERE id IN", account_ids)
    return {one: account_words(one, (name, *json.loads(domains))) for one, name, domains in rows}


def _rows_of(sql: str, ids: Collection[int]) -> Iterator[tuple[Any, ...]]:
    """Rows of a statement that ends where a list of ids is to follow."""
    for part in in_parts(ids):
        yield from connection.rows_of(f"{sql} ({', '.join('?' * len(part))})", *part)


def _add(table: str, words: Iterable[tuple[int, str]]) -> None:
    # In the order of their numbers: otherwise each is written by itself.
    connection.execute_many(f"INSERT INTO {table} (rowid, words) VALUES (?, ?)", sorted(words))


def _take(table: str, words: Iterable[tuple[int, str]]) -> None:
    connection.execute_many(f"INSERT INTO {table} ({table}, rowid, words) VALUES ('delete', ?, ?)", sorted(words))


def misled() -> list[tuple[str, int | None]]:
    """Who is not found by exactly the own words, "user" or "account" and the number: proven by indexing all anew.

    No number: that index cannot be read at all.
    """
    people = ((row[0], user_words(*row[1:])) for row in connection.rows_of(_ALL_USERS))
    companies = connection.rows_of(_ALL_ACCOUNTS)
    named = ((one, account_words(one, (name, *json.loads(domains)))) for one, name, domains in companies)
    indexes = (("user", USERS, people), ("account", ACCOUNTS, named))
    return [(kind, one) for kind, table, ought in indexes for one in _misled(table, ought)]


def _misled(table: str, ought: Iterable[tuple[int, str]]) -> list[int | None]:
    run = connection.plain().execute
    # In a database of this connection's own: whoever proves something changes nothing.
    run(f"CREATE VIRTUAL TABLE temp.ought USING fts5({_OPTIONS})")
    run("CREATE VIRTUAL TABLE temp.ought_words USING fts5vocab('temp', 'ought', 'instance')")
    run(f"CREATE VIRTUAL TABLE temp.kept_words USING fts5vocab('main', '{table}', 'instance')")
    try:
        connection.execute_many("INSERT INTO temp.ought (rowid, words) VALUES (?, ?)", ought)
        return [row[0] for row in connection.rows_of(_DIFFERING)]
    except DatabaseError as error:
        # SQLite's own check of a file does not look into it.
        if not connection.is_damage(error):
            raise
        return [None]
    finally:
        for made in ("kept_words", "ought_words", "ought"):
            run(f"DROP TABLE temp.{made}")


_DIFFERING = """
    SELECT doc FROM (SELECT term, doc FROM ought_words EXCEPT SELECT term, doc FROM kept_words)
    UNION SELECT doc FROM (SELECT term, doc FROM kept_words EXCEPT SELECT term, doc FROM ought_words) ORDER BY doc
"""
