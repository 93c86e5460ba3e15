"""The torture itself, for some seconds: crashes, kills and faults do a little of what they do for minutes.

Bad files have a test of their own.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]
SHORT = ["replay", "kills", "faults"]


@pytest.mark.long
def test_a_short_torture_finds_nothing() -> None:
    words = [sys.executable, "-m", "tests.torture", "--minutes", "0.1", "--seed", "1", "--only", *SHORT]
    surroundings = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(words, cwd=TOP, env=surroundings, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(done.stdout)
    assert told["ok"]
    assert [part["part"] for part in told["parts"]] == SHORT
    assert all(part["counts"] or part["skipped"] for part in told["parts"])
