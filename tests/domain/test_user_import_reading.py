import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdesk.base.errors import UserError
from cpdesk.domain.csv_table import clean
from cpdesk.domain.user_import.reading import UPN, parse_export
from cpdesk.domain.user_import.rows import ExportRow

HEADER = "User principal name,Display name,Object Id,Block credential,Soft deletion time stamp,Licenses\n"


def rows_of(text: str) -> tuple[ExportRow, ...]:
    return parse_export(text, "users.csv")[1]


def refusal_of(text: str) -> tuple[str, dict[str, object]]:
    with pytest.raises(UserError) as refused:
        parse_export(text, "users.csv")
    params = dict(refused.value.params)
    assert params.pop("file") == "users.csv"
    return refused.value.code, params


def test_only_name_and_licenses_are_needed() -> None:
    (row,) = rows_of("Licenses,UserPrincipalName\nOffice 365 E3,ada@x.example\n")
    assert row == ExportRow(
        row=2,
        upn="ada@x.example",
        object_id=None,
        display_name=None,
        first_name=None,
        last_name=None,
        usage_location=None,
        job_title=None,
        department=None,
        blocked=None,
        guest=False,
        deleted=False,
        licenses_text="Office 365 E3",
    )


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends(delimiter: str, end: str) -> None:
    text = "User principal name,Licenses\nada@x.example,Office 365 E3\n"
    found, rows = parse_export(text.replace(",", delimiter).replace("\n", end), "users.csv")
    assert found == delimiter
    assert [(row.upn, row.licenses_text) for row in rows] == [("ada@x.example", "Office 365 E3")]


def test_columns_are_found_by_name_whatever_case_blanks_and_mark() -> None:
    (row,) = rows_of("\ufeffLICENSES\xa0,Shoe size, user  Principal name\nOffice 365 E3,44,ada@x.example\n")
    assert (row.upn, row.licenses_text) == ("ada@x.example", "Office 365 E3")


def test_cells_are_trimmed_of_blanks_and_our_own_guard() -> None:
    (row,) = rows_of(HEADER + "\xa0ada@x.example \xa0,'=Ada\xa0, ABC-1 ,TRUE,,'+Office 365 E3\xa0\n")
    assert (row.upn, row.display_name, row.object_id) == ("ada@x.example", "=Ada", "abc-1")
    assert (row.blocked, row.licenses_text) == (True, "+Office 365 E3")


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8))
def test_a_guarded_text_comes_back(text: str) -> None:
    plain = clean(text)
    assert clean("'=" + plain) == "=" + plain
    assert clean("'\tx" + plain) == "\tx" + plain


def test_an_apostrophe_before_anything_else_stays() -> None:
    assert clean("'s-Hertogenbosch") == "'s-Hertogenbosch"


def test_composed_and_decomposed_letters_are_one() -> None:
    assert clean("Ada Mu\u0308ller") == "Ada M\u00fcller"


def test_names_of_all_scripts_are_read_as_they_are() -> None:
    (row,) = rows_of(HEADER + "a@x.example,\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 👩\u200d💻,,,,\n")
    assert row.display_name == "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 👩\u200d💻"


def test_rows_are_numbered_as_a_spreadsheet_does() -> None:
    header = f"Office,{HEADER}"
    rows = rows_of(header + '"two\nlines",a@x.example,,,,,\n\n,,,,,,\n,b@x.example,,,,,\n')
    assert [row.row for row in rows] == [2, 5]


def test_guests_deleted_and_blocked_are_told_apart() -> None:
    guest, deleted = rows_of(
        HEADER + "a_b.example#EXT#@x.example,,,False,,\nb@x.example,,,wahr,2025-08-30 07:12:44Z,\n"
    )
    assert (guest.guest, guest.deleted, guest.blocked) == (True, False, False)
    assert (deleted.guest, deleted.deleted, deleted.blocked) == (False, True, True)


@pytest.mark.parametrize(
    ("said", "country"),
    [("DE", "DE"), ("de", "DE"), ("Germany", "DE"), ("united\xa0states ", "US"), ("CURAÇAO", "CW"), ("", "")],
)
def test_a_usage_location_is_a_country(said: str, country: str) -> None:
    (row,) = rows_of(f"User principal name,Usage location,Licenses\na@x.example,{said},\n")
    assert row.usage_location == country


