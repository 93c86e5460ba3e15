"""Aligned text."""

import unicodedata

from cpdesk.cli.tables import Figure, indented, pairs, table


def columns(text: str) -> int:
    """Columns of a terminal that a text takes."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def test_columns_are_aligned_and_numbers_stand_at_the_right() -> None:
    assert list(table(("Product", "Seats"), [("A", 5), ("Longer name", 12_345)])) == [
        "Product       Seats",
        "A                 5",
        "Longer name  12,345",
    ]


def test_no_line_ends_in_blanks() -> None:
    assert list(table(("A", "B"), [("x", ""), ("y", "long")])) == ["A  B", "x", "y  long"]


def test_wide_letters_take_two_columns() -> None:
    lines = list(table(("Name", "Seats"), [("漢字テスト株式会社", 1), ("Zoë", 22)]))
    assert len({columns(line) for line in lines}) == 1


def test_a_line_break_in_a_name_does_not_break_the_table() -> None:
    assert list(table(("Name", "Seats"), [("two\nlines\x1b[31m", 1)]))[1:] == ["two lines [31m      1"]


def test_a_name_that_reads_from_the_right_keeps_to_its_cell() -> None:
    lines = list(table(("Name", "Seats"), [("\u05d0\u05d1\u202e", 12), ("Ada", 3)]))
    assert lines[1:] == ["\u2068\u05d0\u05d1\u2069       12", "Ada       3"]


def test_amounts_stand_at_the_end_of_their_column() -> None:
    rows = [("E3", Figure("$1,320.00")), ("E5", Figure("no price"))]
    assert list(table(("Product", "Per month"), rows))[1:] == ["E3       $1,320.00", "E5        no price"]


def test_a_table_without_rows_is_its_titles() -> None:
    assert list(table(("Name", "Seats"), [])) == ["Name  Seats"]


def test_values_stand_behind_their_labels() -> None:
    assert list(pairs([("Name", "Contoso"), ("Seats in use", 3)])) == ["Name          Contoso", "Seats in use  3"]
    assert list(pairs([])) == []


def test_what_belongs_to_a_line_is_indented() -> None:
    assert list(indented(["a", "b"])) == ["  a", "  b"]
