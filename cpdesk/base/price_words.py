"""Prices in words, for the command line and for the window alike."""

from collections.abc import Callable, Mapping

from cpdesk.base.i18n import _

_SKIPPED: Mapping[str, Callable[[], str]] = {
    "market": lambda: _("another market"),
    "segment": lambda: _("not commercial"),
    "trial": lambda: _("a trial"),
    "term": lambda: _("another term, or billed otherwise"),
    "currency": lambda: _("another currency"),
    "product": lambda: _("not in the catalogue"),
    "date": lambda: _("not in force on that day"),
    "tier": lambda: _("only for more seats"),
    "superseded": lambda: _("replaced by a later row"),
}


def skip_reason(reason: str) -> str:
    """Why a row of a price list gives no price (a member of SkipReason)."""
    return _SKIPPED[reason]()


def change_name(change: str) -> str:
    """What becomes of a price (a member of PriceChange)."""
    return {"new": _("new"), "changed": _("changed"), "unchanged": _("unchanged")}[change]


def proration_name(proration: str) -> str:
    """How a month is charged (a member of Proration)."""
    return {"daily": _("by the day"), "none": _("whole months")}.get(proration, proration)
