"""Sizes and times of files as people read them."""

from datetime import datetime

from PySide6.QtCore import QLocale

from cpdesk.base import zones
from cpdesk.base.formats import format_short_date


def size_text(size: int) -> str:
    """ "48.3 MB"."""
    return QLocale().formattedDataSize(size, 1, QLocale.DataSizeFormat.DataSizeSIFormat)


def made_text(made_at: datetime, zone: str) -> str:
    """When a file was made, as seen in `zone` (an IANA name), which stands over the list."""
    local = made_at.astimezone(zones.zone(zone))
    return f"{format_short_date(local.date())}, {local:%H:%M}"
