"""What the Tools tab says in each state, without a window."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from cpdesk.domain.forecasts import BlockedHolder
from cpdesk.domain.modes import Mode
from cpdesk.domain.operators import Session
from cpdesk.ui.gallery.samples import AUDITOR, RESELLER
from cpdesk.ui.gallery.service_samples import BOUGHT, IN_USE, NOW, Sample, completed, pending
from cpdesk.ui.pages.services.facts import read_facts
from cpdesk.ui.pages.services.tools_view import ToolsView, tools_view

USAGE = Sample(mode=Mode.USAGE, rows=IN_USE)
PURCHASE = Sample(completed=BOUGHT)
PENDING = replace(PURCHASE, is_pending=True)
DUE_AT = pending(7).due_at


def view(sample: Sample, now: datetime = NOW, by: Session = RESELLER) -> ToolsView:
    return tools_view(read_facts(sample.services(), by, 7), by, now)


def figures(shown: ToolsView) -> list[tuple[str, str, str]]:
    return [(text.label, text.figure, text.note) for text in shown.figures]


def test_a_new_account() -> None:
    shown = view(USAGE)
    assert (shown.mode, shown.status, shown.since) == (Mode.USAGE, "Usage Mode is active", "")
    assert (shown.edit_reason, shown.pending, shown.offers_licenses) == ("", None, False)
    assert figures(shown) == [
        ("Seats billed today", "71", "71 assigned · 0 available"),
        ("Seats that are available", "0", "Usage Mode has none: a seat leaves with its license."),
    ]


def test_a_pool() -> None:
    shown = view(PURCHASE)
    assert shown.status == "Purchase Mode is active"
    assert shown.since == "since September 14, 2026, 09:30 America/New_York"
    assert shown.offers_licenses
    assert figures(shown) == [
        ("Seats billed today", "82", "71 assigned · 9 available · 2 of the tenant"),
        ("Seats that are available", "9", "billed all the same, in 2 products"),
    ]


def test_a_pool_in_full_use() -> None:
    assert figures(view(replace(PURCHASE, rows=IN_USE)))[1][1:] == ("0", "Every seat that users can hold is assigned.")


def test_a_pending_change() -> None:
    shown = view(PENDING)
    assert shown.pending is not None
    assert f"{shown.pending.title} {shown.pending.text}" == (
        "Change to Usage Mode is pending and will be completed on December 1, 2026 (00:00 America/New_York, in 8 days)."
    )
    assert shown.pending.may_keep
    assert shown.edit_reason == "Edit is off while the change to Usage Mode is pending. Nobody can complete it earlier."
    assert shown.outlook_title == "What happens on December 1, 2026"
    assert figures(shown)[1] == ("From December 1, 2026 in Usage Mode", "71", "11 seats released")
    assert shown.blocked == ""


def test_who_is_blocked_and_stays_billed_is_named() -> None:
    holder = BlockedHolder("morgan@contoso-freight.example", "Morgan Ellis", ("SPB",))
    shown = view(replace(PENDING, blocked=(holder,)))
    assert shown.blocked == "1 blocked user still holds licenses, which stay billed: Morgan Ellis"
    many = view(replace(PENDING, blocked=(holder,) * 7))
    assert many.blocked.endswith(": " + ", ".join(["Morgan Ellis"] * 5) + " and 2 more")


@pytest.mark.parametrize(
    ("left", "distance"),
    [
        (timedelta(days=8, hours=5), "in 9 days"),
        (timedelta(days=1, minutes=30), "in 2 days"),
        (timedelta(days=1), "in 1 day"),
        (timedelta(hours=23, minutes=40), "in 24 hours"),
        (timedelta(minutes=5), "in 5 minutes"),
    ],
)
def test_the_distance_counts_days_of_the_calendar(left: timedelta, distance: str) -> None:
    shown = view(PENDING, DUE_AT - left)
    assert shown.pending is not None
    assert f", {distance})" in shown.pending.text


def test_due_but_not_completed() -> None:
    shown = view(PENDING, DUE_AT + timedelta(days=3))
    assert shown.pending is not None
    assert shown.pending.title == "Change to Usage Mode is due, not yet completed"
    assert "since December 1, 2026 (00:00 America/New_York, 3 days ago)" in shown.pending.text
    assert not shown.pending.may_keep
    assert shown.edit_reason == "Edit is off until the change to Usage Mode is completed."
    assert shown.outlook_title == "What happens when it is completed, effective December 1, 2026"


def test_the_due_instant_itself_is_due() -> None:
    shown = view(PENDING, DUE_AT).pending
    assert shown is not None
    assert not shown.may_keep


def test_completed_on_time() -> None:
    shown = view(replace(USAGE, completed=completed(Mode.USAGE, DUE_AT, timedelta(seconds=30))))
    assert shown.since == "since December 1, 2026, 00:00 America/New_York"


def test_completed_late() -> None:
    shown = view(replace(USAGE, completed=completed(Mode.USAGE, DUE_AT, timedelta(days=3))))
    assert shown.status == "Usage Mode is active"
    assert shown.since == (
        "since December 1, 2026, 00:00 America/New_York; "
        "completed 3 days late because cpdesk was not running; effective December 1, 2026"
    )


def test_completed_by_reopening_the_account() -> None:
    taken_up = replace(completed(Mode.USAGE, DUE_AT, timedelta(days=30)), reopened=True)
    assert view(replace(USAGE, completed=taken_up)).since == (
        "since December 1, 2026, 00:00 America/New_York; "
        "completed when the account was reopened; effective December 1, 2026"
    )


def test_an_auditor_changes_nothing() -> None:
    shown = view(PENDING, by=AUDITOR)
    assert shown.edit_reason == "You are signed in as an auditor, who reads everything and changes nothing."
    assert shown.pending is not None
    assert not shown.pending.may_keep
    assert not shown.offers_licenses


def test_before_the_service_is_active() -> None:
    shown = view(Sample(mode=Mode.USAGE, rows=(), active=False))
    assert shown.status == "Microsoft 365 is not active for this account."
    assert shown.edit_reason == "The billing model can be edited once Microsoft 365 is activated in The Catalog."
    assert figures(shown) == []
