"""Amounts as people type them."""

from decimal import Decimal

from cpdesk.base import i18n
from cpdesk.base.i18n import _


def typed_number(text: str) -> Decimal | None:
    """What somebody typed as a number with decimals, by the rules of the language in use; None if it is none.

    Where a point means nothing in the language, or something that does not fit its place, it is a decimal point.
    """
    from babel.numbers import NumberFormatError, parse_decimal

    typed = "".join(text.split())
    if any(letter.isalpha() for letter in typed):
        return None  # Decimal would take "NaN" and "1e3"
    try:
        return parse_decimal(typed, locale=i18n.language(), strict=True)
    except NumberFormatError:
        whole, point, decimals = typed.partition(".")
        plain = whole.isdecimal() and decimals.isdecimal() and bool(point)
        return Decimal(typed) if plain else None


def number_in_field(number: Decimal | None) -> str:
    """A number as a field shows it to be changed, with all of its decimals: "15.00"; nothing for None."""
    from babel.numbers import format_decimal

    if number is None:
        return ""
    exponent = number.as_tuple().exponent
    decimals = max(0, -exponent) if isinstance(exponent, int) else 0
    pattern = f"0.{'0' * decimals}" if decimals else "0"
    return format_decimal(number, pattern, locale=i18n.language(), decimal_quantization=False)


def not_a_number(text: str) -> str | None:
    """What is wrong with a text that has to be a number with decimals, or None; for `Field.validate`."""
    if typed_number(text) is not None:
        return None
    return _("Enter a number such as {example}.").format(example=number_in_field(Decimal("12.50")))


def typed_percent(text: str) -> Decimal | None:
    """The same for a percentage, with its sign or without."""
    return typed_number(text.strip().removesuffix("%"))


def not_a_percentage(text: str) -> str | None:
    """What is wrong with a text that has to be a percentage, or None; for `Field.validate`."""
    return None if typed_percent(text) is not None else not_a_number(text)
