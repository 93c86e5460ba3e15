"""Customer accounts."""

from collections.abc import Sequence

from cpdesk.base.errors import UserError
from cpdesk.domain import accounts as rules
from cpdesk.domain import names, topics
from cpdesk.domain import operators as roles
from cpdesk.domain.accounts import Contact, NewAccount, OpeningLine, Status
from cpdesk.domain.companies import ClosingForecast, Company
from cpdesk.domain.operators import Session
from cpdesk.domain.regional import checked_country, checked_currency, checked_time_zone
from cpdesk.domain.rows import AccountRow, Done
from cpdesk.services import account_writing, closing, company_edits, opening, price_writing, schedule_writing
from cpdesk.services.base import UseCases, account_row
from cpdesk.services.defaults import stored_defaults
from cpdesk.store import accounts


class Accounts(UseCases):
    """Accounts from creation to closing. For a customer administrator only the own account exists."""

    def rows(self, by: Session) -> list[AccountRow]:
        """The accounts that the operator sees, suspended and closed ones too, by name."""
        with self._reading(by) as work:
            return accounts.listed(work.now, work.only)

    def show(self, by: Session, account_id: int) -> AccountRow:
        """One account. Raises UserError `unknown_account`."""
        with self._reading(by, account_id) as work:
            return account_row(account_id, work.now)

    def find(self, by: Session, text: str) -> AccountRow:
        """The account that `text` names: id, else domain or alias, else exact name without case.

        Raises UserError `unknown_account`, or `ambiguous_account` with the candidates.
        """
        with self._reading(by) as work:
            found = [account_row(account_id, work.now) for account_id in accounts.matching(text, work.only)]
        if not found:
            raise UserError("unknown_account", text=text)
        if len(found) > 1:
            candidates = [f"{row.id} {row.name} ({row.domain})" for row in found]
            raise UserError("ambiguous_account", text=text, candidates=candidates)
        return found[0]

    def company(self, by: Session, account_id: int) -> Company:
        """What Edit Company shows. Raises UserError `unknown_account`."""
        with self._reading(by, account_id) as work:
            return company_edits.company(account_id, work.now)

    def create(  # noqa: PLR0913 - each is a fact of its own, and most have a default
        self,
        by: Session,
        name: str,
        domain: str,
        *,
        country: str | None = None,
        currency: str | None = None,
        time_zone: str | None = None,
        aliases: Sequence[str] = (),
        contacts: Sequence[Contact] = (),
        schedule: str | None = None,
        activate: bool = False,
    ) -> Done[AccountRow]:
        """Add an account in Usage Mode; `activate` enables Microsoft 365 at once.

        `schedule` names the price schedule that it has from today on; without one the default counts.

        Country, currency and zone default to those for new accounts. Raises UserError `text_empty`,
        `text_too_long`, `text_not_printable`, `bad_domain`, `domain_twice`, `domain_taken`, `domain_not_yet_free`
        (of a closed account), `too_many_aliases`, `too_many_contacts`, `bad_email`, `unknown_country`,
        `unknown_currency`, `unknown_time_zone`, `unknown_schedule`, `schedule_currency_differs` or `not_allowed`.
        """
        with self._managing(by) as work:
            defaults = stored_defaults()
            own, *others = rules.checked_domains(domain, aliases)
            new = NewAccount(
                id=account_writing.new_id(accounts.all_ids()),
                name=names.clean_text(name, "name"),
                domain=own,
                country=checked_country(country or defaults.country or account_writing.USUAL_COUNTRY),
                currency=checked_currency(currency or defaults.currency),
                time_zone=checked_time_zone(time_zone or defaults.time_zone),
                aliases=tuple(others),
                contacts=rules.checked_contacts(contacts),
                active=activate,
            )
            account_writing.claim(work, (own, *others))
            account_writing.create(work, [new])
            if schedule is None:
                return Done(account_row(new.id, work.now), topics.ACCOUNTS)
            schedule_writing.assign_first(work, new, price_writing.named(schedule))
            return Done(account_row(new.id, work.now), topics.ACCOUNTS | topics.PRICES)

    def edit(  # noqa: PLR0913 - each is a fact of its own, and most stay as they are
        self,
        by: Session,
        account_id: int,
        *,
        name: str | None = None,
        domain: str | None = None,
        aliases: Sequence[str] | None = None,
        country: str | None = None,
        contacts: Sequence[Contact] | None = None,
        time_zone: str | None = None,
        currency: str | None = None,
        reason: str = "",
    ) -> Done[Company]:
        """Change what is known of the customer; None leaves a fact as it is.

        Domains, time zone and currency are for reseller administrators: that a domain is not free would tell of other
        accounts. A new time zone counts from the 1st of the next month; the zone in force takes back one that waits.
        Raises UserError `not_allowed`, `zone_fixed_while_pending` while a change to Usage Mode is pending,
        `currency_fixed` after the first ledger entry, `account_suspended`, `account_closed`, and what `create` raises.
        """
        with self._changing(by, account_id, reason) as work:
            if (domain, aliases, time_zone, currency) != (None, None, None, None):
                roles.require_reseller(work.by)
            changes = company_edits.Changes(name, domain, aliases, country, contacts, time_zone, currency)
            company_edits.edit(work, account_id, changes)
            return Done(company_edits.company(account_id, work.now), topics.ACCOUNTS)

    def activate(self, by: Session, account_id: int, *, domain: str | None = None) -> Done[AccountRow]:
        """Enable Microsoft 365 for the account; a reseller administrator may give the new tenant's `domain` with it.

        Raises UserError `service_already_active`, `account_suspended` or `account_closed`, and for a domain that is
        not the account's already `not_allowed` and what `edit` raises.
        """
        with self._changing(by, account_id) as work:
            account = account_row(account_id, work.now)
            if account.service_active:
                raise UserError("service_already_active", account=account.name)
            if domain is not None and domain.strip() != account.domain:
                roles.require_reseller(work.by)
                company_edits.edit(work, account_id, company_edits.Changes(domain=domain))
            account_writing.activate(work, account_id)
            return Done(account_row(account_id, work.now), topics.ACCOUNTS)

    def opening_balance(
        self, by: Session, account_id: int, lines: Sequence[OpeningLine], *, reason: str = ""
    ) -> Done[AccountRow]:
        """Take over a customer who is in Purchase Mode already: Purchase Mode and the pool, both from today on.

        For a new account in Usage Mode that never had a seat or a mode switch. Raises UserError
        `opening_balance_too_late`, `service_not_active`, `bad_count`, `count_too_large`, `product_twice`,
        `since_in_future`, `unknown_product`, `ambiguous_product`, `account_suspended`, `account_closed` or
        `not_allowed`.
        """
        with self._changing(by, account_id, reason) as work:
            roles.require_reseller(work.by)
            opening.open_pool(work, account_row(account_id, work.now), lines)
            return Done(account_row(account_id, work.now), topics.MODES)

    def suspend(self, by: Session, account_id: int, *, reason: str = "") -> Done[AccountRow]:
        """Stop all growth (rule 19): it stays billable, and its switches still complete.

        Raises UserError `account_suspended`, `account_closed` or `not_allowed`.
        """
        with self._changing(by, account_id, reason) as work:
            roles.require_reseller(work.by)
            closing.set_status(work, account_id, "account.suspended", Status.SUSPENDED)
            return Done(account_row(account_id, work.now), topics.ACCOUNTS)

    def resume(self, by: Session, account_id: int, *, reason: str = "") -> Done[AccountRow]:
        """End a suspension. Raises UserError `not_suspended`, `account_closed` or `not_allowed`."""
        with self._changing(by, account_id, reason, even=Status.SUSPENDED) as work:
            roles.require_reseller(work.by)
            account = account_row(account_id, work.now)
            if account.status is not Status.SUSPENDED:
                raise UserError("not_suspended", account=account.name)
            closing.set_status(work, account_id, "account.resumed", Status.ACTIVE)
            return Done(account_row(account_id, work.now), topics.ACCOUNTS)

    def closing(self, by: Session, account_id: int) -> ClosingForecast:
        """What closing the account now would do. Raises UserError `unknown_account` or `account_closed`."""
        with self._reading(by, account_id) as work:
            return closing.forecast(account_id, work.now)

    def close(self, by: Session, account_id: int, shown: ClosingForecast, *, reason: str = "") -> Done[AccountRow]:
        """Release all seats now, end a pending switch, and allow reading only from then on.

        `shown` is the forecast that the operator accepted. Raises UserError `closing_changed` (with the new
        `forecast`) if it no longer holds, `account_closed` or `not_allowed`.
        """
        with self._changing(by, account_id, reason, even=Status.SUSPENDED) as work:
            roles.require_reseller(work.by)
            closing.close(work, account_id, shown)
            return Done(account_row(account_id, work.now), topics.CLOSING)

    def reopen(self, by: Session, account_id: int, *, reason: str = "") -> Done[AccountRow]:
        """Open a closed account again, in its mode and without seats.

        A switch that was ended by the closing is taken up again with its old date, and completed at once if that
        has passed. Raises UserError `not_closed`, `domain_taken` or `not_allowed`.
        """
        with self._changing(by, account_id, reason, even=Status.CLOSED) as work:
            roles.require_reseller(work.by)
            settled = closing.reopen(work, account_id, self._settler)
            row = account_row(account_id, work.now)
        self._settler.announce(settled)
        return Done(row, topics.CLOSING)
