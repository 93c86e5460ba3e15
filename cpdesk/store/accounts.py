"""Accounts, and the figures that lists show of them."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from cpdesk.domain import names, switching
from cpdesk.domain.accounts import NewAccount, Status, ZoneChange
from cpdesk.domain.modes import Mode
from cpdesk.domain.rows import AccountRow
from cpdesk.store import companies, connection, switches, word_index
from cpdesk.store.fields import utc_text, word
from cpdesk.store.models import Account, AccountDomain, SeatEntry
from cpdesk.store.rows import tuples

_NUMBER = re.compile(r"[0-9]{1,15}")
_MODES = {str(mode): mode for mode in Mode}
_STATUSES = {str(status): status for status in Status}


def insert(now: datetime, new: Sequence[NewAccount]) -> None:
    """Add accounts in Usage Mode with their domains and contacts."""
    created = utc_text(now)
    connection.execute_many(
        "INSERT INTO account (id, name, name_key, domain, country, currency, time_zone, mode, service_since,"
        " created_at, status) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                *(one.id, one.name, names.key(one.name), one.domain, one.country, one.currency, one.time_zone),
                *(str(Mode.USAGE), created if one.active else None, created, str(Status.ACTIVE)),
            )
            for one in new
        ],
    )
    domains = {one.id: (one.domain, *one.aliases) for one in new}
    companies.add_domains(domains)
    word_index.add_accounts((one.id, word_index.account_words(one.id, (one.name, *domains[one.id]))) for one in new)
    companies.put_contacts({one.id: one.contacts for one in new})


def exists(account_id: int) -> bool:
    """Whether an account has this id."""
    return bool(Account.select().where(Account.id == account_id).exists())


def all_ids() -> set[int]:
    """The ids of all accounts."""
    return {row[0] for row in connection.rows_of("SELECT id FROM account")}


def standing(account_id: int) -> tuple[str, Status]:
    """Name and status of an account."""
    name, status = next(connection.rows_of("SELECT name, status FROM account WHERE id = ?", account_id))
    return name, word(_STATUSES, status)


def has_ledger(account_id: int) -> bool:
    """Whether the ledger has an entry of the account: then its currency is fixed."""
    return bool(SeatEntry.select().where(SeatEntry.account == account_id).exists())


def update(account_id: int, **columns: Any) -> None:
    """Overwrite columns of an account; the key of a new name follows it."""
    if "name" in columns:
        columns["name_key"] = names.key(columns["name"])
    with word_index.changing_accounts([account_id] if "name" in columns else []):
        Account.update(**columns).where(Account.id == account_id).execute()


def domain_free_on(account_id: int) -> date | None:
    """Account-local: from when others may have the domains of a closed account; None while it is open."""
    free_on: date | None = tuples(Account.select(Account.domain_free_on).where(Account.id == account_id))[0][0]
    return free_on


def activate_service(account_id: int, now: datetime) -> None:
    """Enable Microsoft 365 from `now` (UTC)."""
    update(account_id, service_since=now)


def set_modes(modes: Iterable[tuple[int, Mode]]) -> None:
    """Follow mode switches that were completed: pairs of account id and the mode now."""
    connection.execute_many(
        "UPDATE account SET mode = ? WHERE id = ?", [(str(mode), account_id) for account_id, mode in modes]
    )


def names_and_domains(account_ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Name and domain of accounts, by id."""
    query = Account.select(Account.id, Account.name, Account.domain).where(Account.id.in_(account_ids))
    return {row[0]: (row[1], row[2]) for row in tuples(query)}


def listed(now: datetime, only: int | None = None) -> list[AccountRow]:
    """All accounts by name, or just the one with the id `only`, as they are at `now` (UTC)."""
    figures = _Figures(now, only)
    which, params = ("", ()) if only is None else ("WHERE id = ? ", (only,))
    rows = connection.rows_of(
        "SELECT id, name, domain, country, currency, time_zone, mode, service_since IS NOT NULL, status FROM account"
        f" {which}ORDER BY name_key, id",
        *params,
    )
    return [figures.row(*row) for row in rows]


class _Figures:
    """What lists show of accounts besides their own columns: read for all of them at once, in plain SQL to be quick."""

    def __init__(self, now: datetime, only: int | None) -> None:
        which, params = ("", ()) if only is None else (" AND account_id = ?", (only,))
        users = f"SELECT account_id, count(*) FROM user WHERE deleted_at IS NULL{which} GROUP BY account_id"
        seats = (
            "SELECT account_id, sum(seats), sum(assigned) FROM subscription"
            f" WHERE (seats OR assigned){which} GROUP BY account_id"
        )
        self._now = now
        self._users = {row[0]: row[1] for row in connection.rows_of(users, *params)}
        self._seats = {row[0]: row[1:] for row in connection.rows_of(seats, *params)}
        self._pending = switches.pending_by_account(only)
        self._aliases = companies.aliases(only)
        self._zones = companies.zone_changes(only)

    def row(self, account_id: int, name: str, domain: str, *columns: Any) -> AccountRow:
        country, currency, first_zone, mode, service_active, status = columns
        time_zone, next_zone = self._zone(account_id, first_zone)
        seats, assigned = self._seats.get(account_id, (0, 0))
        return AccountRow(
            id=account_id,
            name=name,
            domain=domain,
            country=country,
            currency=currency,
            time_zone=time_zone,
            mode=word(_MODES, mode),
            service_active=bool(service_active),
            pending=self._pending.get(account_id),
            users=self._users.get(account_id, 0),
            seats=seats,
            assigned=assigned,
            status=word(_STATUSES, status),
            aliases=self._aliases.get(account_id, ()),
            next_zone=next_zone,
        )

    def _zone(self, account_id: int, first: str) -> tuple[str, ZoneChange | None]:
        """The zone in force and the one that waits: computed, so that no job has to run on the 1st."""
        changes = self._zones.get(account_id)
        if not changes:
            return first, None
        return switching.zone_in_force(first, changes, self._now), switching.waiting_zone(changes, self._now)


def matching(text: str, only: int | None = None) -> list[int]:
    """Ids of the accounts that `text` names: by id, else by domain or alias, else by exact name without case.

    `only` is the one account that a customer administrator may see; others do not exist for the search. A domain
    means the account that keeps it: a closed one that lost it to another is found by id and name.
    """
    key = names.key(text)
    named = AccountDomain.domain_key.in_({key, names.domain_key(text)})
    having = AccountDomain.select(AccountDomain.account).where(named & AccountDomain.kept)
    meanings = [Account.id.in_(having), Account.name_key == key]
    if _NUMBER.fullmatch(text.strip()):
        meanings.insert(0, Account.id == int(text))
    visible = Account.select(Account.id)
    if only is not None:
        visible = visible.where(Account.id == only)
    for meaning in meanings:
        if ids := [row[0] for row in tuples(visible.where(meaning).order_by(Account.id))]:
            return ids
    return []
