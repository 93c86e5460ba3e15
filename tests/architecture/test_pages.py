"""Pages do not know each other, also within an area: they go through the shell."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

TOP = Path(__file__).parents[2]
PREFIX = "cpdesk.ui.pages"


class Pages(NamedTuple):
    """The modules below the pages: how each is written, and which of them have a page."""

    trees: dict[str, ast.Module]
    bases: set[str]
    """Classes that others derive from: no pages but what some pages have in common."""
    pages: set[str]

    def reaches_another(self, target: str, page: str) -> bool:
        """Whether an imported name is, or lies in, another page; or is a page class handed on by a package."""
        name = target.rpartition(".")[2]
        handed_on = target.startswith(PREFIX) and name.endswith("Page") and name not in self.bases
        others = self.pages - {page}
        return handed_on or any(target == other or target.startswith(other + ".") for other in others)


@pytest.fixture(scope="module")
def pages() -> Pages:
    trees = {
        path.relative_to(TOP).with_suffix("").as_posix().replace("/", "."): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted((TOP / "cpdesk" / "ui" / "pages").rglob("*.py"))
    }
    classes = [(name, node) for name, tree in trees.items() for node in tree.body if isinstance(node, ast.ClassDef)]
    bases = {base.id for _, node in classes for base in node.bases if isinstance(base, ast.Name)}
    found = {name for name, node in classes if node.name.endswith("Page") and node.name not in bases}
    return Pages(trees, bases, found)


def imported(tree: ast.Module) -> Iterator[str]:
    """The full names of all that a module imports from among the pages, packages included."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_a_page_imports_no_other_page(pages: Pages) -> None:
    assert len(pages.pages) > 20
    wrong = {
        page: [target for target in imported(pages.trees[page]) if pages.reaches_another(target, page)]
        for page in sorted(pages.pages)
    }
    assert {page: targets for page, targets in wrong.items() if targets} == {}


def test_an_import_of_a_page_would_be_found(pages: Pages) -> None:
    first, second = sorted(pages.pages)[:2]
    tree = ast.parse(f"from {second} import SomethingPage\nimport {second}\nfrom {PREFIX} import widgets\n")
    assert [pages.reaches_another(target, first) for target in imported(tree)] == [True, True, False]
