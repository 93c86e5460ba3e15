"""Statements of a large account, and of all accounts at the end of a month, against one query of SQLite's."""

from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks import children
from tests.benchmarks.billed_accounts import CROWD, prepare
from tests.benchmarks.results import Result, compared, tell, worst

ACCOUNTS = 1_000
USERS = 200_000
ROUNDS = 3
LONGEST_MS = 50.0
"""For one account: the median of many statements."""
LONGEST_SECONDS = 30.0
MOST_MB = 300.0


def statements(folder: Path) -> Iterator[Result]:
    """What is counted is compared with what the query counts: seats by day, added up over the month."""
    tell(f"a year of {ACCOUNTS} accounts with {USERS} users")
    prepare(folder / "data", ACCOUNTS, USERS)
    found = []
    for number in range(ROUNDS):
        tell(f"statements, {number + 1} of {ROUNDS}")
        found.append(children.ask("statements_at_work", [], children.environment(folder, folder / "data")))
    crowd, everybody = f"{CROWD} users, 12 months", f"{ACCOUNTS} accounts, {USERS} users, 12 months"
    of = {name: [one[name] for one in found] for name in found[0]}
    yield worst("statement of one account", "ms", of["one"], LONGEST_MS, f"median of many; {crowd}")
    yield compared("statement of one account, against one query", "ms", of["one"], of["one_bare"], note=crowd)
    seconds = [took / 1000 for took in of["all"]]
    yield worst("month of all accounts", "s", seconds, LONGEST_SECONDS, everybody)
    yield compared("month of all accounts, against one query", "ms", of["all"], of["all_bare"], note=everybody)
    yield worst("month of all accounts, memory", "MB", of["memory"], MOST_MB, everybody)
