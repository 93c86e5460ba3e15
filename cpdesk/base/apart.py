"""Texts of strangers within sentences of ours: each reads in its own direction, and turns nothing round it.

A name in letters that read from the right takes a number behind it along to its other side, and one with an override
in it writes the rest of the sentence backwards: "remove 9 seats" is then read as something else. So whatever fills a
`Template` (all that `base/i18n` gives), or stands in a row with others (`beside`), is put between isolates where it
needs them. What is kept, compared, searched for or exported stays as it is.
"""

import re
from pathlib import PurePath
from typing import Any

_FIRST_STRONG_ISOLATE = "\u2068"
_POP_DIRECTIONAL_ISOLATE = "\u2069"
_TURNING = re.compile("[\u202a-\u202e\u2066\u2067]")
"""Embeddings, overrides and forced directions. Letters of a script that reads from the right need none."""
_CONTROLS = re.compile("\r(?!\n)|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
"""Those that are no ends of lines or tabs: nothing would be seen of them, but for what they do to a terminal."""
_ISOLATES = re.compile("[\u2068\u2069]")
_ISOLATED = re.compile("\u2068[^\u2068\u2069]*\u2069")
_FROM_THE_RIGHT = re.compile(
    "[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
"""Letters of scripts that read from the right."""
_IN_A_ROW = " · "


class Template(str):
    """A sentence with places for names and numbers, each of which stands apart from the rest of it."""

    __slots__ = ()

    def format(self, *values: Any, **named: Any) -> str:
        """The sentence, filled."""
        return str.format(self, *map(_filling, values), **{name: _filling(value) for name, value in named.items()})


def apart(text: str) -> str:
    """A text as it stands within a sentence. Doing it twice makes no difference."""
    still = steady(text)
    if still.isascii():
        return still
    return f"{_FIRST_STRONG_ISOLATE}{still}{_POP_DIRECTIONAL_ISOLATE}" if reads_from_the_right(still) else still


def beside(*texts: str, between: str = _IN_A_ROW) -> str:
    """Those of the texts that are not empty in a row: "Contoso · contoso.example"."""
    return between.join(apart(text) for text in texts if text)


def noted(text: str, note: str) -> str:
    """A text with what is said of it behind it, if anything: "Ada Reyes (ada@contoso.example)"."""
    return Template("{} ({})").format(text, note) if note else apart(text)


def steady(text: str) -> str:
    """A text in which nothing turns round what follows, and control characters can be seen."""
    seen = _CONTROLS.sub("\ufffd", text)
    if seen.isascii():
        return seen
    kept = _TURNING.sub("", seen)
    return kept if _in_pairs(kept) else _ISOLATES.sub("", kept)


def reads_from_the_right(text: str) -> bool:
    """Whether anything in it does that does not stand apart already."""
    rest = text
    while (less := _ISOLATED.sub("", rest)) != rest:
        rest = less
    return _FROM_THE_RIGHT.search(rest) is not None


def _in_pairs(text: str) -> bool:
    depth = 0
    for mark in _ISOLATES.findall(text):
        depth += 1 if mark == _FIRST_STRONG_ISOLATE else -1
        if depth < 0:
            return False
    return depth == 0


def _filling(value: Any) -> Any:
    """Numbers and dates stay what they are."""
    return apart(str(value)) if isinstance(value, str | PurePath) else value