def test_what_a_deleted_user_has_for_a_country_does_not_matter() -> None:
    head = "User principal name,Usage location,Soft deletion time stamp,Licenses\n"
    assert rows_of(head + "a@x.example,Atlantis,2025-08-30,\n")[0].deleted


@pytest.mark.parametrize(
    ("details", "licenses"),
    [
        ("Office 365 E3", "Office 365 E3"),
        ("Office 365 E3:Direct;Visio Plan 2:Inherited", "Office 365 E3+Visio Plan 2"),
        ("Office 365 E3 (Group: A; B)", "Office 365 E3+B)"),
        ("Enterprise Mobility + Security E3 - direct+Visio Plan 2 [Assigned]",
         "Enterprise Mobility + Security E3+Visio Plan 2"),
        ("Office 365 E3 (no Teams)", "Office 365 E3 (no Teams)"),
        ("Dynamics 365 Talent: Onboard", "Dynamics 365 Talent: Onboard"),
        ("Office 365 E3\nVisio Plan 2", "Office 365 E3+Visio Plan 2"),
        ("", ""),
    ],
)  # fmt: skip
def test_old_files_may_have_the_names_in_the_details(details: str, licenses: str) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([["User principal name", "Licenses", "License assignment details"],
                               ["a@x.example", "", details]])  # fmt: skip
    (row,) = rows_of(out.getvalue())
    assert row.licenses_text == licenses


def test_licenses_win_over_details() -> None:
    (row,) = rows_of("User principal name,Licenses,License assignment details\na@x.example,Unlicensed,Visio\n")
    assert row.licenses_text == "Unlicensed"


