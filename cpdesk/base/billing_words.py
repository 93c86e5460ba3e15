"""From when seats that leave are no longer billed, in words."""

from typing import TYPE_CHECKING

from cpdesk.base.formats import format_date
from cpdesk.base.i18n import _

if TYPE_CHECKING:
    from datetime import date


def since_text(falls_later: "date | None") -> str:
    """ "from today on", or "from December 1, 2026 on" where the bill falls only then; ends "no longer billed ..."."""
    if falls_later is None:
        return _("from today on")
    return _("from {date} on").format(date=format_date(falls_later))
