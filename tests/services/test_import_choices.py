"""What operators say that product names mean: for one import, and remembered for later ones."""

from collections.abc import Callable
from pathlib import Path

import pytest

from cpdesk.domain.catalog import Scope
from cpdesk.domain.operators import Role, Session
from cpdesk.domain.user_import.choices import SKIP, NameChoices
from cpdesk.domain.user_import.names import Basis
from cpdesk.domain.user_import.report import ImportReport
from tests.support.exports import E3_NAME, PREMIUM_NAME, STORAGE_NAME, person, write
from tests.support.refusals import refused
from tests.support.world import E3, PREMIUM, STORAGE, Counts, World, dump

ADA, BOB = "ada@contoso.example", "bob@contoso.example"
ROCKET = "Rocket Fuel"
VISIO, TWIN = "4b244418-9658-4451-a2b8-b5e2b364e9bd", "ca7f3140-d88c-455b-9a1c-7f0679e31a76"
TWIN_PART = "VISIO_PLAN1_DEPT"

File = Callable[..., Path]


@pytest.fixture
def file(tmp_path: Path) -> File:
    """Writes an export with these people."""
    return lambda *people: write(tmp_path / "users.csv", *people)


@pytest.fixture
def twins(world: World) -> World:
    """A catalogue with two products of one name."""
    known = {product.guid for product in world.services.products.rows(world.by)}
    for guid, part_number in ((VISIO, "VISIOONLINE_PLAN1"), (TWIN, TWIN_PART)):
        if guid not in known:
            world.services.products.add(world.by, "Visio Plan 1", part_number, guid, Scope.USER)
    return world


def guid(world: World, part_number: str) -> str:
    return next(one.guid for one in world.services.products.rows(world.by) if one.part_number == part_number)


def run(world: World, account: int, path: Path, by: Session | None = None, **answers: str) -> ImportReport:
    choices = NameChoices({key.replace("_", " "): answer for key, answer in answers.items()})
    return world.services.imports.run(by or world.by, account, path, choices=choices).value


def preview(world: World, account: int, path: Path, by: Session | None = None) -> ImportReport:
    return world.services.imports.preview(by or world.by, account, path)


def test_an_unknown_name_can_be_mapped(world: World, file: File) -> None:
    account = world.account()
    report = run(world, account, file(person(ADA, ROCKET)), rocket_fuel=guid(world, E3))
    assert (report.plan.unknown_products, world.licenses(account)) == ((), {ADA: (E3,)})


def test_the_answer_is_remembered(world: World, file: File) -> None:
    account = world.account()
    run(world, account, file(person(ADA, ROCKET)), rocket_fuel=guid(world, E3))
    report = run(world, account, file(person(ADA, ROCKET), person(BOB, "rocket  FUEL")))
    assert world.licenses(account) == {ADA: (E3,), BOB: (E3,)}
    assert [use.meaning.basis for use in report.names] == [Basis.FOR_ALL]


def test_an_import_need_not_remember(world: World, file: File) -> None:
    account, path = world.account(), file(person(ADA, ROCKET))
    choices = NameChoices({"rocket fuel": guid(world, E3)})
    world.services.imports.run(world.by, account, path, choices=choices, remember=False)
    assert preview(world, account, path).plan.unknown_products == (ROCKET,)


def test_a_preview_remembers_nothing(world: World, file: File) -> None:
    account, path = world.account(), file(person(ADA, ROCKET))
    before = dump(world.store.path)
    choices = NameChoices({"rocket fuel": guid(world, E3)})
    shown = world.services.imports.preview(world.by, account, path, choices=choices)
    assert dump(world.store.path) == before
    assert world.services.imports.run(world.by, account, path, choices=choices).value == shown


def test_a_skipped_name_takes_nothing_away_and_is_not_asked_again(world: World, file: File) -> None:
    account = world.account("Contoso", ADA)
    world.assign(account, ADA)
    path = file(person(ADA, ROCKET))
    report = run(world, account, path, rocket_fuel=SKIP)
    assert (report.plan.unknown_products, world.licenses(account)) == ((ROCKET,), {ADA: (PREMIUM,)})
    (use,) = preview(world, account, path).names
    assert (use.open, use.skipped) == (0, True)


def test_a_shared_name_is_asked_once(twins: World, file: File) -> None:
    account, path = twins.account(), file(person(ADA, "Visio Plan 1"), person(BOB, "Visio Plan 1"))
    (use,) = preview(twins, account, path).names
    assert (use.open, use.users, {one.guid for one in use.candidates}) == (2, 2, {VISIO, TWIN})
    run(twins, account, path, visio_plan_1=TWIN)
    assert twins.licenses(account) == {ADA: (TWIN_PART,), BOB: (TWIN_PART,)}
    assert preview(twins, account, path).names[0].open == 0


def test_without_an_answer_the_one_that_the_account_holds_is_meant(twins: World, file: File) -> None:
    account = twins.account("Contoso", ADA)
    twins.assign(account, ADA, TWIN)
    run(twins, account, file(person(ADA, "Visio Plan 1"), person(BOB, "Visio Plan 1")))
    assert twins.licenses(account) == {ADA: (TWIN_PART,), BOB: (TWIN_PART,)}


