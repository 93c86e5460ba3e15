"""What the confirmation says, without a window."""

import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from cpdesk.domain import forecasts
from cpdesk.domain.forecasts import AccountFacts, BlockedHolder, Difference
from cpdesk.domain.modes import Mode
from cpdesk.ui.gallery.service_samples import CAPACITY, IN_USE, NOW, POOL, PREMIUM, Sample, held
from cpdesk.ui.pages.services.consequences import (
    Consequences,
    consequences,
    difference_text,
    folded_people,
    keep_text,
)
from cpdesk.ui.pages.services.summary import as_html, as_text

DAY = timedelta(days=1)
PURCHASE = Sample()
USAGE = Sample(mode=Mode.USAGE, rows=IN_USE)
PEOPLE = tuple(BlockedHolder(f"user{n}@contoso.example", f"User {n}", ("SPB", "EMS")) for n in range(7))


def to_usage(sample: Sample = PURCHASE) -> Consequences:
    return consequences(sample.forecast(Mode.USAGE))


def to_purchase(sample: Sample = USAGE) -> Consequences:
    return consequences(sample.forecast(Mode.PURCHASE))


def rows(shown: Consequences) -> list[tuple[str, str]]:
    return [(row.text, row.figure) for row in shown.rows]


def test_to_usage_says_when_how_many_and_what_is_left() -> None:
    assert rows(to_usage()) == [
        ("Takes effect", "December 1, 2026, 00:00 America/New_York"),
        ("Until then every seat stays billable, assigned or not", "82 seats ($474.78)"),
        ("Of that, for seats that nobody holds", "$53.71"),
        ("Seats that nobody holds are released then", "11 seats ($201.40 a month)"),
        ("Billable seats from December 1, 2026 on", "71 seats"),
        ("Cost per month from December 1, 2026 on", "$1,894.80 (now $1,780.40)"),
    ]


def test_what_has_no_price_is_named_and_counted() -> None:
    shown = to_usage(replace(PURCHASE, rows=(held(PREMIUM, 2, 1), held(CAPACITY, 1, 0))))
    assert ("Cost per month from December 1, 2026 on", "$26.40 (now $44.00 +\u00a01\u00a0unpriced)") in rows(shown)
    row = shown.rows[-1]
    assert row.text == "1 product has no price in one of the modes, so its cost is missing in these amounts"
    assert row.people == (CAPACITY.name,)
    assert [[figure.text(line) for figure in shown.figures] for line in shown.products] == [
        ["2", "1", "1", "$26.40"],
        ["1", "0", "1", "$0.00"],
    ]


def test_where_nothing_has_a_price_no_amount_is_told() -> None:
    back = rows(to_usage(replace(PURCHASE, rows=(held(CAPACITY, 2, 1),))))
    assert ("Cost per month from December 1, 2026 on", "no price") in back
    assert not any("unpriced" in figure for _text, figure in back)
    bought = rows(to_purchase(replace(USAGE, rows=(held(CAPACITY, 2, 2),))))
    assert not any(text.startswith("The least") for text, _figure in bought)


def test_without_prices_it_is_told_in_seats() -> None:
    facts = AccountFacts(7, "Contoso", "contoso.example", Mode.PURCHASE, "America/New_York")
    shown = consequences(forecasts.forecast(facts, Mode.USAGE, NOW, POOL))
    assert [figure for _text, figure in rows(shown)[1:]] == ["82 seats", "11 seats", "71 seats"]
    assert {figure.text(shown.products[0]) for figure in shown.figures[-1:]} == {""}


def test_to_usage_tells_that_nobody_is_faster_and_what_happens_if_cpdesk_is_closed() -> None:
    shown = to_usage()
    assert shown.account == "Contoso Freight · contoso-freight.example"
    assert shown.title == "Change to Usage Mode?"
    assert "Review what Contoso Freight needs first." in shown.advice
    assert "Nobody, support included" in shown.advice
    assert "Until December 1, 2026 the request can be withdrawn" in shown.closing
    assert "completes at its next start, effective December 1, 2026" in shown.closing


def test_to_usage_counts_per_product() -> None:
    shown = to_usage()
    counts = [[figure.value(line) for figure in shown.figures] for line in shown.products]
    assert [figure.title() for figure in shown.figures] == ["Seats", "Assigned", "Released", "Per month after"]
    assert counts == [
        [60, 54, 6, Decimal("1425.60")],
        [20, 17, 3, Decimal("469.20")],
        [2, 0, 2, Decimal("0.00")],
    ]


