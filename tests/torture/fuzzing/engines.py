"""Where inputs come from: from our own mutations, guided by the lines they reach, or from atheris where it is there."""

import importlib
import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.torture.fuzzing.coverage import Reached
from tests.torture.fuzzing.dirt import LARGEST, Worsen
from tests.torture.fuzzing.judge import Judge, Verdict, peak_megabytes

_KEPT_BYTES = 40_000
"""A larger input is tried, but not made worse again: it would take the time of hundreds of small ones."""


@dataclass
class Tally:
    """What came of the inputs so far."""

    inputs: int = 0
    taken: int = 0
    reached: int = 0
    """Inputs that reached what none before had."""
    slowest: float = 0.0
    """Seconds by the clock on the wall."""
    peak_megabytes: float = 0.0
    wrong: dict[str, bytes] = field(default_factory=dict)
    """The first input of each broken promise."""
    times: Counter[str] = field(default_factory=Counter)

    def count(self, judge: Judge, data: bytes) -> Verdict:
        """Judge an input and note what came of it."""
        began = time.monotonic()
        verdict = judge.judge(data)
        self.slowest = max(self.slowest, time.monotonic() - began)
        self.peak_megabytes = peak_megabytes()
        self.inputs += 1
        self.taken += not verdict.refused
        if verdict.wrong:
            self.wrong.setdefault(verdict.wrong, data)
            self.times[verdict.wrong] += 1
        return verdict


def own(judge: Judge, seeds: Sequence[bytes], goes_on: Callable[[Tally], bool], seed: int, worsen: Worsen) -> Tally:
    """Make files worse again and again; those that reach new lines are made worse in their turn.

    Among them is one of another kind, as somebody chooses it by mistake.
    """
    dice, tally, reached = random.Random(seed), Tally(), Reached()
    kept = [judge.material.export, b"", *seeds]
    for data in kept:
        with reached.watching():
            tally.count(judge, data)
    while goes_on(tally):
        data = worsen(_chosen(kept, dice), dice, kept)
        with reached.watching() as is_new:
            tally.count(judge, data)
        if is_new() and len(data) < _KEPT_BYTES:
            tally.reached += 1
            kept.append(data)
    return tally


def _chosen(kept: Sequence[bytes], dice: random.Random) -> bytes:
    """Any of them, the late ones more often: they got furthest."""
    return kept[max(dice.randrange(len(kept)), dice.randrange(len(kept)))]


def atheris_is_there() -> bool:
    """Whether atheris is installed: it is made for some versions of Python alone."""
    try:
        importlib.import_module("atheris")
    except ImportError:
        return False
    return True


def atheris(
    judge: Judge, seeds: Sequence[bytes], words: Sequence[str], told: Callable[[Tally], None], worsen: Worsen
) -> None:
    """Fuzz with libFuzzer, half of the mutations ours. Never returns; `told` is called after each input.

    The modules to be watched must have been imported under `atheris.instrument_imports`.
    """
    fuzzer: Any = importlib.import_module("atheris")
    tally = Tally()

    def mutate(data: bytes, most: int, seed: int) -> bytes:
        dice = random.Random(seed)
        if dice.random() < 0.5:
            return bytes(fuzzer.Mutate(data, most))
        return worsen(data, dice, seeds)[:most]

    def test(data: bytes) -> None:
        tally.count(judge, data)
        told(tally)

    fuzzer.Setup(["fuzz", *words, f"-max_len={LARGEST}"], test, custom_mutator=mutate)
    fuzzer.Fuzz()
