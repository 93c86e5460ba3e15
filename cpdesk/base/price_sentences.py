"""What a person reads when a price, a schedule or a price list is refused; a part of `messages`."""

from collections.abc import Callable, Mapping
from typing import Any

from cpdesk.base.i18n import _, ngettext

Facts = Mapping[str, Any]


def _in_file(facts: Facts, in_file: str, alone: str) -> str:
    return in_file if "row" in facts else alone


def _too_precise(facts: Facts) -> str:
    if not facts.get("digits"):
        return _("{price} is too precise: prices in this currency have no decimals.")
    return ngettext(
        "{price} is too precise: prices in this currency have {digits} decimal.",
        "{price} is too precise: prices in this currency have {digits} decimals.",
        facts["digits"],
    )


DEPENDENT: Mapping[str, Callable[[Facts], str]] = {
    "price_not_a_number": lambda facts: _in_file(
        facts,
        _('{file}, row {row}, column {column}: "{price}" is not a number. Write prices as in 1234.50.'),
        _('"{price}" is not a number. Write a price as in 1234.50.'),
    ),
    "price_negative": lambda facts: _in_file(
        facts,
        _("{file}, row {row}, column {column}: {price} is negative. A price is 0 or more."),
        _("{price} is negative. A price is 0 or more."),
    ),
    "price_too_large": lambda facts: _in_file(
        facts,
        _("{file}, row {row}, column {column}: {price} is more than makes sense. At most {most} is accepted."),
        _("{price} is more than makes sense. At most {most} is accepted."),
    ),
    "price_too_precise": _too_precise,
}
"""Sentences whose wording depends on the facts."""

PLAIN: Mapping[str, Callable[[], str]] = {
    "price_ambiguous": lambda: _(
        '{file}, row {row}, column {column}: the point in "{price}" may separate thousands or decimals. '
        "Write prices as in 1234.50."
    ),
    "price_missing": lambda: _("{product} has no price that could end. Give a Usage price or a Purchase price."),
    "price_exists": lambda: _(
        "{product} has a price from {date} on already. Withdraw that one first, or choose another day."
    ),
    "price_has_begun": lambda: _(
        "The price of {product} from {date} on has begun to count and stays. Set another one from today on."
    ),
    "unknown_price": lambda: _("{product} has no price that begins on {date}."),
    "date_in_the_past": lambda: _(
        "{date} is over for an account that this would charge: days that had a price keep it. "
        "Choose {earliest} or later."
    ),
    "schedule_name_taken": lambda: _("There is a price schedule {name} already."),
    "unknown_schedule": lambda: _('There is no price schedule "{text}".'),
    "schedule_currency_differs": lambda: _("The prices of {schedule} are in {currency}; {wanted} is needed here."),
    "margin_not_a_number": lambda: _('"{text}" is not a margin. Write percent as in 12.5.'),
    "margin_out_of_range": lambda: _("A margin of {margin} percent makes no sense. Give {lowest} to {highest}."),
    "several_markets": lambda: _(
        "{file}, row {row}, column {column}: the list has prices for several markets ({markets}). "
        "Say which one counts, on the command line by --market."
    ),
    "market_not_in_file": lambda: _("{file}, column {column}: no row is for the market {market}. It has: {markets}."),
    "file_without_prices": lambda: _("{file} has a header but no prices."),
    "no_prices_in_file": lambda: _(
        "{file} has no price in {currency} for any product of the catalogue: commercial, no trial, monthly or annual "
        "and billed monthly, and in force on {date}."
    ),
    "price_list_currency_differs": lambda: _(
        "{file}, row {row}, column {column}: the prices are in {currency}, those of the schedule in {wanted}."
    ),
    "price_list_not_begun": lambda: _(
        "{file}, row {row}, column {column}: the prices count from {start} on, and not yet on {date}. "
        "Import them from that day on, on the command line by --effective."
    ),
    "price_twice": lambda: _(
        "{file}, row {row}, column {column}: another price of {product} than in row {other_row}, for the same time."
    ),
    "tier_not_a_number": lambda: _('{file}, row {row}, column {column}: "{text}" is not a number of seats.'),
    "date_not_readable": lambda: _('{file}, row {row}, column {column}: "{text}" is not a date.'),
    "prices_changed_since": lambda: _(
        "What was shown no longer holds, because the schedule or {file} was changed since. Nothing was imported."
    ),
}
"""Sentences that only have gaps to fill, by code."""
