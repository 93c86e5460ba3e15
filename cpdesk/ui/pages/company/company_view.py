"""Which facts of a company this operator can change, and why not the others. Plain Python."""

from dataclasses import dataclass
from datetime import date, datetime

from cpdesk.base import zones
from cpdesk.base.formats import format_date
from cpdesk.base.i18n import _
from cpdesk.domain import switching
from cpdesk.domain.accounts import Status
from cpdesk.domain.companies import Company
from cpdesk.domain.operators import Role, Session, may_change
from cpdesk.domain.rows import AccountRow
from cpdesk.ui.texts import read_only_reason


@dataclass(frozen=True, slots=True)
class CompanyView:
    """What Edit Company offers."""

    read_only: str
    """Why nothing can be changed; "" where something can."""
    domain_fixed: str
    """Why the domains cannot; "" where they can. The same for the next ones."""
    currency_fixed: str
    zone_fixed: str
    zone_note: str
    """From when a zone counts that is chosen now, or that waits already."""

    @property
    def fixed(self) -> dict[str, str]:
        """The fields that cannot be changed, each with its reason."""
        reasons = {
            **dict.fromkeys(("domain", "aliases"), self.domain_fixed),
            "currency": self.currency_fixed,
            "time_zone": self.zone_fixed,
        }
        return {key: reason for key, reason in reasons.items() if reason}


def company_view(company: Company, by: Session, now: datetime) -> CompanyView:
    """What this operator can change at `now` (UTC)."""
    customer = _("Only the reseller can change this.") if by.role is Role.CUSTOMER else ""
    return CompanyView(
        read_only=_read_only(company.account, by),
        domain_fixed=customer,
        currency_fixed=customer or _currency_fixed(company),
        zone_fixed=customer or _zone_fixed(company.account),
        zone_note=_zone_note(company, now),
    )


def zone_in_question(company: Company) -> str:
    """The zone that the field shows: the one that waits, if one does."""
    return company.zone_change.time_zone if company.zone_change else company.account.time_zone


def _read_only(account: AccountRow, by: Session) -> str:
    if not may_change(by):
        return read_only_reason(by)
    if account.status is Status.SUSPENDED:
        return _("{account} is suspended. What is known of the company can be changed once it is resumed.").format(
            account=account.name
        )
    if account.status is Status.CLOSED:
        return _("{account} is closed and can only be read.").format(account=account.name)
    return ""


def _currency_fixed(company: Company) -> str:
    return _("Fixed since the first seat was added: statements stay in one currency.") if company.currency_fixed else ""


def _zone_fixed(account: AccountRow) -> str:
    if account.pending is None:
        return ""
    return _("Fixed while the change to Usage Mode on {date} is pending: the date was given in this zone.").format(
        date=format_date(account.pending.effective_on)
    )


def _zone_note(company: Company, now: datetime) -> str:
    account, waiting = company.account, company.zone_change
    if waiting is not None:
        return _("{new} counts from {date} on, {old} until then.").format(
            new=waiting.time_zone, date=format_date(waiting.effective_on), old=account.time_zone
        )
    return _("Another zone counts from {date} on; billing days and due dates follow {old} until then.").format(
        date=format_date(_next_first(account, now)), old=account.time_zone
    )


def _next_first(account: AccountRow, now: datetime) -> date:
    return switching.first_of_next_month(switching.local_date(now, zones.zone(account.time_zone)))
