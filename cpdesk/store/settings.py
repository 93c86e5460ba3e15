"""Facts about the database as a whole."""

from cpdesk.store.models import Setting


def get(key: str, default: str = "") -> str:
    """The value of a setting, or `default`."""
    row = Setting.get_or_none(Setting.key == key)
    return row.value if row else default


def put(key: str, value: str) -> None:
    """Set a setting."""
    Setting.insert(key=key, value=value).on_conflict_replace().execute()
