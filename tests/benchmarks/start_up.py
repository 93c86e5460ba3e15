"""From the start of the process to the first painted window, and the memory that it holds then and later."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cpdesk.base.clock import SystemClock
from tests.benchmarks import children
from tests.benchmarks.children import Environment
from tests.benchmarks.many_switches import prepare
from tests.benchmarks.results import Result, compared, tell

ROUNDS = 9
MEMORY_ROUNDS = 3
ACCOUNTS = 500
TIME_DEMAND = 2.0
MEMORY_DEMAND = 1.5


def start_up(folder: Path) -> Iterator[Result]:
    """The sign-in page of a database, and the page of the first start."""
    data = _database(folder)
    with children.platforms() as platforms:
        for platform, surroundings in platforms.items():
            for page, place in (("sign-in", data), ("set-up", folder / "none")):
                tell(f"start-up, {page} page, {platform}")
                ours, bare = _times(folder, place, surroundings)
                yield compared(f"start-up, {page} page, {platform}", "ms", ours, bare, TIME_DEMAND)


def memory(folder: Path) -> Iterator[Result]:
    """Resident memory when the window is painted, with the database open, and with the list of accounts."""
    data = _database(folder)
    with children.platforms() as platforms:
        for platform, surroundings in platforms.items():
            tell(f"memory, {platform}")
            found = [_both(folder, data, surroundings, ("signed_in", "idle")) for _ in range(MEMORY_ROUNDS)]
            ours, bare = [ours for ours, _bare in found], [bare for _ours, bare in found]
            for moment, name, demand in (("painted", "window painted", MEMORY_DEMAND), ("idle", "database open", None)):
                figures = [one[moment] for one in ours], [one[moment] for one in bare]
                yield compared(f"memory, {name}, {platform}", "MB", *figures, demand)
            signed_in = [one["signed_in"] for one in ours], [one["idle"] for one in bare]
            yield compared(f"memory, signed in, {platform}", "MB", *signed_in, note=f"list of {ACCOUNTS} accounts")


def _database(folder: Path) -> Path:
    data = folder / "data"
    prepare(data, ACCOUNTS, SystemClock().now())
    return data


def _times(folder: Path, data: Path, surroundings: Environment) -> tuple[list[float], list[float]]:
    """Milliseconds, after a round that only warms the disk's cache."""
    rounds = [_both(folder, data, surroundings, ("painted", "painted")) for _ in range(ROUNDS + 1)][1:]
    return [ours["took"] for ours, _bare in rounds], [bare["took"] for _ours, bare in rounds]


def _both(
    folder: Path, data: Path, surroundings: Environment, last: tuple[str, str]
) -> tuple[dict[str, Any], dict[str, Any]]:
    around = children.environment(folder, data) | surroundings
    return _watch("cpdesk", last[0], around), _watch("bare", last[1], around)


def _watch(program: str, last: str, surroundings: Environment) -> dict[str, Any]:
    started = time.monotonic()
    found: dict[str, Any] = children.ask("watched", [program, last], surroundings)
    return found | {"took": 1000 * (found["painted_at"] - started)}
