"""Moving the demo's clock."""

from datetime import UTC, datetime

import pytest

from cpdesk.demo.moments import END
from cpdesk.demo.moving import Mover, first_of_next_month, next_day
from cpdesk.domain.modes import Mode
from tests.demo.conftest import Demo


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (datetime(2026, 11, 20, 14, tzinfo=UTC), datetime(2026, 11, 21, 14, tzinfo=UTC)),
        (datetime(2026, 11, 21, 4, 59, tzinfo=UTC), datetime(2026, 11, 21, 14, tzinfo=UTC)),
        (datetime(2026, 11, 21, 5, tzinfo=UTC), datetime(2026, 11, 22, 14, tzinfo=UTC)),
        (datetime(2027, 3, 13, 20, tzinfo=UTC), datetime(2027, 3, 14, 13, tzinfo=UTC)),
    ],
    ids=["in the morning", "before midnight there", "after midnight there", "when the clocks go forward"],
)
def test_the_next_day_begins_in_the_morning_of_the_resellers_zone(now: datetime, expected: datetime) -> None:
    assert next_day(now) == expected


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (END, datetime(2026, 12, 1, 14, tzinfo=UTC)),
        (datetime(2026, 12, 1, 14, tzinfo=UTC), datetime(2027, 1, 1, 14, tzinfo=UTC)),
        (datetime(2026, 12, 1, 4, tzinfo=UTC), datetime(2026, 12, 1, 14, tzinfo=UTC)),
    ],
)
def test_the_first_of_the_next_month_comes_after_midnight_in_every_zone(now: datetime, expected: datetime) -> None:
    assert first_of_next_month(now) == expected


def test_everything_due_on_the_way_is_completed_on_time(demo: Demo) -> None:
    pending = {row.id: row.pending for row in demo.services.accounts.rows(demo.by) if row.pending}
    settled = Mover(demo.clock, demo.services.settler).move(first_of_next_month)
    assert {switch.account_id for switch in settled.switches} == set(pending)
    assert all(switch.applied_at == switch.due_at for switch in settled.switches)
    assert all(demo.services.accounts.show(demo.by, account).mode is Mode.USAGE for account in pending)
    assert demo.services.checks.run() == []


def test_a_day_completes_nothing_before_its_time(demo: Demo) -> None:
    before = demo.services.accounts.rows(demo.by)
    assert not Mover(demo.clock, demo.services.settler).move(next_day)
    assert demo.services.accounts.rows(demo.by) == before


def test_months_without_an_entry_are_no_leap_of_the_clock(demo: Demo) -> None:
    mover = Mover(demo.clock, demo.services.settler)
    for _month in range(4):
        mover.move(first_of_next_month)
    assert demo.services.settler.apply_due().warning is None
    demo.services.accounts.create(demo.by, "Late Arrival", "late.example")
    assert demo.services.audit.rows(demo.by, limit=1)[0].action == "account.created"
    assert "clock.leapt" not in {row.action for row in demo.services.audit.rows(demo.by, limit=5)}


def test_the_clock_never_goes_back(demo: Demo) -> None:
    mover = Mover(demo.clock, demo.services.settler)
    mover.move_to(datetime(2020, 1, 1, tzinfo=UTC))
    assert demo.clock.now() == END
