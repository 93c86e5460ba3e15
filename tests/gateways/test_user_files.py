from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from cpdesk.base.errors import UserError
from cpdesk.gateways import text_files
from cpdesk.gateways.user_files import read_export

EXPORTS = Path(__file__).parent.parent / "data" / "exports"
TEXT = "User principal name,Display name,Licenses\nada@x.example,Ada Löw,Office 365 E3\n"


def write(folder: Path, data: bytes) -> Path:
    path = folder / "users.csv"
    path.write_bytes(data)
    return path


def refusal_of(path: Path, encoding: str | None = None) -> UserError:
    with pytest.raises(UserError) as refused:
        read_export(path, encoding)
    return refused.value


@pytest.mark.parametrize("name", ["current.csv", "old.csv", "old_details.csv", "resaved.csv", "utf16.csv"])
def test_both_generations_say_the_same(name: str) -> None:
    file = read_export(EXPORTS / name)
    told = [(row.row, row.display_name, row.guest, row.deleted, row.blocked, row.licenses_text) for row in file.rows]
    unlicensed = "" if name == "old_details.csv" else "Unlicensed"
    assert told == [
        (2, "Maren Holt", False, False, False, "Microsoft 365 Business Premium+Visio Plan 2"),
        (3, "Tomasz Błażewski", False, False, False, "Enterprise Mobility + Security E3+Office 365 E3"),
        (4, "Front Desk", False, False, True, unlicensed),
        (5, "Ada Quist (partner)", True, False, False, ""),
        (6, "Jonas Weir", False, True, False, "Microsoft 365 Business Premium"),
        (7, "Jonas Weir", False, False, False, "Microsoft 365 Business Premium"),
    ]
    maren, jonas = file.rows[0], file.rows[5]
    assert (maren.object_id, maren.usage_location) == ("00000001-1111-4222-8333-444455556666", "DE")
    assert (maren.first_name, maren.last_name, maren.department) == ("Maren", "Holt", "Management")
    assert jonas.job_title == "Sales, North"


def test_how_it_was_read_is_told() -> None:
    file = read_export(EXPORTS / "resaved.csv")
    assert (file.name, file.encoding, file.delimiter) == ("resaved.csv", "utf-8-sig", ";")


def test_a_upn_twice_is_refused_with_both_rows() -> None:
    refused = refusal_of(EXPORTS / "duplicate.csv")
    assert refused.code == "duplicate_upn_in_file"
    assert (refused.params["row"], refused.params["other_row"]) == (2, 4)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("told", [False, True])
def test_encodings_are_recognised(tmp_path: Path, encoding: str, told: bool) -> None:
    path = write(tmp_path, TEXT.encode(encoding))
    (row,) = read_export(path, encoding if told else None).rows
    assert row.display_name == "Ada Löw"


def test_a_marked_file_may_be_called_plain_utf_8(tmp_path: Path) -> None:
    path = write(tmp_path, TEXT.encode("utf-8-sig"))
    assert read_export(path, "utf-8").rows[0].upn == "ada@x.example"


def test_an_unmarked_code_page_is_asked_for_and_then_read(tmp_path: Path) -> None:
    path = write(tmp_path, TEXT.encode("windows-1252"))
    refused = refusal_of(path)
    assert refused.code == "file_encoding_unknown"
    assert refused.params == {"file": "users.csv", "suggestion": "windows-1252", "row": 2, "column": "Display name"}
    assert read_export(path, "windows-1252").rows[0].display_name == "Ada Löw"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file_empty"),
        (b"\xef\xbb\xbf", "file_empty"),
        (b"\r\n \r\n", "file_empty"),
        (b"PK\x03\x04" + bytes(20), "file_is_workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(20), "file_is_workbook"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x05\x00", "file_binary"),
        (bytes(1000), "file_binary"),
        (b"SQLite format 3\x00\x10\x00\x02\x02\x00@  ", "file_binary"),
        (b"\xff\xfea\x00b", "file_not_in_encoding"),
        (b"<html><body>Sign in</body></html>", "columns_missing"),
    ],
)
def test_what_is_no_export_is_refused(tmp_path: Path, data: bytes, code: str) -> None:
    refused = refusal_of(write(tmp_path, data))
    assert refused.code == code
    assert refused.params["file"] == "users.csv"


