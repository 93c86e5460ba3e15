"""A company in words, where nothing of it can be changed."""

from cpdesk.base.i18n import _
from cpdesk.domain.companies import Company
from cpdesk.ui import choices
from cpdesk.ui.parts.company_fields import contact_line

Line = tuple[str, str]


def company_lines(company: Company, zone_note: str) -> tuple[Line, ...]:
    """What is known of it, as labels and texts."""
    account = company.account
    zone = f"{account.time_zone}\n{zone_note}" if company.zone_change else account.time_zone
    return (
        (_("Account name"), account.name),
        (_("Domain"), account.domain),
        (_("Alias domains"), "\n".join(company.aliases) or _("none")),
        (_("Country"), choices.country_name(account.country)),
        (_("Currency"), choices.currency_name(account.currency)),
        (_("Time zone"), zone),
    )


def contact_lines(company: Company) -> tuple[Line, ...]:
    """Its contacts."""
    return tuple(map(contact_line, company.contacts)) or ((_("No contacts"), ""),)
