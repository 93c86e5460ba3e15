"""The pinned versions are complete, exact, and within the ranges that the program asks for."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

TOP = Path(__file__).parents[2]
PROJECT = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))
LINES = (TOP / "packaging" / "constraints.txt").read_text(encoding="utf-8").splitlines()
PINS = [line for line in LINES if line and not line.startswith("#")]
EXTRAS = PROJECT["project"]["optional-dependencies"]
ASKED = [
    *PROJECT["build-system"]["requires"],
    *PROJECT["project"]["dependencies"],
    *(asked for extra in EXTRAS.values() for asked in extra if not asked.startswith("cpdesk[")),
]


@pytest.mark.parametrize("pin", PINS)
def test_a_pin_is_a_name_and_an_exact_version(pin: str) -> None:
    assert re.fullmatch(r"[A-Za-z0-9_-]+==[0-9][0-9A-Za-z.]*", pin)


@pytest.mark.parametrize("asked", ASKED)
def test_what_is_asked_for_is_pinned_within_its_range(asked: str) -> None:
    pinned = {canonicalize_name(name): version for name, version in (pin.split("==") for pin in PINS)}
    wanted = Requirement(asked)
    assert pinned[canonicalize_name(wanted.name)] in wanted.specifier
