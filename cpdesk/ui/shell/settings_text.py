"""What may be in a file of settings that Qt can be given.

A value that begins with @ is to Qt an object that it has to make, of any size: one that was put there by a damaged disk
or by somebody else ends the program. None is written here, and a text that begins so is written with two.
"""

import re

_TOKEN = re.compile(
    r"""(?P<hex>\\x[0-9A-Fa-f]+) | (?P<octal>\\[0-7]+) | (?P<letter>\\[abfnrtv"?'\\]) | (?P<skipped>\\.?)
    | (?P<quote>") | (?P<object>@(?!@|Invalid\(\))) | (?P<twice>@.?) | (?P<blank>[ \t]) | (?P<begin>[=,])
    | (?P<end>[\r\n]+) | (?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_AT, _BITS = 0x40, 0xFFFF


def is_harmless(text: str) -> bool:
    """Whether Qt makes nothing but texts, and lists of texts, of what stands in a file."""
    quoted, begins, line_begins = False, False, True
    for token in _TOKEN.finditer(text):
        kind, found = token.lastgroup, token.group()
        if begins and (kind == "object" or _number(kind, found) == _AT):
            return False
        if line_begins and found == ";":
            # A comment, in which quotes would mean nothing.
            return False
        if kind == "quote":
            quoted = not quoted
        elif not quoted and kind == "begin":
            begins = True
        elif kind != "skipped" and (quoted or kind != "blank"):
            begins = False
        line_begins = kind == "end" and not quoted
    return True


def _number(kind: str | None, found: str) -> int:
    """The letter that is written by its number, in as many bits as Qt takes of it."""
    if kind == "hex":
        return int(found[2:], 16) & _BITS
    return int(found[1:], 8) & _BITS if kind == "octal" else -1
