"""What new accounts start with: chosen at set-up, kept in the database."""

from dataclasses import dataclass

from cpdesk.store import settings


@dataclass(frozen=True, slots=True)
class Defaults:
    """What new accounts start with."""

    currency: str
    """ISO 4217."""
    time_zone: str
    """IANA name."""


def save_defaults(defaults: Defaults) -> None:
    """Keep what new accounts start with; inside a write transaction."""
    settings.put("default_currency", defaults.currency)
    settings.put("default_time_zone", defaults.time_zone)


def stored_defaults() -> Defaults:
    """What new accounts start with; inside a transaction."""
    return Defaults(settings.get("default_currency", "USD"), settings.get("default_time_zone", "UTC"))
