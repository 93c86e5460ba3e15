"""From the start of the process to the window, and to its first page; the memory that it holds then and later."""

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
                rounds = _rounds(folder, place, surroundings)
                bare = [bare["painted"] for _ours, bare in rounds]
                window, complete = ([ours[moment] for ours, _bare in rounds] for moment in ("seen", "painted"))
                yield compared(f"start-up, {page} page, {platform}", "ms", complete, bare, TIME_DEMAND)
                yield compared(f"start-up, window before the {page} page, {platform}", "ms", window, bare)


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


def _rounds(folder: Path, data: Path, surroundings: Environment) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """What was found of ours and of the bare window, after a round that only warms the disk's cache."""
    around = children.environment(folder, data) | surroundings
    return [(_timed("cpdesk", around), _timed("bare", around)) for _ in range(ROUNDS + 1)][1:]


def _both(
    folder: Path, data: Path, surroundings: Environment, last: tuple[str, str]
) -> tuple[dict[str, Any], dict[str, Any]]:
    around = children.environment(folder, data) | surroundings
    return _watch("cpdesk", last[0], around), _watch("bare", last[1], around)


def _timed(program: str, surroundings: Environment) -> dict[str, Any]:
    """Milliseconds from the start of the process until the window was seen, and until all in it was painted."""
    started = time.monotonic()
    found = _watch(program, "painted", surroundings)
    return {moment: 1000 * (found[f"{moment}_at"] - started) for moment in ("seen", "painted")}


def _watch(program: str, last: str, surroundings: Environment) -> dict[str, Any]:
    found: dict[str, Any] = children.ask("watched", [program, last], surroundings)
    return found
