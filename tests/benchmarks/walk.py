"""Whether the window pauses anywhere: a walk over every page, tab, list, button and dialog of the demo."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.benchmarks import children
from tests.benchmarks.results import Result, tell, worst

ROUNDS = 2
LONGEST_PAUSE = 100.0
"""Milliseconds."""
_NAMED = 5

# As the program itself does: Qt first, and without its `import`.
_MAIN = "from cpdesk.ui import qt; qt.load(); from tests.benchmarks.walk_at_work import main; main()"


def walk(folder: Path) -> Iterator[Result]:
    """The longest pause of the window, by page; that of an action is the shorter one of the rounds.

    What pauses in one round alone was held up by something else on the computer.
    """
    surroundings = children.environment(folder, folder / "data") | children.OFFSCREEN
    surroundings.pop("CPDESK_DATA")
    rounds = []
    for number in range(ROUNDS):
        tell(f"walk over all pages, {number + 1} of {ROUNDS}")
        rounds.append(json.loads(children.run(["-c", _MAIN], surroundings)))
    for page in rounds[0]:
        pauses = _shortest([one.get(page, {}) for one in rounds])
        yield worst(f"walk, {page}: longest pause", "ms", list(pauses.values()), LONGEST_PAUSE, _slowest(pauses))


def _shortest(rounds: list[dict[str, float]]) -> dict[str, float]:
    """Of each action that was there in all rounds."""
    actions = (action for action in rounds[0] if all(action in one for one in rounds))
    return {action: min(one[action] for one in rounds) for action in actions}


def _slowest(pauses: dict[str, Any]) -> str:
    """The slowest actions by name."""
    slowest = sorted(pauses, key=lambda action: -pauses[action])[:_NAMED]
    return ", ".join(f"{action} {pauses[action]:.0f}" for action in slowest)
