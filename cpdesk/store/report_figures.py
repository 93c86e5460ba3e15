"""What the reports read of assignments, users and the ledger, in plain SQL: they look at all accounts at once."""

from collections.abc import Iterator
from typing import Any

from cpdesk.domain.reports import Held, IdlePool
from cpdesk.store import clock_corrections, connection
from cpdesk.store.fields import from_utc_text

_IDLE = """
    WITH idle AS (
        SELECT held.account_id, held.product_id, held.seats, held.assigned, (
            SELECT coalesce(max(entry.id), 0) FROM seat_entry AS entry
            WHERE entry.account_id = held.account_id AND entry.product_id = held.product_id
            AND entry.seats_after = entry.assigned_after
        ) AS none_idle
        FROM subscription AS held JOIN product ON product.id = held.product_id
        WHERE held.seats > held.assigned AND product.assignable_to = 'user'{which}
    )
    SELECT account_id, product_id, seats, assigned, (
        SELECT {at} FROM seat_entry AS entry
        WHERE entry.account_id = idle.account_id AND entry.product_id = idle.product_id AND entry.id > idle.none_idle
        ORDER BY entry.id LIMIT 1
    ), (
        SELECT user.upn FROM seat_entry AS entry JOIN user ON user.id = entry.user_id
        WHERE entry.account_id = idle.account_id AND entry.product_id = idle.product_id AND entry.id > idle.none_idle
        AND entry.kind = 'unassign' AND NOT EXISTS (
            SELECT 1 FROM seat_entry AS later
            WHERE later.account_id = entry.account_id AND later.product_id = entry.product_id AND later.id > entry.id
            AND later.seats_after - later.assigned_after < entry.seats_after - entry.assigned_after
        ) ORDER BY entry.id DESC LIMIT 1
    )
    FROM idle
"""
_BLOCKED = """
    SELECT user.account_id, user.id, user.upn, user.display_name, assignment.product_id
    FROM user JOIN assignment ON assignment.user_id = user.id
    WHERE user.blocked AND user.deleted_at IS NULL{which} ORDER BY user.id
"""
_SEVERAL = """
    SELECT user.account_id, user.id, user.upn, user.display_name, assignment.product_id
    FROM user JOIN assignment ON assignment.user_id = user.id
    WHERE user.id IN (
        SELECT held.user_id FROM assignment AS held WHERE 1{held} GROUP BY held.user_id HAVING count(*) > 1
    )
    AND user.deleted_at IS NULL ORDER BY user.id
"""


def idle(only: int | None) -> list[IdlePool]:
    """Pools with idle seats, in all accounts or one; products of the tenant are never assigned and have none.

    Idle seats are told apart by the rule of `seat_tracing`: a license that was taken from somebody is idle still if
    there have never been fewer idle seats since than with it.
    """
    return [
        IdlePool(account_id, product_id, seats, assigned, from_utc_text(since) if since else None, holder or "")
        for account_id, product_id, seats, assigned, since, holder in _rows(
            _IDLE.replace("{at}", clock_corrections.counted("entry.effective_at", "entry.audit_id")),
            "held.account_id",
            only,
        )
    ]


def held_by_blocked(only: int | None) -> Iterator[Held]:
    """The licenses of users whose sign-in is blocked, user by user."""
    return (Held(*row) for row in _rows(_BLOCKED, "user.account_id", only))


def held_by_holders_of_several(only: int | None) -> Iterator[Held]:
    """The licenses of users who have more than one, user by user."""
    which, params = ("", ()) if only is None else (" AND held.account_id = ?", (only,))
    return (Held(*row) for row in connection.rows_of(_SEVERAL.format(held=which), *params))


def _rows(sql: str, column: str, only: int | None) -> Iterator[tuple[Any, ...]]:
    if only is None:
        return connection.rows_of(sql.format(which=""))
    return connection.rows_of(sql.format(which=f" AND {column} = ?"), only)
