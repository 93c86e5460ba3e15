"""Proving the accounts: what stands in their tables against what the audit log says became of each."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cpdesk.domain import names
from cpdesk.domain.accounts import OWN, Status
from cpdesk.domain.checking import error
from cpdesk.domain.rows import Finding

Facts = dict[str, Any]

_AT_FIRST: Facts = {
    "aliases": [],
    "contacts": [],
    "later_zones": [],
    "status": str(Status.ACTIVE),
    "domain_free_on": None,
    "given_up": [],
}
"""What a new account has where its first entry says nothing."""

_KEPT = frozenset({"name", "domain", "country", "currency", "time_zone", *_AT_FIRST})
"""What audit entries about accounts say of their columns, by the same names."""


@dataclass(frozen=True)
class StoredCompany:
    """An account as it is stored, raw values throughout."""

    columns: Facts
    """name, name_key, domain, country, currency, time_zone, status, domain_free_on."""
    domains: Sequence[tuple[Any, ...]]
    """Position, domain, key, and whether it is kept; by position."""
    contacts: Sequence[tuple[Any, ...]]
    """Position, name, email, phone, role; by position."""
    zones: Sequence[tuple[Any, ...]]
    """First day and time zone; by day."""


def follow(entries: Iterable[tuple[int, str, Facts]]) -> dict[int, Facts]:
    """What became of each account, by account id. Entries: account id, action, and the facts after it."""
    known: dict[int, Facts] = {}
    for account, action, facts in entries:
        if action == "account.created":
            known[account] = dict(_AT_FIRST)
        if account in known:
            known[account].update({name: facts[name] for name in _KEPT & facts.keys()})
    return known


def check_companies(
    stored: Mapping[int, StoredCompany], known: Mapping[int, Facts], pending: Collection[int]
) -> Iterator[Finding]:
    """Each account as the audit log has it. `pending`: the accounts in which a switch waits."""
    for account in sorted(stored.keys() | known.keys()):
        where = f"account {account}"
        if account not in stored:
            yield error("account_missing", where)
        elif account not in known:
            yield error("account_altered", where, "not in the audit log")
        else:
            differing = _differing(stored[account], known[account])
            if differing:
                yield error("account_altered", where, ", ".join(differing))
            if known[account]["status"] == Status.CLOSED and account in pending:
                yield error("closed_pending", where)


def check_closed(known: Mapping[int, Facts], counts: Mapping[tuple[int, int], tuple[int, int]]) -> Iterator[Finding]:
    """Rule 19: a closed account holds no seat. `counts`: seats and assigned seats by account and product."""
    for (account, product), (seats, _assigned) in sorted(counts.items()):
        if seats and known.get(account, _AT_FIRST)["status"] == Status.CLOSED:
            yield error("closed_seats", f"account {account}, product {product}", str(seats))


def _differing(stored: StoredCompany, known: Facts) -> list[str]:
    try:
        return [name for name, ought in expected(known).items() if _part(stored, name) != ought]
    except (AttributeError, TypeError):
        return ["the audit log says what no account can be"]


def _part(stored: StoredCompany, name: str) -> object:
    tables = {"domains": stored.domains, "contacts": stored.contacts, "time zones": stored.zones}
    return list(tables[name]) if name in tables else stored.columns[name]


def expected(known: Facts) -> Facts:
    """What has to be stored, by the names that a finding gives."""
    columns = ("name", "domain", "country", "currency", "time_zone", "status", "domain_free_on")
    return {
        **{name: known.get(name) for name in columns},
        "name_key": names.key(str(known.get("name"))),
        "domains": _domains(known),
        "contacts": [
            (position, *(one.get(part) for part in ("name", "email", "phone", "role")))
            for position, one in enumerate(known["contacts"], start=1)
        ],
        "time zones": [(one.get("effective_on"), one.get("time_zone")) for one in known["later_zones"]],
    }


def _domains(known: Facts) -> list[tuple[Any, ...]]:
    listed = [str(known.get("domain")), *known["aliases"]]
    keys = [names.key(domain) for domain in listed]
    return [
        (position, domain, key, int(key not in known["given_up"]))
        for position, (domain, key) in enumerate(zip(listed, keys, strict=True), start=OWN)
    ]
