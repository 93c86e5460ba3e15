"""How what somebody types finds things: by words, whatever their order, case and accents."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

_BETWEEN_WORDS = re.compile(r"[\W_]+")
_LEAST_OF_CODE = 4
"""Letters that a GUID is found by, at least: fewer, such as "e3", stand at the beginning of some by chance."""
EXACT, BEGINNING, INSIDE = range(3)
"""How well something fits: it is what was typed; words of it begin with what was typed; they have it in them."""


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text without case and accents; whatever is neither letter nor digit stands between words."""
    return tuple(_plain(text).split())


def different_words(texts: Iterable[str]) -> str:
    """The different words of some texts, with blanks between: what the index of names is made of."""
    return " ".join(dict.fromkeys(_plain("\n".join(texts)).split()))


def begin(typed: Sequence[str], words: str) -> bool:
    """Whether each of the words typed is the beginning of one of those, which have blanks between them."""
    among = f" {words}"
    return all(f" {word}" in among for word in typed)


class Sought:
    """What was typed to find something, to be held against many texts.

    `codes` of a text are other spellings that stand for it, such as the GUID of a product: it is found by the whole
    of one, or by its beginning.
    """

    def __init__(self, typed: str) -> None:
        self.words = words_of(typed)
        self._together = "".join(self.words)

    def finds(self, text: str, codes: Sequence[str] = ()) -> bool:
        """Whether each word occurs in the text or begins a code. Nothing typed finds everything."""
        among = _plain(text)
        if all(word in among for word in self.words):
            return True
        return bool(codes) and self._fit(among, codes) is not None

    def fit(self, text: str, codes: Sequence[str] = ()) -> int | None:
        """How well it fits a text that is asked for again and again; None: not at all."""
        return self._fit(_kept(text), codes)

    def _fit(self, among: str, codes: Sequence[str]) -> int | None:
        spelled = [_kept(code).replace(" ", "") for code in codes]
        if self._together in (among.replace(" ", ""), *spelled):
            return EXACT
        begins = f" {among}"
        if _begins(spelled, self._together) or all(
            f" {word}" in begins or _begins(spelled, word) for word in self.words
        ):
            return BEGINNING
        return INSIDE if all(word in among or _begins(spelled, word) for word in self.words) else None


def _begins(spelled: Sequence[str], typed: str) -> bool:
    return len(typed) >= _LEAST_OF_CODE and any(code.startswith(typed) for code in spelled)


def _plain(text: str) -> str:
    """Words with single blanks between them, without case and accents."""
    if text.isascii():
        return _BETWEEN_WORDS.sub(" ", text).lower()
    return _BETWEEN_WORDS.sub(" ", unicodedata.normalize("NFKD", text).translate(_MARKS)).casefold()


class _Marks(dict[int, int | None]):
    """What becomes of a letter: accents, once they stand alone, are left out. Asked for each letter but once."""

    def __missing__(self, code: int) -> int | None:
        self[code] = None if unicodedata.combining(chr(code)) else code
        return self[code]


_MARKS = _Marks()


_kept = lru_cache(maxsize=4096)(_plain)
"""Of names that are searched again with each letter typed."""
