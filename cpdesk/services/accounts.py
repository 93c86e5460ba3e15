"""Customer accounts."""

import secrets

from cpdesk.base.errors import UserError
from cpdesk.domain import names, topics
from cpdesk.domain.operators import Session
from cpdesk.domain.regional import checked_country, checked_currency, checked_time_zone
from cpdesk.domain.rows import AccountRow, Done
from cpdesk.services.base import UseCases, Work, account_row
from cpdesk.services.defaults import stored_defaults
from cpdesk.store import accounts, journal


class Accounts(UseCases):
    """Finding, creating and activating accounts. For a customer administrator only the own account exists."""

    def rows(self, by: Session) -> list[AccountRow]:
        """The accounts that the operator sees, by name."""
        with self._reading(by) as work:
            return accounts.listed(work.only)

    def show(self, by: Session, account_id: int) -> AccountRow:
        """One account. Raises UserError `unknown_account`."""
        with self._reading(by, account_id):
            return account_row(account_id)

    def find(self, by: Session, text: str) -> AccountRow:
        """The account that `text` names: id, else domain, else exact name without case.

        Raises UserError `unknown_account`, or `ambiguous_account` with the candidates.
        """
        with self._reading(by) as work:
            found = [account_row(account_id) for account_id in accounts.matching(text, work.only)]
        if not found:
            raise UserError("unknown_account", text=text)
        if len(found) > 1:
            candidates = [f"{row.id} {row.name} ({row.domain})" for row in found]
            raise UserError("ambiguous_account", text=text, candidates=candidates)
        return found[0]

    def create(
        self,
        by: Session,
        name: str,
        domain: str,
        *,
        country: str = "US",
        currency: str | None = None,
        time_zone: str | None = None,
        activate: bool = False,
    ) -> Done[AccountRow]:
        """Add an account in Usage Mode; `activate` enables Microsoft 365 at once.

        Currency and zone default to those chosen at set-up. Raises UserError `text_empty`, `text_too_long`,
        `text_not_printable`, `bad_domain`, `domain_taken`, `unknown_country`, `unknown_currency`,
        `unknown_time_zone` or `not_allowed`.
        """
        with self._managing(by) as work:
            defaults = stored_defaults()
            account_id = _new_id()
            facts = {
                "name": names.clean_text(name, "name"),
                "domain": names.clean_domain(domain),
                "country": checked_country(country),
                "currency": checked_currency(currency or defaults.currency),
                "time_zone": checked_time_zone(time_zone or defaults.time_zone),
            }
            if accounts.domain_taken(facts["domain"]):
                raise UserError("domain_taken", domain=facts["domain"])
            accounts.insert(account_id=account_id, now=work.now, **facts)
            _record(work, "account.created", account_id, facts)
            if activate:
                _activate(work, account_id)
            return Done(account_row(account_id), topics.ACCOUNTS)

    def activate(self, by: Session, account_id: int) -> Done[AccountRow]:
        """Enable Microsoft 365 for the account. Raises UserError `service_already_active`."""
        with self._changing(by, account_id) as work:
            account = account_row(account_id)
            if account.service_active:
                raise UserError("service_already_active", account=account.name)
            _activate(work, account_id)
            return Done(account_row(account_id), topics.ACCOUNTS)


def _activate(work: Work, account_id: int) -> None:
    accounts.activate_service(account_id, work.now)
    _record(work, "service.activated", account_id, {"service": "microsoft_365"})


def _record(work: Work, action: str, account_id: int, after: dict[str, str]) -> None:
    entry = journal.Entry(
        action=action, subject=f"account {account_id}", account_id=account_id, after=after, by=work.by
    )
    journal.append(work.now, entry)


def _new_id() -> int:
    while True:
        account_id = 10_000_000 + secrets.randbelow(90_000_000)
        if not accounts.exists(account_id):
            return account_id
