"""How the window feels with ten thousand accounts: while their switches are settled, and while one searches."""

from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks import children
from tests.benchmarks.many_switches import prepare
from tests.benchmarks.results import Result, tell, worst

ACCOUNTS = 10_000
ROUNDS = 3
LONGEST_PAUSE = 100.0
LONGEST_SEARCH = 50.0
"""Both in milliseconds."""


def window(folder: Path) -> Iterator[Result]:
    """The longest time in which the GUI thread answers nothing, and the time from a key to the painted result."""
    prepare(folder / "prepared", ACCOUNTS)
    found = []
    for number in range(ROUNDS):
        tell(f"window with {ACCOUNTS} accounts, {number + 1} of {ROUNDS}")
        found.append(children.at_work("window_at_work", folder))
    pauses = [one["pause"] for one in found]
    note = f"{ACCOUNTS} switches settled with the Customer List open"
    yield worst("longest pause of the window while settling", "ms", pauses, LONGEST_PAUSE, note)
    for name, which in (("a key", "keys"), ("the last of quick keys", "quick_keys")):
        times = [time for one in found for time in one[which]]
        yield worst(f"search, from {name} to the painted list", "ms", times, LONGEST_SEARCH, f"{ACCOUNTS} accounts")
