"""Second factors, passwords to be changed, and delays, by the command line."""

import io
import re
from datetime import timedelta

import pytest

from cpdesk.domain import delays, second_factor
from cpdesk.gateways.secret_vault import FILE, SystemVault
from tests.cli.conftest import ADMIN, AUDITOR, PASSWORD, Cli

NEW = "staple battery"


@pytest.fixture(autouse=True)
def _no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the tests keeps their keyring."""
    monkeypatch.setattr(SystemVault, "_keyring", lambda _self: None)


class Pipe:
    """Standard input of somebody who reads what the program says first."""

    def __init__(self, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
        self.secret = ""
        self._cli = cli
        made = second_factor.new_secret

        def new_secret() -> str:
            self.secret = made()
            return self.secret

        monkeypatch.setattr(second_factor, "new_secret", new_secret)
        monkeypatch.setattr("sys.stdin", self)

    def isatty(self) -> bool:
        return False

    def readline(self) -> str:
        return f"{self.code()}\n"

    def code(self) -> str:
        return second_factor.code_at(self.secret, second_factor.step_at(self._cli.clock.now()))


@pytest.fixture
def pipe(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> Pipe:
    return Pipe(cli, monkeypatch)


def turned_on(cli: Cli) -> list[str]:
    """The recovery codes of a second factor that was turned on half a minute ago."""
    codes = cli.json("operators", "factor", "on")["recovery_codes"]
    cli.clock.advance(timedelta(seconds=30))
    assert isinstance(codes, list)
    return codes


def refused(cli: Cli, *words: str) -> str:
    result = cli(*words, "--json")
    assert result.code == 1
    return str(result.document["error"]["code"])


def test_a_second_factor_is_set_up_asked_for_and_turned_off(
    cli: Cli, pipe: Pipe, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = cli("operators", "factor", "on")
    assert second_factor.spaced(pipe.secret) in result.err
    assert "otpauth://totp/cpdesk:" in result.err
    assert "file that only you can read" in result.err
    assert len(re.findall(r"^\w{4}-\w{4}-\w{4}-\w{4}$", result.out, re.MULTILINE)) == 10
    cli.clock.advance(timedelta(seconds=30))
    assert refused(cli, "accounts", "list") == "code_needed"
    monkeypatch.setenv("CPDESK_CODE", pipe.code())
    assert cli.json("operators", "factor", "show") | {"since": ""} == {
        "on": True,
        "since": "",
        "kept_in": "file",
        "recovery_codes": 10,
    }
    assert refused(cli, "accounts", "list") == "code_used"
    cli.clock.advance(timedelta(seconds=30))
    monkeypatch.setenv("CPDESK_CODE", pipe.code())
    assert cli.json("operators", "factor", "off") == {"on": False}
    monkeypatch.delenv("CPDESK_CODE")
    assert "no second factor" in cli.text("operators", "factor", "show")
    assert pipe.secret not in (cli.folder / FILE).read_text(encoding="utf-8")


@pytest.mark.usefixtures("pipe")
def test_recovery_codes_sign_in_and_are_made_anew(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    codes = turned_on(cli)
    monkeypatch.setenv("CPDESK_CODE", codes[0])
    fresh = cli.json("operators", "factor", "codes")["recovery_codes"]
    monkeypatch.setenv("CPDESK_CODE", codes[1])
    assert refused(cli, "accounts", "list") == "wrong_code"
    monkeypatch.setenv("CPDESK_CODE", fresh[0])
    assert cli.json("accounts", "list")


@pytest.mark.usefixtures("pipe")
def test_an_administrator_takes_the_second_factor_of_another_away(cli: Cli) -> None:
    cli.sign_in(AUDITOR)
    turned_on(cli)
    cli.sign_in(ADMIN)
    assert [row["email"] for row in cli.json("operators", "list") if row["second_factor"]] == [AUDITOR]
    assert "without a second factor" in cli.text("operators", "reset-factor", AUDITOR)
    assert refused(cli, "operators", "reset-factor", AUDITOR) == "factor_is_off"
    assert refused(cli, "operators", "reset-factor", ADMIN) == "factor_own"
    cli.sign_in(AUDITOR)
    assert cli.json("accounts", "list")


def test_a_wrong_first_code_turns_nothing_on(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("12345\n"))
    assert refused(cli, "operators", "factor", "on") == "wrong_first_code"
    assert cli.json("operators", "factor", "show")["on"] is False


def test_a_reset_password_is_shown_once_and_has_to_be_changed(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    given = cli.json("operators", "reset-password", AUDITOR)["password"]
    cli.sign_in(AUDITOR, given)
    result = cli("accounts", "list")
    assert (result.code, "has to be changed first" in result.err) == (1, True)
    monkeypatch.setenv("CPDESK_NEW_PASSWORD", NEW)
    assert cli.json("operators", "password", AUDITOR) == {"email": AUDITOR}
    cli.sign_in(AUDITOR, NEW)
    assert cli.json("accounts", "list")


def test_a_chosen_one_is_not_repeated(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CPDESK_NEW_PASSWORD", NEW)
    result = cli("operators", "reset-password", AUDITOR)
    assert NEW not in result.out + result.err
    cli.sign_in(AUDITOR, NEW)
    assert refused(cli, "accounts", "list") == "password_change_needed"


def test_the_command_line_waits_as_the_window_does(cli: Cli) -> None:
    for email in (ADMIN, "nobody@reseller.example"):
        cli.sign_in(email, "not this one")
        told = [cli("accounts", "list").err for _time in range(delays.FREE + 2)]
        assert told[-1] == "Too many attempts. Try again in 30 seconds.\n"
        assert told[-2] == "The e-mail address or the password is wrong. Try again in 30 seconds.\n"
    cli.sign_in(ADMIN, PASSWORD)
    assert refused(cli, "accounts", "list") == "too_many_attempts"
    cli.clock.advance(timedelta(seconds=30))
    assert cli.json("accounts", "list")


@pytest.mark.parametrize("password", ["short", "password123", f"{AUDITOR}1"])
def test_a_weak_password_is_taken_with_a_note(cli: Cli, monkeypatch: pytest.MonkeyPatch, password: str) -> None:
    monkeypatch.setenv("CPDESK_NEW_PASSWORD", password)
    assert "safer" in cli("operators", "password", AUDITOR).err
    cli.sign_in(AUDITOR, password)
    assert cli.json("accounts", "list")
