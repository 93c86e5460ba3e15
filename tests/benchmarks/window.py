"""How the window feels with ten thousand accounts: while their switches are settled, and while one searches."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.benchmarks import children
from tests.benchmarks.many_switches import prepare
from tests.benchmarks.results import Result, tell, worst

ACCOUNTS = 10_000
ROUNDS = 3
LONGEST_PAUSE = 100.0
SEARCH = 50.0
"""Both in milliseconds."""
LONGEST_SEARCH = 50.0
"""Milliseconds."""

# As the program itself does: Qt first, and without its `import`.
_MAIN = "from cpdesk.ui import qt; qt.load(); from tests.benchmarks.window_at_work import main; main()"


def window(folder: Path) -> Iterator[Result]:
    """The longest time in which the GUI thread answers nothing, and the time from a key to the painted result."""
    prepare(folder / "prepared", ACCOUNTS)
    found = []
    for number in range(ROUNDS):
        tell(f"window with {ACCOUNTS} accounts, {number + 1} of {ROUNDS}")
        found.append(_at_work(folder))
    pauses = [one["pause"] for one in found]
    note = f"{ACCOUNTS} switches settled with the Customer List open"
    yield worst("longest pause of the window while settling", "ms", pauses, LONGEST_PAUSE, note)
    for name, which in (("a key", "keys"), ("the last of quick keys", "quick_keys")):
        times = [time for one in found for time in one[which]]
        yield worst(f"search, from {name} to the painted list", "ms", times, LONGEST_SEARCH, f"{ACCOUNTS} accounts")


def _at_work(folder: Path) -> Any:
    data = folder / "copy"
    shutil.rmtree(data, ignore_errors=True)
    shutil.copytree(folder / "prepared", data)
    return json.loads(children.run(["-c", _MAIN], children.environment(folder, data) | children.OFFSCREEN))
