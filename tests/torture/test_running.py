"""The runner: parts share the time, and what they find decides the exit code."""

from tests.torture.running import run_parts, summary
from tests.torture.trial import Part, SkippedError, Trial


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


def test_what_a_part_leaves_of_its_time_is_the_others() -> None:
    given: list[float] = []

    def note(trial: Trial) -> None:
        given.append(trial._seconds)

    run_parts({"quick": Part(note, 3), "slow": Part(note, 1)}, 1, 7)
    assert 30 < given[0] <= 45
    assert 40 < given[1] <= 60
