"""Country, currency and time zone of a customer: what a person typed, in its official spelling."""

from cpdesk.base import regions, zones
from cpdesk.base.errors import UserError


def checked_country(text: str) -> str:
    """An ISO 3166 alpha-2 code in its official spelling. Raises UserError `unknown_country`."""
    code = text.strip().upper()
    if code not in regions.countries():
        raise UserError("unknown_country", text=text)
    return code


def checked_currency(text: str) -> str:
    """An ISO 4217 code in its official spelling. Raises UserError `unknown_currency`."""
    code = text.strip().upper()
    if code not in regions.currencies():
        raise UserError("unknown_currency", text=text)
    return code


def checked_time_zone(text: str) -> str:
    """An IANA zone name in its official spelling. Raises UserError `unknown_time_zone`."""
    name = zones.canonical(text)
    if name is None:
        raise UserError("unknown_time_zone", text=text)
    return name
