"""Low-seat warnings in words, for the command line and for the window alike."""

from collections.abc import Sequence
from typing import Protocol

from cpdesk.base.formats import format_list, format_number
from cpdesk.base.i18n import _, ngettext

_NAMED = 3
"""More products than these are counted, not listed."""


class Short(Protocol):
    """What is read of a product of which few seats are left."""

    @property
    def name(self) -> str: ...
    @property
    def seats(self) -> int: ...
    @property
    def available(self) -> int: ...
    @property
    def threshold(self) -> int | None: ...


def low_text(product: str, available: int, seats: int, threshold: int) -> str:
    """ "Visio Plan 2: 2 of 20 seats are available. The low-seat warning is set to 3." """
    text = ngettext(
        "{product}: {available} of {seats} seat is available. The low-seat warning is set to {threshold}.",
        "{product}: {available} of {seats} seats are available. The low-seat warning is set to {threshold}.",
        seats,
    )
    return text.format(
        product=product,
        available=format_number(available),
        seats=format_number(seats),
        threshold=format_number(threshold),
    )


def low_pools_text(short: Sequence[Short]) -> str:
    """The same of one product; several are told together: "Few seats are left: Visio Plan 2 (2 of 20), ..."."""
    if len(short) == 1 and short[0].threshold is not None:
        return low_text(short[0].name, short[0].available, short[0].seats, short[0].threshold)
    named = [_left_text(row) for row in short[:_NAMED]]
    left = len(short) - _NAMED
    if left > 0:
        named.append(ngettext("{number} more", "{number} more", left).format(number=format_number(left)))
    return _("Few seats are left: {products}.").format(products=format_list(named))


def _left_text(row: Short) -> str:
    return _("{product} ({available} of {seats})").format(
        product=row.name, available=format_number(row.available), seats=format_number(row.seats)
    )
