"""Anchors of the audit log in words, for the command line and for the window alike."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Protocol

from cpdesk.base.formats import format_instant, format_number
from cpdesk.base.i18n import _, ngettext


class Made(Protocol):
    """What is read of an anchor."""

    @property
    def database(self) -> str: ...
    @property
    def entry(self) -> int: ...
    @property
    def recorded_at(self) -> datetime: ...
    @property
    def hash(self) -> str: ...


class Compared(Protocol):
    """What is read of a comparison."""

    @property
    def anchor(self) -> Made: ...
    @property
    def likeness(self) -> str: ...
    @property
    def last(self) -> int: ...
    @property
    def later(self) -> int: ...


def anchor_facts(anchor: Made, zone: str, grouped: str) -> Iterator[tuple[str, str]]:
    """What an anchor says, line by line; `grouped` is its hash in groups."""
    yield _("Entry"), _("No. {number}").format(number=format_number(anchor.entry))
    yield _("Recorded"), format_instant(anchor.recorded_at, zone)
    yield _("Database"), anchor.database
    yield _("Hash (SHA-256)"), grouped


def compared_text(result: Compared) -> str:
    """What came of a comparison, in plain words; the chain itself is told of elsewhere."""
    return _LIKENESS[result.likeness](result)


def _same(result: Compared) -> str:
    text = _("The log is as it was when the anchor was made: its latest entry is still No. {number}.")
    return text.format(number=format_number(result.anchor.entry))


def _gone_on(result: Compared) -> str:
    return ngettext(
        "The log contains the anchor, entry No. {number}, and has gone on by {later} entry since.",
        "The log contains the anchor, entry No. {number}, and has gone on by {later} entries since.",
        result.later,
    ).format(number=format_number(result.anchor.entry), later=format_number(result.later))


def _differs(result: Compared) -> str:
    text = _(
        "Entry No. {number} is another one than the anchor says. Either the log was written anew behind the program's "
        "back, or a backup from before the anchor was restored and other changes were made since."
    )
    return text.format(number=format_number(result.anchor.entry))


def _missing(result: Compared) -> str:
    text = _(
        "Entry No. {number} of the anchor is missing: the log ends with No. {last}. Either a backup from before the "
        "anchor was restored, or the end of the log was cut off."
    )
    return text.format(number=format_number(result.anchor.entry), last=format_number(result.last))


def _other(_result: Compared) -> str:
    return _(
        "The anchor was made from another database: this log begins with another entry. If it should be the same "
        "database, its log was written anew from the first entry on."
    )


_LIKENESS: Mapping[str, Callable[[Compared], str]] = {
    "same": _same,
    "gone_on": _gone_on,
    "differs": _differs,
    "missing": _missing,
    "other_database": _other,
}


def chain_text(*, holds: bool) -> str:
    """Follows where the log contains the anchor: what that proves about the entries before it."""
    if holds:
        return _("Nothing up to the anchor was changed.")
    return _("But its chain is broken, so the anchor proves nothing about the entries before it.")
