"""A statement as words and figures: what stands on paper and on the screen, in the language that it was made in.

An issued statement keeps it, so that it is shown for ever as the customer got it.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

Pairs = tuple[tuple[str, str], ...]
"""Captions with what they say."""


@dataclass(frozen=True, slots=True)
class PrintedCorrections:
    """The lines that were put under an issued statement."""

    title: str
    captions: tuple[str, ...]
    """Number, date, text with its reason, amount."""
    rows: tuple[tuple[str, ...], ...] = ()
    sums: Pairs = ()
    """The total with the corrections."""


@dataclass(frozen=True, slots=True)
class Printed:
    """Everything that is read on a statement, but for the numbers of pages."""

    language: str
    title: str
    subtitle: str
    """The month."""
    sender: tuple[str, ...]
    """The reseller's own company, its name first; empty where nobody entered it."""
    recipient_caption: str
    recipient: tuple[str, ...]
    """The customer, the name first."""
    facts: Pairs
    mark: str
    """What a provisional statement says about itself, else empty."""
    captions: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    """Texts of the lines in the order of `captions`."""
    sums: Pairs
    """Sub-total and tax, where there is one, and the total."""
    warning: str
    """That lines without a price are missing in the sums, and which; else empty."""
    notes: tuple[str, ...]
    corrections: PrintedCorrections
    generated: str
    running: str
    """What every page but the first is headed by."""
    page: str
    """With the fields `page` and `pages`."""

    def as_plain(self) -> dict[str, Any]:
        """As an issued statement keeps it, without its corrections, which come later."""
        return asdict(self)


def from_plain(facts: Mapping[str, Any]) -> Printed:
    """What `as_plain` made."""
    later = facts["corrections"]
    corrections = PrintedCorrections(later["title"], tuple(later["captions"]))
    return Printed(
        language=facts["language"],
        title=facts["title"],
        subtitle=facts["subtitle"],
        sender=tuple(facts["sender"]),
        recipient_caption=facts["recipient_caption"],
        recipient=tuple(facts["recipient"]),
        facts=_pairs(facts["facts"]),
        mark=facts["mark"],
        captions=tuple(facts["captions"]),
        rows=tuple(tuple(row) for row in facts["rows"]),
        sums=_pairs(facts["sums"]),
        warning=facts["warning"],
        notes=tuple(facts["notes"]),
        corrections=corrections,
        generated=facts["generated"],
        running=facts["running"],
        page=facts["page"],
    )


def _pairs(listed: Any) -> Pairs:
    return tuple((caption, text) for caption, text in listed)


BLANK = Printed("", "", "", (), "", (), (), "", (), (), (), "", (), PrintedCorrections("", ()), "", "", "")
"""A statement that was not put into words yet."""
