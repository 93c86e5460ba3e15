"""Where and when the demo is.

The history ends at a fixed instant, and the demo's clock goes on from there, not from today's date. So every demo
is the same, nothing in it is ever late, and what is kept for the next start does not go stale with the calendar.
"""

from datetime import UTC, datetime

TIME_ZONE = "America/New_York"
"""Where the reseller is: the zone of the demo's clock."""
START = datetime(2025, 10, 20, 13, tzinfo=UTC)
"""When the database is set up."""
END = datetime(2026, 11, 20, 14, tzinfo=UTC)
"""Where the history ends, and the clock of a demo begins: nine in the morning there."""
