"""How long the mode advisor takes for everybody."""

from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks import children
from tests.benchmarks.billed_accounts import prepare
from tests.benchmarks.results import Result, compared, tell, worst

ACCOUNTS, USERS = 1_000, 200_000
ROUNDS = 2
LONGEST = 60.0
"""Seconds."""
MEMORY = 300.0
"""MB."""


def advisor(folder: Path) -> Iterator[Result]:
    """Twelve months of all accounts in both modes, and what the process held."""
    tell(f"making {ACCOUNTS} accounts of {USERS} users")
    prepare(folder / "data", ACCOUNTS, USERS)
    found = []
    for number in range(ROUNDS):
        tell(f"advice for {ACCOUNTS} accounts, {number + 1} of {ROUNDS}")
        found.append(children.ask("advisor_at_work", [], children.environment(folder, folder / "data")))
    size = f"{ACCOUNTS} accounts, {USERS} users, 12 months"
    took, bare = ([one[key] for one in found] for key in ("all", "bare"))
    yield worst("mode advisor, all accounts", "s", took, LONGEST, size)
    yield worst("mode advisor, memory", "MB", [one["memory"] for one in found], MEMORY, size)
    yield compared("mode advisor against a query for the pools alone", "s", took, bare, note=size)
