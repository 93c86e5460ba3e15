from pathlib import Path

import pytest
import translations
from babel.messages.pofile import read_po

SOURCE = """
from cpdesk.base.i18n import _, ngettext, pgettext

_("Edit")
_("{name} is open").format(name="x")
ngettext("{count} seat", "{count} seats", 2)
pgettext("verb", "Open")
"""
GERMAN = """msgid ""
msgstr ""
"Language: de\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"Content-Type: text/plain; charset=utf-8\\n"

msgid "Edit"
msgstr "Bearbeiten"

msgid "Gone"
msgstr "Weg"
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    (tmp_path / "cpdesk").mkdir()
    (tmp_path / "cpdesk" / "page.py").write_text(SOURCE, encoding="utf-8")
    return tmp_path / "cpdesk"


@pytest.fixture
def german(tmp_path: Path) -> Path:
    path = tmp_path / "de" / "LC_MESSAGES" / "cpdesk.po"
    path.parent.mkdir(parents=True)
    path.write_text(GERMAN, encoding="utf-8")
    return path


def test_texts_are_collected_with_context_and_plural(source: Path) -> None:
    found = {(message.context, message.id) for message in translations.collect(source) if message.id}
    assert found == {
        (None, "Edit"),
        (None, "{name} is open"),
        (None, ("{count} seat", "{count} seats")),
        ("verb", "Open"),
    }


def test_a_catalogue_follows_the_source(source: Path, german: Path) -> None:
    left = translations.update(german, translations.collect(source))
    assert left == ["{name} is open", "{count} seat", "Open"]
    with german.open("rb") as stream:
        catalogue = read_po(stream)
    assert catalogue["Edit"].string == "Bearbeiten"
    assert "Gone" not in german.read_text(encoding="utf-8")


def test_an_update_without_news_changes_nothing(source: Path, german: Path) -> None:
    translations.update(german, translations.collect(source))
    before = german.read_bytes()
    translations.update(german, translations.collect(source))
    assert german.read_bytes() == before
