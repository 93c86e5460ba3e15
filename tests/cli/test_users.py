"""cpdesk users"""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import ANNA, BOB, CONTOSO, PREMIUM, Cli

EXPORTS = Path(__file__).parents[1] / "data" / "exports"
MakeFile = Callable[..., Path]


@pytest.fixture
def export(tmp_path: Path) -> MakeFile:
    """Write an export of users: (name, upn, licenses, time of deletion) per user."""

    def make(*users: tuple[str, ...]) -> Path:
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerow(["Display name", "User principal name", "Licenses", "Soft deletion time stamp"])
        writer.writerows((*user, "", "")[:4] for user in users)
        path = tmp_path / "users.csv"
        path.write_text(text.getvalue(), encoding="utf-8-sig")
        return path

    return make


def licenses(cli: Cli) -> dict[str, list[str]]:
    return {row["upn"]: row["licenses"] for row in cli.json("users", "list", CONTOSO)}


def test_the_list_has_the_promised_shape(cli: Cli) -> None:
    first, second = cli.json("users", "list", CONTOSO)
    assert first == {"upn": ANNA, "name": "Anna", "licenses": ["SPB"], "blocked": False, "guest": False}
    assert second["licenses"] == []


def test_the_list_shows_display_names(cli: Cli) -> None:
    assert f"{ANNA}  Anna  {PREMIUM}" in cli.text("users", "list", CONTOSO)


def test_an_account_without_users_says_what_to_do(cli: Cli) -> None:
    text = cli.text("users", "list", "fabrikam")
    assert "cpdesk users add" in text
    assert "cpdesk users import" in text


def test_a_user_is_added_without_licenses(cli: Cli) -> None:
    added = cli.json("users", "add", CONTOSO, "Zoë@contoso.example", "--name", "Zoë")
    assert (added["upn"], added["licenses"]) == ("Zoë@contoso.example", [])
    assert "Zoë@contoso.example" in licenses(cli)
    assert "is added to Contoso Ltd" in cli.text("users", "add", CONTOSO, "x@contoso.example", "--name", "X")


def test_what_is_given_is_changed_and_the_rest_stays(cli: Cli) -> None:
    changes = ("--name", "Anna Bell", "--first-name", "Anna", "--last-name", "Bell", "--usage-location", "us")
    changed = cli.json("users", "edit", CONTOSO, ANNA.upper(), *changes, "--title", "Analyst", "--department", "Sales")
    assert changed == {
        "upn": ANNA,
        "name": "Anna Bell",
        "licenses": ["SPB"],
        "blocked": False,
        "guest": False,
        "first_name": "Anna",
        "last_name": "Bell",
        "usage_location": "US",
        "title": "Analyst",
        "department": "Sales",
    }
    changed_again = cli.json("users", "edit", CONTOSO, ANNA, "--block", "--title", "")
    assert changed_again == changed | {"blocked": True, "title": ""}
    assert cli.json("users", "edit", CONTOSO, ANNA, "--unblock")["blocked"] is False


def test_a_rename_keeps_the_licenses(cli: Cli) -> None:
    assert "a.bell@contoso.example is changed." in cli.text(
        "users", "edit", CONTOSO, ANNA, "--upn", "a.bell@contoso.example"
    )
    assert licenses(cli) == {"a.bell@contoso.example": ["SPB"], BOB: []}
    assert "nothing to change" in cli.text("users", "edit", CONTOSO, BOB, "--upn", BOB)


def test_an_edit_without_anything_to_change_is_refused(cli: Cli) -> None:
    result = cli("users", "edit", CONTOSO, ANNA)
    assert (result.code, result.out) == (1, "")
    assert "--title" in result.err


def test_a_deleted_user_is_restored_with_the_licenses(cli: Cli) -> None:
    cli.json("users", "remove", CONTOSO, ANNA)
    restored = cli.json("users", "restore", CONTOSO, ANNA)
    assert restored["licenses"] == ["SPB"]
    assert (restored["upn"], restored["name"], restored["missing"]) == (ANNA, "Anna", [])
    cli.json("users", "remove", CONTOSO, ANNA)
    text = cli.text("users", "restore", CONTOSO, ANNA)
    assert f"{ANNA} is restored." in text
    assert f"billed from today: {PREMIUM}." in text


