"""Pages do not know each other, also within an area: they go through the shell."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]
PREFIX = "cpdesk.ui.pages"
TREES = {
    path.relative_to(TOP).with_suffix("").as_posix().replace("/", "."): ast.parse(path.read_text(encoding="utf-8"))
    for path in sorted((TOP / "cpdesk" / "ui" / "pages").rglob("*.py"))
}
CLASSES = [(name, node) for name, tree in TREES.items() for node in tree.body if isinstance(node, ast.ClassDef)]
# A class that others derive from is no page but what some pages have in common.
BASES = {base.id for _, node in CLASSES for base in node.bases if isinstance(base, ast.Name)}
PAGES = {name for name, node in CLASSES if node.name.endswith("Page") and node.name not in BASES}


def imported(tree: ast.Module) -> Iterator[str]:
    """The full names of all that a module imports from among the pages, packages included."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def reaches_a_page(target: str, page: str) -> bool:
    """Whether an imported name is, or lies in, another page; or is a page class handed on by a package."""
    others = PAGES - {page}
    name = target.rpartition(".")[2]
    handed_on = target.startswith(PREFIX) and name.endswith("Page") and name not in BASES
    return handed_on or any(target == other or target.startswith(other + ".") for other in others)


@pytest.mark.parametrize("page", sorted(PAGES))
def test_a_page_imports_no_other_page(page: str) -> None:
    assert [target for target in imported(TREES[page]) if reaches_a_page(target, page)] == []


def test_an_import_of_a_page_would_be_found() -> None:
    first, second = sorted(PAGES)[:2]
    tree = ast.parse(f"from {second} import SomethingPage\nimport {second}\nfrom {PREFIX} import widgets\n")
    assert [reaches_a_page(target, first) for target in imported(tree)] == [True, True, False]
