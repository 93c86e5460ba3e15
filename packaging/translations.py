"""Collect the texts of the source and bring the catalogues up to date: what `dev.py translations` runs."""

import sys
from collections.abc import Sequence
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

TOP = Path(__file__).resolve().parent.parent
LOCALE = TOP / "resources" / "locale"
TEMPLATE = TOP / "build" / "cpdesk.pot"
HEADER = r"""msgid ""
msgstr ""
"Language: {code}\n"
"Plural-Forms: {plurals}\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"

"""
KEYWORDS = {"_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}


def collect(source: Path) -> Catalog:
    """The texts of all Python files below a folder."""
    template = Catalog(project="cpdesk", charset="utf-8")
    found = extract_from_dir(source, method_map=[("**.py", "python")], keywords=KEYWORDS)
    for name, line, texts, comments, context in sorted(found, key=lambda entry: entry[:2]):
        place = [(f"{source.name}/{name}", line)]
        template.add(texts, locations=place, auto_comments=comments, context=context)
    return template


def merge(path: Path, template: Catalog) -> Catalog:
    """One catalogue with the new texts added and those that are gone dropped; its file stays as it is."""
    with path.open("rb") as stream:
        catalogue = read_po(stream, locale=path.parent.parent.name)
    catalogue.update(template, no_fuzzy_matching=True)
    return catalogue


def update(path: Path, template: Catalog) -> list[str]:
    """Bring the file of one catalogue up to date; the answer is what has no translation."""
    catalogue = merge(path, template)
    write(path, catalogue)
    return untranslated(catalogue)


def write(path: Path, catalogue: Catalog) -> None:
    """Write a catalogue so that its file changes only when its texts do: no dates, no line numbers."""
    with path.open("wb") as stream:
        stream.write(HEADER.format(code=catalogue.locale, plurals=catalogue.plural_forms).encode())
        write_po(stream, catalogue, width=110, omit_header=True, ignore_obsolete=True, include_lineno=False)


def untranslated(catalogue: Catalog) -> list[str]:
    """The texts of a catalogue that would be shown in English."""
    return [_source(message.id) for message in catalogue if message.id and not _is_complete(message.string)]


def _source(text: str | Sequence[str]) -> str:
    return text if isinstance(text, str) else text[0]


def _is_complete(translation: str | Sequence[str] | None) -> bool:
    forms = [translation] if isinstance(translation, str) else translation or []
    return bool(forms) and all(forms)


def main() -> int:
    """Update the template and all catalogues, and say what is left to translate."""
    template = collect(TOP / "cpdesk")
    TEMPLATE.parent.mkdir(exist_ok=True)
    with TEMPLATE.open("wb") as stream:
        write_po(stream, template, width=110)
    for path in sorted(LOCALE.glob("*/LC_MESSAGES/cpdesk.po")):
        left = update(path, template)
        print(f"{path.parent.parent.name}: {len(template)} texts, {len(left)} untranslated")
        print("".join(f"  {text!r}\n" for text in left), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
