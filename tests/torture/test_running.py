"""The runner: parts share the time, and what they find decides the exit code."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.torture.running import run_parts, summary
from tests.torture.trial import Part, SkippedError, Trial

TOP = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the parts are forked")


def counting(trial: Trial) -> None:
    trial.counts["kills"] += 2
    (trial.folder / "left").touch()


def finding(trial: Trial) -> None:
    trial.counts["inputs"] += 1
    trial.found("a change is missing", f"input {trial.dice.randrange(1000)}")


def skipped(_trial: Trial) -> None:
    raise SkippedError("no compiler")


def broken(_trial: Trial) -> None:
    raise RuntimeError("oh")


def test_counts_are_added_up_and_nothing_is_found() -> None:
    outcomes = run_parts({"one": Part(counting, 1), "two": Part(counting, 1), "three": Part(skipped, 1)}, 0, 7)
    told = summary(outcomes, 0, 7)
    assert told["ok"]
    assert told["totals"] == {"prefixes": 0, "kills": 4, "faults": 0, "inputs": 0}
    assert not told["interrupted"]
    assert [part["skipped"] for part in told["parts"]] == ["", "", "no compiler"]


def test_a_finding_says_how_to_see_it_again() -> None:
    (first,), (again,) = (run_parts({"files": Part(finding, 1)}, 0, seed) for seed in (7, 7))
    told = summary([first], 0, 7)
    assert (told["ok"], told["findings"]) == (False, 1)
    assert told["parts"][0]["findings"][0]["repeat"].endswith("(--only files --seed 7)")
    assert first.findings == again.findings


def test_a_part_that_breaks_is_a_finding_and_the_others_still_run() -> None:
    first, second = run_parts({"one": Part(broken, 1), "two": Part(counting, 1)}, 0, 7)
    assert "RuntimeError: oh" in first.findings[0].what
    assert second.counts == {"kills": 2}


def long(trial: Trial) -> None:
    trial.counts["prefixes"] += 1
    (trial.folder.with_name("begun")).touch()
    threading.Event().wait(60)


def given(trial: Trial) -> None:
    trial.counts["seconds"] = round(trial.seconds_left())


def test_all_cores_are_shared_out_by_weight_and_what_is_left_is_the_others() -> None:
    parts = {"light": Part(given, 1), "heavy": Part(given, 3), "light too": Part(given, 2)}
    told = {lanes: {one.part: one.counts["seconds"] for one in run_parts(parts, 1, 7, lanes)} for lanes in (1, 2)}
    assert 25 <= told[1]["heavy"] <= 30
    assert 35 <= told[1]["light too"] <= 40
    # Nothing takes longer than all of it.
    assert 55 <= told[2]["heavy"] <= 60
    assert 55 <= told[1]["light"] <= 60


def test_a_part_that_dies_is_a_finding_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.torture.running._quick_place", lambda: str(tmp_path))
    (outcome,) = run_parts({"one": Part(lambda _trial: os._exit(9), 1)}, 0, 7)
    assert "ended with 9" in outcome.findings[0].what
    assert list(tmp_path.iterdir()) == []


def stopped(folder: Path, before: str = "") -> subprocess.Popen[str]:
    """One long part in a process of its own, as Ctrl+C ends one; also where the tests run in the background."""
    program = (
        "import signal, sys, tempfile; tempfile.tempdir = sys.argv[1]\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from tests.torture import running, test_running as t; running._MEMORY = '/nowhere'\n"
        f"{before}\n"
        "print(running.run_parts({'one': t.Part(t.long, 1)}, 1, 7)[0].stopped)"
    )
    words = [sys.executable, "-c", program, str(folder)]
    return subprocess.Popen(words, cwd=TOP, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_whoever_stops_it_hears_what_was_done(tmp_path: Path, how: signal.Signals) -> None:
    with stopped(tmp_path) as process:
        while not (tmp_path / "begun").exists():
            assert process.poll() is None
        process.send_signal(how)
        out, err = process.communicate(timeout=60)
    assert out == "True\n", err
    assert "one: 1 prefixes stopped after" in err
    assert [path.name for path in tmp_path.iterdir()] == ["begun"]


def test_a_part_that_has_just_been_started_is_stopped_too(tmp_path: Path) -> None:
    """Ctrl+C comes when its process is there and nobody has noted it yet, nor has it prepared for being stopped."""
    at_once = (
        "from multiprocessing.context import ForkProcess as Process; start = Process.start\n"
        "Process.start = lambda process: (start(process), signal.raise_signal(signal.SIGINT))"
    )
    with stopped(tmp_path, at_once) as process:
        out, err = process.communicate(timeout=60)
    assert out == "True\n", err
    assert {path.name for path in tmp_path.iterdir()} <= {"begun"}
