"""How the User List of an account with fifty thousand users feels."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.benchmarks import children
from tests.benchmarks.many_users import prepare
from tests.benchmarks.results import Result, tell, worst

USERS = 50_000
ROUNDS = 3
FIRST_ROWS = 100.0
LONGEST_PAUSE = 100.0
"""Both in milliseconds."""

# As the program itself does: Qt first, and without its `import`.
_MAIN = "from cpdesk.ui import qt; qt.load(); from tests.benchmarks.users_at_work import main; main()"


def users(folder: Path) -> Iterator[Result]:
    """The time from opening the page to its first painted rows, and the longest pause in what one does there."""
    tell(f"importing {USERS} users")
    prepare(folder / "prepared", USERS)
    found = []
    for number in range(ROUNDS):
        tell(f"User List of {USERS} users, {number + 1} of {ROUNDS}")
        found.append(_at_work(folder))
    yield worst("User List, first rows", "ms", [one["first_rows"] for one in found], FIRST_ROWS, f"{USERS} users")
    for action in found[0]["pauses"]:
        pauses = [one["pauses"][action] for one in found]
        yield worst(f"User List, longest pause: {action}", "ms", pauses, LONGEST_PAUSE, f"{USERS} users")


def _at_work(folder: Path) -> Any:
    data = folder / "copy"
    shutil.rmtree(data, ignore_errors=True)
    shutil.copytree(folder / "prepared", data)
    return json.loads(children.run(["-c", _MAIN], children.environment(folder, data) | children.OFFSCREEN))
