"""Everything of one account in one file, to be handed to the customer: a ZIP of JSON and CSV with a manifest.

Each part stands in it as NAME.json, and a list also as NAME.csv; `manifest.json` says what they hold, and gives the
size and the SHA-256 of each. Instants are UTC, calendar dates the account's own, amounts text in its currency.
Numbers count within the account, as a customer administrator sees them: nothing says that other accounts exist.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any, Final

FORMAT: Final = "cpdesk-account"
VERSION: Final = 1
SUFFIX: Final = ".zip"

CONTENTS: Final[Mapping[str, str]] = {
    "account": "The company: name, domains, contacts, zone, currency, billing mode and pending switch.",
    "users": "Active users with what is known of them and the part numbers of their licenses.",
    "deleted_users": "Users who were deleted and not erased.",
    "subscriptions": "Seats of each product: how many, assigned, and when a low number is warned of.",
    "ledger": "Every change of seats and assignments, oldest first: what each count and charge is derived from.",
    "prices": "What a seat of each product in use costs a month today, in both modes.",
    "statements": "Each month, line by line; with the number of the issued statement.",
    "issued_statements": "What was printed on each issued statement, and its corrections.",
    "planned_changes": "Joiners, leavers and reductions planned for a date, and what became of them.",
    "audit": "Who changed what and when, newest first.",
}
"""What each part is, by its name; the same in every language, for whoever reads the file with a program."""

_INTERNAL: Final = frozenset({"product_id"})
"""Fields that mean nothing outside of this database."""


@dataclass(frozen=True, slots=True)
class ExportPart:
    """One part: a list of objects, or a single one."""

    name: str
    rows: Callable[[], Iterable[Mapping[str, Any]]] | Mapping[str, Any]
    """JSON values. Those of a list come as often as they are asked for, so that they need not be held all at once."""


@dataclass(frozen=True, slots=True)
class AccountExport:
    """A file that was written."""

    path: Path
    account: str
    counts: Mapping[str, int]
    """Rows by the name of the part; 1 for a part that is no list."""


def plain(value: object) -> Any:
    """A row as JSON values."""
    if is_dataclass(value) and not isinstance(value, type):
        named = (field.name for field in fields(value) if field.name not in _INTERNAL)
        return {name: plain(getattr(value, name)) for name in named}
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(one) for one in value]
    return _text(value) if isinstance(value, date | Decimal | Enum) else value


def _text(value: date | Decimal | Enum) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return value.isoformat() if isinstance(value, date) else str(value)
