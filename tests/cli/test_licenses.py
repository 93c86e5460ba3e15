"""cpdesk licenses, cpdesk seats"""

import pytest

from cpdesk.base.errors import KnownError
from cpdesk.services.thresholds import Thresholds
from tests.cli.conftest import ANNA, BOB, CONTOSO, PREMIUM, Cli

GUID = "cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46"


def test_the_list_has_the_promised_shape(cli: Cli) -> None:
    assert cli.json("licenses", "list", CONTOSO) == [
        {
            "product": "SPB",
            "guid": GUID,
            "name": PREMIUM,
            "assignable_to": "user",
            "seats": 1,
            "assigned": 1,
            "available": 0,
            "threshold": None,
            "low": False,
        }
    ]


def test_the_list_is_a_table_with_numbers_at_the_right(purchase_cli: Cli) -> None:
    purchase_cli.json("seats", "add", CONTOSO, "SPB", "12000")
    lines = purchase_cli.text("licenses", "list", CONTOSO).splitlines()
    assert lines[0].split() == ["Product", "Part", "number", "Seats", "Assigned", "Available"]
    assert lines[1].endswith("12,003         1     12,002")
    assert lines[1].startswith(PREMIUM)


@pytest.mark.parametrize(
    ("account", "hint"), [("fabrikam", "accounts activate"), (CONTOSO, "licenses assign"), ("pool", "seats add")]
)
def test_an_empty_list_says_what_to_do(cli: Cli, account: str, hint: str) -> None:
    if account == CONTOSO:
        cli.json("licenses", "remove", CONTOSO, ANNA, "SPB")
    if account == "pool":
        cli.json("accounts", "create", "Pool", "--domain", "pool.example", "--activate")
        cli.json("mode", "change", "pool", "purchase", "--yes")
    assert f"cpdesk {hint}" in cli.text("licenses", "list", account)


@pytest.mark.parametrize("product", ["SPB", "spb", GUID.upper(), "microsoft 365  business premium"])
def test_a_product_is_named_in_any_way(cli: Cli, product: str) -> None:
    result = cli.json("licenses", "assign", CONTOSO, BOB, product)
    assert (result["product"], result["seats"], result["assigned"]) == ("SPB", 2, 2)


def test_a_removed_license_leaves_the_tenant_in_usage_mode(cli: Cli) -> None:
    text = cli.text("licenses", "remove", CONTOSO, ANNA, "SPB")
    assert "The seat left the tenant" in text
    assert f"{PREMIUM}: 0 seats, 0 assigned, 0 available." in text


def test_a_removed_license_stays_billable_in_purchase_mode(purchase_cli: Cli) -> None:
    text = purchase_cli.text("licenses", "remove", CONTOSO, ANNA, "SPB")
    assert "stays billable" in text
    assert f"{PREMIUM}: 3 seats, 0 assigned, 3 available." in text


def test_seats_are_added_and_removed(purchase_cli: Cli) -> None:
    added = purchase_cli.json("seats", "add", CONTOSO, "SPB", "5")
    assert (added["seats"], added["assigned"], added["available"]) == (8, 1, 7)
    assert "1 seat, 1 assigned" in purchase_cli.text("seats", "remove", CONTOSO, "SPB", "7")


def test_a_low_seat_warning_is_set_given_and_cleared(purchase_cli: Cli) -> None:
    told = purchase_cli.json("seats", "threshold", CONTOSO, "SPB", "1", "--reason", "T-9")
    assert (told["threshold"], told["low"], told["available"]) == (1, False, 2)
    ran = purchase_cli("licenses", "assign", CONTOSO, BOB, "SPB")
    assert "1 of 3 seats" in ran.err
    assert purchase_cli.json("licenses", "list", CONTOSO)[0]["low"] is True
    assert "at 1: low" in purchase_cli.text("licenses", "list", CONTOSO)
    assert "no low-seat warning" in purchase_cli.text("seats", "threshold", CONTOSO, "SPB", "none")
    assert purchase_cli.json("licenses", "list", CONTOSO)[0]["threshold"] is None


def test_a_warning_that_cannot_be_looked_up_does_not_undo_what_was_done(
    purchase_cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_what: object) -> None:
        raise KnownError("database_locked", path="cpdesk.db")

    monkeypatch.setattr(Thresholds, "low", locked)
    assert purchase_cli("licenses", "assign", CONTOSO, BOB, "SPB").code == 0


def test_a_low_seat_warning_has_no_meaning_in_usage_mode(cli: Cli) -> None:
    result = cli("seats", "threshold", CONTOSO, "SPB", "1", "--json")
    assert (result.code, result.document["error"]["code"]) == (1, "threshold_needs_purchase_mode")