def test_what_has_no_seat_is_named_before_it_is_left_out(purchase_cli: Cli) -> None:
    purchase_cli.json("users", "remove", CONTOSO, ANNA)
    purchase_cli.json("seats", "remove", CONTOSO, "SPB", "3")
    refused = purchase_cli("users", "restore", CONTOSO, ANNA, "--json")
    assert (refused.code, refused.document["error"]["code"]) == (1, "restore_lacks_seats")
    assert PREMIUM in refused.err
    text = purchase_cli.text("users", "restore", CONTOSO, ANNA, "--without-missing")
    assert f"no seat: {PREMIUM}." in text
    assert licenses(purchase_cli)[ANNA] == []


def test_every_command_keeps_its_reason_in_the_audit_log(purchase_cli: Cli, export: MakeFile) -> None:
    commands: tuple[tuple[str | Path, ...], ...] = (
        ("users", "add", CONTOSO, "cy@contoso.example", "--name", "Cy"),
        ("users", "edit", CONTOSO, "cy@contoso.example", "--block"),
        ("users", "remove", CONTOSO, "cy@contoso.example"),
        ("users", "restore", CONTOSO, "cy@contoso.example"),
        ("users", "import", CONTOSO, export(("Dan", "dan@contoso.example"))),
        ("seats", "add", CONTOSO, "SPB", "2"),
        ("licenses", "assign", CONTOSO, BOB, "SPB"),
        ("licenses", "remove", CONTOSO, BOB, "SPB"),
        ("seats", "remove", CONTOSO, "SPB", "1"),
        ("mode", "change", CONTOSO, "usage", "--yes"),
        ("mode", "keep", CONTOSO),
    )
    for number, words in enumerate(commands):
        purchase_cli.json(*words, "--reason", f"INC-{number}")
        assert purchase_cli.json("audit", "list", CONTOSO)[0]["reason"] == f"INC-{number}"


def test_removing_a_user_in_usage_mode_lowers_the_bill(cli: Cli) -> None:
    text = cli.text("users", "remove", CONTOSO, ANNA.upper())
    assert "left the tenant" in text
    assert PREMIUM in text
    assert cli.json("licenses", "list", CONTOSO) == []


def test_removing_a_user_in_purchase_mode_does_not(purchase_cli: Cli) -> None:
    removed = purchase_cli.json("users", "remove", CONTOSO, ANNA)
    assert (removed["mode"], removed["freed"]) == ("purchase", ["SPB"])
    rows = {row["product"]: row for row in purchase_cli.json("licenses", "list", CONTOSO)}
    assert (rows["SPB"]["seats"], rows["SPB"]["available"]) == (3, 3)


def test_freed_seats_are_released_where_that_is_asked_for(purchase_cli: Cli) -> None:
    removed = purchase_cli.json("users", "remove", CONTOSO, ANNA, "--release")
    assert (removed["freed"], removed["released"]) == (["SPB"], True)
    rows = {row["product"]: row for row in purchase_cli.json("licenses", "list", CONTOSO)}
    assert (rows["SPB"]["seats"], rows["SPB"]["available"]) == (2, 2)


def test_the_text_says_that_the_seat_was_released(purchase_cli: Cli) -> None:
    assert "taken out of the pool and are no longer billed" in purchase_cli.text(
        "users", "remove", CONTOSO, ANNA, "--release"
    )


def test_the_text_says_that_the_seat_stays_billable(purchase_cli: Cli) -> None:
    assert "stay billable" in purchase_cli.text("users", "remove", CONTOSO, ANNA)


def test_removing_a_user_without_licenses_says_nothing_of_seats(cli: Cli) -> None:
    assert cli.text("users", "remove", CONTOSO, BOB) == f"{BOB} is deleted.\n"


def test_an_import_reports_the_promised_shape(cli: Cli, export: MakeFile) -> None:
    file = export(
        ("Anna B.", ANNA, "Unlicensed"),
        ("Bob", BOB, ""),
        ("Cleo", "cleo@contoso.example", f"{PREMIUM}+Frobnicator 3000"),
        ("Dora", "dora@contoso.example", "Microsoft Copilot Studio"),
        ("Emil", "emil@contoso.example", PREMIUM, "2025-08-30 07:12:44Z"),
    )
    report = cli.json("users", "import", CONTOSO, file)
    assert report == {
        "added": 2,
        "updated": 1,
        "unchanged": 1,
        "skipped": [{"row": 6, "upn": "emil@contoso.example", "reason": "deleted_in_file"}],
        "assigned": 1,
        "unassigned": 1,
        "unknown_products": ["Frobnicator 3000"],
        "not_assignable": ["Microsoft Copilot Studio"],
        "missing_seats": {},
        "other_domains": [],
        "currency": "USD",
        "monthly_cost_before": "26.40",
        "monthly_cost_after": "26.40",
        "unpriced": 0,
        "beyond_limits": [],
        "file": "users.csv",
        "dry_run": False,
    }
    assert licenses(cli) == {
        ANNA: [],
        BOB: [],
        "cleo@contoso.example": ["SPB"],
        "dora@contoso.example": [],
    }
    assert cli.json("check")["findings"] == []