@pytest.mark.parametrize(
    ("text", "code", "facts"),
    [
        ("", "file_empty", {}),
        (" \n\n", "file_empty", {}),
        ("hello world\n1\n", "columns_missing", {"columns": ["User principal name", "Licenses"]}),
        ("User principal name,Title\na@x.example,x\n", "columns_missing", {"columns": ["Licenses"]}),
        ("Licenses,Licenses,User principal name\n", "column_twice", {"column": "Licenses"}),
        (HEADER, "file_without_users", {}),
        (HEADER + ",Ada,,,,\n", "upn_missing", {"row": 2, "column": "User principal name"}),
        (
            HEADER + "\nada,Ada,,,,\n",
            "upn_invalid",
            {"row": 3, "column": "User principal name", "value": "ada"},
        ),
        (
            HEADER + "a@b@x.example,Ada,,,,\n",
            "upn_invalid",
            {"row": 2, "column": "User principal name", "value": "a@b@x.example"},
        ),
        (
            "User principal name,Usage location,Licenses\na@x.example,DE,\nb@x.example,Atlantis,\n",
            "usage_location_unknown",
            {"row": 3, "column": "Usage location", "value": "Atlantis"},
        ),
        (
            HEADER + "a@x.example,Ada,,maybe,,\n",
            "not_true_or_false",
            {"row": 2, "column": "Block credential", "value": "maybe"},
        ),
        (
            HEADER + "a@x.example,Ada,,,Office 365 E3,\n",
            "not_a_time",
            {"row": 2, "column": "Soft deletion time stamp", "value": "Office 365 E3"},
        ),
        (
            HEADER + "a@x.example,Ada,,\n",
            "row_too_short",
            {"row": 2, "column": "Soft deletion time stamp", "count": 4, "expected": 6},
        ),
        (
            HEADER + "a@x.example,Holt, Ada,,,,Unlicensed\n",
            "row_too_long",
            {"row": 2, "column": "Licenses", "count": 7, "expected": 6},
        ),
        (HEADER + "a@x.example,A\0da,,,,\n", "value_not_text", {"row": 2, "column": "Display name"}),
        (HEADER + 'a@x.example,"Ada\nHolt",,,,\n', "value_unseen", {"row": 2, "column": "Display name"}),
        (HEADER + "a@x.example,Ada\u2028Holt,,,,\n", "value_unseen", {"row": 2, "column": "Display name"}),
        (HEADER + "a@x.example,\u2060,,,,\n", "value_unseen", {"row": 2, "column": "Display name"}),
        (HEADER + "b@x.example,,,,,\na\u200b@x.example,,,,,\n", "value_unseen", {"row": 3, "column": UPN}),
        (HEADER + "a@x.example,,ID\u200d1,,,\n", "value_unseen", {"row": 2, "column": "Object Id"}),
        (
            HEADER + "a@bücher.example,,,,,\na@xn--bcher-kva.example,,,,,\n",
            "duplicate_upn_in_file",
            {"row": 2, "other_row": 3, "column": UPN, "upn": "a@xn--bcher-kva.example"},
        ),
        (
            HEADER + 'a@x.example,,,,,\nb@x.example,"Ada,,,,\nc@x.example,,,,,\n',
            "unbalanced_quotes",
            {"row": 3, "column": "Display name"},
        ),
        (
            HEADER + 'a@x.example,"A ""B"" C","ab"c,,,\n',
            "unbalanced_quotes",
            {"row": 2, "column": "Object Id"},
        ),
        ('"User principal name,Licenses\n', "unbalanced_quotes", {"row": 1, "column": "1"}),
        (HEADER + f"a@x.example,{'x' * 257},,,,\n", "value_too_long", {"row": 2, "column": "Display name"}),
        (
            HEADER + f"a@x.example,{'x' * 200_000},,,,\n",
            "value_too_long",
            {"row": 2, "column": "Display name"},
        ),
        (
            HEADER + "a@x.example,,,,,\nb@x.example,,,,,\nA@X.example,,,,,\n",
            "duplicate_upn_in_file",
            {"row": 2, "other_row": 4, "column": "User principal name", "upn": "A@X.example"},
        ),
        (
            HEADER + "a@x.example,,ID-1,,,\nb@x.example,,id-1,,,\n",
            "duplicate_object_id_in_file",
            {"row": 2, "other_row": 3, "column": "Object Id", "object_id": "id-1"},
        ),
    ],
)
def test_what_is_wrong_is_named(text: str, code: str, facts: dict[str, object]) -> None:
    assert refusal_of(text) == (code, facts)


def test_deleted_rows_are_no_duplicates_and_need_no_upn() -> None:
    rows = rows_of(
        HEADER
        + "a@x.example,,id-1,,2025-08-30,\na@x.example,,id-1,,,\n"
        + "A@x.example,,,,2025-08-30,\n,,,,2025-08-30,\n"
    )
    assert [(row.upn, row.deleted) for row in rows] == [
        ("a@x.example", True),
        ("a@x.example", False),
        ("A@x.example", True),
        ("", True),
    ]


def test_blank_cells_behind_the_last_column_do_no_harm() -> None:
    assert len(rows_of(HEADER + "a@x.example,,,,,,,,\n")) == 1


cells = st.text(st.sampled_from(list("ab\"';,\t\n\r\0é\xa0@")), max_size=6)


def refused(text: str) -> UserError | None:
    try:
        parse_export(text, "users.csv")
    except UserError as error:
        return error
    return None


@given(st.lists(st.lists(cells, min_size=6, max_size=6), max_size=4), st.sampled_from(",;\t"))
def test_a_refused_row_is_named_by_its_number(table: list[list[str]], delimiter: str) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerows([HEADER.strip().split(","), *table])
    error = refused(out.getvalue())
    if error is None:
        assert all(clean(table[row.row - 2][0]) == row.upn for row in rows_of(out.getvalue()))
    elif error.code != "file_without_users":
        assert error.params["row"] in range(2, len(table) + 2)


@given(
    st.text(st.sampled_from(list("aU@\"';,\t\n\r\0é")), max_size=40),
    st.sampled_from(["", HEADER, 'User principal name,Licenses\n"']),
)
def test_any_text_is_read_or_refused(text: str, start: str) -> None:
    error = refused(start + text)
    assert error is None or error.params["file"] == "users.csv"
