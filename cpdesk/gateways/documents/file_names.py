"""Names of files that every system takes."""

import re
import unicodedata
from typing import Final

_FORBIDDEN: Final = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f]')
_DEVICES: Final = re.compile(r"(con|prn|aux|nul|com[0-9\u00b9\u00b2\u00b3]|lpt[0-9\u00b9\u00b2\u00b3])", re.IGNORECASE)
"""Windows takes such a name, whatever its ending, for a device."""
_LONGEST: Final = 120
"""Bytes in UTF-8: with what is put behind it and the folder's name it stays below all limits."""


def safe_name(text: str) -> str:
    """A name without what some system refuses; never empty, without an ending."""
    visible = "".join(" " if unicodedata.category(letter) in {"Cf", "Cs"} else letter for letter in text)
    cleaned = " ".join(_FORBIDDEN.sub(" ", visible).split()).strip(". ")
    short = unicodedata.normalize("NFC", cleaned).encode()[:_LONGEST].decode(errors="ignore").strip(". ")
    return f"_{short}" if not short or _DEVICES.fullmatch(short.partition(".")[0].strip()) else short


class Unique:
    """Names that differ also where a system does not tell capitals from small letters."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def name(self, wanted: str) -> str:
        """`wanted`, with a number behind it where it was given before."""
        name, place = wanted, 1
        while (key := unicodedata.normalize("NFKC", name).casefold()) in self._taken:
            place += 1
            name = f"{wanted} {place}"
        self._taken.add(key)
        return name
