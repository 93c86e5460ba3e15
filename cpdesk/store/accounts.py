"""Accounts, and the figures that lists show of them."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from peewee import fn

from cpdesk.domain import names
from cpdesk.domain.modes import Mode, PendingSwitch
from cpdesk.domain.rows import AccountRow
from cpdesk.store import connection, switches
from cpdesk.store.models import Account, Subscription, User
from cpdesk.store.rows import dicts, tuples

_NUMBER = re.compile(r"[0-9]{1,15}")


def insert(
    *, account_id: int, name: str, domain: str, country: str, currency: str, time_zone: str, now: datetime
) -> None:
    """Add an account in Usage Mode without any service."""
    Account.create(
        id=account_id,
        name=name,
        name_key=names.key(name),
        domain=domain,
        domain_key=names.key(domain),
        country=country,
        currency=currency,
        time_zone=time_zone,
        mode=Mode.USAGE,
        service_since=None,
        created_at=now,
    )


def exists(account_id: int) -> bool:
    """Whether an account has this id."""
    return bool(Account.select().where(Account.id == account_id).exists())


def domain_taken(domain: str) -> bool:
    """Whether an account has this domain, whatever the case."""
    return bool(Account.select().where(Account.domain_key == names.key(domain)).exists())


def activate_service(account_id: int, now: datetime) -> None:
    """Enable Microsoft 365 from `now` (UTC)."""
    Account.update(service_since=now).where(Account.id == account_id).execute()


def set_modes(modes: Iterable[tuple[int, Mode]]) -> None:
    """Follow mode switches that were completed: pairs of account id and the mode now."""
    connection.execute_many(
        "UPDATE account SET mode = ? WHERE id = ?", [(str(mode), account_id) for account_id, mode in modes]
    )


def names_and_domains(account_ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Name and domain of accounts, by id."""
    query = Account.select(Account.id, Account.name, Account.domain).where(Account.id.in_(account_ids))
    return {row[0]: (row[1], row[2]) for row in tuples(query)}


def listed(only: int | None = None) -> list[AccountRow]:
    """All accounts by name, or just the one with the id `only`."""
    users = _figures(User.select(User.account, fn.COUNT(User.id)).where(User.deleted_at.is_null()), User, only)
    seats = _figures(
        Subscription.select(Subscription.account, fn.SUM(Subscription.seats), fn.SUM(Subscription.assigned)),
        Subscription,
        only,
    )
    pending = switches.pending_by_account(only)
    query = Account.select().order_by(Account.name_key, Account.id)
    if only is not None:
        query = query.where(Account.id == only)
    return [
        _row(
            account,
            pending.get(account["id"]),
            users.get(account["id"], (0,)),
            seats.get(account["id"], (0, 0)),
        )
        for account in dicts(query)
    ]


def _figures(query: Any, table: type[User] | type[Subscription], only: int | None) -> dict[int, tuple[int, ...]]:
    if only is not None:
        query = query.where(table.account == only)
    return {row[0]: row[1:] for row in tuples(query.group_by(table.account))}


def _row(
    account: dict[str, Any], pending: PendingSwitch | None, users: tuple[int, ...], seats: tuple[int, ...]
) -> AccountRow:
    return AccountRow(
        id=account["id"],
        name=account["name"],
        domain=account["domain"],
        country=account["country"],
        currency=account["currency"],
        time_zone=account["time_zone"],
        mode=account["mode"],
        service_active=account["service_since"] is not None,
        pending=pending,
        users=users[0],
        seats=seats[0],
        assigned=seats[1],
    )


def matching(text: str, only: int | None = None) -> list[int]:
    """Ids of the accounts that `text` names: by id, else by domain, else by exact name without case.

    `only` is the one account that a customer administrator may see; others do not exist for the search.
    """
    wanted = text.strip()
    visible = Account.select(Account.id)
    if only is not None:
        visible = visible.where(Account.id == only)
    key = names.key(wanted)
    meanings = [Account.domain_key == key, Account.name_key == key]
    if _NUMBER.fullmatch(wanted):
        meanings.insert(0, Account.id == int(wanted))
    for meaning in meanings:
        if ids := [row[0] for row in tuples(visible.where(meaning).order_by(Account.id))]:
            return ids
    return []
