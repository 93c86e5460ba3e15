"""What came of the checks, and the one document that tells it."""

import platform
import sqlite3
import sys
import traceback
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

Report = dict[str, Any]
"""JSON values."""


class Broken(Exception):  # noqa: N818 - what a check says, not an error of ours
    """Something is not as it has to be; the text says what."""


@dataclass(frozen=True, slots=True)
class Output:
    """Something that was said though nothing had to be."""

    source: str
    """"output" (standard output or error), "log", "qt" or "warning"."""
    text: str


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one check."""

    name: str
    ok: bool
    seconds: float
    detail: str
    unexpected: tuple[Output, ...] = ()


def document(results: Sequence[Result], *, qt: str | None = None, plugin: str | None = None) -> Report:
    """The report; `plugin` is what Qt draws by ("xcb", "offscreen"). None where Qt does not load."""
    return {
        "ok": bool(results) and all(result.ok for result in results),
        "version": _version(),
        "frozen": bool(getattr(sys, "frozen", False)),
        "python": platform.python_version(),
        "qt": qt,
        "sqlite": sqlite3.sqlite_version,
        "system": platform.platform(),
        "platform": plugin,
        "seconds": round(sum(result.seconds for result in results), 1),
        "checks": [asdict(result) for result in results],
    }


def described(error: BaseException) -> str:
    """An error nobody expected, in one line: its kind, its text, and where it came from."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" ({frames[-1].filename}:{frames[-1].lineno})" if frames else ""
    return f"{type(error).__name__}: {error}{place}"


def _version() -> str | None:
    from importlib.metadata import PackageNotFoundError

    import cpdesk

    try:
        return cpdesk.__version__
    except PackageNotFoundError:
        return None
