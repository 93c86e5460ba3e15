"""cpdesk check, cpdesk audit"""

import json
import re
import sqlite3
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cpdesk.base import audit_words
from tests.cli.conftest import ANNA, AUDITOR, BOB, CONTOSO, CUSTOMER, PREMIUM, Cli


def test_right_books_have_no_findings(purchase_cli: Cli) -> None:
    assert purchase_cli.json("check") == {"ok": True, "findings": []}
    assert purchase_cli.text("check").startswith("No errors found")


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE subscription SET seats = seats + 1 WHERE seats = 4",
        "UPDATE seat_entry SET seats = seats + 1 WHERE seats = 4",
        "UPDATE seat_entry SET recorded_at = 'soon' WHERE id = 1",
        "UPDATE audit_entry SET operator = 'nobody' WHERE id = 1",
        "UPDATE audit_entry SET recorded_at = 'soon' WHERE id = (SELECT max(id) FROM audit_entry)",
        "UPDATE audit_entry SET after = '{' WHERE id = (SELECT max(id) FROM audit_entry)",
        "UPDATE mode_switch SET state = 'withdrawn'",
        "UPDATE mode_switch SET due_at = 'soon'",
        "UPDATE mode_switch SET requested_at = 'soon'",
        "UPDATE mode_switch SET effective_on = 'soon'",
        "UPDATE mode_switch SET ended_at = 'soon'",
        "UPDATE account SET mode = 'usage'",
        "DELETE FROM assignment",
    ],
)
def test_what_was_altered_is_found(purchase_cli: Cli, sql: str) -> None:
    purchase_cli.sign_in(None, None)
    purchase_cli.alter(sql)
    result = purchase_cli("check", "--json")
    assert (result.code, result.document["ok"]) == (1, False)
    assert result.document["findings"][0]["severity"] == "error"
    assert result.document["findings"][0].keys() == {"code", "severity", "where", "detail"}


@pytest.mark.parametrize("table", ["subscription", "seat_entry", "audit_entry", "mode_switch"])
def test_any_single_value_that_was_altered_is_found(purchase_cli: Cli, table: str) -> None:
    purchase_cli.json("mode", "change", CONTOSO, "usage", "--yes")
    whole, data = purchase_cli.content(), purchase_cli.file.read_bytes()
    for column in columns(purchase_cli, table):
        for value in ("'soon'", "'2027-01-01T00:00:00.000000Z'", "7777777", "x'ff'", "''"):
            newest = f"rowid = (SELECT max(rowid) FROM {table})"
            with suppress(sqlite3.IntegrityError):
                purchase_cli.alter(f"UPDATE {table} SET {column} = {value} WHERE {newest}")
            altered = purchase_cli.content() != whole
            assert purchase_cli("check").code == int(altered), (column, value)
            purchase_cli.file.write_bytes(data)


def columns(cli: Cli, table: str) -> list[str]:
    with closing(sqlite3.connect(cli.file)) as database:
        return [row[0] for row in database.execute("SELECT name FROM pragma_table_info(?)", (table,))]


def test_people_read_what_is_wrong_and_where(cli: Cli) -> None:
    cli.alter("UPDATE subscription SET seats = seats + 1")
    result = cli("check")
    assert result.code == 1
    assert "errors found." in result.out
    assert "seat counts differ from the ledger" in result.out


def test_an_overdue_switch_is_information(purchase_cli: Cli) -> None:
    purchase_cli.json("mode", "change", CONTOSO, "usage", "--yes")
    purchase_cli.clock.set(datetime(2026, 12, 2, tzinfo=UTC))
    document = purchase_cli.json("check")
    assert document["ok"] is True
    assert [finding["code"] for finding in document["findings"]] == ["switch_overdue"]
    assert "due, not yet completed" in purchase_cli.text("check")


def test_an_entry_has_who_what_and_when(cli: Cli) -> None:
    cli.json("mode", "change", CONTOSO, "purchase", "--yes")
    newest, *older = cli.json("audit", "list", CONTOSO)
    assert newest["operator"] == "admin@reseller.example"
    assert (newest["account"], newest["action"]) == ("Contoso Ltd", "mode.completed")
    assert newest["recorded_at"] == "2026-11-10T12:00:00Z"
    assert newest["before"] == {"mode": "usage"}
    assert {entry["account"] for entry in older} == {"Contoso Ltd"}


def test_the_list_covers_all_accounts_or_one(cli: Cli) -> None:
    everything, one = cli.json("audit", "list"), cli.json("audit", "list", "fabrikam")
    assert [entry["number"] for entry in everything] == sorted(range(1, len(everything) + 1), reverse=True)
    assert [entry["action"] for entry in one] == ["account.created"]


def test_the_list_can_be_limited(cli: Cli) -> None:
    assert cli.json("audit", "list", "--limit", "2") == cli.json("audit", "list")[:2]


def test_people_read_the_log_in_the_zone_of_the_account(cli: Cli) -> None:
    assert "November 10, 2026, 07:00 America/New_York" in cli.text("audit", "list", CONTOSO)
    assert "November 10, 2026, 12:00 UTC" in cli.text("audit", "list")


