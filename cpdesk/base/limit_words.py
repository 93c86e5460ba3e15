"""What is said where a change goes beyond the seats that Microsoft lets a tenant have, in window and command line."""

from typing import Protocol

from cpdesk.base.formats import format_number
from cpdesk.base.i18n import ngettext


class Beyond(Protocol):
    """What is read of a limit that is gone beyond; its fields say what each of it means."""

    @property
    def family(self) -> str: ...
    @property
    def most(self) -> int: ...
    @property
    def after(self) -> int: ...


def beyond_text(beyond: Beyond) -> str:
    """ "Microsoft 365 Business is limited to 300 seats in a tenant, all its products together: this makes 312." """
    text = ngettext(
        "{family} is limited to {most} seat in a tenant, all its products together: this makes {after}. "
        "Microsoft can refuse what is beyond.",
        "{family} is limited to {most} seats in a tenant, all its products together: this makes {after}. "
        "Microsoft can refuse what is beyond.",
        beyond.most,
    )
    return text.format(family=beyond.family, most=format_number(beyond.most), after=format_number(beyond.after))
