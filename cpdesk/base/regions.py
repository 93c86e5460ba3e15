"""Countries and currencies that exist today, from the Unicode locale data that Babel carries."""

from functools import cache, lru_cache

_NOT_COUNTRIES = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})


@cache
def countries() -> frozenset[str]:
    """ISO 3166 alpha-2 codes."""
    from babel import Locale

    codes = Locale("en").territories
    return frozenset(code for code in map(str, codes) if len(code) == 2 and code.isalpha()) - _NOT_COUNTRIES


@lru_cache(maxsize=1000)
def country_code(text: str) -> str:
    """The ISO 3166 alpha-2 code of a country that is given by it or by its English name; "" where there is none."""
    wanted = " ".join(text.split()).casefold()
    return wanted.upper() if wanted.upper() in countries() else _by_english_name().get(wanted, "")


@cache
def _by_english_name() -> dict[str, str]:
    from babel import Locale

    return {name.casefold(): code for code, name in Locale("en").territories.items() if code in countries()}


@cache
def currencies() -> frozenset[str]:
    """ISO 4217 codes of the currencies that are legal tender somewhere now."""
    from babel.core import get_global

    used = get_global("territory_currencies").values()
    return frozenset(code for entries in used for code, _since, until, tender in entries if tender and until is None)


@cache
def minor_digits(currency: str) -> int:
    """The decimals of amounts in a currency: 2 for most and for unknown ones, 0 for the yen, 3 for some dinars."""
    from babel.numbers import get_currency_precision

    return get_currency_precision(currency)
