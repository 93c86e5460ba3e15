"""Microsoft's product names and service plans as they are read: all shapes of the file, and its dirt."""

from pathlib import Path

import pytest

from cpdesk.domain.catalog import Product, Scope
from cpdesk.domain.product_file import COLUMNS, ProductFile, ServicePlan, parse_product_file
from cpdesk.gateways.product_files import read_product_file
from tests.support.product_files import (
    BOOSTER,
    ENGINE,
    FUEL,
    PUBLISHED,
    ROCKET,
    WITH_ENGINE,
    products_file,
    products_text,
)
from tests.support.refusals import refused


def read(text: str) -> ProductFile:
    return parse_product_file(text, "names.csv", "utf-8")


@pytest.fixture(scope="module")
def published() -> ProductFile:
    return read_product_file(PUBLISHED)


def test_the_list_that_ships_has_its_products_and_plans(published: ProductFile) -> None:
    assert (published.rows, len(published.products), len(published.plans)) == (610, 610, 769)
    assert sum(len(product.plans) for product in published.products) == 5794
    assert len({product.guid for product in published.products}) == 610


def test_it_has_no_dirt(published: ProductFile) -> None:
    told = [text for product in published.products for text in (*product.names, *product.part_numbers)]
    told += [text for plan in published.plans.values() for text in (plan.name, plan.title)]
    assert [text for text in told if text != " ".join(text.split())] == []
    guids = [*published.plans, *(product.guid for product in published.products)]
    assert [guid for guid in guids if guid != guid.lower()] == []


def test_its_odd_part_numbers_and_names_are_whole(published: ProductFile) -> None:
    part_numbers = [product.part_numbers[0] for product in published.products]
    assert part_numbers.count("MCOPSTN5") == 2
    for odd in ("O365_w/o Teams Bundle_M3", "Windows_365_Business_16_vCPU,_64_GB,_1_TB", "RIGHTSMANAGEMENT_CE_GOV"):
        assert part_numbers.count(odd) == 1, odd
    several = {product.names for product in published.products if len(product.names) > 1}
    assert ("Microsoft Copilot Studio Viral Trial", "Power Virtual Agents Viral Trial") in several
    assert len(several) == 3


def test_of_a_plan_counts_what_most_rows_call_it() -> None:
    stray = {"Service_Plan_Name": "FUEL)", "Service_Plans_Included_Friendly_Names": "Fuel"}
    others = ({"GUID": BOOSTER, "String_Id": "BOOSTER"}, {"GUID": ENGINE, "String_Id": "ROCKET"})
    file = read(products_text(stray, *others))
    assert file.plans == {FUEL: ServicePlan(FUEL, "FUEL", "Rocket Fuel")}
    assert [one.part_numbers for one in file.products] == [("ROCKET",), ("BOOSTER",), ("ROCKET",)]


@pytest.mark.parametrize(
    ("delimiter", "encoding", "ends"),
    [(";", "windows-1252", "\r\n"), (",", "windows-1252", "\n"), (",", "utf-8-sig", "\r\n"), (",", "utf-8", "\n")],
)
def test_each_shape_says_the_same(tmp_path: Path, delimiter: str, encoding: str, ends: str) -> None:
    name = "Rocket, “für Öl”"
    path = products_file(tmp_path, {"Product_Display_Name": name}, WITH_ENGINE, encoding=encoding, delimiter=delimiter)
    path.write_bytes(path.read_bytes().replace(b"\r\n", ends.encode()))
    file = read_product_file(path, "windows-1252" if encoding == "windows-1252" else None)
    (product,) = file.products
    assert product.names == (name, "Rocket")
    assert (file.rows, len(product.plans)) == (2, 2)


def test_what_does_not_say_how_it_is_encoded_is_asked_for(tmp_path: Path) -> None:
    path = products_file(tmp_path, {"Product_Display_Name": "Rocket für Öl"}, encoding="windows-1252")
    with refused("file_encoding_unknown") as refusal:
        read_product_file(path)
    assert refusal.params["suggestion"] == "windows-1252"


