"""Texts whose direction is not that of the window, or that would turn the rest of a sentence round."""

import re

_FIRST_STRONG_ISOLATE = "\u2068"
_POP_DIRECTIONAL_ISOLATE = "\u2069"
_TURNING = re.compile("[\u202a-\u202e\u2066\u2067]")
"""Embeddings, overrides and forced directions. Letters of a script that reads from the right need none."""
_ISOLATES = re.compile("[\u2068\u2069]")
"""Those that our own sentences put around a name, in pairs."""


def isolated(text: str, *, rtl: bool) -> str:
    """A text that reads in its own direction in a window from right to left: "2 of 4", not "of 4 2"."""
    return f"{_FIRST_STRONG_ISOLATE}{text}{_POP_DIRECTIONAL_ISOLATE}" if rtl and text else text


def steady(text: str) -> str:
    """A sentence in which no name turns round what follows it, as one with an override would."""
    if text.isascii():
        return text
    kept = _TURNING.sub("", text)
    in_pairs = kept.count(_FIRST_STRONG_ISOLATE) == kept.count(_POP_DIRECTIONAL_ISOLATE)
    return kept if in_pairs else _ISOLATES.sub("", kept)
