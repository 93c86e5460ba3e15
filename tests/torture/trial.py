"""What a part of the torture works with, and what it tells in the end."""

import random
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple


class SkippedError(Exception):
    """This part cannot be done on this machine; its text says why."""


class Finding(NamedTuple):
    """Something that is not as it was promised."""

    what: str
    repeat: str
    """What shows it again."""


class Trial:
    """One run of one part.

    A part does at least one round, then goes on while there is `time_left`. It counts what it did under words such
    as "prefixes", "kills", "faults" and "inputs", which are added up over all parts.
    """

    def __init__(self, part: str, folder: Path, seed: int, seconds: float) -> None:
        self.folder = folder
        """Empty at the beginning, removed at the end."""
        # Each part has dice of its own: one that rolls more often changes nothing for the next.
        self.dice = random.Random(f"{part} {seed}")
        self.counts: Counter[str] = Counter()
        self.findings: list[Finding] = []
        self.notes: list[str] = []
        """What is worth knowing of how it was done."""
        self._again = f"--only {part} --seed {seed}"
        self._seconds = seconds
        self._began = time.monotonic()

    @property
    def seconds(self) -> float:
        """How long it has run."""
        return time.monotonic() - self._began

    def time_left(self, share: float = 1.0) -> bool:
        """Whether there is time for another round, if all rounds of its kind may take this share of the whole."""
        return self.seconds < share * self._seconds

    @property
    def share(self) -> float:
        """Which share of its time is over."""
        return self.seconds / self._seconds if self._seconds else 1.0

    def seconds_left(self) -> float:
        """What is left of its time; never below nothing."""
        return max(0.0, self._seconds - self.seconds)

    def found(self, what: str, where: str) -> None:
        """Note a finding and what one has to look at to see it again."""
        self.findings.append(Finding(what, f"{where} ({self._again})"))


class Part(NamedTuple):
    """One kind of torture."""

    run: Callable[[Trial], None]
    """Raises SkippedError where the machine has not what it takes."""
    weight: float
    """Its share of the time, among those of the others."""
