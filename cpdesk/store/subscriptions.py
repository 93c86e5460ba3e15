"""The ledger of one subscription: its entries, and what made its seats idle. Entries are numbered within it."""

from collections.abc import Iterator, Sequence

from cpdesk.domain.seat_tracing import Move
from cpdesk.domain.subscriptions import LedgerQuery, LedgerRow, Showing
from cpdesk.store import clock_corrections, connection
from cpdesk.store.fields import from_utc_text
from cpdesk.store.rows import in_parts

_AT = ("entry.effective_at", "entry.audit_id")
_OF_ONE = "entry.account_id = ? AND entry.product_id = ?"
_IDS = f"SELECT entry.id, entry.user_id IS NULL FROM seat_entry AS entry WHERE {_OF_ONE} ORDER BY entry.id"
_TEXTS = (
    "SELECT entry.user_id IS NULL, audit.operator, audit.reason, user.upn, user.display_name FROM seat_entry AS entry"
    " JOIN audit_entry AS audit ON audit.id = entry.audit_id LEFT JOIN user ON user.id = entry.user_id"
    f" WHERE {_OF_ONE} ORDER BY entry.id"
)
_ROWS = (
    "SELECT entry.id, {at}, entry.recorded_at, audit.operator, audit.role, audit.action, audit.reason,"
    " entry.kind, coalesce(user.upn, ''), coalesce(user.display_name, ''), entry.seats, entry.assigned,"
    " entry.seats_after, entry.assigned_after"
    " FROM seat_entry AS entry JOIN audit_entry AS audit ON audit.id = entry.audit_id"
    " LEFT JOIN user ON user.id = entry.user_id WHERE entry.id IN ({ids})"
)
_MOVES = (
    "SELECT {at}, entry.seats - entry.assigned, coalesce(user.upn, ''), coalesce(user.display_name, '')"
    f" FROM seat_entry AS entry LEFT JOIN user ON user.id = entry.user_id WHERE {_OF_ONE}"
    " AND entry.seats <> entry.assigned AND entry.id > coalesce((SELECT max(id) FROM seat_entry AS full"
    "  WHERE full.account_id = entry.account_id AND full.product_id = entry.product_id"
    "  AND full.seats_after = full.assigned_after), 0) ORDER BY entry.id"
)


def find(account_id: int, product_id: int, query: LedgerQuery) -> tuple[int, ...]:
    """The numbers of the entries that a query asks for, in its order."""
    words = query.text.casefold().split()
    if words:
        rows = connection.rows_of(_TEXTS, account_id, product_id)
        told = ((of_pool, "\n".join(filter(None, texts)).casefold()) for of_pool, *texts in rows)
        fits = [all(word in text for word in words) and _shown(query, of_pool) for of_pool, text in told]
    else:
        fits = [_shown(query, of_pool) for _id, of_pool in connection.rows_of(_IDS, account_id, product_id)]
    numbers = [number for number, fit in enumerate(fits, start=1) if fit]
    return tuple(numbers if query.oldest_first else reversed(numbers))


def some(account_id: int, product_id: int, numbers: Sequence[int]) -> list[LedgerRow]:
    """The entries with these numbers, in this order; unknown numbers are left out."""
    ids = [row[0] for row in connection.rows_of(_IDS, account_id, product_id)]
    wanted = {number: ids[number - 1] for number in numbers if 0 < number <= len(ids)}
    found: dict[int, tuple[object, ...]] = {}
    at = clock_corrections.counted(*_AT)
    for part in in_parts(wanted.values()):
        marks = ", ".join(map(str, part))
        found |= {row[0]: row[1:] for row in connection.rows_of(_ROWS.format(ids=marks, at=at))}
    return [_row(number, *found[wanted[number]]) for number in numbers if number in wanted]


def moves(account_id: int, product_id: int) -> Iterator[Move]:
    """What made seats idle or took idle ones away, in the order of the ledger, since none was idle."""
    for effective_at, idle, upn, name in connection.rows_of(
        _MOVES.replace("{at}", clock_corrections.counted(*_AT)), account_id, product_id
    ):
        yield Move(from_utc_text(effective_at), idle, upn, name)


def _shown(query: LedgerQuery, of_pool: object) -> bool:
    return query.showing is Showing.ALL or bool(of_pool) is (query.showing is Showing.POOL)


def _row(number: int, effective_at: object, recorded_at: object, *facts: object) -> LedgerRow:
    return LedgerRow(number, from_utc_text(str(effective_at)), from_utc_text(str(recorded_at)), *facts)  # type: ignore[arg-type]
