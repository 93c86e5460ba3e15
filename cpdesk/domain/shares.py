"""Exact fractions as decimals: rounded half up, once."""

import math
from decimal import Decimal
from fractions import Fraction

_PLACES = 4
"""Decimals of a share: enough for tenths of a percent."""


def rounded(exact: Fraction, digits: int) -> Decimal:
    """A number that is not negative with so many decimals."""
    return Decimal(math.floor(exact * 10**digits + Fraction(1, 2))).scaleb(-digits)


def share(part: Decimal | int, whole: Decimal | int) -> Decimal | None:
    """A part of something as a fraction of 1; None of nothing."""
    return rounded(Fraction(part) / Fraction(whole), _PLACES) if whole else None
