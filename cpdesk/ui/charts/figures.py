"""What charts are given: figures by month or by day. They show these and decide nothing."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cpdesk.domain.modes import Mode


@dataclass(frozen=True, slots=True)
class ChartSwitch:
    """An account's mode changed."""

    day: date
    """Account-local: the first day in the new mode."""
    to: Mode


@dataclass(frozen=True, slots=True)
class CostPoint:
    """What a month costs in either mode, in the currency of the chart."""

    month: date
    """Its first day."""
    usage: Decimal | None
    """None: not known, such as for want of a price."""
    purchase: Decimal | None
    actual: Decimal | None = None
    """What was charged; None where that is not to be shown."""
    mode: Mode | None = None
    """At the end of the month."""
    provisional: bool = False
    """Whether the month is not over."""


@dataclass(frozen=True, slots=True)
class CostFigures:
    """All that a `CostChart` shows."""

    currency: str
    """ISO 4217."""
    points: tuple[CostPoint, ...] = ()
    """Oldest first."""
    switches: tuple[ChartSwitch, ...] = ()


@dataclass(frozen=True, slots=True)
class SeatPoint:
    """Seats from a day on, until the next point."""

    day: date
    """Account-local."""
    seats: int
    assigned: int
    mode: Mode


@dataclass(frozen=True, slots=True)
class SeatFigures:
    """All that a `SeatChart` shows."""

    through: date
    """The last day, inclusive."""
    points: tuple[SeatPoint, ...] = ()
    """Oldest first."""
    switches: tuple[ChartSwitch, ...] = ()
