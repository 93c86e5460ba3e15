"""Repeating to people what they, or the files of strangers, have said: never more than a text, and never at length."""

import re

from cpdesk.base.apart import apart

_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Those of a terminal, and those that turn round the rest of a sentence."""
_LONGEST = 300
"""Letters of a text out of somebody's input that are repeated to them."""
_LONG_WORD = re.compile(rf"(\S{{{_LONGEST}}})\S+")


def printable(text: str) -> str:
    """A text from outside, on one line, of bearable length, and apart from what stands beside it in the sentence."""
    safe = _CONTROLS.sub("\ufffd", text)
    short = safe if len(safe) <= _LONGEST else f"{safe[:_LONGEST]}…"
    return apart(short)


def shortened(text: str) -> str:
    """A text that others have made out of somebody's input, with every word in it of bearable length."""
    return _LONG_WORD.sub(r"\1…", text)
