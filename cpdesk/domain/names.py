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
    if text.isascii():
        # Nearly all of the hundreds of thousands of names of a large import: a tenth of the time.
        return text.strip().lower()
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


def unseen(text: str, *, plain: bool = False) -> bool:
    """Whether a text has ends of lines or control characters in it, or nothing at all that can be seen.

    plain: in an address no letter may be invisible; names of some scripts, and emoji, need a few.
    """
    if text.isprintable():
        return False
    categories = {unicodedata.category(letter) for letter in text}
    return bool(categories & (_UNPRINTABLE | {"Cf"} if plain else _UNPRINTABLE)) or categories <= {"Cf", "Zs"}


def readable_domain(text: str) -> str:
    """A domain in the one spelling that people read: `bücher.example` for `xn--bcher-kva.example`.

    Full-width letters and dots become plain ones. What is no domain comes back as it can be compared.
    """
    domain = text.strip()
    if domain.isascii() and "xn--" not in domain.casefold():
        return domain
    composed = unicodedata.normalize("NFKC", domain).replace("\u3002", ".")
    return ".".join(_readable_label(label) for label in composed.split("."))


def _readable_label(label: str) -> str:
    """A label in Punycode as it is read; as it stands where reading it would not lead back to it."""
    lower = label.lower()
    if not lower.startswith("xn--") or not lower.isascii():
        return label
    try:
        read = lower[4:].encode("ascii").decode("punycode")
    except UnicodeError:
        return label
    same = not read.isascii() and read.lower() == read == unicodedata.normalize("NFKC", read)
    return read if same and _LABEL.fullmatch(read) else label


def domain_key(text: str) -> str:
    """The form in which two domains are the same, however they are spelled."""
    return key(readable_domain(text))


def address_key(text: str) -> str:
    """The form in which two user principal names are the same, however their domains are spelled."""
    return key(readable_address(text))


def readable_address(text: str) -> str:
    """An address with its domain as people read it."""
    address = text.strip()
    if address.isascii() and "xn--" not in address.lower():
        return address
    local, at, domain = address.rpartition("@")
    return f"{local}{at}{readable_domain(domain)}"


def clean_domain(text: str) -> str:
    """A domain name such as contoso.example, as people read it. Raises UserError `bad_domain`."""
    domain = readable_domain(text)
    labels = domain.split(".")
    if len(domain) > 253 or len(labels) < 2 or not all(_LABEL.fullmatch(label) for label in labels):
        raise UserError("bad_domain", text=text)
    return domain


def clean_address(text: str, code: str) -> str:
    """Something of the form local@domain. Raises UserError `code` (`bad_upn` or `bad_email`).

    Nothing that cannot be seen may be in it: two addresses would look the same. The domain of a user principal
    name is given as people read it; who signs in with an e-mail address types it as it was entered.
    """
    address = text.strip()
    local, at, domain = address.rpartition("@")
    if not at or len(local) > 64 + 49 or _has(_UNPRINTABLE | {"Cf"}, local) or not _LOCAL_PARTS[code].fullmatch(local):
        raise UserError(code, text=text)
    try:
        clean_domain(domain)
    except UserError:
        raise UserError(code, text=text) from None
    return readable_address(address) if code == "bad_upn" else address


def _has(categories: AbstractSet[str], text: str) -> bool:
    return any(unicodedata.category(letter) in categories for letter in text)


def is_guest(upn: str) -> bool:
    """Guests of another organisation carry this mark in their user principal name."""
    return "#ext#" in upn.casefold()
