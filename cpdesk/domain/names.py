"""How names are compared and checked: domains, user principal names, e-mail addresses, texts of people."""

import re
import unicodedata
from collections.abc import Set as AbstractSet

from cpdesk.base.errors import UserError

LONGEST_TEXT = 256
_UNPRINTABLE = frozenset({"Cc", "Cs", "Zl", "Zp"})
"""Categories of letters that no name has."""
_LABEL = re.compile(r"[^\W_](?:[\w-]{0,61}[^\W_])?", re.UNICODE)
_LOCAL_PARTS = {
    "bad_upn": re.compile(r"[^\s@<>\"\\/\[\]:;|=,+*?]+|[^\s@]*#EXT#", re.UNICODE),
    # Mailboxes may have a tag, as in ada+cpdesk@contoso.example.
    "bad_email": re.compile(r"[^\s@<>\"\\\[\]:;,]+", re.UNICODE),
}


def key(text: str) -> str:
    """The form in which two names are the same: composed, without case, without blanks around.

    Halves of a surrogate pair, which a shell makes of bytes that are no text, cannot be stored: they are replaced.
    """
    storable = text.encode("utf-8", "replace").decode("utf-8")
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", storable.strip()).casefold())


def clean_text(text: str, field: str, *, longest: int = LONGEST_TEXT) -> str:
    """A name as a person typed it, without blanks around.

    Raises UserError `text_empty` (also where nothing of it can be seen),
    `text_too_long`, or `text_not_printable` (control characters, ends of lines
    and lone surrogates; accents, scripts and emoji are fine).
    """
    trimmed = text.strip().strip("\u00a0")
    if all(unicodedata.category(letter) in {"Cf", "Zs"} for letter in trimmed):
        raise UserError("text_empty", field=field)
    if len(trimmed) > longest:
        raise UserError("text_too_long", field=field, longest=longest)
    if _has(_UNPRINTABLE, trimmed):
        raise UserError("text_not_printable", field=field)
    return trimmed


def clean_domain(text: str) -> str:
    """A domain name such as contoso.example. Raises UserError `bad_domain`."""
    domain = text.strip()
    labels = domain.split(".")
    if len(domain) > 253 or len(labels) < 2 or not all(_LABEL.fullmatch(label) for label in labels):
        raise UserError("bad_domain", text=text)
    return domain


def clean_address(text: str, code: str) -> str:
    """Something of the form local@domain. Raises UserError `code` (`bad_upn` or `bad_email`).

    Nothing that cannot be seen may be in it: two addresses would look the same.
    """
    address = text.strip()
    local, at, domain = address.rpartition("@")
    if not at or len(local) > 64 + 49 or _has(_UNPRINTABLE | {"Cf"}, local) or not _LOCAL_PARTS[code].fullmatch(local):
        raise UserError(code, text=text)
    try:
        clean_domain(domain)
    except UserError:
        raise UserError(code, text=text) from None
    return address


def _has(categories: AbstractSet[str], text: str) -> bool:
    return any(unicodedata.category(letter) in categories for letter in text)


def is_guest(upn: str) -> bool:
    """Guests of another organisation carry this mark in their user principal name."""
    return "#ext#" in upn.casefold()