def test_an_import_tells_people_what_it_left_out(cli: Cli, export: MakeFile) -> None:
    file = export(
        ("Anna", ANNA, PREMIUM, "2025-08-30 07:12:44Z"),
        ("Bob", BOB, "Frobnicator 3000+Microsoft Copilot Studio"),
    )
    text = cli.text("users", "import", CONTOSO, file)
    assert "users.csv is imported into Contoso Ltd (contoso.example)." in text
    assert f"2  {ANNA}  deleted in the tenant but active here: kept" in " ".join(text.split(" ")).strip()
    assert "1 product name could not be matched" in text
    assert "Frobnicator 3000" in text
    assert "not assigned to users:\n  Microsoft Copilot Studio" in text


def test_an_import_warns_of_users_of_another_domain(cli: Cli, export: MakeFile) -> None:
    file = export(("Cleo", "cleo@contoso.example", ""), ("Dora", "dora@fabrikam.example", ""))
    report = cli.json("users", "import", CONTOSO, file, "--dry-run")
    assert report["other_domains"] == [{"row": 3, "upn": "dora@fabrikam.example", "domain": "fabrikam.example"}]
    text = cli.text("users", "import", CONTOSO, file)
    assert "Users of domains that the account does not have" in text
    assert "dora@fabrikam.example" in licenses(cli)


def test_a_dry_run_tells_field_by_field_what_changes(cli: Cli, export: MakeFile) -> None:
    file = export(("Anna B.", ANNA, "Office 365 E3"), ("Bob", BOB, ""), ("Cleo", "cleo@contoso.example", ""))
    assert cli.json("users", "import", CONTOSO, file, "--dry-run")["changes"] == [
        {
            "row": 2,
            "upn": ANNA,
            "fields": {"display_name": {"before": "Anna", "after": "Anna B."}},
            "assigned": ["Office 365 E3"],
            "unassigned": [PREMIUM],
        }
    ]
    text = cli.text("users", "import", CONTOSO, file, "--dry-run")
    assert "Monthly cost before  $26.40" in text
    assert "Monthly cost after   $27.60" in text


def test_a_dry_run_changes_nothing(cli: Cli, export: MakeFile) -> None:
    file = export(("Cleo", "cleo@contoso.example", PREMIUM))
    before = cli.content()
    report = cli.json("users", "import", CONTOSO, file, "--dry-run")
    assert (report["added"], report["dry_run"]) == (1, True)
    assert "nothing was changed" in cli.text("users", "import", CONTOSO, file, "--dry-run")
    assert cli.content() == before


def test_a_pool_that_is_too_small_is_filled_only_on_request(purchase_cli: Cli, export: MakeFile) -> None:
    file = export(*((f"U{n}", f"u{n}@contoso.example", PREMIUM) for n in range(5)))
    before = purchase_cli.content()
    preview = purchase_cli.json("users", "import", CONTOSO, file, "--dry-run")
    assert preview["missing_seats"] == {"SPB": 3}
    assert "--add-seats" in purchase_cli.text("users", "import", CONTOSO, file, "--dry-run")
    refused = purchase_cli("users", "import", CONTOSO, file, "--json")
    assert (refused.code, refused.document["error"]["code"]) == (1, "import_lacks_seats")
    assert f"{PREMIUM}: 3" in refused.err
    assert purchase_cli.content() == before
    text = purchase_cli.text("users", "import", CONTOSO, file, "--add-seats")
    assert "Seats added to the pool" in text
    rows = {row["product"]: row for row in purchase_cli.json("licenses", "list", CONTOSO)}
    assert (rows["SPB"]["seats"], rows["SPB"]["assigned"]) == (6, 6)


