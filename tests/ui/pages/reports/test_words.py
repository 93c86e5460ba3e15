"""What the reports come to, in words."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from cpdesk.ui.gallery import report_samples as samples
from cpdesk.ui.pages.reports import month_end_words, words


def test_amounts_in_several_currencies_are_never_added_up() -> None:
    rows = [samples.IDLE[0], replace(samples.IDLE[1], currency="EUR")]
    assert words.idle_summary(rows) == "37 idle seats cost €308.00 and $404.25 a month."


def test_what_has_no_price_is_counted_and_not_taken_for_nothing() -> None:
    assert words.idle_summary(samples.IDLE) == (
        "50 idle seats cost $946.50 a month. 1 product has no price and is missing in this."
    )
    assert words.idle_summary(samples.IDLE[-1:]).startswith("2 idle seats cost an unknown amount a month.")


def test_blocked_users_are_counted_with_what_they_cost() -> None:
    assert words.blocked_summary(samples.BLOCKED[2:3]) == "1 blocked user holds licenses for $22.00 a month."
    assert words.blocked_summary(samples.BLOCKED).startswith("4 blocked users hold licenses for $83.50 a month.")


def test_a_currency_of_which_nothing_is_known_is_left_out() -> None:
    unknown = replace(samples.BLOCKED[3], currency="KES")
    told = words.blocked_summary([samples.BLOCKED[2], unknown])
    assert told.startswith("2 blocked users hold licenses for $22.00 a month. 1 product has no price")


def test_in_purchase_mode_taking_a_license_away_is_not_enough() -> None:
    more = "In Purchase Mode this is saved only once the seats are removed from the pool, too."
    assert words.blocked_summary(samples.BLOCKED).endswith(more)
    assert words.overlap_summary(samples.OVERLAPPING).endswith(more)
    assert more not in words.overlap_summary(samples.OVERLAPPING[:2])


def test_a_user_with_two_products_too_many_is_one_user() -> None:
    told = words.overlap_summary(samples.OVERLAPPING)
    assert told.startswith("4 licenses of 3 users are contained in another one; they cost $35.40 a month.")


def test_the_costs_say_what_they_are_costs_of() -> None:
    told = words.cost_summary(samples.COSTS.rows)
    assert told.startswith("9 accounts with 2,588 seats, for a whole month at today's prices.")


def test_the_trend_has_its_direction() -> None:
    up = samples.trend(12)
    down = [replace(up[0], seats=9000), *up[1:]]
    assert words.trend_summary(up) == "From 2,000 seats to 2,480 in 12 months: 480 more."
    assert words.trend_summary(down).endswith("6,520 fewer.")
    assert words.trend_summary([up[0], replace(up[1], seats=2000)]) == (
        "2,000 seats at the beginning and at the end of 1 month."
    )
    assert words.trend_summary(up[:1]) == "2,000 seats at present."


# The month-end pack


def test_the_month_that_has_just_ended_comes_first_and_the_present_one_last() -> None:
    choices = month_end_words.month_choices(date(2026, 1, 9))
    assert (choices[0].value, choices[0].text) == (date(2025, 12, 1), "December 2025")
    assert (choices[-1].value, choices[-1].text) == (date(2026, 1, 1), "January 2026, so far")
    assert len(choices) == 25


def test_the_pack_is_summed_up_by_currency() -> None:
    assert month_end_words.summary_lines(samples.SUMMARY)[1:] == [
        ("EUR · 1 account", "€1,278.06, of it €204.06 tax"),
        ("USD · 6 accounts", "$21,473.00"),
        ("Statement lines", "28"),
        ("Accounts without charges, left out", "2"),
    ]


def test_a_sum_that_lacks_something_is_told_as_such() -> None:
    euro, dollar = samples.SUMMARY.figures.totals
    unpriced = (replace(euro, unpriced=1), replace(dollar, total=Decimal(), unpriced=3))
    figures = replace(samples.SUMMARY.figures, totals=unpriced)
    lines = month_end_words.summary_lines(replace(samples.SUMMARY, figures=figures))
    assert [amount for _label, amount in lines[1:3]] == ["at least €1,278.06, of it €204.06 tax", "no price"]


def test_accounts_with_trouble_are_named() -> None:
    unpriced, provisional = month_end_words.warnings(samples.WITH_TROUBLE.figures)
    assert unpriced.startswith("7 lines have no price and are missing in the sums: Adatum Insurance, Contoso Freight,")
    assert unpriced.endswith("and 2 more.")
    assert provisional == "The month is not over for 7 accounts: their statements are provisional."
    assert month_end_words.warnings(samples.SUMMARY.figures) == []


def test_a_pack_without_tax_tells_of_none() -> None:
    figures = replace(samples.SUMMARY.figures, totals=samples.SUMMARY.figures.totals[1:], skipped=0)
    lines = month_end_words.summary_lines(replace(samples.SUMMARY, figures=figures))
    assert [label for label, _figure in lines] == ["Folder", "USD · 6 accounts", "Statement lines"]
    assert Decimal(0) == figures.totals[0].tax
