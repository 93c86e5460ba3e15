"""The topics of the help: Markdown files, a folder for each language.

What stands on the screens is written in them as in the source, in braces: `{Keep Purchase Mode}`. It is shown in
bold, in the language in use, so that the help never names a button otherwise than the button names itself.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cpdesk.base import assets
from cpdesk.base.i18n import SOURCE_LANGUAGE, _

FIRST = "getting-started"
"""The topic to begin with."""

_LABEL = re.compile(r"\{([^{}\n]+)\}")


@dataclass(frozen=True, slots=True)
class Topic:
    """One page of help; its title is the first line of its text."""

    key: str
    title: str
    text: str

    @property
    def body(self) -> str:
        """The text without the title."""
        return self.text.partition("\n")[2].lstrip()

    def fits(self, words: Sequence[str]) -> bool:
        """Whether all words, in small letters, occur in it."""
        text = self.text.casefold()
        return all(word in text for word in words)


def sections() -> list[tuple[str, tuple[str, ...]]]:
    """The topics in the order they are read, by what they are about."""
    return [
        (_("First steps"), (FIRST, "demo", "keyboard")),
        (
            _("Accounts"),
            ("customer-list", "create-account", "edit-company", "close-account", "export-account", "catalog"),
        ),
        (
            _("Users and licenses"),
            ("import-users", "users", "assign-licenses", "licenses-from-file", "erase-personal-data"),
        ),
        (
            _("Billing modes"),
            (
                "billing-modes",
                "switch-to-purchase",
                "switch-to-usage",
                "managing-purchase-licenses",
                "first-of-month",
                "pending-changes",
                "plan-changes",
            ),
        ),
        (_("Costs"), ("products", "prices", "statements", "reports", "advisor")),
        (
            _("Running cpdesk"),
            (
                "operators",
                "second-factor",
                "audit-log",
                "backups",
                "move-computer",
                "damaged-database",
                "encryption",
                "clock",
                "settings",
                "command-line",
            ),
        ),
    ]


def keys() -> list[str]:
    """All topics, in the order they are read."""
    return [key for _title, topics in sections() for key in topics]


def topic(key: str, language: str) -> Topic:
    """A topic in a language, or in English; the first one where there is no such topic."""
    folder = assets.root() / "help"
    wanted = (folder / language / f"{key}.md", folder / SOURCE_LANGUAGE / f"{key}.md")
    path = next((path for path in wanted if key and path.is_file()), None)
    return _read(path, key, language) if path is not None else topic(FIRST, language)


def search(text: str, language: str) -> list[Topic]:
    """The topics in which all words occur, whatever their case; those that have them in the title first."""
    words = text.casefold().split()
    found = [found for found in (topic(key, language) for key in keys()) if found.fits(words)]
    return sorted(found, key=lambda found: not all(word in found.title.casefold() for word in words))


def labels(text: str) -> list[str]:
    """What a text names of the screens, as it stands in the source."""
    return _LABEL.findall(text)


@lru_cache(maxsize=64)
def _read(path: Path, key: str, language: str) -> Topic:  # noqa: ARG001 - the labels are in that language
    text = _LABEL.sub(_bold, path.read_text("utf-8"))
    return Topic(key, text.partition("\n")[0].removeprefix("#").strip(), text)


def _bold(label: re.Match[str]) -> str:
    return f"**{_(label.group(1))}**"
