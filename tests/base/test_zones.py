from datetime import UTC, datetime, timedelta

import pytest

from cpdesk.base import zones


def test_the_names_reach_from_the_first_to_the_last_zone_on_earth() -> None:
    noon = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
    offsets = {noon.astimezone(zones.zone(name)).utcoffset() for name in zones.names()}
    assert min(offset for offset in offsets if offset is not None) == timedelta(hours=-12)
    assert max(offset for offset in offsets if offset is not None) == timedelta(hours=14)


def test_the_names_are_sorted_and_each_is_its_own_official_spelling() -> None:
    assert list(zones.names()) == sorted(set(zones.names()))
    assert all(zones.canonical(name) == name for name in zones.names())


@pytest.mark.parametrize("text", ["america/new_york", "AMERICA/NEW_YORK", "  America/New_York\t"])
def test_a_name_gets_its_official_spelling(text: str) -> None:
    assert zones.canonical(text) == "America/New_York"


@pytest.mark.parametrize("text", ["", "Factory", "America", "America/New York", "../zones", "/etc/localtime", "+01:00"])
def test_what_is_no_zone(text: str) -> None:
    assert zones.canonical(text) is None


def test_the_zones_are_those_of_the_program_whatever_the_computer_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    assert zones.zone("America/New_York").utcoffset(datetime(2026, 12, 1)) == timedelta(hours=-5)  # noqa: DTZ001
