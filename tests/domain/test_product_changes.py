"""What a file of product names makes of the catalogue."""

from dataclasses import replace

from cpdesk.domain.catalog import Product, Scope
from cpdesk.domain.product_changes import KnownPlans, ProductChange, ProductImportReport, Remark, import_report
from cpdesk.domain.product_file import ProductFile, parse_product_file
from tests.support.product_files import BOOSTER, ENGINE, FUEL, ROCKET, WITH_ENGINE, products_text

NO_PLANS = KnownPlans({}, {})
KNOWN = Product("ROCKET", ROCKET, "Rocket", "tenant", Scope.TENANT, "CFQ:0001")


def file(*rows: dict[str, str]) -> ProductFile:
    return parse_product_file(products_text(*rows), "names.csv", "utf-8")


def report(*rows: dict[str, str], known: Product | None = KNOWN, plans: KnownPlans = NO_PLANS) -> ProductImportReport:
    return import_report(file(*rows), {7: known} if known else {}, plans)


def all_plans(*rows: dict[str, str]) -> KnownPlans:
    read = file(*rows)
    return KnownPlans(read.plans, {7: frozenset(plan for product in read.products for plan in product.plans)})


def test_a_new_product_is_assignable_to_users_until_somebody_knows_better() -> None:
    (line,) = report({}, known=None).lines
    assert (line.change, line.product_id, line.before) == (ProductChange.NEW, None, None)
    assert line.product == Product("ROCKET", ROCKET, "Rocket", "user", Scope.USER, "")


def test_a_renamed_product_is_the_same_one() -> None:
    (line,) = report({"Product_Display_Name": "Rocket 2", "String_Id": "R2"}).lines
    assert (line.change, line.product_id, line.before) == (ProductChange.RENAMED, 7, KNOWN)
    assert line.product == replace(KNOWN, name="Rocket 2", part_number="R2")


def test_a_product_whose_plans_are_others_says_how_many() -> None:
    (line,) = report({}, WITH_ENGINE, plans=all_plans({})).lines
    assert (line.change, line.plans_added, line.plans_removed) == (ProductChange.PLANS, 1, 0)
    (line,) = report({}, plans=all_plans({}, WITH_ENGINE)).lines
    assert (line.change, line.plans_added, line.plans_removed) == (ProductChange.PLANS, 0, 1)
    assert line.plans == {FUEL}


def test_what_is_known_changes_nothing() -> None:
    found = report({}, WITH_ENGINE, plans=all_plans({}, WITH_ENGINE))
    assert found.changes_nothing
    assert [line.change for line in found.lines] == [ProductChange.UNCHANGED]


def test_a_plan_that_is_called_otherwise_is_a_change() -> None:
    known = all_plans({"Service_Plans_Included_Friendly_Names": "Petrol"})
    found = report({}, plans=known)
    assert not found.changes_nothing
    assert [plan.title for plan in found.plans] == ["Rocket Fuel"]


def test_of_several_names_the_one_in_use_stays() -> None:
    missile = {"Product_Display_Name": "Missile"}
    (line,) = report(missile, {}, plans=all_plans({})).lines
    assert (line.change, line.remarks, line.other_names) == (
        ProductChange.UNCHANGED,
        (Remark.SEVERAL_NAMES,),
        ("Missile",),
    )
    (line,) = report(missile, {}, known=None).lines
    assert line.product.name == "Missile"


def test_products_that_share_a_name_or_a_part_number_are_told() -> None:
    lines = report({}, {"GUID": BOOSTER, "String_Id": "B"}, known=None).lines
    assert [line.remarks for line in lines] == [(Remark.SAME_NAME,)] * 2
    lines = report({"GUID": BOOSTER, "Product_Display_Name": "Booster", "Service_Plan_Id": ENGINE}).lines
    assert [line.remarks for line in lines] == [(Remark.SAME_PART_NUMBER,)]


def test_what_the_file_does_not_have_stays() -> None:
    found = report({"GUID": BOOSTER, "Product_Display_Name": "Booster", "String_Id": "B"})
    assert (found.kept, [line.product.name for line in found.lines]) == (1, ["Booster"])
