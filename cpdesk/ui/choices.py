"""What can be chosen from long lists, in the language in use. Loading the names takes some 50 ms once."""

from PySide6.QtCore import QLocale

from cpdesk.base import i18n, regions
from cpdesk.ui.widgets.inputs import Choice

_FALLBACK_CURRENCY = "USD"
_FALLBACK_ZONE = "UTC"


def languages() -> list[Choice]:
    """The languages of the program, each by its own name."""
    return [Choice(code, name) for code, name in i18n.available_languages()]


def currencies() -> list[Choice]:
    """ "USD · US Dollar", by code."""
    from babel import Locale

    names = Locale.parse(i18n.language()).currencies
    return [Choice(code, f"{code} · {names.get(code, code)}") for code in sorted(regions.currencies())]


def countries() -> list[Choice]:
    """Countries by name."""
    from babel import Locale

    names = Locale.parse(i18n.language()).territories
    choices = [Choice(code, names.get(code, code)) for code in regions.countries()]
    return sorted(choices, key=lambda choice: choice.text.casefold())


def time_zones() -> list[Choice]:
    """IANA names, the only spelling that is the same everywhere."""
    from cpdesk.base import zones

    return [Choice(name, name) for name in zones.names()]


def currency_name(code: str) -> str:
    """ "USD · US Dollar"; the code itself where there is no name."""
    return _name_of(currencies(), code)


def country_name(code: str) -> str:
    """The name of a country; the code itself where there is none."""
    return _name_of(countries(), code)


def _name_of(choices: list[Choice], code: str) -> str:
    return next((choice.text for choice in choices if choice.value == code), code)


def usual_currency() -> str:
    """The currency of the place where this computer thinks it is."""
    code = QLocale.system().currencySymbol(QLocale.CurrencySymbolFormat.CurrencyIsoCode)
    return code if code in regions.currencies() else _FALLBACK_CURRENCY


def usual_time_zone() -> str:
    """The time zone of this computer, by its IANA name."""
    from PySide6.QtCore import QTimeZone

    from cpdesk.base import zones

    name = bytes(QTimeZone.systemTimeZoneId().data()).decode("ascii", "replace")
    return zones.canonical(name) or _FALLBACK_ZONE


def usual_country() -> str:
    """The country of the place where this computer thinks it is."""
    code = QLocale.territoryToCode(QLocale.system().territory())
    return code if code in regions.countries() else "US"
