"""Files and classes stay small enough to be read at one go."""

import ast
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]
LONGEST_FILE = 400
LONGEST_CLASS = 250
FILES = sorted(path.relative_to(TOP).as_posix() for path in (TOP / "cpdesk").rglob("*.py"))


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_small(name: str) -> None:
    text = (TOP / name).read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LONGEST_FILE
    classes = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.ClassDef)]
    assert [node.name for node in classes if _lines(node) > LONGEST_CLASS] == []


def _lines(node: ast.ClassDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1
