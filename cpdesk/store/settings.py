"""Facts about the database as a whole."""

from cpdesk.store import connection


def get(key: str, default: str = "") -> str:
    """The value of a setting, or `default`."""
    row = next(connection.rows_of("SELECT value FROM setting WHERE key = ?", key), None)
    return str(row[0]) if row else default


def put(key: str, value: str) -> None:
    """Set a setting."""
    connection.execute_many("INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)", [(key, value)])


def forget(key: str) -> None:
    """Have a setting be as if nobody had ever set it."""
    connection.execute_many("DELETE FROM setting WHERE key = ?", [(key,)])


def sizes() -> tuple[int, int, int]:
    """How many accounts, active users and audit entries there are."""
    row = next(
        connection.rows_of(
            "SELECT (SELECT count(*) FROM account), (SELECT count(*) FROM user WHERE deleted_at IS NULL),"
            " (SELECT count(*) FROM audit_entry)"
        )
    )
    return int(row[0]), int(row[1]), int(row[2])
