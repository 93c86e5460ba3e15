"""cpdesk accounts"""

import pytest

from tests.cli.conftest import ADMIN, AUDITOR, CONTOSO, CUSTOMER, PASSWORD, Cli

SHAPE = {"id", "name", "domain", "country", "currency", "time_zone", "mode", "pending"}


def test_an_account_has_the_promised_shape(cli: Cli) -> None:
    created = cli.json(
        *("accounts", "create", " Adatum ", "--domain", "Adatum.example", "--country", "de", "--currency", "eur"),
        *("--time-zone", "europe/berlin", "--activate"),
    )
    assert created.keys() >= SHAPE
    assert isinstance(created["id"], int)
    assert created["name"] == "Adatum"
    assert (created["country"], created["currency"], created["time_zone"]) == ("DE", "EUR", "Europe/Berlin")
    assert (created["mode"], created["pending"], created["service_active"]) == ("usage", None, True)
    assert cli.json("accounts", "show", str(created["id"])) == created


def test_currency_and_zone_are_those_of_set_up_by_default(cli: Cli) -> None:
    created = cli.json("accounts", "create", "Adatum", "--domain", "adatum.example")
    assert (created["currency"], created["time_zone"]) == ("USD", "America/New_York")
    assert created["service_active"] is False


@pytest.mark.parametrize("text", [CONTOSO, "CONTOSO.example", "contoso ltd", " Contoso Ltd "])
def test_an_account_is_found_by_domain_or_exact_name(cli: Cli, text: str) -> None:
    assert cli.json("accounts", "show", text)["domain"] == CONTOSO


def test_an_ambiguous_name_is_refused_with_the_candidates(cli: Cli) -> None:
    cli.json("accounts", "create", "FABRIKAM", "--domain", "fabrikam.test")
    result = cli("accounts", "show", "fabrikam", "--json")
    assert (result.code, result.document["error"]["code"]) == (1, "ambiguous_account")
    assert "fabrikam.test" in result.err
    assert "fabrikam.example" in result.err


def test_the_list_is_a_table_with_whole_names(cli: Cli) -> None:
    name = "A name that is longer than any column of a terminal would like it to be, and then some more of it"
    cli.json("accounts", "create", name, "--domain", "long.example")
    lines = cli.text("accounts", "list").splitlines()
    assert lines[0].split() == ["Account", "Name", "Domain", "Mode", "Pending", "Users", "Seats"]
    assert any(name in line for line in lines)
    assert len({line.index("Usage Mode") for line in lines[1:]}) == 1


def test_the_list_without_accounts_says_what_to_do(empty_cli: Cli) -> None:
    empty_cli.sign_in(ADMIN, PASSWORD)
    empty_cli.json("setup", "--admin", ADMIN)
    assert "cpdesk accounts create" in empty_cli.text("accounts", "list")
    assert empty_cli.json("accounts", "list") == []


def test_an_account_without_the_service_says_how_to_activate_it(cli: Cli) -> None:
    assert "cpdesk accounts activate" in cli.text("accounts", "show", "fabrikam")
    assert cli.json("accounts", "activate", "fabrikam")["service_active"] is True
    assert "cpdesk accounts activate" not in cli.text("accounts", "show", "fabrikam")


def test_the_list_shows_what_is_pending(purchase_cli: Cli) -> None:
    purchase_cli.json("mode", "change", CONTOSO, "usage", "--yes")
    assert "Purchase Mode  Usage Mode on December 1, 2026" in purchase_cli.text("accounts", "list")


@pytest.mark.parametrize("email", [AUDITOR, CUSTOMER])
def test_only_a_reseller_administrator_creates_accounts(cli: Cli, email: str) -> None:
    cli.sign_in(email)
    assert cli("accounts", "create", "Adatum", "--domain", "adatum.example").code == 1