def test_each_tenant_product_that_will_be_lost_has_its_own_tick() -> None:
    shown = to_usage(replace(PURCHASE, rows=(*POOL, held(CAPACITY, 1, 0))))
    assert shown.ticks == (
        "I understand: 2 seats of Office 365 Extra File Storage belong to no user and will be lost",
        "I understand: 1 seat of Power Apps and Power Automate capacity add-on belongs to no user and will be lost",
    )


def test_where_nothing_is_lost_nothing_is_ticked() -> None:
    assert to_usage(replace(PURCHASE, rows=(held(PREMIUM, 60, 54),))).ticks == ()


def test_blocked_users_are_named_with_the_seats_they_hold() -> None:
    row = to_usage(replace(PURCHASE, blocked=PEOPLE)).rows[-1]
    assert row.text == "7 blocked users still hold licenses, which stay billed"
    assert row.figure == "14 seats"
    assert row.people == tuple(f"User {n}" for n in range(7))


def test_a_blocked_user_without_a_name_is_told_by_address() -> None:
    nameless = BlockedHolder("room@contoso.example", "", ("SPB",))
    row = to_usage(replace(PURCHASE, blocked=(nameless,))).rows[-1]
    assert (row.text, row.people) == (
        "1 blocked user still holds licenses, which stay billed",
        ("room@contoso.example",),
    )


def test_more_than_five_names_are_folded() -> None:
    names = tuple("ABCDEFG")
    assert folded_people(names) == ("A, B, C, D, E", "and 2 more")
    assert folded_people(names[:5]) == ("A, B, C, D, E", "")


def test_to_purchase_says_what_opens_and_when_the_way_back_ends() -> None:
    shown = to_purchase()
    assert shown.title == "Change to Purchase Mode?"
    assert rows(shown) == [
        ("Takes effect", "Immediately, on November 23, 2026 (America/New_York)"),
        ("The pool opens with the seats assigned today; nobody loses a license", "71 seats"),
        ("Cost per month from November 23, 2026 on", "$1,579.00 (now $1,894.80)"),
        ("Removing users or licenses will no longer lower the bill: their seats stay in the pool", ""),
        ("Earliest return to Usage Mode, if requested by November 30, 2026", "December 1, 2026"),
        ("The least that will have been spent by then, from today on", "$421.07"),
    ]
    assert [figure.title() for figure in shown.figures] == ["Opening pool", "Per month now", "Per month after"]
    assert [[figure.text(line) for figure in shown.figures] for line in shown.products] == [
        ["54", "$1,425.60", "$1,188.00"],
        ["17", "$469.20", "$391.00"],
    ]


def test_to_purchase_one_tick_says_what_is_understood() -> None:
    assert to_purchase().ticks == (
        "I understand: removing users or licenses will no longer lower the bill, "
        "and Usage Mode can be back on December 1, 2026 at the earliest",
    )


def test_the_earliest_return_of_a_first_of_the_month_is_the_next_one() -> None:
    first = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
    shown = consequences(USAGE.forecast(Mode.PURCHASE, first))
    assert rows(shown)[-2] == ("Earliest return to Usage Mode, if requested by December 31, 2026", "January 1, 2027")


def test_the_safe_answer_names_what_stays() -> None:
    assert keep_text(Mode.PURCHASE) == "No, Keep Purchase Mode"
    assert keep_text(Mode.USAGE) == "No, Keep Usage Mode"


