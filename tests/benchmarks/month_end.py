"""The month-end pack of many accounts: its figures, and all of its files."""

from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks import children
from tests.benchmarks.billed_accounts import prepare
from tests.benchmarks.results import Result, measured, tell, worst

ACCOUNTS = 1_000
USERS = 200_000
LONGEST_SECONDS = 30.0
"""For the figures."""
MOST_MB = 300.0


def month_end(folder: Path) -> Iterator[Result]:
    """Figures and files by a process each, so that each has its own memory."""
    tell(f"a year of {ACCOUNTS} accounts with {USERS} users")
    prepare(folder / "data", ACCOUNTS, USERS)
    about = f"{ACCOUNTS} accounts, {USERS} users"
    for part in ("figures", "files"):
        tell(f"month-end, {part}")
        found = children.ask("month_end_at_work", [part], children.environment(folder, folder / "data"))
        note = f"{about}, {found['lines']} lines"
        if part == "figures":
            yield worst("month-end figures", "s", [found["seconds"]], LONGEST_SECONDS, note)
        else:
            yield measured("month-end files", "s", [found["seconds"]], f"{note}; {found['megabytes']} MB on the disk")
        yield worst(f"month-end {part}, memory", "MB", [found["memory"]], MOST_MB, note)
