"""cpdesk operators"""

import io

import pytest

from tests.cli.conftest import ADMIN, AUDITOR, CONTOSO, CUSTOMER, PASSWORD, Cli

NEW = "cpdesk-new-password"


@pytest.fixture(autouse=True)
def _new_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CPDESK_NEW_PASSWORD", NEW)
    monkeypatch.delenv("CPDESK_RECOVERY_CODE", raising=False)


def test_the_list_names_roles_and_accounts(cli: Cli) -> None:
    listed = [(row["email"], row["role"], row["account"]) for row in cli.json("operators", "list")]
    assert listed == [
        (ADMIN, "reseller", None),
        (AUDITOR, "auditor", None),
        (CUSTOMER, "customer", "Contoso Ltd"),
    ]
    assert "customer administrator  Contoso Ltd" in cli.text("operators", "list")


def test_the_list_is_for_reseller_administrators_and_auditors(cli: Cli) -> None:
    cli.sign_in(AUDITOR)
    assert len(cli.json("operators", "list")) == 3
    cli.sign_in(CUSTOMER)
    result = cli("operators", "list", "--json")
    assert (result.code, result.document["error"]["code"]) == (1, "not_allowed")
    assert result.err == "Only reseller administrators and auditors may see this.\n"


def test_an_added_operator_can_sign_in(cli: Cli) -> None:
    added = cli.json("operators", "add", "new@contoso.example", "--role", "customer", "--account", CONTOSO)
    assert (added["role"], added["account"]) == ("customer", "Contoso Ltd")
    cli.sign_in("NEW@contoso.example", NEW)
    assert len(cli.json("accounts", "list")) == 1


def test_a_removed_operator_cannot(cli: Cli) -> None:
    cli.json("operators", "remove", AUDITOR)
    cli.sign_in(AUDITOR)
    assert cli("accounts", "list").code == 1


def test_operators_change_their_own_password(cli: Cli) -> None:
    cli.sign_in(AUDITOR)
    cli.json("operators", "password", AUDITOR)
    assert cli("accounts", "list").code == 1
    cli.sign_in(AUDITOR, NEW)
    assert cli("accounts", "list").code == 0


def test_only_a_reseller_administrator_changes_those_of_others(cli: Cli) -> None:
    cli.sign_in(AUDITOR)
    assert cli("operators", "password", ADMIN).code == 1
    cli.sign_in(ADMIN)
    assert cli("operators", "password", AUDITOR).code == 0


def test_the_recovery_code_lets_an_administrator_back_in_once(empty_cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    empty_cli.sign_in(None, PASSWORD)
    code = empty_cli.json("setup", "--admin", ADMIN)["recovery_code"]
    empty_cli.sign_in(None, None)
    monkeypatch.setenv("CPDESK_RECOVERY_CODE", code)
    following = empty_cli.json("operators", "password", ADMIN, "--recovery-code")["recovery_code"]
    assert following != code
    again = empty_cli("operators", "password", ADMIN, "--recovery-code", "--json")
    assert (again.code, again.document["error"]["code"]) == (1, "wrong_recovery_code")
    monkeypatch.setenv("CPDESK_RECOVERY_CODE", following)
    assert "shown only this once" in empty_cli.text("operators", "password", ADMIN, "--recovery-code")
    empty_cli.sign_in(ADMIN, NEW)
    assert empty_cli("accounts", "list").code == 0


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("add", "nobody", "--role", "auditor"), "bad_email"),
        (("add", "ADMIN@reseller.example", "--role", "auditor"), "operator_exists"),
        (("add", "a@b.example", "--role", "customer"), "customer_needs_account"),
        (("add", "a@b.example", "--role", "auditor", "--account", CONTOSO), "role_has_no_account"),
        (("add", "a@b.example", "--role", "customer", "--account", "nowhere.example"), "unknown_account"),
        (("remove", "nobody@b.example"), "unknown_operator"),
        (("remove", ADMIN), "last_reseller"),
        (("password", "nobody@b.example"), "unknown_operator"),
        (("password", ADMIN, "--recovery-code"), "secret_needed"),
    ],
)
def test_what_is_refused_changes_nothing(cli: Cli, words: tuple[str, ...], code: str) -> None:
    before = cli.content()
    result = cli("operators", *words, "--json")
    assert (result.code, result.document["error"]["code"]) == (1, code)
    assert result.document["error"]["message"] in result.err
    assert cli.content() == before


def test_a_new_password_can_be_piped_in(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CPDESK_NEW_PASSWORD")
    monkeypatch.setattr("sys.stdin", io.StringIO("a piped password\n"))
    assert cli("operators", "password", AUDITOR).code == 0
    cli.sign_in(AUDITOR, "a piped password")
    assert cli("accounts", "list").code == 0


def test_a_new_password_is_needed(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CPDESK_NEW_PASSWORD")
    result = cli("operators", "password", AUDITOR)
    assert result.code == 1
    assert "CPDESK_NEW_PASSWORD" in result.err
