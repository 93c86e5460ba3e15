"""Sentences that several pages share."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from cpdesk.domain.modes import ClockWarning, SettledSwitch
from cpdesk.ui.gallery.samples import ACCOUNTS, AUDITOR, CONTOSO, CUSTOMER, RESELLER
from cpdesk.ui.texts import badge, clock_text, read_only_reason, seats_text, settled_texts

_DUE = datetime(2026, 12, 1, 5, 0, tzinfo=UTC)


def settled(late_by: timedelta, account: str = "Contoso Freight") -> SettledSwitch:
    return SettledSwitch(
        id=1,
        account_id=7,
        account=account,
        domain="contoso-freight.example",
        effective_on=date(2026, 12, 1),
        time_zone="America/New_York",
        due_at=_DUE,
        applied_at=_DUE + late_by,
        released=(("SPB", 3),),
    )


def test_a_badge_has_what_the_bar_shows() -> None:
    shown = badge(CONTOSO)
    assert (shown.name, shown.domain, shown.mode) == (CONTOSO.name, CONTOSO.domain, CONTOSO.mode)
    assert shown.pending_on == date(2026, 12, 1)
    assert badge(ACCOUNTS[0]).pending_on is None


@pytest.mark.parametrize(
    ("late_by", "told"),
    [
        (timedelta(seconds=30), "Contoso Freight: change to Usage Mode completed; effective December 1, 2026."),
        (
            timedelta(days=3, hours=2),
            "Contoso Freight: change to Usage Mode completed 3 days late because cpdesk was not running; "
            "effective December 1, 2026.",
        ),
        (
            timedelta(hours=1),
            "Contoso Freight: change to Usage Mode completed 1 hour late because cpdesk was not running; "
            "effective December 1, 2026.",
        ),
    ],
)
def test_a_completion_says_how_late_it_was(late_by: timedelta, told: str) -> None:
    assert settled_texts([settled(late_by)]) == [told]


def test_a_completion_by_reopening_is_not_put_down_to_cpdesk() -> None:
    reopened = replace(settled(timedelta(days=40)), reopened=True)
    assert settled_texts([reopened]) == [
        "Contoso Freight: change to Usage Mode completed when the account was reopened; effective December 1, 2026."
    ]
    assert settled_texts([reopened] * 4) == ["4 changes to Usage Mode were completed."]


def test_up_to_three_completions_are_named_and_more_are_counted() -> None:
    switches = [settled(timedelta(days=number), f"Customer {number}") for number in range(4)]
    assert len(settled_texts(switches[:3])) == 3
    assert settled_texts(switches) == [
        "4 changes to Usage Mode were completed, 3 of them late because cpdesk was not running."
    ]
    assert settled_texts([settled(timedelta())] * 4) == ["4 changes to Usage Mode were completed."]


@pytest.mark.parametrize("code", ["clock_behind", "clock_leapt"])
def test_a_clock_that_disagrees_is_told_with_both_times(code: str) -> None:
    warning = ClockWarning(code, datetime(2026, 11, 10, 9, tzinfo=UTC), datetime(2026, 11, 10, 12, 30, tzinfo=UTC))
    told = clock_text(warning, "Europe/Berlin")
    assert "November 10, 2026, 10:00 Europe/Berlin" in told
    assert "November 10, 2026, 13:30 Europe/Berlin" in told


def test_only_an_auditor_is_told_why_nothing_can_be_changed() -> None:
    assert "auditor" in read_only_reason(AUDITOR)
    assert read_only_reason(RESELLER) == read_only_reason(CUSTOMER) == ""


def test_counts_have_their_plural() -> None:
    assert (seats_text(1), seats_text(2588)) == ("1 seat", "2,588 seats")
