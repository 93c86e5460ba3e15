"""What Edit Company shows of an account, and what closing one would do."""

from dataclasses import dataclass
from datetime import date

from cpdesk.domain.accounts import Contact, ZoneChange
from cpdesk.domain.forecasts import ForecastLine
from cpdesk.domain.modes import PendingSwitch
from cpdesk.domain.rows import AccountRow


@dataclass(frozen=True, slots=True)
class Company:
    """An account with what is known of the customer behind it."""

    account: AccountRow
    aliases: tuple[str, ...]
    """Other domains of the same customer."""
    contacts: tuple[Contact, ...]
    zone_change: ZoneChange | None
    """The time zone that waits for the first of the next month."""
    currency_fixed: bool
    """Whether the ledger has an entry, so that the currency can no longer change."""
    domain_free_on: date | None
    """Account-local: from when other accounts may have the domains of this closed one; None while it is open."""


@dataclass(frozen=True, slots=True)
class ClosingForecast:
    """What closing an account does at once, computed before it is confirmed."""

    account: AccountRow
    released: tuple[ForecastLine, ...]
    """Every product with seats: all of them leave."""
    users: int
    """Active users; they stay, without licenses."""
    ends_switch: PendingSwitch | None
    """A pending change to Usage Mode that ends with the account."""
    domain_free_on: date
    """Account-local: the first of the next month."""
    ends_plans: int = 0
    """Planned joiners, leavers and reductions that end with the account."""
    falls_later: date | None = None
    """Account-local: from when what leaves today is no longer billed (rule 11); None: from today on."""

    @property
    def seats(self) -> int:
        return sum(line.released for line in self.released)
