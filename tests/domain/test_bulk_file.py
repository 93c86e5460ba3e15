"""The text of a file that names many: which columns it has, and what is wrong with its rows."""

from collections.abc import Mapping

import pytest

from cpdesk.base.bulk_sentences import problem_sentence
from cpdesk.base.errors import UserError
from cpdesk.domain.bulk.file import BulkChange, BulkRow, RowProblem, parse_bulk

FILE = "list.csv"


def rows(text: str, change: BulkChange = BulkChange.ASSIGN) -> tuple[BulkRow, ...]:
    return parse_bulk(text, FILE, change)[1]


def titles(text: str, change: BulkChange = BulkChange.ASSIGN) -> Mapping[str, str]:
    return parse_bulk(text, FILE, change)[0]


def codes(row: BulkRow) -> list[str]:
    return [problem.code for problem in row.problems]


@pytest.mark.parametrize(
    "text",
    [
        "UserPrincipalName,SkuPartNumber\nada@x.example,SPB\n",
        "SKU Part Number;Mail;user principal name\r\nSPB;a@b.example;ada@x.example\r\n",
        "upn\tproduct\n\n ada@x.example \t'SPB\n".replace("'", ""),
        '"UPN","License"\n"ada@x.example","SPB"',
    ],
)
def test_columns_are_found_by_their_titles_in_any_order(text: str) -> None:
    (row,) = rows(text)
    assert (row.upn, row.product, row.problems) == ("ada@x.example", "SPB", ())


def test_rows_are_numbered_as_a_spreadsheet_does() -> None:
    assert [row.row for row in rows("UPN,Product\na@x.example,SPB\n\nb@x.example,SPB\n")] == [2, 4]


def test_the_columns_of_the_admin_center_and_our_own_mean_the_same() -> None:
    center = titles(
        "User principal name,Display name,First name,Block credential,Usage location\nx,,,,\n", BulkChange.ADD
    )
    own = titles("upn,display_name,first_name,Blocked,usage_location\nx,,,,\n", BulkChange.ADD)
    assert center.keys() == own.keys()


def test_what_a_spreadsheet_makes_of_truth_is_understood() -> None:
    told = rows("UPN,Blocked\na,WAHR\nb,False\nc,\nd,perhaps\n", BulkChange.EDIT)
    assert [row.fields.get("blocked") for row in told] == [True, False, None, False]
    assert [codes(row) for row in told] == [[], [], [], ["not_true_or_false"]]


def test_a_row_without_a_name_or_a_product_says_which() -> None:
    told = rows("UPN,Product\n,SPB\na@x.example,\n,\n x,y,z\nb@x.example\n")
    assert [(row.row, codes(row)) for row in told] == [
        (2, ["upn_missing"]),
        (3, ["product_missing"]),
        (5, ["row_too_long"]),
        (6, ["row_too_short"]),
    ]


@pytest.mark.parametrize(
    ("text", "change", "code"),
    [
        ("", BulkChange.REMOVE, "file_empty"),
        ("ada@x.example\nbob@x.example\n", BulkChange.REMOVE, "columns_missing"),
        ("UPN\n", BulkChange.REMOVE, "file_without_users"),
        ("UPN\nada@x.example\n", BulkChange.ASSIGN, "columns_missing"),
        ("UPN,User name\na,b\n", BulkChange.REMOVE, "column_twice"),
        ("UPN,Fax\na,b\n", BulkChange.EDIT, "file_changes_nothing"),
        ("UPN,Department\na,b\n", BulkChange.ADD, "columns_missing"),
    ],
)
def test_a_file_without_what_a_change_needs_is_refused(text: str, change: BulkChange, code: str) -> None:
    with pytest.raises(UserError) as refused:
        parse_bulk(text, FILE, change)
    assert (refused.value.code, refused.value.params["file"]) == (code, FILE)


def test_a_problem_says_where_it_is_once() -> None:
    (short,) = rows("UPN,Product\nb@x.example\n")[0].problems
    assert problem_sentence(short).startswith("list.csv, row 2: 1 value instead of 2; Product and what follows")
    unknown = RowProblem(7, "Product", "unknown_product", {"file": FILE, "text": "X"})
    assert problem_sentence(unknown) == 'list.csv, row 7, column Product: There is no product "X".'
    turned = RowProblem(7, "Pro\rduct\u202e", "unknown_product", {"file": FILE, "text": "X"})
    assert problem_sentence(turned) == 'list.csv, row 7, column Pro\ufffdduct\ufffd: There is no product "X".'