def test_blanks_case_and_braces_make_no_difference() -> None:
    dirty = {
        "Product_Display_Name": "\u00a0Rocket  ",
        "String_Id": "ROCKET\t",
        "GUID": f" {{{ROCKET.upper()}}}\u00a0",
        "Service_Plan_Id": FUEL.upper(),
    }
    assert read(products_text(dirty, {})).products == read(products_text({}, {})).products


def test_columns_are_found_by_name_wherever_they_stand() -> None:
    mixed = ("Remarks", *reversed(COLUMNS))
    assert read(products_text({}, columns=mixed)).products == read(products_text({})).products


def test_a_product_without_service_plans_is_one() -> None:
    nothing = dict.fromkeys(("Service_Plan_Name", "Service_Plan_Id", "Service_Plans_Included_Friendly_Names"), "")
    (product,) = read(products_text(nothing)).products
    assert product.plans == frozenset()


def test_a_plan_without_a_title_is_called_as_programs_call_it() -> None:
    file = read(products_text({"Service_Plans_Included_Friendly_Names": ""}))
    assert file.plans == {FUEL: ServicePlan(FUEL, "FUEL", "FUEL")}


@pytest.mark.parametrize("column", COLUMNS)
def test_a_column_that_is_missing_is_named(column: str) -> None:
    with refused("columns_missing") as refusal:
        read(products_text({}, columns=tuple(one for one in COLUMNS if one != column)))
    assert refusal.params == {"file": "names.csv", "columns": [column]}


@pytest.mark.parametrize(
    ("wrong", "code", "column"),
    [
        ({"GUID": "ROCKET"}, "guid_not_readable", "GUID"),
        ({"GUID": " "}, "value_missing", "GUID"),
        ({"Service_Plan_Id": "8e9ff0ff"}, "guid_not_readable", "Service_Plan_Id"),
        ({"Service_Plan_Id": ""}, "value_missing", "Service_Plan_Id"),
        ({"Product_Display_Name": "\u00a0"}, "value_missing", "Product_Display_Name"),
        ({"String_Id": ""}, "value_missing", "String_Id"),
        ({"String_Id": "A\x07B"}, "value_not_text", "String_Id"),
        ({"Product_Display_Name": "R" * 300}, "value_too_long", "Product_Display_Name"),
    ],
)
def test_what_is_wrong_is_told_by_row_and_column(wrong: dict[str, str], code: str, column: str) -> None:
    with refused(code) as refusal:
        read(products_text({}, wrong))
    told = refusal.params
    assert (told["file"], told["row"], told["column"]) == ("names.csv", 3, column)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "file_empty"),
        (products_text({}).splitlines()[0] + "\n", "file_without_products"),
        (products_text({}) + "Rocket,ROCKET\n", "row_too_short"),
        (products_text({}) + '"Rocket,ROCKET\n', "unbalanced_quotes"),
    ],
)
def test_what_is_no_such_file_is_refused(text: str, code: str) -> None:
    with refused(code):
        read(text)


def test_a_known_product_keeps_what_the_file_does_not_say() -> None:
    (one,) = read(products_text({}, {"Product_Display_Name": "Rocket (new)"})).products
    assert one.product(None) == Product("ROCKET", ROCKET, "Rocket", "user", Scope.USER, "")
    known = Product("ROCKET", ROCKET, "Rocket (new)", "tenant", Scope.PREPAID, "CFQ:0001")
    assert one.product(known) == known
    old = Product("R1", ROCKET, "Missile", "user", Scope.USER, "CFQ:0001")
    assert one.product(old) == Product("ROCKET", ROCKET, "Rocket", "user", Scope.USER, "CFQ:0001")
    assert BOOSTER not in read(products_text({})).plans
