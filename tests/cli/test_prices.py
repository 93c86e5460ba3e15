"""cpdesk prices, and the schedule of a new account"""

from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import AUDITOR, CONTOSO, CUSTOMER, PREMIUM, Cli
from tests.support.price_files import BASIC_OFFER, YEARLY, prices_file

SHAPE = {"product", "currency", "usage_price", "purchase_price", "effective_on"}
TODAY = "2026-11-10"


def of(rows: Any, product: str = "SPB") -> Any:
    (row,) = [row for row in rows if row["product"] == product]
    return row


def test_the_list_has_the_promised_shape(cli: Cli) -> None:
    rows = cli.json("prices", "list")
    assert len(rows) > 70
    assert all(set(row) >= SHAPE for row in rows)
    premium = of(rows)
    assert {key: premium[key] for key in SHAPE} == {
        "product": "SPB",
        "currency": "USD",
        "usage_price": "26.40",
        "purchase_price": "23.10",
        "effective_on": "2025-11-01",
    }
    assert sum(row["usage_price"] is None for row in rows) == 1, "sold for a year only"


def test_the_schedule_is_named_without_case(cli: Cli) -> None:
    assert cli.json("prices", "list", "--schedule", " default ") == cli.json("prices", "list")
    refused = cli("prices", "list", "--schedule", "Gold", "--json")
    assert (refused.code, refused.document["error"]["code"]) == (1, "unknown_schedule")
    assert '"Gold"' in refused.err


def test_the_text_shows_names_and_money(cli: Cli) -> None:
    line = next(line for line in cli.text("prices", "list").splitlines() if line.startswith(PREMIUM))
    assert line.split("  ")[0] == PREMIUM
    assert "$26.40" in line
    assert "$23.10" in line
    assert "no price" in cli.text("prices", "list")


def test_an_import_in_three_steps(cli: Cli, tmp_path: Path) -> None:
    file = prices_file(tmp_path, {}, YEARLY, {"Segment": "Education"})
    before = cli.content()
    words = ("prices", "import", file, "--schedule", "Default", "--margin", "15")
    shown = cli.json(*words, "--dry-run")
    assert cli.content() == before
    done = cli.json(*words)
    assert done == shown | {"dry_run": False}
    assert (done["new"], done["changed"], done["unchanged"]) == (0, 1, 0)
    assert done["skipped"] == [{"row": 4, "product": PREMIUM, "reason": "segment"}]
    premium = of(cli.json("prices", "list"))
    assert (premium["usage_price"], premium["purchase_price"]) == ("23.00", "20.13")
    assert (premium["usage_cost"], premium["purchase_cost"]) == ("20.00", "17.50")
    assert premium["effective_on"] == TODAY
    assert cli.json(*words) == done | {
        "changed": 0,
        "unchanged": 1,
        "prices": [
            done["prices"][0] | {"change": "unchanged", "usage_price_before": "23.00", "purchase_price_before": "20.13"}
        ],
    }


def test_the_text_of_an_import_tells_what_changes(cli: Cli, tmp_path: Path) -> None:
    file = prices_file(tmp_path, {"SkuId": "2"}, {"Segment": "Education"})
    text = cli.text("prices", "import", file, "--schedule", "Default", "--dry-run")
    assert "would change in Default" in text
    assert "$26.40 → $20.00" in text
    assert "the Purchase price stays" in text
    assert "1  not commercial" in text


def test_prices_that_are_to_come_are_listed_with_the_history(cli: Cli, tmp_path: Path) -> None:
    file = prices_file(tmp_path)
    cli.json("prices", "import", file, "--schedule", "Default", "--effective", "2027-01-01")
    assert of(cli.json("prices", "list"))["effective_on"] == "2025-11-01"
    dated = [row for row in cli.json("prices", "list", "--history") if row["product"] == "SPB"]
    assert [(row["effective_on"], row["in_force"]) for row in dated] == [("2025-11-01", True), ("2027-01-01", False)]


def test_several_markets_need_a_choice(cli: Cli, tmp_path: Path) -> None:
    file = prices_file(tmp_path, {}, YEARLY, {"Market": "CA", "UnitPrice": "27.00"})
    words = ("prices", "import", file, "--schedule", "Default")
    before = cli.content()
    refused = cli(*words, "--json")
    assert (refused.code, refused.document["error"]["code"]) == (1, "several_markets")
    assert "prices.csv, row 4, column Market" in refused.err
    assert "CA and US" in refused.err
    assert cli.content() == before
    assert cli.json(*words, "--market", "us")["market"] == "US"
    assert of(cli.json("prices", "list"))["usage_price"] == "20.00"


@pytest.mark.parametrize(
    ("row", "code"), [({"UnitPrice": "free"}, "price_not_a_number"), ({"UnitPrice": "-1.00"}, "price_negative")]
)
def test_a_bad_price_is_told_with_its_place(cli: Cli, tmp_path: Path, row: dict[str, str], code: str) -> None:
    file = prices_file(tmp_path, {}, YEARLY | row)
    before = cli.content()
    refused = cli("prices", "import", file, "--schedule", "Default", "--json")
    assert (refused.code, refused.document["error"]["code"]) == (1, code)
    assert "prices.csv, row 3, column UnitPrice" in refused.err
    assert cli.content() == before


