import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdesk.domain.forecasts import AccountFacts, BlockedHolder, Forecast, differences, forecast
from cpdesk.domain.modes import Mode
from cpdesk.domain.rows import SubscriptionRow

NOW = datetime(2026, 11, 10, 12, 0, tzinfo=UTC)
CONTOSO = AccountFacts(1, "Contoso", "contoso.example", Mode.PURCHASE, "America/New_York")
BLOCKED = BlockedHolder("ada@contoso.example", "Ada", ("SPB",))


def subscription(part_number: str, seats: int, assigned: int, assignable_to: str = "user") -> SubscriptionRow:
    guid, name = f"guid {part_number}", f"Product {part_number}"
    return SubscriptionRow(1, part_number, guid, name, assignable_to, seats, assigned)


SPB = subscription("SPB", 7, 4)
STORAGE = subscription("STORAGE", 2, 0, "tenant")
rows = st.lists(
    st.builds(
        lambda part, pair: subscription(part, max(pair), min(pair)),
        st.sampled_from("ABCDE"),
        st.tuples(st.integers(0, 50), st.integers(0, 50)),
    ),
    unique_by=lambda row: row.part_number,
)


def back(*held: SubscriptionRow, now: datetime = NOW, blocked: tuple[BlockedHolder, ...] = ()) -> Forecast:
    return forecast(CONTOSO, Mode.USAGE, now, held, blocked)


def buying(*held: SubscriptionRow, now: datetime = NOW) -> Forecast:
    return forecast(replace(CONTOSO, mode=Mode.USAGE), Mode.PURCHASE, now, held, (BLOCKED,))


def test_the_way_back_waits_for_the_first_of_the_next_month() -> None:
    shown = back(SPB, STORAGE)
    assert shown.effective_on == date(2026, 12, 1)
    assert shown.due_at == datetime(2026, 12, 1, 5, 0, tzinfo=UTC)
    assert shown.earliest_return is None


def test_the_way_back_releases_what_nobody_holds_and_names_lost_tenant_products() -> None:
    shown = back(SPB, STORAGE, blocked=(BLOCKED,))
    assert {line.part_number: (line.released, line.seats_after) for line in shown.lines} == {
        "SPB": (3, 4),
        "STORAGE": (2, 0),
    }
    assert [line.part_number for line in shown.lost] == ["STORAGE"]
    assert (shown.seats, shown.assigned, shown.released) == (9, 4, 5)
    assert shown.blocked == (BLOCKED,)


def test_purchase_mode_begins_today_and_releases_nothing() -> None:
    shown = buying(subscription("SPB", 4, 4))
    assert (shown.effective_on, shown.due_at) == (date(2026, 11, 10), None)
    assert shown.earliest_return == date(2026, 12, 1)
    assert (shown.released, shown.lost, shown.blocked) == (0, (), ())


def test_today_is_a_day_of_the_account() -> None:
    late = datetime(2026, 12, 1, 4, 59, tzinfo=UTC)
    assert buying(now=late).effective_on == date(2026, 11, 30)
    assert buying(now=late).earliest_return == date(2026, 12, 1)
    assert back(now=late).effective_on == date(2026, 12, 1)


def test_products_without_seats_are_left_out() -> None:
    assert back(subscription("SPB", 0, 0)).lines == ()


@given(rows)
def test_a_forecast_adds_up(held: list[SubscriptionRow]) -> None:
    shown = back(*held)
    assert shown.seats - shown.released == shown.assigned
    assert all(line.released == line.seats - line.assigned for line in shown.lines)


@given(rows)
def test_nothing_differs_while_only_the_clock_ticks(held: list[SubscriptionRow]) -> None:
    later = datetime(2026, 11, 30, 23, 0, tzinfo=UTC)
    assert differences(back(*held), back(*held, now=later)) == ()


def test_every_count_that_changed_is_named_with_both_values() -> None:
    shown, now = back(SPB, STORAGE), back(subscription("SPB", 9, 5), subscription("E3", 1, 0))
    assert [(one.what, one.subject, one.shown, one.now) for one in differences(shown, now)] == [
        ("seats", "Product E3", "0", "1"),
        ("released", "Product E3", "0", "1"),
        ("seats", "Product SPB", "7", "9"),
        ("assigned", "Product SPB", "4", "5"),
        ("released", "Product SPB", "3", "4"),
        ("seats", "Product STORAGE", "2", "0"),
        ("released", "Product STORAGE", "2", "0"),
    ]


def test_two_products_of_one_part_number_differ_each_on_its_own() -> None:
    twin = replace(SPB, name="Twin of SPB", seats=5)
    (seats, released) = differences(back(SPB, twin), back(replace(SPB, seats=8), twin))
    assert (seats.what, seats.subject, seats.shown, seats.now) == ("seats", "Product SPB", "7", "8")
    assert (released.what, released.subject, released.shown, released.now) == ("released", "Product SPB", "3", "4")


def test_the_effective_date_is_a_difference() -> None:
    later = datetime(2026, 12, 1, 5, 0, tzinfo=UTC)
    assert [one.what for one in differences(back(SPB), back(SPB, now=later))] == ["effective_on"]
    assert {one.what for one in differences(buying(), buying(now=later))} == {"effective_on", "earliest_return"}


def test_who_is_blocked_is_a_difference() -> None:
    (one,) = differences(back(SPB), back(SPB, blocked=(BLOCKED,)))
    assert (one.what, one.shown, one.now) == ("blocked", "", "ada@contoso.example")


def test_the_forecast_of_another_mode_is_a_difference() -> None:
    found = differences(buying(), back())
    assert ("mode", "usage", "purchase") in [(one.what, one.shown, one.now) for one in found]


def test_the_forecast_of_another_account_is_a_difference() -> None:
    other = forecast(replace(CONTOSO, id=2, name="Fabrikam", domain="fabrikam.example"), Mode.USAGE, NOW, [SPB])
    (one,) = differences(other, back(SPB))
    assert (one.what, one.shown, one.now) == ("account", "Fabrikam (fabrikam.example)", "Contoso (contoso.example)")


@pytest.mark.parametrize("shown", [back(SPB, STORAGE, blocked=(BLOCKED,)), buying(SPB)])
def test_what_was_shown_can_be_kept_as_json(shown: Forecast) -> None:
    plain = json.loads(json.dumps(shown.as_plain()))
    assert plain["effective_on"] == shown.effective_on.isoformat()
    assert plain["due_at"] == ("2026-12-01T05:00:00Z" if shown.to is Mode.USAGE else None)
    assert [line["part_number"] for line in plain["lines"]] == [line.part_number for line in shown.lines]
    assert (plain["mode"], plain["to"]) == (str(shown.mode), str(shown.to))
