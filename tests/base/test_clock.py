from datetime import UTC, datetime, timedelta, timezone

import pytest

from cpdesk.base.clock import DemoClock, MovableClock, SystemClock

START = datetime(2026, 11, 10, 12, 0, tzinfo=UTC)
NAIVE = datetime(2026, 11, 10, 12, 0)  # noqa: DTZ001


def test_the_system_clock_tells_utc_and_goes_on() -> None:
    clock = SystemClock()
    before, after = clock.now(), clock.now()
    assert before.utcoffset() == timedelta()
    assert before <= after


def test_a_movable_clock_stands_still_until_it_is_moved() -> None:
    clock = MovableClock(START)
    assert clock.now() == clock.now() == START
    clock.advance(timedelta(days=1, microseconds=1))
    assert clock.now() == START + timedelta(days=1, microseconds=1)
    clock.set(START - timedelta(days=400))
    assert clock.now() == START - timedelta(days=400)


def test_a_movable_clock_tells_utc_wherever_it_was_set() -> None:
    clock = MovableClock(START.astimezone(timezone(timedelta(hours=14))))
    assert (clock.now(), clock.now().tzinfo) == (START, UTC)


def test_a_clock_cannot_be_set_to_an_ambiguous_time() -> None:
    with pytest.raises(ValueError, match="time zone"):
        MovableClock(NAIVE)
    with pytest.raises(ValueError, match="time zone"):
        MovableClock(START).set(NAIVE)


def test_the_demos_clock_runs_on_between_two_moves() -> None:
    seconds = iter([100.0, 101.5, 107.0, 107.0, 110.0])
    clock = DemoClock(START, elapsed=lambda: next(seconds))
    assert clock.now() == START + timedelta(seconds=1.5)
    clock.move_to(START + timedelta(days=1))
    assert clock.now() == START + timedelta(days=1, seconds=3)


def test_the_demos_clock_never_goes_back() -> None:
    clock = DemoClock(START, elapsed=lambda: 0.0)
    clock.move_to(START - timedelta(days=1))
    assert clock.now() == START
    with pytest.raises(ValueError, match="time zone"):
        clock.move_to(NAIVE)
