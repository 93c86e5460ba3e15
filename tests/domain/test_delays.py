"""How long signing in has to wait."""

from datetime import UTC, datetime, timedelta

import pytest

from cpdesk.domain import delays
from cpdesk.domain.delays import Failures

NOON = datetime(2026, 11, 10, 12, 0, tzinfo=UTC)


def test_who_mistypes_a_few_times_need_not_wait() -> None:
    failed = None
    for _time in range(delays.FREE):
        failed = delays.after_failure(failed, NOON)
        assert delays.wait(failed, NOON) == timedelta()


def test_the_delays_grow_up_to_a_quarter_of_an_hour_and_no_further() -> None:
    waits = [delays.delay(count).total_seconds() for count in range(delays.FREE + 1, delays.FREE + 9)]
    assert waits == [30, 60, 120, 240, 480, 900, 900, 900]


def test_a_delay_runs_out() -> None:
    failed = Failures(delays.FREE + 3, NOON)
    assert delays.wait(failed, NOON + timedelta(seconds=90)) == timedelta(seconds=30)
    assert delays.wait(failed, NOON + timedelta(minutes=2)) == timedelta()


def test_a_clock_that_is_set_back_makes_no_delay_shorter_nor_endless() -> None:
    failed = Failures(delays.FREE + 3, NOON)
    earlier = NOON - timedelta(days=365)
    assert delays.moved_back(failed, earlier)
    assert delays.wait(failed, earlier) == timedelta(minutes=2)


def test_after_a_day_the_counting_begins_anew() -> None:
    failed = Failures(40, NOON)
    assert delays.after_failure(failed, NOON + timedelta(hours=23)).count == 41
    assert delays.after_failure(failed, NOON + timedelta(hours=25)).count == 1


@pytest.mark.parametrize("same", ["ADA@contoso.example", " ada@Contoso.example "])
def test_a_name_is_counted_whatever_its_case(same: str) -> None:
    assert delays.slot(same) == delays.slot("ada@contoso.example")


@pytest.mark.parametrize("text", ["", "\udcff", "correct horse battery", "x" * 10_000])
def test_whatever_is_typed_has_a_place_that_does_not_tell_it(text: str) -> None:
    assert 0 <= delays.slot(text) < 65_536
