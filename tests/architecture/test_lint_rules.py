"""The lint rules that guard a design decision would really catch what they are for."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]
AWARE = "from datetime import UTC, datetime\n\n"

OFFENCES = {
    "the time is asked outside the clock": (AWARE + "x = datetime.now(UTC)\n", "TID251"),
    "a naive time is made": (AWARE + "x = datetime(2026, 12, 1)\n", "DTZ001"),
    "the seconds are asked outside the clock": ("import time\n\nx = time.time()\n", "TID251"),
    "a text cannot be collected": ('x = 1\n_(f"{x} seats")\n', "INT001"),
    "an import is relative": ("from . import modes\n", "TID252"),
    "a print was forgotten": ("print(1)\n", "T201"),
    "a function is too long": ("def f():\n" + "    g()\n" * 41, "PLR0915"),
    "everything is caught": ("try:\n    f()\nexcept Exception:\n    g()\n", "BLE001"),
}


def codes(text: str, place: str) -> set[str]:
    """The rules that a text would break if it stood at a place."""
    words = [sys.executable, "-m", "ruff", "check", "--output-format=json", "--stdin-filename", place, "-"]
    done = subprocess.run(words, cwd=TOP, input=text, capture_output=True, encoding="utf-8", check=False)
    return {found["code"] for found in json.loads(done.stdout)}


@pytest.mark.parametrize("offence", OFFENCES)
def test_an_offence_is_found(offence: str) -> None:
    text, rule = OFFENCES[offence]
    assert rule in codes(text, "cpdesk/services/anything.py")


def test_the_clock_may_ask_the_time() -> None:
    text, rule = OFFENCES["the time is asked outside the clock"]
    assert rule not in codes(text, "cpdesk/base/clock.py")
