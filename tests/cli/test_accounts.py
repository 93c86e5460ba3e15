"""cpdesk accounts"""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from cpdesk.composition import compose
from cpdesk.domain.operators import Session
from cpdesk.services.bundle import Services
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


def _manage(cli: Cli, act: Callable[[Services, Session, int], object]) -> None:
    """Do in a window's stead what no command does."""
    store, services = compose(cli.folder, cli.clock)
    store.open()
    by = services.operators.sign_in(ADMIN, PASSWORD)
    act(services, by, services.accounts.find(by, CONTOSO).id)
    store.disconnect()


def _close(services: Services, by: Session, account: int) -> None:
    services.accounts.close(by, account, services.accounts.closing(by, account))


def test_the_list_tells_of_accounts_that_are_not_open(cli: Cli) -> None:
    _manage(cli, lambda services, by, account: services.accounts.suspend(by, account))
    lines = cli.text("accounts", "list").splitlines()
    assert lines[0].split()[-1] == "Status"
    assert [line.split()[-1] for line in lines[1:] if "Contoso" in line] == ["Suspended"]
    statuses = {row["domain"]: row["status"] for row in cli.json("accounts", "list")}
    assert statuses == {CONTOSO: "suspended", "fabrikam.example": "active"}


def test_a_suspended_account_says_why_it_refuses(cli: Cli) -> None:
    _manage(cli, lambda services, by, account: services.accounts.suspend(by, account))
    result = cli("licenses", "assign", CONTOSO, "bob@contoso.example", "SPB", "--json")
    assert (result.code, result.document["error"]["code"]) == (1, "account_suspended")
    assert cli("licenses", "remove", CONTOSO, "anna@contoso.example", "SPB").code == 0


def test_a_closed_account_is_shown_and_only_read(cli: Cli) -> None:
    _manage(cli, _close)
    assert "Closed" in cli.text("accounts", "show", CONTOSO)
    assert cli.json("accounts", "show", CONTOSO)["status"] == "closed"
    assert cli("users", "add", CONTOSO, "cy@contoso.example", "--name", "Cy").code == 1


def test_a_change_completed_by_reopening_says_so(purchase_cli: Cli) -> None:
    purchase_cli.json("mode", "change", CONTOSO, "usage", "--yes")
    _manage(purchase_cli, _close)
    purchase_cli.clock.advance(timedelta(days=40))
    _manage(purchase_cli, lambda services, by, account: services.accounts.reopen(by, account))
    told = purchase_cli.text("mode", "show", CONTOSO)
    assert "completed when the account was reopened; effective December 1, 2026" in told


def test_aliases_and_a_waiting_zone_are_shown(cli: Cli) -> None:
    _manage(
        cli,
        lambda services, by, account: services.accounts.edit(
            by, account, aliases=["contoso.test"], time_zone="Europe/Berlin"
        ),
    )
    text = cli.text("accounts", "show", "contoso.test")
    assert "America/New_York; Europe/Berlin from December 1, 2026 on" in text
    shown = cli.json("accounts", "show", "contoso.test")
    assert (shown["domain"], shown["aliases"], shown["time_zone"]) == (CONTOSO, ["contoso.test"], "America/New_York")
    assert shown["next_time_zone"] == {"time_zone": "Europe/Berlin", "effective_on": "2026-12-01"}


@pytest.mark.parametrize("email", [AUDITOR, CUSTOMER])
def test_only_a_reseller_administrator_creates_accounts(cli: Cli, email: str) -> None:
    cli.sign_in(email)
    assert cli("accounts", "create", "Adatum", "--domain", "adatum.example").code == 1


def test_everything_of_an_account_goes_into_one_file(cli: Cli, tmp_path: Path) -> None:
    made = cli.json("accounts", "export", CONTOSO, tmp_path / "contoso.zip")
    assert (made["account"], made["rows"]["users"]) == ("Contoso Ltd", 2)
    assert (tmp_path / "contoso.zip").exists()
    assert "Everything of Contoso Ltd is in" in cli.text("accounts", "export", CONTOSO, tmp_path / "contoso.zip")
