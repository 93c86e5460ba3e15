"""What shows a text takes it for a text: whatever of Qt's guesses at markup is used where the guess is taken from it.

And what puts a name into a sentence keeps it apart from the rest: `Template.format` and `beside` do, f-strings do not.
A walk over every page with hostile texts (tests/ui/test_hostile_texts.py) finds what slips through here.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2] / "cpdesk"
CALLS: dict[str, frozenset[str]] = {
    # Guesses; Label does not.
    "QLabel": frozenset({"ui/pages/settings/logo_choice.py", "ui/pages/settings/own_company.py"}),
    # Always guesses.
    "setToolTip": frozenset({"ui/widgets/tips.py", "ui/pages/help/topic_list.py"}),
    "showText": frozenset({"ui/widgets/row_delegate.py"}),
    "setWhatsThis": frozenset(),
    "setStatusTip": frozenset(),
    "QStaticText": frozenset(),
    # Markup on purpose, with every text escaped.
    "setHtml": frozenset({"ui/pages/services/printing.py", "selftest/printing.py"}),
    "insertHtml": frozenset(),
    "setMarkdown": frozenset({"ui/widgets/article.py"}),
    "QTextEdit": frozenset(),
    "QTextBrowser": frozenset(),
    "setOpenExternalLinks": frozenset({"ui/widgets/article.py"}),
    "setTextFormat": frozenset({"ui/widgets/labels.py"}),
}
"""By the name of the call, the files that may make it."""
BOX = "ui/shell/last_words.py"
"""Has a box of the system's, for words of our own, where there is no window."""
TOLD = ("ui", "cli", "base", "domain/printing.py", "domain/salvage_words.py", "gateways/documents/pdf.py")
"""Where sentences are made."""
NAMES = frozenset({"name", "upn", "email", "domain", "display_name", "account", "product", "reason", "subject", "file"})
"""Attributes that hold what people, or their files, have chosen."""
NO_SENTENCES = frozenset({"base/crash_files.py", "base/private.py", "ui/shell/crash.py"})
"""Name files and threads of the program's own."""
FILES = sorted(path.relative_to(TOP).as_posix() for path in TOP.rglob("*.py"))


def offences(name: str, source: str) -> Iterator[str]:
    """Calls that only some files may make, and names of what they make without Qt's own keys in them."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Name) and node.id == "QMessageBox" and name != BOX:
            yield f"{name}:{node.lineno}: QMessageBox"
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in CALLS and name not in CALLS[called]:
                yield f"{name}:{node.lineno}: {called}"
            if called == "addAction" and node.args and _is_somebodys(node.args[0]):
                yield f"{name}:{node.lineno}: an ampersand would be lost"


def _is_somebodys(text: ast.expr) -> bool:
    """Whether it is the text of something else, as it stands."""
    return isinstance(text, ast.Attribute) and text.attr in {"text", "name", "title", "caption"}


def unguarded(name: str, source: str) -> Iterator[str]:
    """Sentences that names are put into without being kept apart from what stands beside them."""
    if not name.startswith(TOLD) or name in NO_SENTENCES or name.startswith("ui/gallery/"):
        return
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.JoinedStr) and _has_words(node) and any(map(_is_a_name, node.values)):
            yield f"{name}:{node.lineno}: an f-string with a name"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "join":
            between = node.func.value
            if isinstance(between, ast.Constant) and "·" in str(between.value):
                yield f"{name}:{node.lineno}: texts in a row"


def _has_words(sentence: ast.JoinedStr) -> bool:
    """What is searched for, and names on lines of their own, have nothing to turn round."""
    return any(isinstance(part, ast.Constant) and str(part.value).strip() for part in sentence.values)


def _is_a_name(part: ast.expr) -> bool:
    """As it stands: what a function has made of it, as `escape` or `safe_name`, is that function's business."""
    if not isinstance(part, ast.FormattedValue):
        return False
    choices = part.value.values if isinstance(part.value, ast.BoolOp) else [part.value]
    return any(isinstance(choice, ast.Attribute) and choice.attr in NAMES for choice in choices)


def test_names_stand_apart_in_sentences() -> None:
    found = [fault for name in FILES for fault in unguarded(name, (TOP / name).read_text(encoding="utf-8"))]
    assert found == []


@pytest.mark.parametrize("source", ['f"{row.name} ({row.upn})"', 'f"Remove {account.name}?"', '" · ".join(texts)'])
def test_a_name_that_would_turn_a_sentence_round_is_caught(source: str) -> None:
    assert list(unguarded("ui/pages/x.py", source))


def test_texts_are_shown_as_texts() -> None:
    found = [fault for name in FILES for fault in offences(name, (TOP / name).read_text(encoding="utf-8"))]
    assert found == []


@pytest.mark.parametrize(
    "source",
    [
        "QLabel(name)",
        "self.setToolTip(row.name)",
        "QToolTip.showText(where, name)",
        "QMessageBox.critical(parent, title, text)",
        "document.setHtml(text)",
        "menu.addAction(row.name, self.go)",
        "label.setTextFormat(Qt.TextFormat.RichText)",
    ],
)
def test_what_would_be_interpreted_is_caught(source: str) -> None:
    assert list(offences("ui/pages/x.py", source))


@pytest.mark.parametrize(
    "source", ["Label(name)", 'menu.addAction(row.name.replace("&", "&&"))', 'menu.addAction(_("x"))']
)
def test_what_is_not_is_let_through(source: str) -> None:
    assert not list(offences("ui/pages/x.py", source))
