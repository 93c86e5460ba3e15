"""cpdesk month-end"""

import os
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cpdesk.domain.documents import StatementDocument
from cpdesk.gateways.documents.pack import PackFolder
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


def test_a_currency_in_which_nothing_has_a_price_does_not_come_to_nothing(cli: Cli, tmp_path: Path) -> None:
    cli.text("accounts", "activate", "fabrikam.example")
    cli.text("users", "add", "fabrikam.example", "dan@fabrikam.example", "--name", "Dan")
    cli.text("licenses", "assign", "fabrikam.example", "dan@fabrikam.example", "SPB")
    cli.clock.set(datetime(2026, 12, 3, 12, tzinfo=UTC))
    lines = cli.text("month-end", "--month", "2026-11", "--output", tmp_path).splitlines()
    euro = next(line for line in lines if line.startswith("EUR"))
    assert euro.count("no price") == 3
    assert "0.00" not in euro
    assert "no price" not in next(line for line in lines if line.startswith("USD"))


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
    onto_file = december("month-end", "--month", "2026-11", "--output", tmp_path / "file", "--json")
    assert (onto_file.code, onto_file.document["error"]["code"]) == (3, "folder_is_file")
    assert sorted(path.name for path in tmp_path.glob("*.part")) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a process without telling it")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_run_that_is_told_to_end_leaves_nothing_behind(
    december: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    number = getattr(signal, name)

    def told_to_end(_pack: PackFolder, _document: StatementDocument) -> None:
        os.kill(os.getpid(), number)

    before = signal.signal(number, signal.SIG_DFL)
    try:
        with monkeypatch.context() as patch:
            patch.setattr(PackFolder, "add", told_to_end)
            stopped = december("month-end", "--month", "2026-11", "--output", tmp_path / "out")
        assert signal.getsignal(number) == signal.SIG_DFL
    finally:
        # Ignored, where the tests were started by `nohup`.
        signal.signal(number, before)
    assert (stopped.code, stopped.out, stopped.err) == (128 + number, "", "")
    assert not (tmp_path / "out").exists()
    assert december.json("month-end", "--month", "2026-11", "--output", tmp_path / "out")["files"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
def test_a_signal_that_is_ignored_stays_ignored(december: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As `nohup` starts it."""
    add = PackFolder.add

    def hung_up(pack: PackFolder, document: StatementDocument) -> None:
        os.kill(os.getpid(), signal.SIGHUP)
        add(pack, document)

    monkeypatch.setattr(PackFolder, "add", hung_up)
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        assert december.json("month-end", "--month", "2026-11", "--output", tmp_path)["files"]
    finally:
        signal.signal(signal.SIGHUP, before)


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
