"""How amounts come about, in words."""

from dataclasses import replace
from datetime import date

from cpdesk.base.i18n import set_language
from cpdesk.domain.statements import Proration
from cpdesk.ui.gallery.billing_samples import OCTOBER, explanation, line, unpriced
from cpdesk.ui.gallery.service_samples import E3, ZONE
from cpdesk.ui.pages.statements.explanation_words import Surroundings, facts_of, formula, kind_name, signed

WITHIN = Surroundings("USD", ZONE)
LINE = line(E3, 12, date(2026, 11, 2), date(2026, 11, 30), "15.00")


def test_the_formula_has_its_numbers() -> None:
    assert formula(explanation(LINE), WITHIN) == "12 seats \u00d7 $15.00 \u00d7 29 of 30 days = $174.00"


def test_the_formula_of_one_seat_in_yen() -> None:
    told = formula(explanation(replace(LINE, seats=1)), Surroundings("JPY", ZONE))
    assert told.startswith("1 seat \u00d7 \u00a515 \u00d7 29 of 30 days")


def test_the_whole_month_is_said_where_it_is_charged() -> None:
    whole = explanation(line(E3, 12, OCTOBER, date(2026, 10, 31), "15.00"), Proration.NONE)
    assert formula(whole, WITHIN) == "12 seats \u00d7 $15.00 for the whole month = $180.00"
    assert dict(facts_of(whole, WITHIN))["Seats that are charged"] == "12, the most that a day of the month ended with"


def test_without_a_price_there_is_no_amount() -> None:
    missing = explanation(unpriced().lines[-1])
    assert formula(missing, WITHIN) == "4 seats \u00d7 no price: there is no amount"
    assert dict(facts_of(missing, WITHIN))["Price schedule"] == "none in USD"


def test_a_price_that_came_later_says_when() -> None:
    late = explanation(unpriced().lines[-2])
    assert dict(facts_of(late, WITHIN))["It was entered after these days"] == (
        "November 16, 2026, 09:20 America/New_York"
    )


def test_changes_have_their_sign_and_name() -> None:
    assert [signed(change) for change in (2, -1200, 0)] == ["+2", "\u22121,200", "0"]
    assert kind_name("release") == "Seats released"
    assert kind_name("something new") == "something new"


def test_it_follows_the_language() -> None:
    set_language("de")
    try:
        assert "15,00\xa0$" in formula(explanation(LINE), WITHIN)
    finally:
        set_language("en")
