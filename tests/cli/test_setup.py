"""cpdesk setup"""

import pytest

from tests.cli.conftest import ADMIN, PASSWORD, Cli


def test_a_new_database_can_be_signed_in_to(empty_cli: Cli) -> None:
    empty_cli.sign_in(None)
    result = empty_cli("setup", "--admin", ADMIN, "--currency", "eur", "--time-zone", "europe/berlin", "--json")
    assert result.code == 0
    assert result.document["operator"] == ADMIN
    assert len(result.document["recovery_code"]) == 24
    empty_cli.sign_in(ADMIN)
    account = empty_cli.json("accounts", "create", "Adatum", "--domain", "adatum.example")
    assert (account["currency"], account["time_zone"]) == ("EUR", "Europe/Berlin")
    assert empty_cli.json("check")["ok"]


def test_the_text_shows_the_recovery_code(empty_cli: Cli) -> None:
    empty_cli.sign_in(None)
    text = empty_cli.text("setup", "--admin", ADMIN)
    assert "Recovery code, shown only this once: " in text
    assert str(empty_cli.file) in text


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--admin", "nobody"), "bad_email"),
        (("--admin", ADMIN, "--currency", "XXX"), "unknown_currency"),
        (("--admin", ADMIN, "--time-zone", "Mars/Olympus"), "unknown_time_zone"),
    ],
)
def test_what_is_refused_leaves_no_database(empty_cli: Cli, words: tuple[str, ...], code: str) -> None:
    empty_cli.sign_in(None)
    result = empty_cli("setup", *words, "--json")
    assert (result.code, result.document["error"]["code"]) == (1, code)
    assert not empty_cli.file.exists()


def test_a_password_is_needed(empty_cli: Cli) -> None:
    empty_cli.sign_in(None, None)
    result = empty_cli("setup", "--admin", ADMIN)
    assert result.code == 1
    assert "CPDESK_PASSWORD" in result.err
    assert not empty_cli.file.exists()


def test_a_short_password_is_accepted_with_a_warning(empty_cli: Cli) -> None:
    empty_cli.sign_in(None, "secret")
    result = empty_cli("setup", "--admin", ADMIN)
    assert result.code == 0
    assert "fewer than 10 characters" in result.err


def test_a_second_set_up_is_refused(cli: Cli) -> None:
    before = cli.content()
    result = cli("setup", "--admin", "other@reseller.example", "--json")
    assert (result.code, result.document["error"]["code"]) == (1, "already_set_up")
    assert cli.content() == before


def test_other_commands_say_how_to_set_up(empty_cli: Cli) -> None:
    empty_cli.sign_in(ADMIN, PASSWORD)
    result = empty_cli("accounts", "list", "--json")
    assert (result.code, result.document["error"]["code"]) == (3, "not_set_up")
    assert "cpdesk setup" in result.err
    assert not empty_cli.folder.exists()


def test_a_set_up_that_was_cut_short_can_be_repeated(empty_cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    empty_cli.sign_in(ADMIN)
    with monkeypatch.context() as patch:
        patch.setattr("cpdesk.services.setup.Setup.set_up", _cut_short)
        assert empty_cli("setup", "--admin", ADMIN).code == 130
    assert empty_cli.file.exists()
    assert empty_cli("accounts", "list").code == 3
    assert empty_cli("setup", "--admin", ADMIN).code == 0


def _cut_short(*_args: object, **_options: object) -> None:
    raise KeyboardInterrupt
