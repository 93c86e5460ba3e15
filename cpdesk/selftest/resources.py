"""Is everything there that ships with the program beside its code?"""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from PySide6.QtCore import QLibraryInfo, QSize, QTranslator
from PySide6.QtGui import QFontDatabase, QFontMetrics

from cpdesk.base import assets, formats, i18n, zones
from cpdesk.composition import contained_products, published_names, seat_limits, starting_catalogue
from cpdesk.selftest.results import Broken
from cpdesk.ui import theme
from cpdesk.ui.pages import all_pages
from cpdesk.ui.pages.help import library
from cpdesk.ui.shell.registry import PageSpec
from cpdesk.ui.theme import icons
from cpdesk.ui.theme.fonts import TextRole

_LETTERS = "AaBbÄäßé0123"
_DAY = date(2026, 12, 1)
_AT = datetime(2026, 12, 1, 5, tzinfo=UTC)


def languages() -> list[str]:
    """The codes of the languages that ship."""
    return [code for code, _name in i18n.available_languages()]


def check_icons() -> str:
    """Each icon can be drawn, and each entry of the menu has one."""
    names = {path.stem for path in (assets.root() / "icons").glob("*.svg")}
    missing = {spec.icon for spec in all_pages().all()} - names
    empty = [name for name in sorted(names) if _is_empty(name)]
    if missing or empty or not names:
        raise Broken(f"missing: {sorted(missing)}, not drawn: {empty}, of {len(names)}")
    return f"{len(names)} icons"


def check_catalogues() -> str:
    """The products a database starts with, the names that Microsoft has published, and facts about both."""
    start, published = len(starting_catalogue()), len(published_names())
    if not start or not published or not contained_products() or not seat_limits():
        raise Broken(f"{start} products, {published} names")
    return f"{start} products, {published} names"


def check_time_zones() -> str:
    """All zones can be loaded, from our own database, and one is right."""
    names = zones.names()
    for name in names:
        zones.zone(name)
    local = _AT.astimezone(zones.zone("America/New_York"))
    if (local.day, local.hour) != (1, 0):
        raise Broken(f"{_AT} is {local}")
    return f"{len(names)} zones"


def check_languages() -> str:
    """Each language has our texts, Qt's own, and its dates and numbers."""
    codes = languages()
    if i18n.SOURCE_LANGUAGE not in codes or len(codes) < 2:
        raise Broken(f"only {codes}")
    return "; ".join(_in_each(codes, _language))


def check_help() -> str:
    """Each topic is there in each language, and each page's F1 leads to one of them."""
    unknown = {spec.help for spec in all_pages().all() if spec.help} - set(library.keys())
    if unknown:
        raise Broken(f"no such topics: {sorted(unknown)}")
    return "; ".join(_in_each(languages(), _help))


def check_fonts() -> str:
    """There is a font, and it has the letters."""
    if not QFontDatabase.families():
        raise Broken("there is no font")
    font = theme.current().fonts.font(TextRole.BODY)
    measures = QFontMetrics(font)
    missing = [letter for letter in _LETTERS if not measures.inFontUcs4(ord(letter))]
    if missing:
        raise Broken(f"{font.family()} lacks {missing}")
    return f"{font.family()}, of {len(QFontDatabase.families())}"


def _in_each(codes: list[str], look: Callable[[str], str]) -> Iterator[str]:
    before = i18n.language()
    try:
        for code in codes:
            i18n.set_language(code)
            yield look(code)
    finally:
        i18n.set_language(before)


def _language(code: str) -> str:
    if i18n.language() != code:
        raise Broken(f"{code} cannot be used")
    if code != i18n.SOURCE_LANGUAGE and _translated() == 0:
        raise Broken(f"{code} has no texts")
    if code != i18n.SOURCE_LANGUAGE and not QTranslator().load(f"qtbase_{code}", _qt_texts()):
        raise Broken(f"Qt has no texts in {code}")
    number = formats.format_number(Decimal("1234.5"))
    return f"{code}: {formats.format_date(_DAY)}, {formats.format_duration(timedelta(days=3))}, {number}"


def _translated() -> int:
    """How many of the titles of pages are other ones in the language in use than in English."""
    used = i18n.language()
    own = [_title(spec) for spec in all_pages().all()]
    i18n.set_language(i18n.SOURCE_LANGUAGE)
    english = [_title(spec) for spec in all_pages().all()]
    i18n.set_language(used)
    return sum(one != other for one, other in zip(own, english, strict=True))


def _title(spec: PageSpec) -> str:
    return spec.title() if callable(spec.title) else spec.title


def _qt_texts() -> str:
    return QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)


def _help(code: str) -> str:
    folder = assets.root() / "help" / code
    missing = [key for key in library.keys() if not (folder / f"{key}.md").is_file()]  # noqa: SIM118 - no dictionary
    if missing:
        raise Broken(f"no help in {code}: {missing}")
    if not all(library.topic(key, code).body for key in library.keys()):  # noqa: SIM118
        raise Broken(f"empty help in {code}")
    return f"{code}: {len(library.keys())} topics"


def _is_empty(name: str) -> bool:
    image = icons.pixmap(name, "#000000", QSize(32, 32), 1.0).toImage()
    return not any(image.pixelColor(x, y).alpha() for x in range(32) for y in range(32))
