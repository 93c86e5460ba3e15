"""Translated texts: English in the source, gettext catalogues for the other languages.

`_` looks a text up when it is called, so a module must not call it while it is imported. Names that a text is filled
with by its `format` turn nothing of it round: `base/apart`.
"""

import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from cpdesk.base import assets
from cpdesk.base.apart import Template

SOURCE_LANGUAGE = "en"

_DOMAIN = "cpdesk"
_VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")


@dataclass(frozen=True)
class _Language:
    code: str
    texts: NullTranslations


class _Active:
    """Holds the one language in use. Replaced as a whole, so other threads never see half a change."""

    language = _Language(SOURCE_LANGUAGE, NullTranslations())


def _(text: str) -> str:
    """Translate one text."""
    return _fillable(_Active.language.texts.gettext(text))


def ngettext(one: str, many: str, count: int) -> str:
    """Translate a text that depends on a count."""
    return _fillable(_Active.language.texts.ngettext(one, many, count))


def pgettext(context: str, text: str) -> str:
    """Translate a text that means different things in different places."""
    return _fillable(_Active.language.texts.pgettext(context, text))


def _fillable(text: str) -> str:
    """A text with places in it keeps the names that fill them apart from the rest."""
    return Template(text) if "{" in text else text


def language() -> str:
    """The code of the language in use, for example "en" or "de"."""
    return _Active.language.code


def set_language(code: str | None = None) -> str:
    """Switch to the available language nearest to `code` (None: the system's); returns the code now in use.

    "de_AT" gives "de". A language we do not have gives English: a stored choice can never stop the program.
    """
    wanted = system_languages() if code is None else (code,)
    chosen = best_language(wanted)
    _Active.language = _Language(chosen, _texts(chosen))
    return chosen


def prepare(code: str) -> None:
    """Read the texts of an available language, so that switching to it takes no time."""
    _texts(code)


def best_language(wanted: Iterable[str]) -> str:
    """The first wanted language that is available, without its region if need be; English if none is."""
    for entry in wanted:
        tag = entry.partition(".")[0].partition("@")[0].replace("-", "_")
        for code in (tag, tag.partition("_")[0]):
            if code == SOURCE_LANGUAGE or code in _codes():
                return code
    return SOURCE_LANGUAGE


def system_languages() -> list[str]:
    """The languages the person asked the system for, best first, as the system writes them."""
    found = [part for name in _VARIABLES for part in os.environ.get(name, "").split(":") if part]
    if not found and sys.platform == "win32":
        found = [_windows_language()]
    return found


def available_languages() -> list[tuple[str, str]]:
    """The languages to choose from: code and the language's own name, sorted by name."""
    from babel import Locale

    names = [(code, Locale.parse(code).get_display_name() or code) for code in _codes()]
    return sorted(((code, name[:1].upper() + name[1:]) for code, name in names), key=lambda entry: entry[1])


def is_right_to_left() -> bool:
    """Whether the language in use is written from right to left."""
    if language() == SOURCE_LANGUAGE:
        return False
    from babel import Locale

    return bool(Locale.parse(language()).text_direction == "rtl")


def _codes() -> list[str]:
    folders = sorted(path.parent.parent.name for path in _folder().glob(f"*/LC_MESSAGES/{_DOMAIN}.[mp]o"))
    return list(dict.fromkeys([SOURCE_LANGUAGE, *folders]))


def _folder() -> Path:
    return assets.root() / "locale"


def _texts(code: str) -> NullTranslations:
    return NullTranslations() if code == SOURCE_LANGUAGE else _load(_folder(), code)


@cache
def _load(folder: Path, code: str) -> NullTranslations:
    compiled = folder / code / "LC_MESSAGES" / f"{_DOMAIN}.mo"
    if compiled.is_file():
        with compiled.open("rb") as stream:
            return GNUTranslations(stream)
    return _compile(compiled.with_suffix(".po"), code)


def _compile(source: Path, code: str) -> NullTranslations:
    """Read a catalogue from its source: a checkout has no compiled ones that could fall behind."""
    from io import BytesIO

    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with source.open("rb") as stream:
        catalogue = read_po(stream, locale=code)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)


def _windows_language() -> str:
    import ctypes
    import locale

    number = ctypes.windll.kernel32.GetUserDefaultUILanguage()  # type: ignore[attr-defined,unused-ignore]
    return locale.windows_locale.get(number, SOURCE_LANGUAGE)