@pytest.mark.parametrize(
    ("encoding", "code"),
    [
        ("ascii", "file_not_in_encoding"),
        ("undefined", "file_not_in_encoding"),
        ("klingon", "encoding_not_known"),
        ("rot13", "encoding_not_known"),
        ("\0", "encoding_not_known"),
    ],
)
def test_a_wrong_encoding_is_refused(tmp_path: Path, encoding: str, code: str) -> None:
    assert refusal_of(write(tmp_path, TEXT.encode()), encoding).code == code


@pytest.mark.parametrize(
    ("text", "encoding", "place"),
    [
        ("User principal name,Display name,Licenses\r\n\r\na@x.example,Löw,\r\n", "utf-8", (3, "Display name")),
        ('User principal name,"Display\nname",Licenses\n"a@x.example","A\nB",Löw\n', "utf-8", (2, "Licenses")),
        ("User principal name;Licenses;Display name\na@x.example;;Löw\n", "ascii", (2, "Display name")),
        ("User principal name,Licenses\na@x.example,,,ö\n", "ascii", (2, "4")),
        ("Löw\n", "utf-8", (1, "1")),
    ],
)
def test_where_an_encoding_does_not_fit_is_told(
    tmp_path: Path, text: str, encoding: str, place: tuple[int, str]
) -> None:
    refused = refusal_of(write(tmp_path, text.encode("windows-1252")), encoding)
    assert (refused.code, refused.params["row"], refused.params["column"]) == ("file_not_in_encoding", *place)


def test_utf_16_without_a_mark_may_be_called_by_its_family_name(tmp_path: Path) -> None:
    for order in ("utf-16-le", "utf-16-be"):
        assert read_export(write(tmp_path, TEXT.encode(order)), "utf-16").rows[0].display_name == "Ada Löw"


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    assert refusal_of(tmp_path / "users.csv").code == "file_missing"
    assert refusal_of(write(tmp_path, b"x") / "users.csv").code == "file_missing"
    assert refusal_of(Path("a\0b")).code == "file_missing"


def test_a_name_that_no_file_can_have_is_refused(tmp_path: Path) -> None:
    assert refusal_of(tmp_path / ("x" * 5000)).code == "file_unreadable"


def test_a_folder_is_refused(tmp_path: Path) -> None:
    refused = refusal_of(tmp_path)
    assert (refused.code, refused.params["file"]) == ("file_is_folder", tmp_path.name)


def test_a_forbidden_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", forbidden)
    assert refusal_of(tmp_path / "users.csv").code == "file_not_permitted"


def test_a_huge_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_files, "LARGEST_FILE", 1_000_000)
    refused = refusal_of(write(tmp_path, b"x" * 1_000_001))
    assert refused.code == "file_too_large"
    assert refused.params == {"file": "users.csv", "most_megabytes": 1}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    data=st.binary(max_size=300),
    start=st.sampled_from([b"", TEXT.encode(), b"\xff\xfe", TEXT.encode("utf-16"), TEXT.encode("utf-16-be")]),
    encoding=st.sampled_from([None, "utf-8", "windows-1252", "utf-16", "utf-7", "raw_unicode_escape", "idna"]),
)
@example(data=b"\\ud800@x.example,a,b\n", start=TEXT.encode(), encoding="raw_unicode_escape")
def test_any_bytes_are_read_or_refused(tmp_path: Path, data: bytes, start: bytes, encoding: str | None) -> None:
    path = write(tmp_path, start + data)
    try:
        told = read_export(path, encoding).name
    except UserError as error:
        told = str(error.params["file"])
    assert told == "users.csv"
