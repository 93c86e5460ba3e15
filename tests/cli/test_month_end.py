"""cpdesk month-end"""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.cli.conftest import ADMIN, AUDITOR, CONTOSO, CUSTOMER, Cli

pytestmark = pytest.mark.usefixtures("qapp")  # an application for what draws statements


@pytest.fixture
def december(cli: Cli) -> Cli:
    """It is December 3, and a new sign-in; Contoso had a seat in November, Fabrikam nothing."""
    cli.clock.set(datetime(2026, 12, 3, 12, tzinfo=UTC))
    return cli


def test_a_pack_has_the_promised_shape(december: Cli, tmp_path: Path) -> None:
    document = december.json("month-end", "--month", "2026-11", "--output", tmp_path / "out")
    assert document["month"] == "2026-11"
    assert Path(document["folder"]) == tmp_path / "out" / "cpdesk-2026-11"
    assert set(document["files"]) == {path.name for path in Path(document["folder"]).iterdir()}
    (account,) = document["accounts"]
    assert (account["domain"], account["lines"], account["number"]) == (CONTOSO, 1, None)
    (total,) = document["totals"]
    assert total == {**total, "currency": "USD", "accounts": 1, "lines": 1, "net": account["net"], "unpriced": 0}
    assert isinstance(total["total"], str)
    assert (document["skipped"], document["unpriced"]) == (1, 0)


def test_people_read_where_it_is_and_what_it_comes_to(december: Cli, tmp_path: Path) -> None:
    text = december.text("month-end", "--month", "2026-11", "--output", tmp_path)
    assert f"Written to {tmp_path / 'cpdesk-2026-11'}" in text
    assert "1 statement for November 2026" in text
    assert "1 account without charges was left out." in text


def test_some_accounts_and_a_month_that_is_not_over(december: Cli, tmp_path: Path) -> None:
    words = ("month-end", "--month", "2026-12", "--output", tmp_path, "--account", CONTOSO, "--account", "Contoso Ltd")
    assert "1 statement is provisional" in december.text(*words)


def test_it_is_refused_with_its_reason(december: Cli, tmp_path: Path) -> None:
    words = ("month-end", "--month", "2026-11", "--output", tmp_path)
    december.json(*words)
    again = december(*words, "--json")
    assert (again.code, again.document["error"]["code"]) == (1, "pack_exists")
    future = december("month-end", "--month", "2027-02", "--output", tmp_path / "new", "--json")
    assert (future.code, future.document["error"]["code"]) == (1, "month_not_begun")
    assert "February 2027 has not begun" in future.err
    (tmp_path / "file").touch()
    assert december("month-end", "--month", "2026-11", "--output", tmp_path / "file").code == 3
    assert sorted(path.name for path in tmp_path.glob("*.part")) == []


def test_who_sees_one_account_gets_no_pack(december: Cli, tmp_path: Path) -> None:
    december.sign_in(CUSTOMER)
    result = december("month-end", "--month", "2026-11", "--output", tmp_path / "a", "--json")
    assert (result.code, result.document["error"]["code"]) == (1, "not_allowed")
    assert not (tmp_path / "a").exists()
    december.sign_in(AUDITOR)
    assert december.json("month-end", "--month", "2026-11", "--output", tmp_path / "a")["files"]
    december.sign_in(ADMIN)


@pytest.mark.parametrize(
    "words", [("--output", "x"), ("--month", "2026-11"), ("--month", "2026-13", "--output", "x"), ("--month", "11")]
)
def test_what_is_no_month_or_no_folder_is_a_usage_error(cli: Cli, words: tuple[str, ...]) -> None:
    assert cli("month-end", *words).code == 2
