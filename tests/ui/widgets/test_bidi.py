"""Texts from left to right in a window from right to left."""

from cpdesk.ui.widgets.bidi import continued, isolated, on_one_line


def test_a_text_keeps_its_own_direction_in_a_window_from_right_to_left() -> None:
    assert isolated("2 of 4", rtl=True) == "\u20682 of 4\u2069"


def test_elsewhere_it_stays_as_it_is() -> None:
    assert isolated("2 of 4", rtl=False) == "2 of 4"
    assert isolated("", rtl=True) == ""


def test_a_text_on_one_line() -> None:
    assert on_one_line("2 of 4") == "2 of 4"
    assert on_one_line("a\nb\u2028c") == "a b c"
    assert len(on_one_line("W " * 5_000)) == 501


def test_a_name_over_two_lines_is_apart_in_both() -> None:
    assert continued("Close \u2068\u05d0", "\u05d1\u2069, 9 seats") == (
        "Close \u2068\u05d0\u2069",
        "\u2068\u05d1\u2069, 9 seats",
    )
    assert continued("Close \u2068\u05d0\u2069,", "9 seats") == ("Close \u2068\u05d0\u2069,", "9 seats")
