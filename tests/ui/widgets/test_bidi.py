"""Texts from left to right in a window from right to left."""

from cpdesk.ui.widgets.bidi import isolated


def test_a_text_keeps_its_own_direction_in_a_window_from_right_to_left() -> None:
    assert isolated("2 of 4", rtl=True) == "\u20682 of 4\u2069"


def test_elsewhere_it_stays_as_it_is() -> None:
    assert isolated("2 of 4", rtl=False) == "2 of 4"
    assert isolated("", rtl=True) == ""