def test_a_late_completion_shows_from_when_it_counts(purchase_cli: Cli) -> None:
    purchase_cli.json("mode", "change", CONTOSO, "usage", "--yes")
    assert "Effective" not in purchase_cli.text("audit", "list", CONTOSO), "nothing to tell apart yet"
    purchase_cli.clock.set(datetime(2026, 12, 2, 5, 0, tzinfo=UTC))
    purchase_cli.json("apply-due")
    titles, newest, older, *_more = purchase_cli.text("audit", "list", CONTOSO).splitlines()
    assert titles.endswith("  Effective")
    assert newest.endswith("  December 1, 2026, 00:00 America/New_York")
    assert older.endswith("  to Usage Mode on December 1, 2026")


def test_people_read_what_was_done_to_whom_in_words(purchase_cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "users.csv"
    file.write_text(f"User principal name,Display name,Licenses\n{BOB},Bob,\ncarl@{CONTOSO},Carl,\n")
    purchase_cli.json("mode", "change", CONTOSO, "usage", "--yes")
    purchase_cli.json("mode", "keep", CONTOSO)
    purchase_cli.json("users", "import", CONTOSO, file)
    purchase_cli.json("users", "remove", CONTOSO, ANNA)
    lines = [re.split(r"  +", line)[-2:] for line in purchase_cli.text("audit", "list").splitlines()]
    assert lines == [
        ["Action", "Subject"],
        ["user deleted", ANNA],
        ["user added", f"carl@{CONTOSO}"],
        ["users imported", "users.csv"],
        ["mode change withdrawn", "to Usage Mode on December 1, 2026"],
        ["mode change requested", "to Usage Mode on December 1, 2026"],
        ["seats added", "Office 365 Extra File Storage"],
        ["seats added", PREMIUM],
        ["mode change completed", "to Purchase Mode on November 10, 2026"],
        ["operator added", CUSTOMER],
        ["operator added", "auditor@reseller.example"],
        ["license assigned", f"{ANNA}: {PREMIUM}"],
        ["user added", BOB],
        ["user added", ANNA],
        ["account created", "Fabrikam"],
        ["service activated", "Microsoft 365"],
        ["account created", "Contoso Ltd"],
        ["database set up", "admin@reseller.example"],
    ]


def test_each_action_has_words() -> None:
    services = Path(audit_words.__file__).parents[1] / "services"
    source = "".join(path.read_text(encoding="utf-8") for path in sorted(services.glob("*.py")))
    about = "accounts?|database|defaults|license|mode|operator|product|product_names|seats|service|users?"
    recorded = set(re.findall(rf'"((?:{about})\.\w+)"', source))
    assert len(recorded) > 15
    assert recorded <= audit_words.actions()


@pytest.mark.parametrize("facts", ["[]", "{}", '{"switch": 5}', '{"switch": {"effective_on": 5, "to_mode": 5}}'])
def test_a_log_that_was_altered_is_shown_as_far_as_it_can_be(purchase_cli: Cli, facts: str) -> None:
    newest = "id = (SELECT max(id) FROM audit_entry)"
    purchase_cli.alter(f"UPDATE audit_entry SET before = '{facts}', after = '{facts}', action = 'x.y' WHERE {newest}")
    newest_line = purchase_cli.text("audit", "list").splitlines()[1]
    assert re.search(r"  x\.y +product SHAREPOINTSTORAGE$", newest_line)


def test_an_account_without_entries_of_its_own_says_so(cli: Cli) -> None:
    cli.alter("DELETE FROM audit_entry")
    cli.sign_in(CUSTOMER)
    assert cli.text("audit", "list") == "There are no entries.\n"


def test_an_anchor_is_saved_and_compared(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "anchor.json"
    made = cli.json("audit", "anchor", "--file", path)
    assert json.loads(path.read_text(encoding="utf-8")) == made
    assert cli.json("audit", "compare", path)["result"] == "same"
    cli.json("users", "add", CONTOSO, "cy@contoso.example", "--name", "Cy")
    compared = cli.json("audit", "compare", path)
    assert (compared["result"], compared["holds"], compared["later"]) == ("gone_on", True, 1)
    assert "has gone on by 1 entry since" in cli.text("audit", "compare", path)
    cli.sign_in(AUDITOR)
    assert cli("audit", "compare", path).code == 0


def test_an_anchor_is_never_replaced(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "anchor.json"
    cli.json("audit", "anchor", "--file", path)
    result = cli("audit", "anchor", "--file", path, "--json")
    assert (result.code, result.document["error"]["code"]) == (1, "anchor_exists")


def test_a_log_that_differs_from_its_anchor_is_refused_with_the_result(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "anchor.json"
    anchor = cli.json("audit", "anchor", "--file", path)
    cli.alter("UPDATE audit_entry SET reason = 'x' WHERE id = 2")
    broken = cli("audit", "compare", path, "--json")
    assert (broken.code, broken.document["result"], broken.document["holds"]) == (1, "same", False)
    assert "its chain is broken" in cli("audit", "compare", path).out
    path.write_text(json.dumps(anchor | {"entry": 99}), encoding="utf-8")
    assert cli("audit", "compare", path, "--json").document["result"] == "missing"
    path.write_text("{}", encoding="utf-8")
    assert cli("audit", "compare", path, "--json").document["error"]["code"] == "not_an_anchor"


def test_people_get_an_anchor_to_print(cli: Cli) -> None:
    text = cli.text("audit", "anchor")
    sealed = cli.json("audit", "anchor")["hash"]
    assert f"{sealed[:8]} {sealed[8:16]}" in text
