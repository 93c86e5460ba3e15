"""Where things stand on the axes of charts."""

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdesk.domain.modes import Mode
from cpdesk.ui.charts.figures import ChartSwitch
from cpdesk.ui.charts.scales import Stretch, day_labels, month_labels, months_between, nice_steps, stretches

TO_PURCHASE = ChartSwitch(date(2026, 6, 12), Mode.PURCHASE)
TO_USAGE = ChartSwitch(date(2026, 10, 1), Mode.USAGE)


@pytest.mark.parametrize(
    ("most", "smallest", "steps"),
    [
        ("0", "1", "0 1"),
        ("3", "1", "0 1 2 3"),
        ("680", "1", "0 200 400 600 800"),
        ("800", "1", "0 200 400 600 800"),
        ("1.7", "0.1", "0.0 0.5 1.0 1.5 2.0"),
        ("9.2", "1", "0 5 10"),
        ("23500", "1", "0 10000 20000 30000"),
    ],
)
def test_steps_are_round(most: str, smallest: str, steps: str) -> None:
    found = nice_steps(Decimal(most), 4, Decimal(smallest))
    assert [Decimal(step) for step in steps.split()] == list(found)


@given(st.decimals(0, 10**9, places=2))
def test_steps_reach_over_the_most_and_are_few(most: Decimal) -> None:
    steps = nice_steps(most, 4)
    assert steps[0] == 0
    assert steps[-1] >= most
    assert 2 <= len(steps) <= 6
    assert len({after - before for before, after in pairwise(steps)}) == 1
    assert all(step % 1 == 0 for step in steps)


def places(count: int) -> list[tuple[date, float]]:
    months = months_between(date(2025, 12, 1), date(2027, 11, 30))[:count]
    return [(month, (number + 0.5) / count) for number, month in enumerate(months)]


def test_every_month_is_named_while_there_is_room() -> None:
    labels = month_labels(places(12), 12)
    assert [label.text for label in labels][:3] == ["Dec", "Jan", "Feb"]
    assert [label.year for label in labels] == ["2025", "2026", *[""] * 10]


def test_names_are_thinned_and_keep_january() -> None:
    labels = month_labels(places(24), 9)
    assert [label.text for label in labels] == ["Jan", "Apr", "Jul", "Oct"] * 2
    assert [label.year for label in labels] == ["2026", "", "", "", "2027", "", "", ""]


def test_where_there_is_no_room_one_month_is_named() -> None:
    assert [label.text for label in month_labels(places(1), 0)] == ["Dec"]
    assert len(month_labels(places(24), 0)) == 2


def test_few_days_are_named_by_weeks() -> None:
    labels = day_labels(date(2026, 11, 1), date(2026, 11, 23), 8)
    assert [label.text for label in labels] == ["Nov 1", "Nov 8", "Nov 15", "Nov 22"]
    assert [label.text for label in day_labels(date(2026, 11, 1), date(2026, 11, 23), 2)] == ["Nov 1", "Nov 15"]


def test_modes_follow_each_other() -> None:
    assert stretches(Mode.USAGE, []) == (Stretch(0, 1, Mode.USAGE),)
    assert stretches(None, []) == ()
    assert stretches(None, [(0.5, TO_PURCHASE), (0.8, TO_USAGE)]) == (
        Stretch(0, 0.5, Mode.USAGE),
        Stretch(0.5, 0.8, Mode.PURCHASE),
        Stretch(0.8, 1, Mode.USAGE),
    )
