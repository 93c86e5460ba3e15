"""What belongs to an account as a company: its domains, its contacts, and the time zones that it had."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from cpdesk.domain import names, switching
from cpdesk.domain.accounts import OWN, Contact, DomainHolder, Status, ZoneChange
from cpdesk.store import connection, word_index
from cpdesk.store.fields import from_day_text, word
from cpdesk.store.models import AccountContact, AccountDomain, AccountZone
from cpdesk.store.rows import tuples

_STATUSES = {str(status): status for status in Status}


def aliases(only: int | None = None) -> dict[int, tuple[str, ...]]:
    """The alias domains by account, of those that have any."""
    query = AccountDomain.select(AccountDomain.account, AccountDomain.domain).where(AccountDomain.position > OWN)
    if only is not None:
        query = query.where(AccountDomain.account == only)
    found: defaultdict[int, list[str]] = defaultdict(list)
    for account_id, domain in tuples(query.order_by(AccountDomain.account, AccountDomain.position)):
        found[account_id].append(domain)
    return {account_id: tuple(listed) for account_id, listed in found.items()}


def put_domains(domains: Mapping[int, Sequence[str]]) -> None:
    """Give accounts their domains, the own one first, instead of those that they have. Nobody else may keep them."""
    with word_index.changing_accounts(domains):
        connection.execute_many("DELETE FROM account_domain WHERE account_id = ?", [(number,) for number in domains])
        add_domains(domains)


def add_domains(domains: Mapping[int, Sequence[str]]) -> None:
    """Give accounts that have no domain yet, and are not found yet, theirs."""
    connection.execute_many(
        "INSERT INTO account_domain (account_id, position, domain, domain_key, kept) VALUES (?, ?, ?, ?, 1)",
        [
            (account_id, position, domain, names.key(domain))
            for account_id, listed in domains.items()
            for position, domain in enumerate(listed)
        ],
    )


def holders(domains: Iterable[str], now: datetime) -> dict[str, DomainHolder]:
    """The accounts that have any of the domains, whatever the case, by `names.key` of the domain."""
    keys = json.dumps([names.key(domain) for domain in domains])
    rows = connection.rows_of(
        "SELECT kept.domain_key, account.id, account.status, account.domain_free_on, account.time_zone"
        " FROM account_domain AS kept JOIN account ON account.id = kept.account_id"
        " WHERE kept.kept AND kept.domain_key IN (SELECT value FROM json_each(?))",
        keys,
    )
    return {row[0]: _holder(row[1:], now) for row in rows}


def _holder(row: tuple[int, str, str | None, str], now: datetime) -> DomainHolder:
    account_id, stored, free_on, first_zone = row
    status = word(_STATUSES, stored)
    if free_on is None:
        return DomainHolder(account_id, status, None, first_zone)
    zone = switching.zone_in_force(first_zone, zone_changes(account_id).get(account_id, ()), now)
    return DomainHolder(account_id, status, from_day_text(free_on), zone)


def given_up(account_id: int) -> list[str]:
    """The domains of a closed account that others took, in the form that is compared."""
    query = AccountDomain.select(AccountDomain.domain_key).order_by(AccountDomain.position)
    return [row[0] for row in tuples(query.where((AccountDomain.account == account_id) & ~AccountDomain.kept))]


def give_up(account_id: int, keys: Collection[str]) -> None:
    """Let others have domains of a closed account, named in the form that is compared."""
    connection.execute_many(
        "UPDATE account_domain SET kept = 0 WHERE account_id = ? AND domain_key = ?",
        [(account_id, key) for key in keys],
    )


def keep_again(account_id: int) -> None:
    """Take back the domains that a closed account had given up; nobody else may have them by now."""
    connection.execute_many("UPDATE account_domain SET kept = 1 WHERE account_id = ?", [(account_id,)])


def contacts(account_id: int) -> tuple[Contact, ...]:
    """The contacts of an account, in their order."""
    columns = (AccountContact.name, AccountContact.email, AccountContact.phone, AccountContact.role)
    query = AccountContact.select(*columns).where(AccountContact.account == account_id)
    return tuple(Contact(*row) for row in tuples(query.order_by(AccountContact.position)))


def put_contacts(people: Mapping[int, Sequence[Contact]]) -> None:
    """Give accounts their contacts instead of those that they have."""
    connection.execute_many("DELETE FROM account_contact WHERE account_id = ?", [(number,) for number in people])
    connection.execute_many(
        "INSERT INTO account_contact (account_id, position, name, email, phone, role) VALUES (?, ?, ?, ?, ?, ?)",
        [
            (account_id, position, contact.name, contact.email, contact.phone, contact.role)
            for account_id, listed in people.items()
            for position, contact in enumerate(listed, start=1)
        ],
    )


def zone_changes(only: int | None = None) -> dict[int, tuple[ZoneChange, ...]]:
    """Later time zones by account, the first change first; also the one that waits."""
    query = AccountZone.select(AccountZone.account, AccountZone.time_zone, AccountZone.effective_on)
    if only is not None:
        query = query.where(AccountZone.account == only)
    found: defaultdict[int, list[ZoneChange]] = defaultdict(list)
    for account_id, zone, effective_on in tuples(query.order_by(AccountZone.account, AccountZone.effective_on)):
        found[account_id].append(ZoneChange(zone, effective_on))
    return {account_id: tuple(listed) for account_id, listed in found.items()}


def put_zone_changes(account_id: int, changes: Sequence[ZoneChange]) -> None:
    """Give an account these later time zones instead of those that it has."""
    connection.execute_many("DELETE FROM account_zone WHERE account_id = ?", [(account_id,)])
    connection.execute_many(
        "INSERT INTO account_zone (account_id, effective_on, time_zone) VALUES (?, ?, ?)",
        [(account_id, change.effective_on.isoformat(), change.time_zone) for change in changes],
    )
