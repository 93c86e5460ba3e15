"""What new accounts start with: chosen at set-up and in the settings, kept in the database."""

from dataclasses import asdict, dataclass

from cpdesk.store import settings


@dataclass(frozen=True, slots=True)
class Defaults:
    """What new accounts start with."""

    currency: str
    """ISO 4217."""
    time_zone: str
    """IANA name."""
    country: str = ""
    """ISO 3166 alpha-2, "" where none was chosen yet."""

    def facts(self) -> dict[str, str]:
        """As the audit log keeps them."""
        return asdict(self)


def save_defaults(defaults: Defaults) -> None:
    """Keep what new accounts start with; inside a write transaction."""
    settings.put("default_currency", defaults.currency)
    settings.put("default_time_zone", defaults.time_zone)
    settings.put("default_country", defaults.country)


def stored_defaults() -> Defaults:
    """What new accounts start with; inside a transaction."""
    currency, zone = settings.get("default_currency", "USD"), settings.get("default_time_zone", "UTC")
    return Defaults(currency, zone, settings.get("default_country"))
