"""What the Tools tab says in each state, without a window."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from cpdesk.base.errors import UserError
from cpdesk.domain.forecasts import BlockedHolder
from cpdesk.domain.modes import Mode
from cpdesk.domain.operators import Session
from cpdesk.ui.gallery.samples import AUDITOR, RESELLER
from cpdesk.ui.gallery.service_samples import BOUGHT, CAPACITY, IN_USE, NOW, PREMIUM, Sample, completed, held, pending
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
        ("Cost per month now", "$1,894.80", "No idle seats: a seat leaves with its license."),
        (
            "Cost per month in Purchase Mode",
            "$1,579.00",
            "from today · $315.80 less · at least $421.07 spent by December 1, 2026, the earliest return",
        ),
    ]


def test_a_pool() -> None:
    shown = view(PURCHASE)
    assert shown.status == "Purchase Mode is active"
    assert shown.since == "since September 14, 2026, 09:30 America/New_York"
    assert shown.offers_licenses
    assert figures(shown) == [
        ("Seats billed today", "82", "71 assigned · 9 available · 2 of the tenant"),
        ("Cost per month now", "$1,780.40", "of which idle seats $201.00"),
        (
            "Cost per month in Usage Mode",
            "$1,894.80",
            "from December 1, 2026 at the earliest · 11 seats released · $114.40 more"
            " · released seats cost $53.71 until then",
        ),
    ]


def test_a_pool_in_full_use() -> None:
    shown = figures(view(replace(PURCHASE, rows=IN_USE)))
    assert shown[1][1:] == ("$1,579.00", "Every seat that users can hold is assigned.")
    assert shown[2][2] == "from December 1, 2026 at the earliest · 0 seats released · $315.80 more"


def test_what_has_no_price_is_counted_and_nothing_is_compared_with_it() -> None:
    shown = figures(view(replace(PURCHASE, rows=(held(PREMIUM, 2, 1), held(CAPACITY, 1, 0)))))
    assert shown[1] == (
        "Cost per month now",
        "$44.00",
        "without 1 product that has no price · of which idle seats $22.00",
    )
    assert shown[2][1:] == (
        "$26.40",
        "from December 1, 2026 at the earliest · 2 seats released"
        " · released seats cost $5.87 +\u00a01\u00a0unpriced until then",
    )


def test_where_nothing_has_a_price_the_figure_says_so() -> None:
    shown = figures(view(replace(PURCHASE, rows=(held(CAPACITY, 1, 0),))))
    assert shown[1][1:] == (
        "no price",
        "without 1 product that has no price · Every seat that users can hold is assigned.",
    )
    usage = figures(view(replace(USAGE, rows=(held(CAPACITY, 2, 2),))))
    assert usage[2][1:] == ("no price", "without 1 product that has no price · from today")


def test_an_account_that_cannot_change_is_told_nothing_of_the_other_mode() -> None:
    refusal = UserError("account_suspended", account="Contoso Freight")
    facts = read_facts(USAGE.services(forecast=refusal), RESELLER, 7)
    assert [text.label for text in tools_view(facts, RESELLER, NOW).figures] == [
        "Seats billed today",
        "Cost per month now",
    ]


def test_a_pending_change() -> None:
    shown = view(PENDING)
    assert shown.pending is not None
    assert f"{shown.pending.title} {shown.pending.text}" == (
        "Change to Usage Mode is pending and will be completed on December 1, 2026 (00:00 America/New_York, in 8 days)."
    )
    assert shown.pending.may_keep
    assert shown.edit_reason == "Edit is off while the change to Usage Mode is pending. Nobody can complete it earlier."
    assert shown.outlook_title == "What happens on December 1, 2026"
    assert figures(shown)[2] == (
        "From December 1, 2026 in Usage Mode",
        "$1,894.80",
        "11 seats released · $114.40 more · released seats cost $53.71 until then",
    )
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