@pytest.mark.parametrize(
    ("difference", "text"),
    [
        (Difference("seats", PREMIUM.name, "60", "61"), "Seats of Microsoft 365 Business Premium: 60 → 61"),
        (
            Difference("assigned", PREMIUM.name, "1000", "0"),
            "Assigned seats of Microsoft 365 Business Premium: 1,000 → 0",
        ),
        (Difference("released", PREMIUM.name, "6", "7"), "Released seats of Microsoft 365 Business Premium: 6 → 7"),
        (
            Difference("effective_on", "", "2026-12-01", "2027-01-01"),
            "Date of the change: December 1, 2026 → January 1, 2027",
        ),
        (
            Difference("earliest_return", "", "2026-12-01", "2027-01-01"),
            "Earliest return to Usage Mode: December 1, 2026 → January 1, 2027",
        ),
        (Difference("account", "", "A (a.example)", "B (b.example)"), "Account: A (a.example) → B (b.example)"),
        (Difference("mode", "", "usage", "purchase"), "Billing mode: Usage Mode → Purchase Mode"),
        (Difference("blocked", "", "", "a@b.example"), "Blocked users who hold licenses: nobody → a@b.example"),
        (
            Difference("monthly_after", "", "1894.80 USD", "1900 USD"),
            "Cost per month after the change: $1,894.80 → $1,900.00",
        ),
        (
            Difference("price_after", PREMIUM.name, "", "3000 JPY"),
            "Price of a seat of Microsoft 365 Business Premium after the change: no price → ¥3,000",
        ),
        (
            Difference("price_before", PREMIUM.name, "1.00 USD, 2.00 USD", "1.00 USD"),
            "Present price of a seat of Microsoft 365 Business Premium: $1.00, $2.00 → $1.00",
        ),
        (Difference("unpriced", "", "1", "0"), "Products without a price: 1 → 0"),
        (Difference("unpriced", "", "", "0"), "Products without a price: not known → 0"),
    ],
)
def test_differences_are_spelled_out(difference: Difference, text: str) -> None:
    assert difference_text(difference) == text


def test_every_difference_that_a_forecast_can_have_has_words() -> None:
    shown = PURCHASE.forecast(Mode.USAGE)
    later = replace(PURCHASE, rows=(held(PREMIUM, 61, 55), held(CAPACITY, 9, 0)), blocked=PEOPLE)
    now = later.forecast(Mode.USAGE, datetime(2026, 12, 2, tzinfo=UTC))
    assert now.lines[0].money
    dearer = replace(now.lines[0].money, price_before=Decimal(30), price_after=Decimal(40))
    now = replace(now, lines=(replace(now.lines[0], money=dearer), *now.lines[1:]))
    shown = replace(shown, earliest_return=date(2027, 1, 1))
    now = replace(now, account="Contoso Sea", mode=Mode.USAGE, earliest_return=date(2027, 2, 1))
    found = forecasts.differences(shown, now)
    assert {difference.what for difference in found} == {
        *("account", "mode", "effective_on", "earliest_return"),
        *("seats", "assigned", "released", "blocked"),
        *("price_before", "price_after", "unpriced"),
        *("monthly_before", "monthly_after", "idle_monthly", "until_effective", "idle_until"),
    }
    (bought,) = forecasts.differences(USAGE.forecast(Mode.PURCHASE), USAGE.forecast(Mode.PURCHASE, NOW + DAY))[1:]
    assert bought.what == "least_spend"
    assert difference_text(bought) == "Least spent by the earliest return: $421.07 → $368.43"
    assert all(difference_text(difference) for difference in found)


def test_the_summary_has_everything_and_folds_nothing() -> None:
    shown = to_usage(replace(PURCHASE, blocked=PEOPLE))
    text = as_text(shown)
    told = [shown.account, shown.title, shown.advice, shown.closing, *shown.ticks]
    told += [part for row in shown.rows for part in (row.text, row.figure, *row.people)]
    assert [part for part in told if part not in text] == []
    assert "Purchase Mode → Usage Mode" in text
    assert "Microsoft 365 Business Premium: Seats 60, Assigned 54, Released 6, Per month after $1,425.60" in text
    assert (
        "Office 365 Extra File Storage (belongs to no user): Seats 2, Assigned 0, Released 2, Per month after $0.00"
        in text
    )


def test_the_printed_summary_escapes_names() -> None:
    html = as_html(to_usage(replace(PURCHASE, name="Müller & <b>Söhne</b>")))
    assert "Müller &amp; &lt;b&gt;Söhne&lt;/b&gt;" in html
    assert "<b>Söhne" not in html
    assert "<td align='left'>Office 365 E3</td><td align='right'>20</td>" in html
    assert "<td align='right'>$469.20</td>" in html


def test_an_empty_pool_has_no_table_to_print() -> None:
    shown = to_purchase(replace(USAGE, rows=()))
    assert rows(shown)[1][1] == "0 seats"
    assert "<table" not in as_html(shown)


def test_the_presenter_needs_no_qt() -> None:
    module = sys.modules["cpdesk.ui.pages.services.consequences"]
    assert not [name for name, value in vars(module).items() if "PySide6" in str(getattr(value, "__module__", ""))]
