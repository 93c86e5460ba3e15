"""Facts about the database as a whole."""

from cpdesk.store import connection
from cpdesk.store.models import Setting


def get(key: str, default: str = "") -> str:
    """The value of a setting, or `default`."""
    row = Setting.get_or_none(Setting.key == key)
    return row.value if row else default


def put(key: str, value: str) -> None:
    """Set a setting."""
    Setting.insert(key=key, value=value).on_conflict_replace().execute()


def sizes() -> tuple[int, int, int]:
    """How many accounts, active users and audit entries there are."""
    row = next(
        connection.rows_of(
            "SELECT (SELECT count(*) FROM account), (SELECT count(*) FROM user WHERE deleted_at IS NULL),"
            " (SELECT count(*) FROM audit_entry)"
        )
    )
    return int(row[0]), int(row[1]), int(row[2])
