"""Costs in words, without a window."""

from decimal import Decimal

from cpdesk.domain.billing import Cost
from cpdesk.ui.parts.money_texts import Priced, cost_of, monthly_text, priced_seats_text, sub_totals

SEVEN = Priced(2, Decimal("3.50"))
UNKNOWN = Priced(1, None)


def test_what_seats_cost_a_month() -> None:
    assert cost_of([SEVEN, Priced(1, Decimal("0.01"))], "USD") == Cost(Decimal("7.01"), "USD")
    assert cost_of([SEVEN, UNKNOWN], "USD") == Cost(Decimal("7.00"), "USD", 1)
    assert cost_of([], "USD") == Cost(Decimal(), "USD")
    assert cost_of([Priced(0, None)], "USD") == Cost(Decimal(), "USD")


def test_seats_are_told_with_their_cost() -> None:
    assert priced_seats_text(2, cost_of([SEVEN], "USD")) == "2 seats ($7.00 a month)"
    assert priced_seats_text(3, cost_of([SEVEN, UNKNOWN], "USD")) == (
        "3 seats ($7.00 a month, without what has no price)"
    )
    assert priced_seats_text(1, cost_of([UNKNOWN], "USD")) == "1 seat (no price)"
    assert priced_seats_text(1, cost_of([Priced(1, Decimal())], "USD")) == "1 seat ($0.00 a month)"


def test_each_currency_is_summed_up_by_itself() -> None:
    costs = [Cost(Decimal(5), "USD"), Cost(Decimal(2), "EUR", 1), Cost(Decimal("1.50"), "USD", 2)]
    assert sub_totals(costs) == [Cost(Decimal(2), "EUR", 1), Cost(Decimal("6.50"), "USD", 2)]
    assert sub_totals([]) == []


def test_what_all_cost_together() -> None:
    assert monthly_text([]) == ""
    assert monthly_text([Cost(Decimal(5), "USD")]) == "$5.00 a month"
    assert monthly_text([Cost(Decimal(), "USD", 1)]) == "no price"
    assert monthly_text([Cost(Decimal(5), "USD"), Cost(Decimal(), "KES", 4)]) == "$5.00 a month · no price in KES"
    assert monthly_text([Cost(Decimal(), "KES", 4), Cost(Decimal(), "EUR", 1)]) == "no price"
