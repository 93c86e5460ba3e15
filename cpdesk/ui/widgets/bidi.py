"""Painted texts whose direction is not that of the window."""

_FIRST_STRONG_ISOLATE = "\u2068"
_POP_DIRECTIONAL_ISOLATE = "\u2069"


def isolated(text: str, *, rtl: bool) -> str:
    """A text that reads in its own direction in a window from right to left: "2 of 4", not "of 4 2"."""
    return f"{_FIRST_STRONG_ISOLATE}{text}{_POP_DIRECTIONAL_ISOLATE}" if rtl and text else text
