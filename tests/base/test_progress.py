"""Telling how far something is."""

import pytest

from cpdesk.base.progress import counted, part, told


def test_items_pass_and_the_end_is_told() -> None:
    said: list[tuple[int, int]] = []
    assert list(counted(range(450), lambda done, total: said.append((done, total)))) == list(range(450))
    assert said == [(0, 450), (200, 450), (400, 450), (450, 450)]


def test_without_anybody_to_tell_items_just_pass() -> None:
    assert list(counted("abc", None)) == ["a", "b", "c"]


def test_more_items_than_expected_do_not_pass_the_whole() -> None:
    said: list[int] = []
    list(told(range(500), 100, lambda done, _total: said.append(done)))
    assert max(said) == 100


def test_a_part_tells_its_share_of_the_whole() -> None:
    said: list[tuple[int, int]] = []
    tell = part(lambda done, total: said.append((done, total)), 200, 450, 1000)
    assert tell
    for done, total in ((0, 10), (5, 10), (10, 10), (0, 0)):
        tell(done, total)
    assert said == [(200, 1000), (325, 1000), (450, 1000), (200, 1000)]
    assert part(None, 0, 1, 1) is None


def test_what_is_raised_stops_the_work() -> None:
    def stop(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        next(counted(range(10), stop))
