"""What an undo is told to have done."""

from cpdesk.domain.modes import Mode
from cpdesk.domain.undo import Undone
from cpdesk.ui.parts.undo import undone_text

NAMES = {"SPB": "Business Premium", "V": "Visio"}


def test_licenses_that_came_back_and_went_again() -> None:
    undone = Undone(Mode.USAGE, ("megan@contoso.example",), (("SPB", 2),), (("V", 1),), ())
    told = "Undone: 1 user restored; assigned again: Business Premium (2); taken away again: Visio (1)."
    assert undone_text(undone, NAMES) == told


def test_seats_of_the_pool() -> None:
    undone = Undone(Mode.PURCHASE, (), (), (), (("SPB", 1), ("X", -3)))
    assert undone_text(undone, NAMES) == "Undone: Business Premium: 1 seat added again; X: 3 seats removed again."


def test_nothing_left_to_say() -> None:
    assert undone_text(Undone(Mode.USAGE, (), (), (), ()), NAMES) == "Undone."
