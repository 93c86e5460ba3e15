"""The import of Microsoft's product names: previewed, all or nothing, a second time nothing at all."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from cpdesk.domain.catalog import Product, Scope
from cpdesk.domain.operators import Role
from cpdesk.domain.people import UserFilter, UserQuery
from cpdesk.domain.product_changes import ProductChange, ProductImportReport
from cpdesk.domain.product_rows import ProductRow
from tests.support.product_files import BOOSTER, PUBLISHED, ROCKET, WITH_ENGINE, products_file
from tests.support.refusals import refused
from tests.support.world import ADMIN, PREMIUM, START, World, dump

ADA = "ada@contoso.example"


def import_file(world: World, path: Path) -> ProductImportReport:
    return world.services.products.import_products(world.by, path).value


def row(world: World, part_number: str) -> ProductRow:
    return next(row for row in world.services.products.catalogue(world.by) if row.product.part_number == part_number)


def counts(report: ProductImportReport) -> dict[str, int]:
    return {str(change): report.count(change) for change in ProductChange}


# The published file


def test_the_published_file_comes_in_whole_and_a_second_time_changes_nothing(world: World) -> None:
    account = world.account("Contoso", ADA)
    world.assign(account, ADA)
    before = world.services.products.by_id(world.by)
    prices = world.services.prices.rows(world.by, 1, history=True)
    shown = world.services.products.preview(world.by, PUBLISHED)
    done = world.services.products.import_products(world.by, PUBLISHED, shown=shown)
    assert done.value == shown
    assert "products" in done.topics
    assert (shown.rows, len(shown.lines), shown.service_plans, shown.kept) == (610, 610, 769, 0)
    assert counts(shown) == {"new": 525, "renamed": 0, "plans": 85, "unchanged": 0}
    now = world.services.products.by_id(world.by)
    assert len(now) == 610
    assert {number: now[number] for number in before} == before, "ids, names and scopes stay"
    assert world.services.prices.rows(world.by, 1, history=True) == prices
    assert world.stored("SELECT COUNT(*) FROM product_plan")[0][0] == sum(len(line.plans) for line in shown.lines)
    after, since = dump(world.store.path), world.clock.now()
    world.clock.set(since + timedelta(days=1))
    again = world.services.products.import_products(world.by, PUBLISHED)
    assert again.value.changes_nothing
    assert again.topics == frozenset()
    assert dump(world.store.path) == after
    assert world.problems() == []


def test_names_in_files_of_users_are_known_then(world: World, tmp_path: Path) -> None:
    account = world.account()
    users = tmp_path / "users.csv"
    users.write_text(f"User principal name,Display name,Licenses\n{ADA},Ada,Microsoft Teams EEA\n", encoding="utf-8")
    read = world.services.imports.preview(world.by, account, users)
    assert read.plan.unknown_products == ("Microsoft Teams EEA",)
    import_file(world, PUBLISHED)
    read = world.services.imports.preview(world.by, account, users)
    assert read.plan.unknown_products == ()
    assert world.services.products.described(world.by, ["Microsoft Teams EEA"]) == {}
    world.services.imports.run(world.by, account, users)
    assert world.licenses(account) == {ADA: ("Microsoft_Teams_EEA_New",)}


def test_a_product_that_was_added_from_the_published_names_is_the_same_one(world: World) -> None:
    described = world.services.products.described(world.by, ["Microsoft Teams EEA"])
    (published,) = described["microsoft teams eea"]
    add = world.services.products.add
    made = add(world.by, published.name, published.part_number, published.guid, Scope.USER).value
    found = import_file(world, PUBLISHED)
    (line,) = [line for line in found.lines if line.product.guid == made.guid]
    assert (line.change, line.product) == (ProductChange.PLANS, made)


def test_service_plans_find_overlapping_licenses(world: World) -> None:
    account = world.account("Contoso", ADA)
    import_file(world, PUBLISHED)
    for product in ("SPE_E3", "O365_w/o Teams Bundle_M3", "VISIOCLIENT", "Microsoft_365_Copilot"):
        world.assign(account, ADA, product)
    (overlap,) = world.services.reports.overlapping(world.by)
    assert (overlap.product, overlap.within) == ("Microsoft 365 E3 EEA (no Teams)", "Microsoft 365 E3")


def test_the_user_list_narrows_to_what_the_report_tells(world: World) -> None:
    account = world.account("Contoso", ADA, "bob@contoso.example")
    import_file(world, PUBLISHED)
    for product in ("SPE_E3", "O365_w/o Teams Bundle_M3"):
        world.assign(account, ADA, product)
    world.assign(account, "bob@contoso.example", "SPE_E3")
    query = UserQuery(show=frozenset({UserFilter.OVERLAPPING}))
    found = world.services.users.find_ids(world.by, account, query)
    assert [user.upn for user in world.services.users.some(world.by, account, found)] == [ADA]
    assert world.services.users.counts(world.by, account)[UserFilter.OVERLAPPING] == 1
    assert {row.upn for row in world.services.reports.overlapping(world.by)} == {ADA}


# Renaming


def test_a_renamed_product_keeps_its_id_its_seats_and_its_prices(world: World, tmp_path: Path) -> None:
    account = world.account("Contoso", ADA)
    world.assign(account, ADA)
    before, old = row(world, PREMIUM), world.services.licenses.rows(world.by, account)
    renamed = {"GUID": before.product.guid.upper(), "Product_Display_Name": "Premium 2", "String_Id": "SPB2"}
    found = import_file(world, products_file(tmp_path, renamed))
    assert counts(found) == {"new": 0, "renamed": 1, "plans": 0, "unchanged": 0}
    after = row(world, "SPB2")
    assert (after.id, after.usage, after.product.scope) == (before.id, before.usage, before.product.scope)
    assert after.product.offer == before.product.offer
    assert [(seats.product_id, seats.seats) for seats in old] == [(before.id, 1)]
    assert world.licenses(account) == {ADA: ("SPB2",)}
    entry = world.services.audit.rows(world.by)[0]
    assert (entry.action, entry.operator) == ("products.imported", ADMIN)
    assert entry.before == {
        "renamed": [{"name": before.product.name, "part_number": PREMIUM, "guid": before.product.guid}]
    }
    assert entry.after is not None
    assert entry.after["renamed"] == [{"name": "Premium 2", "part_number": "SPB2", "guid": before.product.guid}]
    assert entry.after["file"] == "product names.csv"
    assert world.problems() == []


def test_a_plan_that_left_a_product_is_taken_off(world: World, tmp_path: Path) -> None:
    import_file(world, products_file(tmp_path, {}, WITH_ENGINE))
    assert row(world, "ROCKET").plans == 2
    import_file(world, products_file(tmp_path, WITH_ENGINE))
    details = world.services.products.details(world.by, row(world, "ROCKET").id)
    assert [plan.title for plan in details.plans] == ["Rocket Engine"]


# All or nothing


def test_a_preview_changes_nothing(world: World) -> None:
    before = dump(world.store.path)
    world.services.products.preview(world.by, PUBLISHED)
    assert dump(world.store.path) == before


@pytest.mark.parametrize("wrong", [{"GUID": "ROCKET"}, {"Service_Plan_Id": "x"}, {"String_Id": ""}])
def test_a_file_with_a_mistake_changes_nothing(world: World, tmp_path: Path, wrong: dict[str, str]) -> None:
    before = dump(world.store.path)
    path = products_file(tmp_path, {}, wrong)
    with pytest.raises(Exception, match="row"):
        import_file(world, path)
    assert dump(world.store.path) == before


def test_what_was_shown_has_to_hold(world: World, tmp_path: Path) -> None:
    path = products_file(tmp_path)
    shown = world.services.products.preview(world.by, path)
    world.services.products.add(world.by, "Missile", "MISSILE", ROCKET, Scope.USER)
    before = dump(world.store.path)
    with refused("products_changed_since"):
        world.services.products.import_products(world.by, path, shown=shown)
    assert dump(world.store.path) == before


@pytest.mark.parametrize("step", range(5))
def test_an_import_that_is_cancelled_changes_nothing(world: World, step: int) -> None:
    def cancel(done: int, _steps: int) -> None:
        if done == step:
            raise KeyboardInterrupt

    before = dump(world.store.path)
    with pytest.raises(KeyboardInterrupt):
        world.services.products.import_products(world.by, PUBLISHED, progress=cancel)
    assert dump(world.store.path) == before


# Who


def test_reseller_administrators_import_auditors_look(world: World, tmp_path: Path) -> None:
    path, account = products_file(tmp_path), world.account()
    auditor, customer = world.operator(Role.AUDITOR), world.operator(Role.CUSTOMER, account)
    services = world.services.products
    assert services.preview(auditor, path).count(ProductChange.NEW) == 1
    assert len(services.catalogue(auditor)) == 85
    number = row(world, PREMIUM).id
    forbidden = (
        lambda: services.import_products(auditor, path),
        lambda: services.set_scope(auditor, number, Scope.TENANT),
        lambda: services.import_products(customer, path),
        lambda: services.set_scope(customer, number, Scope.TENANT),
        lambda: services.preview(customer, path),
        lambda: services.catalogue(customer),
        lambda: services.details(customer, number),
    )
    before = dump(world.store.path)
    for call in forbidden:
        with refused("not_allowed"):
            call()
    assert dump(world.store.path) == before


# What a product belongs to


def made(world: World, tmp_path: Path) -> int:
    import_file(world, products_file(tmp_path))
    return row(world, "ROCKET").id


def test_what_a_product_belongs_to_can_be_said_and_stays(world: World, tmp_path: Path) -> None:
    number = made(world, tmp_path)
    done = world.services.products.set_scope(world.by, number, Scope.TENANT, reason="T-1")
    assert done.value == Product("ROCKET", ROCKET, "Rocket", "tenant", Scope.TENANT, "")
    entry = world.services.audit.rows(world.by)[0]
    assert (entry.action, entry.reason) == ("product.scope_changed", "T-1")
    assert (entry.before, entry.after) == (
        {"name": "Rocket", "scope": "user"},
        {"name": "Rocket", "guid": ROCKET, "scope": "tenant"},
    )
    account = world.account("Contoso", ADA)
    with refused("tenant_needs_purchase_mode"):
        world.assign(account, ADA, "ROCKET")
    assert import_file(world, products_file(tmp_path)).changes_nothing
    assert row(world, "ROCKET").product.scope is Scope.TENANT
    with refused("scope_unchanged"):
        world.services.products.set_scope(world.by, number, Scope.TENANT)
    with refused("unknown_product"):
        world.services.products.set_scope(world.by, 9999, Scope.USER)


def test_what_an_account_holds_keeps_what_it_belongs_to(world: World, tmp_path: Path) -> None:
    number, account = made(world, tmp_path), world.account("Contoso", ADA)
    world.assign(account, ADA, "ROCKET")
    with refused("product_in_use") as refusal:
        world.services.products.set_scope(world.by, number, Scope.TENANT)
    assert refusal.params == {"product": "Rocket", "accounts": 1}
    details = world.services.products.details(world.by, number)
    assert (details.row.accounts, details.scope_fixed_by) == (1, 1)


def test_a_user_who_can_be_restored_with_it_keeps_it_too(world: World, tmp_path: Path) -> None:
    number, account = made(world, tmp_path), world.account("Contoso", ADA)
    world.assign(account, ADA, "ROCKET")
    world.services.users.remove(world.by, account, ADA)
    assert world.services.products.details(world.by, number).row.accounts == 0
    with refused("product_in_use"):
        world.services.products.set_scope(world.by, number, Scope.TENANT)
    world.clock.set(START + timedelta(days=31))
    assert world.services.products.set_scope(world.by, number, Scope.TENANT).value.scope is Scope.TENANT
    assert world.problems() == []


# The list


def test_the_list_says_who_has_a_product_and_what_it_costs(world: World, tmp_path: Path) -> None:
    world.pool(seats=3)
    number = made(world, tmp_path)
    premium = row(world, PREMIUM)
    assert (premium.accounts, str(premium.usage), str(premium.purchase)) == (1, "26.40", "23.10")
    assert (premium.schedule, premium.currency, premium.priced) == ("Default", "USD", True)
    rocket = row(world, "ROCKET")
    assert (rocket.id, rocket.accounts, rocket.plans, rocket.priced) == (number, 0, 1, False)
    listed = world.services.products.catalogue(world.by)
    assert len(listed) == 86
    assert replace(rocket, plans=0) not in listed
    assert BOOSTER not in {one.product.guid for one in listed}


def test_details_name_what_contains_a_product_and_what_it_contains(world: World) -> None:
    import_file(world, PUBLISHED)
    details = world.services.products.details(world.by, row(world, "SPE_E3").id)
    assert "Microsoft 365 E5" in details.within
    assert "Office 365 E3" in details.contains
    assert "Visio Plan 2" not in details.contains
    assert len(details.plans) == 50
    with refused("unknown_product"):
        world.services.products.details(world.by, 9999)


def test_what_has_a_price_is_offered_for_assignment_before_what_nobody_sells(world: World) -> None:
    account = world.account("Contoso", ADA)
    world.assign(account, ADA)
    import_file(world, PUBLISHED)
    (ada,) = world.services.users.rows(world.by, account)
    first, *others = world.services.licenses.sheet(world.by, account, [ada.id]).lines
    assert first.part_number == PREMIUM
    priced = [line.unit_price is not None for line in others]
    assert priced == sorted(priced, reverse=True)
    assert 60 < sum(priced) < 90 < len(priced)
