"""The help is complete, names what stands on the screens, and leads nowhere that is not there."""

import re
from pathlib import Path

import pytest
import translations

from cpdesk.base import assets, i18n
from cpdesk.domain.modes import Mode
from cpdesk.ui.pages import all_pages
from cpdesk.ui.pages.help import library
from cpdesk.ui.pages.services import page as services_page

FOLDER = assets.root() / "help"
LANGUAGES = sorted(path.name for path in FOLDER.iterdir())
FILES = sorted(FOLDER.glob("*/*.md"))
LINK = re.compile(r"\]\(([^)]+)\)")
BOLD = re.compile(r"\*\*([^*]+)\*\*")
SOURCE = Path(library.__file__).parents[3]
TOPICS = library.keys()
NAMED_ALIKE = {
    # Headings of steps, and words that are explained: no buttons.
    "account", "user", "seat", "assignment", "billing mode", "Usage Mode", "Purchase Mode",
    "suspended", "closed",
}  # fmt: skip


@pytest.fixture(scope="module")
def texts() -> set[str]:
    """All texts of the program, in English."""
    found: set[str] = set()
    for message in translations.collect(translations.TOP / "cpdesk"):
        found |= {message.id} if isinstance(message.id, str) else set(message.id)
    return found


def name_of(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def test_each_language_of_the_program_has_all_topics() -> None:
    assert sorted(code for code, _name in i18n.available_languages()) == LANGUAGES
    for language in LANGUAGES:
        assert sorted(path.stem for path in (FOLDER / language).glob("*.md")) == sorted(library.keys())


def test_each_topic_is_listed_once() -> None:
    assert len(library.keys()) == len(set(library.keys()))


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_links_lead_to_topics(path: Path) -> None:
    assert [target for target in LINK.findall(path.read_text("utf-8")) if target not in TOPICS] == []


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_what_is_named_stands_on_the_screens(path: Path, texts: set[str]) -> None:
    assert [label for label in library.labels(path.read_text("utf-8")) if label not in texts] == []


@pytest.mark.parametrize("path", sorted((FOLDER / "en").glob("*.md")), ids=name_of)
def test_labels_are_written_in_braces(path: Path, texts: set[str]) -> None:
    """Bold by hand would not follow the language of the screens."""
    bold = set(BOLD.findall(path.read_text("utf-8")))
    assert (bold & texts) - NAMED_ALIKE == set()


@pytest.mark.parametrize("key", library.keys())
def test_translations_name_the_same_links_and_labels(key: str) -> None:
    english = (FOLDER / "en" / f"{key}.md").read_text("utf-8")
    for language in LANGUAGES:
        other = (FOLDER / language / f"{key}.md").read_text("utf-8")
        assert sorted(library.labels(other)) == sorted(library.labels(english))
        assert sorted(LINK.findall(other)) == sorted(LINK.findall(english))
        assert other.count("\n## ") == english.count("\n## ")


def test_pages_and_dialogs_name_topics_that_exist() -> None:
    registry = all_pages()
    named = {spec.help for spec in registry.all() if spec.help}
    for path in SOURCE.rglob("*.py"):
        named |= set(re.findall(r'help_topic = "([^"]+)"', path.read_text("utf-8")))
    named |= {f"switch-to-{mode.value}" for mode in Mode}
    named |= set(services_page._HELP.values())
    assert named <= set(library.keys())


def test_every_page_that_is_worked_on_has_a_topic() -> None:
    assert {spec.key for spec in all_pages().all() if not (spec.help or spec.public)} == {"help"}


def test_labels_are_shown_in_the_language_of_the_screens() -> None:
    assert "**Keep Purchase Mode**" in library.topic("switch-to-usage", "en").text
    i18n.set_language("de")
    try:
        found = library.topic("switch-to-usage", "de")
        assert found.title == "In den Nutzungsmodus wechseln"
        assert "**Kaufmodus behalten** zieht den Antrag zurück" in found.text
    finally:
        i18n.set_language("en")


def test_an_unknown_topic_is_the_first_and_an_unknown_language_english() -> None:
    assert library.topic("helicopter", "en").title == "Getting started"
    assert library.topic("", "en").key == library.FIRST
    assert library.topic("switch-to-usage", "fr").title == "Switch to Usage Mode"


def test_a_search_finds_all_words_titles_first() -> None:
    assert library.search("operators", "en")[0].key == "operators"
    assert library.search("RELEASED auckland", "en")[0].key == "first-of-month"
    assert library.search("helicopter", "en") == []
    assert len(library.search("", "en")) == len(library.keys())