def test_the_seats_that_lack_of_both_twins_are_told_together(twins: World, file: File) -> None:
    account = twins.pool()
    path = file(person(ADA, "VISIOONLINE_PLAN1"), person(BOB, TWIN_PART))
    with refused("import_lacks_seats") as refusal:
        twins.services.imports.run(twins.by, account, path)
    assert refusal.params["missing"] == {"Visio Plan 1": 2}


def test_who_has_one_of_the_twins_keeps_it_whatever_was_answered_before(twins: World, file: File) -> None:
    account = twins.account("Contoso", BOB)
    run(twins, account, file(person(ADA, "Visio Plan 1")), visio_plan_1=TWIN)
    twins.assign(account, BOB, VISIO)
    run(twins, account, file(person(ADA, "Visio Plan 1"), person(BOB, "Visio Plan 1")))
    assert twins.licenses(account)[BOB] == ("VISIOONLINE_PLAN1",)


def test_a_matched_name_can_be_given_another_product_for_good(world: World, file: File) -> None:
    account, path = world.account(), file(person(ADA, E3_NAME))
    run(world, account, path, office_365_e3=guid(world, PREMIUM))
    before = dump(world.store.path)
    report = run(world, account, path)
    assert (report.plan.report()["unchanged"], world.licenses(account)) == (1, {ADA: (PREMIUM,)})
    assert dump(world.store.path) == before


def test_an_answer_of_a_reseller_counts_for_all_accounts(world: World, file: File) -> None:
    contoso, fabrikam = world.account("Contoso"), world.account("Fabrikam")
    path = file(person(ADA, ROCKET))
    run(world, contoso, path, rocket_fuel=guid(world, E3))
    run(world, fabrikam, path)
    assert world.licenses(fabrikam) == {ADA: (E3,)}


def test_an_answer_of_a_customer_counts_for_the_own_account_alone(world: World, file: File) -> None:
    contoso, fabrikam = world.account("Contoso"), world.account("Fabrikam")
    path = file(person(ADA, ROCKET))
    run(world, contoso, path, world.operator(Role.CUSTOMER, contoso), rocket_fuel=guid(world, E3))
    assert preview(world, fabrikam, path).plan.unknown_products == (ROCKET,)
    assert preview(world, contoso, path).plan.unknown_products == ()


def test_the_own_answer_goes_before_the_general_one(world: World, file: File) -> None:
    contoso, fabrikam = world.account("Contoso"), world.account("Fabrikam")
    path = file(person(ADA, ROCKET))
    run(world, contoso, path, world.operator(Role.CUSTOMER, contoso), rocket_fuel=guid(world, E3))
    run(world, fabrikam, path, rocket_fuel=guid(world, PREMIUM))
    own, general = ([use.meaning for use in preview(world, one, path).names] for one in (contoso, fabrikam))
    assert [(one.product and one.product.part_number, one.basis) for one in own] == [(E3, Basis.REMEMBERED)]
    assert [(one.product and one.product.part_number, one.basis) for one in general] == [(PREMIUM, Basis.FOR_ALL)]


def test_a_reseller_who_answers_in_an_account_is_heard_there(world: World, file: File) -> None:
    account = world.account()
    path = file(person(ADA, ROCKET))
    run(world, account, path, world.operator(Role.CUSTOMER, account), rocket_fuel=guid(world, E3))
    run(world, account, path, rocket_fuel=guid(world, PREMIUM))
    run(world, account, path)
    assert world.licenses(account) == {ADA: (PREMIUM,)}


def test_answers_are_audited_with_what_was_said_before(world: World, file: File) -> None:
    account, path = world.account(), file(person(ADA, ROCKET))
    run(world, account, path, rocket_fuel=SKIP)
    run(world, account, path, rocket_fuel=guid(world, E3))
    said = [row for row in world.services.audit.rows(world.by, account) if row.action == "product_names.answered"]
    assert [(row.before, row.after) for row in said] == [
        ({"rocket fuel": SKIP}, {"rocket fuel": guid(world, E3)}),
        ({}, {"rocket fuel": SKIP}),
    ]
    assert world.problems() == []


def test_an_answer_for_a_name_that_is_not_in_the_file_is_not_kept(world: World, file: File) -> None:
    account = world.account()
    run(world, account, file(person(ADA, E3_NAME)), rocket_fuel=SKIP)
    assert world.stored("SELECT count(*) FROM name_answer") == [(0,)]


def test_an_answer_that_names_no_product_is_refused(world: World, file: File) -> None:
    account, path = world.account(), file(person(ADA, ROCKET))
    with refused("unknown_product"):
        run(world, account, path, rocket_fuel="00000000-0000-4000-8000-000000000000")


def test_a_name_mapped_to_a_tenant_product_is_left_out_and_listed(world: World, file: File) -> None:
    account = world.account()
    report = run(world, account, file(person(ADA, ROCKET)), rocket_fuel=guid(world, STORAGE))
    assert [(one.product.name, one.users) for one in report.not_assignable] == [(STORAGE_NAME, 1)]
    assert world.licenses(account) == {ADA: ()}


def test_a_refused_import_remembers_nothing(world: World, file: File) -> None:
    account = world.pool("Contoso", seats=1)
    path = file(person(ADA, ROCKET, PREMIUM_NAME), person(BOB, PREMIUM_NAME))
    before = dump(world.store.path)
    with refused("import_lacks_seats"):
        run(world, account, path, rocket_fuel=SKIP)
    assert dump(world.store.path) == before
    assert world.counts(account) == Counts(1, 0)
