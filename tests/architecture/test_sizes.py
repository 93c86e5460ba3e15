"""Files and classes stay small enough to be read at one go."""

import ast
from collections.abc import Iterator
from pathlib import Path

TOP = Path(__file__).parents[2]
LONGEST_FILE = 400
LONGEST_CLASS = 250
FILES = sorted(path.relative_to(TOP).as_posix() for path in (TOP / "cpdesk").rglob("*.py"))


def test_files_and_classes_are_small() -> None:
    assert [fault for name in FILES for fault in _too_large(name, (TOP / name).read_text(encoding="utf-8"))] == []


def test_what_is_too_large_would_be_found() -> None:
    large = "class Large:\n" + "    a = 1\n" * LONGEST_CLASS
    assert list(_too_large("x.py", large)) == ["x.py: class Large"]
    assert list(_too_large("x.py", "a = 1\n" * (LONGEST_FILE + 1))) == ["x.py"]


def _too_large(name: str, text: str) -> Iterator[str]:
    lines = len(text.splitlines())
    if lines > LONGEST_FILE:
        yield name
    if lines > LONGEST_CLASS:  # or no class can be
        classes = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.ClassDef)]
        yield from (f"{name}: class {node.name}" for node in classes if _lines(node) > LONGEST_CLASS)


def _lines(node: ast.ClassDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1
