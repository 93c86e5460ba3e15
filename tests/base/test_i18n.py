import sys
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from cpdesk.base import assets, i18n
from cpdesk.base.i18n import (
    _,
    available_languages,
    best_language,
    is_right_to_left,
    language,
    ngettext,
    pgettext,
    set_language,
    system_languages,
)

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Plural-Forms: {plurals}\\n"\n'
GERMAN = """
msgid "Edit"
msgstr "Bearbeiten"

msgid "{count} seat"
msgid_plural "{count} seats"
msgstr[0] "{count} Platz"
msgstr[1] "{count} Plätze"

msgctxt "verb"
msgid "Open"
msgstr "Öffnen"
"""


@pytest.fixture
def locale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Resources with German and Hebrew, both in source form only."""
    texts = {
        "de": HEADER.format(plurals="nplurals=2; plural=(n != 1);") + GERMAN,
        "he": HEADER.format(plurals="nplurals=2; plural=(n != 1);"),
    }
    for code, text in texts.items():
        folder = tmp_path / "locale" / code / "LC_MESSAGES"
        folder.mkdir(parents=True)
        (folder / "cpdesk.po").write_text(text, encoding="utf-8")
    monkeypatch.setattr(assets, "root", lambda: tmp_path)
    return tmp_path / "locale"


def test_english_is_the_source() -> None:
    assert language() == "en"
    assert _("Edit") == "Edit"
    assert ngettext("{count} seat", "{count} seats", 2) == "{count} seats"
    assert pgettext("verb", "Open") == "Open"


@pytest.mark.usefixtures("locale")
def test_a_source_catalogue_is_enough() -> None:
    assert set_language("de") == "de"
    assert _("Edit") == "Bearbeiten"
    assert ngettext("{count} seat", "{count} seats", 1) == "{count} Platz"
    assert ngettext("{count} seat", "{count} seats", 2) == "{count} Plätze"
    assert pgettext("verb", "Open") == "Öffnen"
    assert _("never translated") == "never translated"


def test_a_compiled_catalogue_is_used_alone(locale: Path) -> None:
    source = locale / "de" / "LC_MESSAGES" / "cpdesk.po"
    with source.open("rb") as stream, source.with_suffix(".mo").open("wb") as compiled:
        write_mo(compiled, read_po(stream))
    source.unlink()
    assert set_language("de") == "de"
    assert _("Edit") == "Bearbeiten"


@pytest.mark.usefixtures("locale")
@pytest.mark.parametrize(
    ("wanted", "chosen"),
    [
        (["de"], "de"),
        (["de_AT.UTF-8"], "de"),
        (["de-CH"], "de"),
        (["de_DE@euro"], "de"),
        (["fr", "de"], "de"),
        (["fr"], "en"),
        (["en_GB", "de"], "en"),
        (["C"], "en"),
        (["../de"], "en"),
        ([""], "en"),
        ([], "en"),
    ],
)
def test_the_nearest_language_is_taken(wanted: list[str], chosen: str) -> None:
    assert best_language(wanted) == chosen


@pytest.mark.usefixtures("locale")
def test_an_unknown_language_gives_english() -> None:
    set_language("de")
    assert set_language("tlh") == "en"
    assert language() == "en"


@pytest.mark.usefixtures("locale")
def test_the_system_says_which_language(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANGUAGE", "fr:de")
    assert system_languages() == ["fr", "de"]
    assert set_language() == "de"


@pytest.mark.usefixtures("locale")
def test_languages_have_their_own_names() -> None:
    assert available_languages() == [("de", "Deutsch"), ("en", "English"), ("he", "עברית")]


@pytest.mark.usefixtures("locale")
@pytest.mark.parametrize(("code", "expected"), [("en", False), ("de", False), ("he", True)])
def test_the_direction_of_writing(code: str, expected: bool) -> None:
    set_language(code)
    assert is_right_to_left() is expected


def test_windows_is_asked_where_no_variable_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(i18n, "_windows_language", lambda: "de_DE")
    assert system_languages() == ["de_DE"]