def test_a_day_that_is_over_is_refused(cli: Cli, tmp_path: Path) -> None:
    file = prices_file(tmp_path)
    refused = cli("prices", "import", file, "--schedule", "Default", "--effective", "2026-11-09", "--json")
    assert (refused.code, refused.document["error"]["code"]) == (1, "date_in_the_past")


def test_the_reason_is_kept(cli: Cli, tmp_path: Path) -> None:
    cli.json("prices", "import", prices_file(tmp_path), "--schedule", "Default", "--reason", "INC-7")
    entry = cli.json("audit", "list")[0]
    assert (entry["action"], entry["reason"]) == ("prices.imported", "INC-7")


def test_a_customer_administrator_sees_the_own_prices_without_cost(cli: Cli, tmp_path: Path) -> None:
    cli.json("prices", "import", prices_file(tmp_path), "--schedule", "Default")
    cli.sign_in(CUSTOMER)
    premium = of(cli.json("prices", "list"))
    assert (premium["usage_price"], premium["usage_cost"], premium["purchase_cost"]) == ("20.00", None, None)
    assert "Cost" not in cli.text("prices", "list")
    for words in (("prices", "list", "--schedule", "Default"), ("prices", "import", "x.csv", "--schedule", "Default")):
        refused = cli(*words, "--json")
        assert (refused.code, refused.document["error"]["code"]) == (1, "not_allowed")


def test_an_auditor_reads_and_changes_nothing(cli: Cli, tmp_path: Path) -> None:
    file = prices_file(tmp_path, {"ProductId": BASIC_OFFER[0], "SkuId": BASIC_OFFER[1]})
    cli.sign_in(AUDITOR)
    assert cli.json("prices", "list")
    words = ("prices", "import", file, "--schedule", "Default")
    assert cli.json(*words, "--dry-run")["changed"] == 1
    assert cli(*words).code == 1


def test_an_account_is_created_with_a_schedule(cli: Cli) -> None:
    create = ("accounts", "create", "Adatum", "--domain", "adatum.example")
    assert cli.json(*create, "--schedule", "DEFAULT")["currency"] == "USD"
    entry = cli.json("audit", "list", "adatum.example")[0]
    assert (entry["action"], entry["after"]) == (
        "prices.schedule_assigned",
        {"schedule": "Default", "effective_on": TODAY},
    )


def test_a_currency_without_a_schedule_is_told(cli: Cli) -> None:
    create = ("accounts", "create", "Adatum", "--domain", "adatum.example")
    result = cli(*create, "--currency", "EUR")
    assert result.code == 0
    assert "Adatum has no price schedule in EUR" in result.err
    assert "price schedule" not in cli("accounts", "create", "Other", "--domain", "other.example").err


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--schedule", "Gold"), "unknown_schedule"),
        (("--schedule", "Default", "--currency", "EUR"), "schedule_currency_differs"),
    ],
)
def test_a_schedule_that_does_not_fit_makes_no_account(cli: Cli, words: tuple[str, ...], code: str) -> None:
    before = cli.content()
    refused = cli("accounts", "create", "Adatum", "--domain", "adatum.example", *words, "--json")
    assert (refused.code, refused.document["error"]["code"]) == (1, code)
    assert cli.content() == before
    assert len(cli.json("accounts", "list")) == 2


def test_a_schedule_is_made_filled_and_given_to_an_account(cli: Cli, tmp_path: Path) -> None:
    made = cli.json("prices", "create", "Euro", "--currency", "eur")
    assert {key: made[key] for key in ("name", "currency", "default", "products")} == {
        "name": "Euro",
        "currency": "EUR",
        "default": False,
        "products": 0,
    }
    file = prices_file(tmp_path, {"Currency": "EUR", "Market": "DE"})
    cli.json("prices", "import", file, "--schedule", "Euro", "--effective", "2026-10-01")
    given = cli.json("prices", "assign", "fabrikam", "--schedule", "Euro", "--reason", "INC-1")
    assert given == {"schedule": "Euro", "own": True, "next": []}
    assert [(row["name"], row["accounts"]) for row in cli.json("prices", "overview")] == [("Default", 1), ("Euro", 1)]
    for day in ("20261201", "2026-W49-1", "2026-12", "1.12.2026"):
        assert cli("prices", "assign", "fabrikam", "--default", "--effective", day).code == 2
    text = cli.text("prices", "assign", "fabrikam", "--default", "--effective", "2026-12-01")
    assert text == "Fabrikam pays by the price schedule Euro.\nFrom December 1, 2026: Default.\n"
    assert "Euro" in cli.text("prices", "overview")


def test_a_copy_has_the_currency_of_the_original(cli: Cli) -> None:
    made = cli.json("prices", "create", "Gold", "--copy-of", "default")
    assert (made["currency"], made["products"]) == ("USD", 78)
    refused = cli("prices", "create", "gold", "--json")
    assert (refused.code, refused.document["error"]["code"]) == (1, "schedule_name_taken")
    assert cli("prices", "assign", CONTOSO, "--schedule", "Gold", "--effective", "2026-11-01").code == 1
