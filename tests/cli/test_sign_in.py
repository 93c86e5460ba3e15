"""Who a command is run by."""

import io
from collections.abc import Callable

import pytest

from tests.cli.conftest import ADMIN, AUDITOR, CONTOSO, CUSTOMER, PASSWORD, Cli


class Terminal(io.StringIO):
    """A terminal at which somebody types."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def types(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Sit down at a terminal: type a line, and secrets where they are asked for."""

    def types(line: str, *secrets: str) -> None:
        monkeypatch.setattr("sys.stdin", Terminal(f"{line}\n"))
        waiting = list(secrets)
        monkeypatch.setattr("getpass.getpass", lambda _question: waiting.pop(0))

    return types


@pytest.mark.parametrize(("email", "password"), [(None, PASSWORD), (ADMIN, None), (None, None), ("", "")])
def test_without_a_terminal_the_variables_are_needed(cli: Cli, email: str | None, password: str | None) -> None:
    cli.sign_in(email, password)
    result = cli("accounts", "list", "--json")
    assert (result.code, result.document["error"]["code"]) == (1, "sign_in_needed")
    assert "CPDESK_OPERATOR" in result.err


@pytest.mark.parametrize(("email", "password"), [(ADMIN, "wrong"), ("nobody@reseller.example", PASSWORD)])
def test_wrong_credentials_are_refused_alike(cli: Cli, email: str, password: str) -> None:
    cli.sign_in(email, password)
    result = cli("accounts", "list", "--json")
    assert (result.code, result.document["error"]["code"]) == (1, "wrong_credentials")


def test_a_password_that_is_no_text_is_refused(cli: Cli) -> None:
    cli.sign_in(ADMIN, "\udcff")
    result = cli("accounts", "list", "--json")
    assert (result.code, result.document["error"]["code"]) == (1, "secret_not_text")


def test_at_a_terminal_the_operator_is_asked(cli: Cli, types: Callable[..., None]) -> None:
    cli.sign_in(None, None)
    types(ADMIN, PASSWORD)
    result = cli("accounts", "list", "--json")
    assert result.code == 0
    assert len(result.document) == 2
    assert result.err == "E-mail address: "


def test_set_up_asks_for_the_password_twice(empty_cli: Cli, types: Callable[..., None]) -> None:
    empty_cli.sign_in(None, None)
    types("", PASSWORD, "something else")
    assert "differ" in empty_cli("setup", "--admin", ADMIN).err
    types("", "")
    assert "empty" in empty_cli("setup", "--admin", ADMIN).err
    types("", PASSWORD, PASSWORD)
    assert empty_cli("setup", "--admin", ADMIN).code == 0


def test_apply_due_and_check_need_no_operator(cli: Cli) -> None:
    cli.sign_in(None, None)
    assert cli("apply-due").code == 0
    assert cli("check").code == 0


def test_an_auditor_reads_everything_and_changes_nothing(cli: Cli) -> None:
    cli.sign_in(AUDITOR)
    assert len(cli.json("accounts", "list")) == 2
    assert cli.json("audit", "list")
    before = cli.content()
    for words in (
        ("accounts", "create", "Adatum", "--domain", "adatum.example"),
        ("users", "remove", CONTOSO, "anna@contoso.example"),
        ("mode", "change", CONTOSO, "purchase", "--yes"),
        ("operators", "remove", ADMIN),
    ):
        result = cli(*words, "--json")
        assert (result.code, result.document["error"]["code"]) == (1, "not_allowed")
    assert cli.content() == before


def test_for_a_customer_administrator_there_is_one_account(cli: Cli) -> None:
    cli.sign_in(CUSTOMER)
    assert [row["domain"] for row in cli.json("accounts", "list")] == [CONTOSO]
    assert cli.json("users", "list", CONTOSO)
    foreign = cli("accounts", "show", "fabrikam.example", "--json")
    missing = cli("accounts", "show", "missing.example", "--json")
    assert (foreign.code, missing.code) == (1, 1)
    assert foreign.err.replace("fabrikam", "") == missing.err.replace("missing", "")
    assert {entry["account"] for entry in cli.json("audit", "list")} == {"Contoso Ltd"}
    assert cli("operators", "list").code == 1


def test_a_customer_administrator_hears_nothing_of_other_accounts_switches(cli: Cli) -> None:
    cli.json("accounts", "activate", "fabrikam.example")
    for account in (CONTOSO, "fabrikam.example"):
        cli.json("mode", "change", account, "purchase", "--yes")
        cli.json("mode", "change", account, "usage", "--yes")
    cli.clock.set(cli.clock.now().replace(month=12))
    cli.sign_in(CUSTOMER)
    heard = cli("accounts", "list").err
    assert "Contoso Ltd" in heard
    assert "Fabrikam" not in heard
