"""Low-seat warnings in words, for the command line and for the window alike."""

from cpdesk.base.formats import format_number
from cpdesk.base.i18n import ngettext


def low_text(product: str, available: int, seats: int, threshold: int) -> str:
    """ "Visio Plan 2: 2 of 20 seats are available, and you wanted to be warned at 3." """
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
