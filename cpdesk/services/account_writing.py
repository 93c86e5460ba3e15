"""Writing new accounts, one or thousands: rows, domains, and an audit entry for everything that happens to them."""

import secrets
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from cpdesk.base.errors import UserError
from cpdesk.base.progress import Tell
from cpdesk.domain import forecasts, names, switching
from cpdesk.domain.accounts import DomainHolder, NewAccount
from cpdesk.domain.book import LedgerLine
from cpdesk.domain.forecasts import AccountFacts, Forecast
from cpdesk.domain.modes import Mode
from cpdesk.services import mode_changes
from cpdesk.services.base import Work
from cpdesk.services.mode_changes import Wanted
from cpdesk.store import accounts, companies, journal, switches

_LOWEST_ID, _IDS = 10_000_000, 90_000_000
_AT_ONCE = 500
"""Accounts written between two tellings of the progress: a tenth of a second."""


USUAL_COUNTRY = "US"
"""Where neither the operator nor the settings name a country."""


def new_id(taken: Collection[int]) -> int:
    """The number of an account to come; random, so that it says nothing about how many others there are."""
    while True:
        account_id = _LOWEST_ID + secrets.randbelow(_IDS)
        if account_id not in taken:
            return account_id


def create(work: Work, new: Sequence[NewAccount], progress: Tell | None = None) -> None:
    """Add accounts whose domains were claimed, each with its audit entries. `progress` is told the accounts done."""
    for start in range(0, len(new), _AT_ONCE):
        if progress:
            progress(start, len(new))
        _create(work, new[start : start + _AT_ONCE])
    if progress:
        progress(len(new), len(new))


def _create(work: Work, new: Sequence[NewAccount]) -> None:
    accounts.insert(work.now, new)
    entries: list[journal.Entry] = []
    opened: list[dict[str, Any]] = []
    audit_id, switch_id = journal.next_id(), switches.next_id()
    for one in new:
        entries.append(entry(work, "account.created", one.id, after=one.as_plain()))
        if one.active:
            entries.append(entry(work, "service.activated", one.id, after={"service": "microsoft_365"}))
        if one.mode is Mode.PURCHASE:
            wanted = Wanted(one.id, _opening(work, one))
            made, switch = mode_changes.request(work, wanted, switch_id + len(opened), audit_id + len(entries))
            entries.append(made)
            opened.append(switch)
    journal.append(work.now, *entries)
    switches.save(tuple(switch.values()) for switch in opened)
    accounts.set_modes((switch["account_id"], Mode.PURCHASE) for switch in opened)


def _opening(work: Work, new: NewAccount) -> Forecast:
    facts = AccountFacts(new.id, new.name, new.domain, Mode.USAGE, new.time_zone)
    return forecasts.forecast(facts, new.mode, work.now, ())


def activate(work: Work, account_id: int) -> None:
    """Enable Microsoft 365 for an account that has it not."""
    accounts.activate_service(account_id, work.now)
    journal.append(work.now, entry(work, "service.activated", account_id, after={"service": "microsoft_365"}))


def entry(
    work: Work,
    action: str,
    account_id: int,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    lines: Sequence[LedgerLine] = (),
) -> journal.Entry:
    """An audit entry about an account as such."""
    return journal.Entry(
        action=action,
        subject=f"account {account_id}",
        account_id=account_id,
        before=before,
        after=after,
        lines=lines,
        by=work.by,
        reason=work.reason,
    )


def claim(work: Work, domains: Iterable[str], account_id: int | None = None) -> None:
    """Make sure that the domains are free for an account; closed ones whose time is over give them up.

    Raises UserError `domain_taken`, or `domain_not_yet_free` for a domain of an account that was closed this month:
    only who sees all accounts may ask.
    """
    leaving: dict[int, list[str]] = {}
    for domain, holder in _others(work, domains, account_id):
        if not switching.is_free(holder, work.now):
            raise _taken(domain, holder)
        leaving.setdefault(holder.account_id, []).append(names.key(domain))
    _give_up(work, leaving)


def refusals(work: Work, domains: Iterable[str]) -> dict[str, UserError]:
    """Why domains cannot be claimed for a new account, by `names.key` of the domain; free ones left out."""
    others = _others(work, domains, None)
    held = [(domain, holder) for domain, holder in others if not switching.is_free(holder, work.now)]
    return {names.key(domain): _taken(domain, holder) for domain, holder in held}


def _others(work: Work, domains: Iterable[str], account_id: int | None) -> list[tuple[str, DomainHolder]]:
    """The domains that another account than this one has, or had before it was closed."""
    listed = list(domains)
    held = companies.holders(listed, work.now)
    found = [(domain, held.get(names.key(domain))) for domain in listed]
    return [(domain, holder) for domain, holder in found if holder and holder.account_id != account_id]


def _give_up(work: Work, leaving: dict[int, list[str]]) -> None:
    """Have closed accounts give up domains, by account id. No operator signs: who did it is another customer's."""
    for account_id, keys in leaving.items():
        before = companies.given_up(account_id)
        companies.give_up(account_id, keys)
        given_up = journal.Entry(
            action="account.domains_given_up",
            subject=f"account {account_id}",
            account_id=account_id,
            before={"given_up": before},
            after={"given_up": companies.given_up(account_id)},
        )
        journal.append(work.now, given_up)


def _taken(domain: str, holder: DomainHolder) -> UserError:
    if holder.free_on is None:
        return UserError("domain_taken", domain=domain)
    return UserError("domain_not_yet_free", domain=domain, free_on=holder.free_on)