@pytest.mark.parametrize("name", ["current.csv", "old.csv", "old_details.csv", "resaved.csv", "utf16.csv"])
def test_both_header_generations_are_imported_alike(cli: Cli, name: str) -> None:
    report = cli.json("users", "import", CONTOSO, EXPORTS / name)
    assert (report["added"], report["assigned"], report["unknown_products"]) == (5, 5, [])
    again = cli.json("users", "import", CONTOSO, EXPORTS / name)
    assert (again["added"], again["updated"], again["unchanged"]) == (0, 0, 5)


def test_an_encoding_can_be_given(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "old.csv"
    file.write_bytes("User principal name,Display name,Licenses\nz@contoso.example,Zoë,\n".encode("cp1252"))
    refused = cli("users", "import", CONTOSO, file)
    assert refused.code == 1
    assert "--encoding windows-1252" in refused.err
    assert cli.json("users", "import", CONTOSO, file, "--encoding", "windows-1252")["added"] == 1


def bad_files() -> dict[str, tuple[Any, str]]:
    """Bytes of a file (None: there is none), and the code of its refusal."""
    header = b"User principal name,Display name,Licenses\n"
    return {
        "missing": (None, "file_missing"),
        "empty": (b"", "file_empty"),
        "binary": (bytes(range(256)) * 8, "file_binary"),
        "workbook": (b"PK\x03\x04rest", "file_is_workbook"),
        "without columns": (b"Name,Mail\nAnna,anna@contoso.example\n", "columns_missing"),
        "without users": (header, "file_without_users"),
        "the same user twice": (header + b"a@b.example,A,\nA@B.example,A,\n", "duplicate_upn_in_file"),
        "no address": (header + b"nobody,A,\n", "upn_invalid"),
        "a row cut off": (header + b"a@b.example\n", "row_too_short"),
        "an open quote": (header + b'a@b.example,"A,\n', "unbalanced_quotes"),
    }


@pytest.mark.parametrize("name", bad_files())
def test_a_bad_file_changes_nothing(cli: Cli, tmp_path: Path, name: str) -> None:
    data, code = bad_files()[name]
    file = tmp_path / "bad.csv"
    if data is not None:
        file.write_bytes(data)
    before = cli.content()
    for mode in ((), ("--dry-run",)):
        result = cli("users", "import", CONTOSO, file, *mode, "--json")
        assert (result.code, result.document["error"]["code"]) == (1, code)
        assert "bad.csv" in result.err
    assert cli.content() == before


def test_a_folder_is_no_file(cli: Cli, tmp_path: Path) -> None:
    assert cli("users", "import", CONTOSO, tmp_path, "--json").document["error"]["code"] == "file_is_folder"


def test_both_rows_of_a_user_who_is_there_twice_are_named(cli: Cli) -> None:
    result = cli("users", "import", CONTOSO, EXPORTS / "duplicate.csv")
    assert result.code == 1
    assert "again in row" in result.err
    assert "column User principal name" in result.err


def test_a_file_name_that_is_no_text_is_imported_all_the_same(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "users\udcff.csv"
    file.write_bytes(b"User principal name,Licenses\nx@contoso.example,\n")
    assert cli.json("users", "import", CONTOSO, file)["added"] == 1


def test_a_deleted_user_is_erased_once_the_name_is_confirmed(cli: Cli) -> None:
    assert cli("users", "erase", CONTOSO, ANNA).code == 1
    cli.json("users", "remove", CONTOSO, ANNA)
    shown = cli.json("users", "erase", CONTOSO, ANNA)
    assert (shown["upn"], shown["erased"]) == (ANNA, False)
    assert cli("users", "erase", CONTOSO, ANNA, "--confirm", BOB).code == 1
    erased = cli.json("users", "erase", CONTOSO, ANNA, "--confirm", ANNA, "--reason", "DSR-7")
    assert erased | {"erased": True, "pseudonym": shown["pseudonym"], "purged": True} == erased
    assert ANNA not in cli.text("audit", "list")
    assert cli.json("check")["ok"]


def test_an_erasure_says_where_the_person_stays(cli: Cli) -> None:
    cli.text("users", "remove", CONTOSO, ANNA)
    shown = cli.text("users", "erase", CONTOSO, ANNA)
    assert "Backups made before still hold the person." in shown
    assert f"--confirm {ANNA}" in shown
    assert "stands in its place" in cli.text("users", "erase", CONTOSO, ANNA, "--confirm", ANNA)
