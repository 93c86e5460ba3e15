"""Each translation is complete, and fills the same blanks as the text it stands for."""

import re
from pathlib import Path
from typing import Any

import pytest
import translations
from babel.messages import Catalog
from babel.messages.catalog import Message

BLANK = re.compile(r"\{(\w+)\}")
PATHS = sorted(translations.LOCALE.glob("*/LC_MESSAGES/cpdesk.po"))


@pytest.fixture(scope="module")
def template() -> Catalog:
    """All texts of the source."""
    return translations.collect(translations.TOP / "cpdesk")


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.parent.parent.name)
def test_a_translation_is_complete(path: Path, template: Catalog) -> None:
    advice = "run dev.py translations and fill in what it names"
    assert translations.untranslated(translations.merge(path, template)) == [], advice


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.parent.parent.name)
def test_a_translation_fills_the_same_blanks(path: Path, template: Catalog) -> None:
    wrong = [message.id for message in translations.merge(path, template) if not _agrees(message)]
    assert wrong == []


def _agrees(message: Message) -> bool:
    """Each form of a plural may leave out the count, but may fill no blank that the text does not have."""
    wanted = {blank for text in _forms(message.id) for blank in BLANK.findall(text)}
    plural = len(_forms(message.id)) > 1
    found = [set(BLANK.findall(text)) for text in _forms(message.string) if text]
    return all(blanks <= wanted if plural else blanks == wanted for blanks in found)


def _forms(text: Any) -> list[str]:
    return [text] if isinstance(text, str) else [form for form in text or () if form]
