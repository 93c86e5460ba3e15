"""Colours: readable, and all in one place."""

import re
from pathlib import Path

import pytest

from cpdesk import ui
from cpdesk.ui.theme.tokens import DARK, LIGHT, Tokens

_READABLE = 4.5
_ON = [
    ("ink", "window"),
    ("ink", "surface"),
    ("ink", "accent_tint"),
    ("soft", "window"),
    ("soft", "surface"),
    ("soft", "menu"),
    ("accent", "surface"),
    ("accent", "accent_tint"),
    ("on_accent", "accent"),
    ("usage", "usage_tint"),
    ("purchase", "purchase_tint"),
    ("pending", "pending_tint"),
    ("danger", "surface"),
    ("danger", "danger_tint"),
]


@pytest.mark.parametrize(("text", "ground"), _ON)
@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_texts_are_readable_on_their_grounds(tokens: Tokens, text: str, ground: str) -> None:
    assert _contrast(getattr(tokens, text), getattr(tokens, ground)) >= _READABLE


def test_no_colour_is_named_outside_the_table() -> None:
    folder = Path(ui.__path__[0])
    literal = re.compile(r"#[0-9a-fA-F]{3,8}\b|QColor\(\d|Qt\.GlobalColor\.(?!transparent)")
    found = [
        f"{path.relative_to(folder)}: {line.strip()}"
        for path in folder.rglob("*.py")
        if path.name != "tokens.py"
        for line in path.read_text("utf-8").splitlines()
        if literal.search(line)
    ]
    assert found == []


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
