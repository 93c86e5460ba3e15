"""Texts as they are painted: on their line, in their own direction."""

from cpdesk.base.apart import steady

_FIRST_STRONG_ISOLATE = "\u2068"
_POP_DIRECTIONAL_ISOLATE = "\u2069"
_LONGEST = 500
"""Letters; no column has room for more, and to measure ten thousand takes its time."""


def isolated(text: str, *, rtl: bool) -> str:
    """A text as it is painted, in its own direction in a window from right to left: "2 of 4", not "of 4 2"."""
    shown = steady(text)
    return f"{_FIRST_STRONG_ISOLATE}{shown}{_POP_DIRECTIONAL_ISOLATE}" if rtl and shown else shown


def on_one_line(text: str) -> str:
    """A text for where it has one line, whatever ends of lines a name has brought along."""
    if len(text) > _LONGEST:
        text = f"{text[:_LONGEST]}…"
    lines = text.splitlines()
    return text if len(lines) < 2 else " ".join(lines)


def continued(first: str, rest: str) -> tuple[str, str]:
    """Two lines of a text, each painted by itself: what stood apart over their end stands apart in both."""
    open_ones = first.count(_FIRST_STRONG_ISOLATE) - first.count(_POP_DIRECTIONAL_ISOLATE)
    return first + _POP_DIRECTIONAL_ISOLATE * open_ones, _FIRST_STRONG_ISOLATE * open_ones + rest
