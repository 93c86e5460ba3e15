"""How the User List of an account with fifty thousand users feels."""

from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks import children
from tests.benchmarks.many_users import prepare
from tests.benchmarks.results import Result, tell, worst

USERS = 50_000
ROUNDS = 3
FIRST_ROWS = 100.0
LONGEST_PAUSE = 100.0
"""Both in milliseconds."""


def users(folder: Path) -> Iterator[Result]:
    """The time from opening the page to its first painted rows, and the longest pause in what one does there."""
    tell(f"importing {USERS} users")
    prepare(folder / "prepared", USERS)
    found = []
    for number in range(ROUNDS):
        tell(f"User List of {USERS} users, {number + 1} of {ROUNDS}")
        found.append(children.at_work("users_at_work", folder))
    yield worst("User List, first rows", "ms", [one["first_rows"] for one in found], FIRST_ROWS, f"{USERS} users")
    for action in found[0]["pauses"]:
        pauses = [one["pauses"][action] for one in found]
        yield worst(f"User List, longest pause: {action}", "ms", pauses, LONGEST_PAUSE, f"{USERS} users")
