"""What the program writes for itself goes through `cpdesk.base.private`, which makes it for its owner alone."""

import ast
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2] / "cpdesk"
ELSEWHERE = {
    # What stays on a developer's machine, or in a throw-away folder that is private itself.
    "ui/gallery",
    "selftest",
    # The pack that somebody wants in a place of their choice: written in a private folder, then given their umask.
    "gateways/documents/pack.py",
    # A folder inside one that is private, with its mode.
    "store/backup.py",
    "base/private.py",
    # For what operators want made in a place of their choice.
    "base/durable.py",
}
WRITERS = {"write_text", "write_bytes", "mkdir", "touch", "makedirs", "make_folders"}
FILES = sorted(path.relative_to(TOP).as_posix() for path in TOP.rglob("*.py"))


def is_elsewhere(name: str) -> bool:
    return any(name == place or name.startswith(f"{place}/") for place in ELSEWHERE)


def offences(source: str) -> list[int]:
    """The lines in which something is made with the rights that the umask leaves."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    return [call.lineno for call in calls if _makes_wide(call)]


def _makes_wide(call: ast.Call) -> bool:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name in WRITERS:
        return True
    return name == "open" and _writes(call) and not any(keyword.arg == "opener" for keyword in call.keywords)


def _writes(call: ast.Call) -> bool:
    """Whether a mode that makes files is among the words of an `open`."""
    words = [*call.args, *(keyword.value for keyword in call.keywords if keyword.arg == "mode")]
    modes = [word.value for word in words if isinstance(word, ast.Constant) and isinstance(word.value, str)]
    return any(set(mode) <= set("wxab+t") and set(mode) & set("wxa") for mode in modes)


def test_nothing_is_made_wide() -> None:
    found = {name: offences((TOP / name).read_text(encoding="utf-8")) for name in FILES if not is_elsewhere(name)}
    assert {name: lines for name, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    "source",
    [
        "path.write_text('x')",
        "path.mkdir(parents=True)",
        "path.touch(mode=0o600)",
        "open(path, 'w')",
        "path.open('xb')",
        "open(path, mode='a', encoding='utf-8')",
    ],
)
def test_what_would_be_wide_is_caught(source: str) -> None:
    assert offences(source) == [1]


@pytest.mark.parametrize("source", ["open(path, 'rb')", "path.open('rb')", "open(path, 'w', opener=private.opener)"])
def test_what_is_not_is_let_through(source: str) -> None:
    assert offences(source) == []
