"""What a benchmark found."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Result:
    """One figure, and what it is held against."""

    name: str
    unit: str
    ours: float
    """The median, unless the note says otherwise."""
    bare: float | None
    """The same without cpdesk."""
    ratio: float | None
    demand: float | None
    """The most that the ratio may be, or, where nothing is compared, our own figure."""
    ok: bool
    n: int
    note: str = ""


def compared(
    name: str, unit: str, ours: Sequence[float], bare: Sequence[float], demand: float | None = None, note: str = ""
) -> Result:
    """Our median against that of the bare thing."""
    ratio = median(ours) / median(bare)
    ok = demand is None or ratio <= demand
    return Result(
        name, unit, round(median(ours), 1), round(median(bare), 1), round(ratio, 2), demand, ok, len(ours), note
    )


def measured(name: str, unit: str, ours: Sequence[float], note: str = "") -> Result:
    """Our median alone, without a demand."""
    return Result(name, unit, round(median(ours), 1), None, None, None, ok=True, n=len(ours), note=note)


def worst(name: str, unit: str, ours: Sequence[float], demand: float, note: str = "") -> Result:
    """The largest of our figures, which may not be more than `demand`."""
    most = max(ours)
    return Result(name, unit, round(most, 1), None, None, demand, most <= demand, len(ours), f"the worst; {note}")


def tell(text: str) -> None:
    """Say on standard error how far it has come."""
    print(f"bench: {text}", file=sys.stderr, flush=True)  # noqa: T201 - a command of the developer
