"""What may become of prices, schedules and who has them: the dating of the product's rule 12.

Everything is dated today or later. `today` is the latest date that any of the accounts shows which pay by what is
changed: so no day that is over anywhere gets another price. Earlier days can only get a price where they had none.
"""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from typing import Final

from cpdesk.base.errors import UserError
from cpdesk.domain.modes import Mode
from cpdesk.domain.prices import AccountPricing, Price, PriceBook
from cpdesk.domain.switching import first_of_next_month

HIGHEST: Final = Decimal(10) ** 9
"""A higher price than this, in any currency, is taken for a slip."""

Given = Decimal | str | None
"""An amount as it is entered; None or nothing but blanks: none."""

_PLAIN: Final = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?|[+-]?\.[0-9]+")


def checked_amount(given: Given, minor_digits: int) -> Decimal | None:
    """A price with all decimals of its currency, None where none is given.

    Raises UserError `price_not_a_number`, `price_negative`, `price_too_precise` (more decimals than the currency's
    `minor_digits`) or `price_too_large`, each with the `price` as it was given.
    """
    text = f"{given:f}" if isinstance(given, Decimal) else (given or "").strip()
    if not text:
        return None
    amount = plain_decimal(text)
    if amount is None:
        raise UserError("price_not_a_number", price=text)
    if amount < 0:
        raise UserError("price_negative", price=text)
    if amount > HIGHEST:
        raise UserError("price_too_large", price=text, most=HIGHEST)
    rounded = round(amount, minor_digits)
    if rounded != amount:
        raise UserError("price_too_precise", price=text, digits=minor_digits)
    # Without the sign that a zero may have.
    return abs(rounded)


def plain_decimal(text: str) -> Decimal | None:
    """A number written with digits, a point and a sign; None for everything else, infinity and exponents too."""
    if not _PLAIN.fullmatch(text) or len(text) > 40:
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def check_new_price(book: PriceBook, new: Price, product: str, today: date) -> None:
    """Refuse a price that cannot be added to a schedule.

    Raises UserError `price_missing` where it says nothing and ends nothing, `price_exists` where the product has
    one from that very day on, `date_in_the_past` where days that are over would get another price.
    """
    rows = book.prices.get(new.product_id, ())
    if any(row.effective_on == new.effective_on for row in rows):
        raise UserError("price_exists", product=product, date=new.effective_on)
    present = book.price_on(new.product_id, new.effective_on)
    if _priceless(new) and (present is None or _priceless(present)):
        raise UserError("price_missing", product=product)
    if new.effective_on < today and not _first_price(present, new):
        raise UserError("date_in_the_past", date=new.effective_on, earliest=today)


def _priceless(price: Price) -> bool:
    return price.usage is None and price.purchase is None


def _first_price(present: Price | None, new: Price) -> bool:
    """Whether days that have a price keep it: between its day and the product's next price one row is in force."""
    return present is None or all(present.of(mode) in (None, new.of(mode)) for mode in Mode)


def check_withdrawal(book: PriceBook, product_id: int, day: date, product: str, today: date) -> Price:
    """The price that can be taken back, because no day that is over was charged by it.

    Raises UserError `unknown_price` or `price_has_begun`.
    """
    found = next((row for row in book.prices.get(product_id, ()) if row.effective_on == day), None)
    if found is None:
        raise UserError("unknown_price", product=product, date=day)
    if day < today:
        raise UserError("price_has_begun", product=product, date=day)
    return found


def check_day(day: date, today: date) -> None:
    """Raise UserError `date_in_the_past` for a day that is over somewhere."""
    if day < today:
        raise UserError("date_in_the_past", date=day, earliest=today)


def check_assignment(pricing: AccountPricing, book: PriceBook | None, day: date, today: date) -> None:
    """Refuse to give an account a schedule from a day on; `today` is the account's own.

    Raises UserError `schedule_currency_differs`, and `date_in_the_past` where days that are over had another
    schedule in the account's currency, or where a month that has begun would be charged in another way although it
    has days with a schedule. None is the default schedule, whatever its currency.
    """
    if book is not None and book.currency != pricing.currency:
        raise UserError(
            "schedule_currency_differs", schedule=book.name, currency=book.currency, wanted=pricing.currency
        )
    others = _books_between(pricing, day, today) - {book.schedule_id if book else None}
    if day < today and (others or _prorated_anew(pricing, book, day, today)):
        raise UserError("date_in_the_past", date=day, earliest=today)


def _prorated_anew(pricing: AccountPricing, book: PriceBook | None, day: date, today: date) -> bool:
    """Whether a schedule from a day on gives another proration to a month that has days with a schedule.

    The first day of a month decides on all of it, and where that had no schedule later days may have had one.
    """
    after = AccountPricing(pricing.currency, [(day, book)] if book else ())
    month = day if day.day == 1 else first_of_next_month(day)
    while month < today:
        following = first_of_next_month(month)
        if after.proration(month) is not pricing.proration(month) and _books_between(pricing, month, following):
            return True
        month = following
    return False


def _books_between(pricing: AccountPricing, first: date, end: date) -> set[int | None]:
    """The ids of the schedules, in the account's currency, of the days from `first` to before `end`."""
    starts = [first, *(day for day, _book in pricing.books if first < day < end)]
    return {book.schedule_id for book in map(pricing.book_on, starts) if book is not None}


def in_force_or_to_come(rows: Sequence[Price], today: date) -> list[Price]:
    """The price of today and the later ones, of the prices of a product, oldest first."""
    over = {id(row) for row, following in pairwise(rows) if following.effective_on <= today}
    return [row for row in rows if id(row) not in over]
