"""cpdesk advise, cpdesk report"""

import json
from datetime import UTC, datetime

import pytest

from tests.cli.conftest import ANNA, AUDITOR, BOB, CONTOSO, CUSTOMER, PREMIUM, Cli

PROMISED = {
    "account",
    "months",
    "actual",
    "usage_cost",
    "purchase_cost",
    "smallest_pool",
    "recommended",
    "saving_per_month",
    "reason",
}
REPORTS = ("idle-seats", "low-seats", "blocked", "overlapping", "costs", "trend")


@pytest.fixture
def later(cli: Cli) -> Cli:
    """Three months after Anna got her license."""
    cli.clock.set(datetime(2027, 2, 20, 12, tzinfo=UTC))
    return cli


def test_the_advice_on_one_account_is_a_list_of_one(later: Cli) -> None:
    (advice,) = later.json("advise", CONTOSO)
    assert advice.keys() >= PROMISED
    assert (advice["account"], advice["months"]) == ("Contoso Ltd", 2)
    assert (advice["actual"], advice["usage_cost"], advice["purchase_cost"]) == ("52.80", "52.80", "46.20")
    assert advice["smallest_pool"] == {"SPB": 1}
    assert (advice["recommended"], advice["saving_per_month"]) == ("purchase", "3.30")
    assert "$3.30 a month" in advice["reason"]
    assert [month["month"] for month in advice["by_month"]] == ["2026-12", "2027-01"]


def test_the_advice_on_all_accounts_has_a_line_for_each(later: Cli) -> None:
    assert [advice["recommended"] for advice in later.json("advise", "--all")] == ["purchase", "too_short"]
    text = later.text("advise", "--all")
    assert "Purchase Mode would be cheaper" in text
    assert "no license yet" in text


def test_people_read_the_months_and_how_it_is_computed(later: Cli) -> None:
    text = later.text("advise", CONTOSO, "--months", "1")
    assert text.splitlines()[0] == "Contoso Ltd: Purchase Mode would be cheaper"
    assert "January 2027" in text
    assert "December 2026" not in text
    assert "How this is computed:" in text
    assert f"{PREMIUM}" in text


def test_too_short_a_history_says_until_when(cli: Cli) -> None:
    (advice,) = cli.json("advise", CONTOSO)
    assert (advice["recommended"], advice["months"], advice["ready_on"]) == ("too_short", 0, "2027-01-01")


@pytest.mark.parametrize("months", ["0", "25", "-3"])
def test_other_numbers_of_months_are_refused(cli: Cli, months: str) -> None:
    result = cli("advise", CONTOSO, "--months", months, "--json")
    assert (result.code, result.document["error"]["code"]) == (1, "bad_months")
    assert "1 to 24" in result.err


@pytest.mark.parametrize(
    "words",
    [("advise",), ("advise", CONTOSO, "--all"), ("advise", CONTOSO, "--months", "all"), ("report",), ("report", "x")],
)
def test_what_is_no_command_is_a_usage_error(cli: Cli, words: tuple[str, ...]) -> None:
    assert cli(*words).code == 2


def test_idle_seats_name_their_last_holder_and_cost(cli: Cli) -> None:
    cli.text("mode", "change", CONTOSO, "purchase", "--yes")
    cli.text("licenses", "remove", CONTOSO, ANNA, "SPB")
    (row,) = cli.json("report", "idle-seats")
    assert (row["account"], row["product"], row["idle"], row["last_holder"]) == ("Contoso Ltd", "SPB", 1, ANNA)
    assert (row["cost"], row["currency"], row["released_on"]) == ("23.10", "USD", None)
    assert "$23.10" in cli.text("report", "idle-seats", "--account", CONTOSO)


def test_blocked_and_doubly_licensed_users_are_reported(cli: Cli) -> None:
    cli.text("licenses", "assign", CONTOSO, ANNA, "EXCHANGESTANDARD")
    cli.text("users", "edit", CONTOSO, ANNA, "--block")
    (blocked,) = cli.json("report", "blocked")
    assert (blocked["upn"], blocked["cost"], len(blocked["products"])) == (ANNA, "31.20", 2)
    (overlap,) = cli.json("report", "overlapping")
    assert (overlap["product"], overlap["within"], overlap["cost"]) == ("EXCHANGESTANDARD", PREMIUM, "4.80")
    assert ANNA in cli.text("report", "blocked")
    assert PREMIUM in cli.text("report", "overlapping")
    assert BOB not in cli.text("report", "overlapping")


def test_costs_have_totals_and_the_trend_its_months(later: Cli) -> None:
    report = later.json("report", "costs")
    assert [row["cost"] for row in report["accounts"] if row["currency"] == "USD"] == ["26.40"]
    assert [(total["currency"], total["cost"]) for total in report["totals"]] == [("EUR", "0.00"), ("USD", "26.40")]
    assert "Total USD" in later.text("report", "costs")
    months = [row["month"] for row in later.json("report", "trend", "--months", "2")]
    assert months == ["2026-12", "2027-01", "2027-02"]
    assert "so far" in later.text("report", "trend")


@pytest.mark.parametrize("name", REPORTS)
def test_auditors_read_all_reports_and_customers_their_own_account_alone(cli: Cli, name: str) -> None:
    cli.sign_in(AUDITOR)
    assert cli("report", name).code == 0
    cli.sign_in(CUSTOMER)
    assert "Fabrikam" not in json.dumps(cli.json("report", name))
    refused = cli("report", name, "--account", "fabrikam.example", "--json")
    assert refused.document["error"]["code"] == "unknown_account"


def test_amounts_in_which_something_is_missing_say_so(cli: Cli) -> None:
    cli.text("accounts", "activate", "fabrikam.example")
    cli.text("users", "add", "fabrikam.example", "dan@fabrikam.example", "--name", "Dan")
    cli.text("licenses", "assign", "fabrikam.example", "dan@fabrikam.example", "SPB")
    cli.clock.set(datetime(2027, 2, 20, 12, tzinfo=UTC))
    (advice,) = cli.json("advise", "fabrikam.example")
    assert (advice["recommended"], advice["unpriced"]) == ("unpriced", [PREMIUM])
    assert f"without a price: {PREMIUM}." in cli.text("advise", "fabrikam.example")


def test_idle_seats_without_a_price_do_not_seem_free(cli: Cli) -> None:
    cli.text("accounts", "activate", "fabrikam.example")
    cli.text("mode", "change", "fabrikam.example", "purchase", "--yes")
    cli.text("seats", "add", "fabrikam.example", "SPB", "5")
    report = cli.json("report", "costs")
    told = [(one["idle_cost"], one["idle_unpriced"]) for part in ("accounts", "totals") for one in report[part]]
    assert told == [(None, 1), ("0.00", 0), (None, 1), ("0.00", 0)]
    fabrikam = next(line for line in cli.text("report", "costs").splitlines() if line.startswith("Fabrikam"))
    assert fabrikam.count("no price") == 2


def test_where_nothing_is_wrong_it_says_so(cli: Cli) -> None:
    for name in ("idle-seats", "low-seats", "blocked", "overlapping"):
        assert cli.json("report", name) == []
        assert cli.text("report", name).endswith(".\n")
