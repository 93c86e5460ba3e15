"""Edit Company: what changes, by which rules, and what the audit log keeps of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cpdesk.base.errors import UserError
from cpdesk.domain import accounts as rules
from cpdesk.domain import names, switching
from cpdesk.domain.accounts import Contact, ZoneChange
from cpdesk.domain.companies import Company
from cpdesk.domain.regional import checked_country, checked_currency, checked_time_zone
from cpdesk.domain.rows import AccountRow
from cpdesk.services import account_writing
from cpdesk.services.base import Work, account_row
from cpdesk.store import accounts, companies, journal


@dataclass(frozen=True, slots=True)
class Changes:
    """What is to become of an account; None leaves a fact as it is."""

    name: str | None = None
    domain: str | None = None
    aliases: Sequence[str] | None = None
    country: str | None = None
    contacts: Sequence[Contact] | None = None
    time_zone: str | None = None
    currency: str | None = None


def company(account_id: int, now: datetime) -> Company:
    """An account with what is known of the customer, at `now` (UTC)."""
    account = account_row(account_id, now)
    return Company(
        account=account,
        aliases=account.aliases,
        contacts=companies.contacts(account_id),
        zone_change=account.next_zone,
        currency_fixed=accounts.has_ledger(account_id),
        domain_free_on=accounts.domain_free_on(account_id),
    )


def edit(work: Work, account_id: int, changes: Changes) -> None:
    """Write what differs, with one audit entry; nothing where nothing differs."""
    present = company(account_id, work.now)
    before, after = _differing(_columns(present.account), _wanted_columns(present, changes))
    if after:
        accounts.update(account_id, **after)
    for part in (_domains, _contacts, _zones):
        was, becomes = part(work, present, changes)
        before, after = before | was, after | becomes
    if after:
        journal.append(work.now, account_writing.entry(work, "account.edited", account_id, before=before, after=after))


Facts = dict[str, Any]


def _columns(account: AccountRow) -> Facts:
    return {"name": account.name, "country": account.country, "currency": account.currency}


def _wanted_columns(present: Company, changes: Changes) -> Facts:
    wanted: Facts = {}
    if changes.name is not None:
        wanted["name"] = names.clean_text(changes.name, "name")
    if changes.country is not None:
        wanted["country"] = checked_country(changes.country)
    if changes.currency is not None:
        wanted["currency"] = checked_currency(changes.currency)
        if present.currency_fixed and wanted["currency"] != present.account.currency:
            raise UserError("currency_fixed", account=present.account.name, currency=present.account.currency)
    return wanted


def _differing(present: Facts, wanted: Facts) -> tuple[Facts, Facts]:
    """Before and after of what differs."""
    after = {name: value for name, value in wanted.items() if value != present[name]}
    return {name: present[name] for name in after}, after


def _domains(work: Work, present: Company, changes: Changes) -> tuple[Facts, Facts]:
    domain = present.account.domain if changes.domain is None else changes.domain
    aliases = present.aliases if changes.aliases is None else changes.aliases
    own, *others = rules.checked_domains(domain, aliases)
    was = {"domain": present.account.domain, "aliases": list(present.aliases)}
    before, after = _differing(was, {"domain": own, "aliases": others})
    if after:
        account_writing.claim(work, (own, *others), present.account.id)
        companies.put_domains({present.account.id: (own, *others)})
        accounts.update(present.account.id, domain=own)
    return before, after


def _contacts(_work: Work, present: Company, changes: Changes) -> tuple[Facts, Facts]:
    if changes.contacts is None:
        return {}, {}
    contacts = rules.checked_contacts(changes.contacts)
    was, becomes = rules.plain_contacts(present.contacts), rules.plain_contacts(contacts)
    before, after = _differing({"contacts": was}, {"contacts": becomes})
    if after:
        companies.put_contacts({present.account.id: contacts})
    return before, after


def _zones(work: Work, present: Company, changes: Changes) -> tuple[Facts, Facts]:
    """A wish for the zone in force takes back the one that waits; another one takes its place."""
    if changes.time_zone is None:
        return {}, {}
    account, wanted = present.account, checked_time_zone(changes.time_zone)
    waiting = account.next_zone
    if wanted == (waiting.time_zone if waiting else account.time_zone):
        return {}, {}
    if account.pending is not None:
        until = account.pending.effective_on
        raise UserError("zone_fixed_while_pending", account=account.name, effective_on=until)
    known = companies.zone_changes(account.id).get(account.id, ())
    changed = [change for change in known if change != waiting]
    if wanted != account.time_zone:
        changed.append(switching.zone_change(work.now, account.time_zone, wanted))
    companies.put_zone_changes(account.id, changed)
    return {"later_zones": plain_zones(known)}, {"later_zones": plain_zones(changed)}


def plain_zones(changes: Sequence[ZoneChange]) -> list[dict[str, str]]:
    """Time zones as JSON values, as the audit log keeps them."""
    return [{"time_zone": change.time_zone, "effective_on": change.effective_on.isoformat()} for change in changes]
