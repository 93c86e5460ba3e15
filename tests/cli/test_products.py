"""cpdesk products"""

from pathlib import Path

import pytest

from tests.cli.conftest import AUDITOR, CUSTOMER, PREMIUM, Cli
from tests.support.product_files import PUBLISHED, ROCKET, WITH_ENGINE, products_file

SHAPE = {"product", "guid", "name", "scope", "assignable_to", "service_plans", "accounts", "usage_price"}


def test_the_list_has_its_shape_and_can_be_searched(cli: Cli) -> None:
    rows = cli.json("products", "list")
    assert len(rows) == 85
    assert all(set(row) >= SHAPE for row in rows)
    (premium,) = cli.json("products", "list", "--search", "BUSINESS spb")
    assert (premium["name"], premium["usage_price"], premium["currency"]) == (PREMIUM, "26.40", "USD")
    assert cli.json("products", "list", "--search", "Warp Drive") == []


def test_the_text_shows_names_and_money(cli: Cli) -> None:
    (_titles, line) = cli.text("products", "list", "--search", "cbdc14ab").splitlines()
    assert line.startswith(PREMIUM)
    assert "$26.40 / $23.10" in line
    assert "no such products" in cli.text("products", "list", "--search", "Warp Drive")


def test_the_published_list_is_imported_and_a_second_time_changes_nothing(cli: Cli) -> None:
    before = cli.content()
    shown = cli.json("products", "import", PUBLISHED, "--dry-run")
    assert cli.content() == before
    done = cli.json("products", "import", PUBLISHED, "--reason", "T-1")
    assert done == shown | {"dry_run": False}
    assert (done["rows"], done["products"], done["service_plans"]) == (610, 610, 769)
    assert (done["new"], done["renamed"], done["plans"], done["unchanged"], done["kept"]) == (525, 0, 85, 0, 0)
    after = cli.content()
    again = cli.json("products", "import", PUBLISHED)
    assert (again["unchanged"], again["changes"]) == (610, [])
    assert cli.content() == after
    assert len(cli.json("products", "list")) == 610


def test_people_read_what_an_import_does(cli: Cli, tmp_path: Path) -> None:
    file = products_file(tmp_path, {}, WITH_ENGINE)
    text = cli.text("products", "import", file, "--dry-run")
    assert text.startswith("product names.csv would change in the catalogue:\n  2 rows, 1 product, 2 service plans\n")
    assert "  new: 1 product\n" in text
    assert "85 products of the catalogue are not in the file and stay as they are" in text
    cli.text("products", "import", file)
    cli.text("products", "import", products_file(tmp_path, {"Product_Display_Name": "Rocket 2"}, WITH_ENGINE))
    assert "product names imported" in cli.text("audit", "list")


def test_a_file_in_another_encoding_is_read_as_told(cli: Cli, tmp_path: Path) -> None:
    name = "Rocket für Öl"
    file = products_file(tmp_path, {"Product_Display_Name": name}, encoding="windows-1252", delimiter=";")
    refused = cli("products", "import", file, "--json")
    assert (refused.code, refused.document["error"]["code"]) == (1, "file_encoding_unknown")
    cli.json("products", "import", file, "--encoding", "windows-1252")
    assert cli.json("products", "list", "--search", "rocket")[0]["name"] == name


def test_a_mistake_is_told_by_file_row_and_column(cli: Cli, tmp_path: Path) -> None:
    file = products_file(tmp_path, {}, {"GUID": "ROCKET"})
    before = cli.content()
    refused = cli("products", "import", file)
    assert refused.code == 1
    assert 'product names.csv, row 3, column GUID: "ROCKET" is not a GUID' in refused.err
    assert cli.content() == before


def test_what_a_product_belongs_to_can_be_said(cli: Cli, tmp_path: Path) -> None:
    cli.json("products", "import", products_file(tmp_path))
    done = cli.json("products", "scope", "ROCKET", "tenant")
    assert (done["guid"], done["scope"], done["assignable_to"]) == (ROCKET, "tenant", "tenant")
    assert cli.text("products", "scope", "Rocket", "user") == "Scope of Rocket: Users\n"
    refused = cli("products", "scope", "SPB", "tenant", "--json")
    assert (refused.code, refused.document["error"]["code"]) == (1, "product_in_use")
    assert "1 account has seats of Microsoft 365 Business Premium" in refused.err


@pytest.mark.parametrize(("email", "words"), [(CUSTOMER, ("list",)), (AUDITOR, ("scope", "SPB", "tenant"))])
def test_who_may_not_is_refused(cli: Cli, email: str, words: tuple[str, ...]) -> None:
    cli.sign_in(email)
    refused = cli("products", *words, "--json")
    assert (refused.code, refused.document["error"]["code"]) == (1, "not_allowed")
