from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdesk.store.fields import from_utc_text, utc_text
from cpdesk.store.models import Account
from tests.support.world import START, World

offsets = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
instants = st.datetimes(datetime(1900, 1, 1), datetime(2999, 1, 1), timezones=offsets)  # noqa: DTZ001
NAIVE = datetime(2026, 12, 1, 5, 0)  # noqa: DTZ001


@given(instants)
def test_an_instant_survives_whatever_zone_it_was_told_in(instant: datetime) -> None:
    assert from_utc_text(utc_text(instant)) == instant
    assert from_utc_text(utc_text(instant)).tzinfo == UTC


@given(instants, instants)
def test_stored_instants_sort_as_text_as_they_do_in_time(one: datetime, other: datetime) -> None:
    assert (utc_text(one) < utc_text(other)) == (one < other)
    assert (utc_text(one) == utc_text(other)) == (one == other)


@given(instants)
def test_stored_instants_have_one_width(instant: datetime) -> None:
    assert len(utc_text(instant)) == len("2026-12-01T05:00:00.000000Z")


def test_a_naive_instant_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        utc_text(NAIVE)


def test_no_column_takes_a_naive_instant(world: World) -> None:
    account = world.account()
    for change in (
        Account.update(created_at=NAIVE),
        Account.select().where(Account.created_at < NAIVE),
        Account.update(service_since=NAIVE).where(Account.id == account),
    ):
        with pytest.raises(ValueError, match="time zone"), world.store.write():
            change.execute()
    assert world.stored("SELECT created_at FROM account") == [("2026-11-10T12:00:00.000000Z",)]


def test_what_an_instant_looks_like_in_the_file(world: World) -> None:
    world.clock.set(START.astimezone(timezone(timedelta(hours=14))))
    world.account()
    assert world.stored("SELECT created_at FROM account") == [("2026-11-10T12:00:00.000000Z",)]
