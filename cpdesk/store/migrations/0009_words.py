"""Users and accounts are found by the words of their names."""

import json
import re
import unicodedata
from collections.abc import Iterator

from peewee import Database

OPTIONS = "words, content='', columnsize=0, detail=none, prefix='1 2 3 4 5 6 7 8', tokenize='ascii'"
BETWEEN_WORDS = re.compile(r"[\W_]+")
OWNER = "§"


def up(migrator: object, db: Database) -> None:
    for table in ("user_word", "account_word"):
        db.execute_sql(f"CREATE VIRTUAL TABLE {table} USING fts5({OPTIONS})")
    fill(db, "user_word", user_words(db))
    fill(db, "account_word", account_words(db))


def fill(db: Database, table: str, rows: Iterator[tuple[int, str]]) -> None:
    db.connection().executemany(f"INSERT INTO {table} (rowid, words) VALUES (?, ?)", rows)


def user_words(db: Database) -> Iterator[tuple[int, str]]:
    sql = "SELECT id, account_id, display_name, upn FROM user WHERE deleted_at IS NULL ORDER BY id"
    for user, account, *texts in db.execute_sql(sql):
        yield user, f"{words(texts)} {OWNER}{account}"


def account_words(db: Database) -> Iterator[tuple[int, str]]:
    sql = (
        "SELECT id, name, (SELECT json_group_array(domain) FROM account_domain WHERE account_id = account.id)"
        " FROM account ORDER BY id"
    )
    for account, name, domains in db.execute_sql(sql):
        yield account, words([name, *json.loads(domains), str(account)])


def words(texts: list[str]) -> str:
    return " ".join(dict.fromkeys(word for text in texts for word in plain(text).split()))


def plain(text: str) -> str:
    letters = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    return BETWEEN_WORDS.sub(" ", letters).casefold()
