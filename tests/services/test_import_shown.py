"""What the window shows of an import before it runs, that it is held to that, and how it is stopped."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from cpdesk.domain.billing import Cost
from cpdesk.domain.modes import Mode
from cpdesk.domain.user_import import stages
from cpdesk.domain.user_import.report import differences
from cpdesk.domain.user_import.stages import Stage
from tests.support.exports import E3_NAME, PREMIUM_NAME, STORAGE_NAME, person, write
from tests.support.refusals import refused
from tests.support.world import E3, PREMIUM, Counts, World, dump

ADA, BOB, CY = (f"{name}@contoso.example" for name in ("ada", "bob", "cy"))

File = Callable[..., Path]


class Stopped(Exception):  # noqa: N818 - what a person does, not an error
    """Raised by a progress."""


@pytest.fixture
def file(tmp_path: Path) -> File:
    """Writes an export with these people."""
    return lambda *people: write(tmp_path / "users.csv", *people)


def test_totals_tell_seats_and_assignments_before_and_after(world: World, file: File) -> None:
    account = world.account("Contoso", ADA)
    world.assign(account, ADA, E3)
    report = world.services.imports.preview(
        world.by, account, file(person(ADA, PREMIUM_NAME), person(BOB, PREMIUM_NAME))
    )
    told = {
        line.product.part_number: (line.seats, line.seats_after, line.assigned, line.assigned_after)
        for line in report.totals
    }
    assert told == {E3: (1, 0, 1, 0), PREMIUM: (0, 2, 0, 2)}
    assert (report.mode, report.missing) == (Mode.USAGE, 0)


def test_in_purchase_mode_the_seats_that_lack_count_as_added(world: World, file: File) -> None:
    account = world.pool("Contoso", seats=1)
    path = file(person(ADA, PREMIUM_NAME), person(BOB, PREMIUM_NAME))
    (line,) = world.services.imports.preview(world.by, account, path).totals
    assert (line.seats, line.seats_after, line.assigned_after, line.missing) == (1, 2, 2, 1)


def test_blocked_users_with_licenses_are_named(world: World, file: File) -> None:
    account = world.account("Contoso", ADA)
    world.assign(account, ADA)
    path = file(person(ADA, PREMIUM_NAME, blocked=True, name="Ada"), person(BOB, blocked=True))
    (blocked,) = world.services.imports.preview(world.by, account, path).blocked
    assert (blocked.upn, blocked.display_name, blocked.licenses) == (ADA, "Ada", (PREMIUM_NAME,))


def test_tenant_products_are_counted_by_user(world: World, file: File) -> None:
    path = file(person(ADA, STORAGE_NAME), person(BOB, STORAGE_NAME))
    (left_out,) = world.services.imports.preview(world.by, world.account(), path).not_assignable
    assert (left_out.product.name, left_out.users) == (STORAGE_NAME, 2)


def test_what_was_shown_is_done(world: World, file: File) -> None:
    account, path = world.account(), file(person(ADA, PREMIUM_NAME))
    shown = world.services.imports.preview(world.by, account, path)
    assert world.services.imports.run(world.by, account, path, shown=shown).value == shown


def test_what_changed_since_is_told_and_asked_again(world: World, file: File) -> None:
    account = world.account("Contoso", BOB)
    path = file(person(ADA, PREMIUM_NAME), person(BOB, PREMIUM_NAME))
    shown = world.services.imports.preview(world.by, account, path)
    world.assign(account, BOB)
    before = dump(world.store.path)
    with refused("import_changed") as refusal:
        world.services.imports.run(world.by, account, path, shown=shown)
    assert dump(world.store.path) == before
    told = {one.what: (one.shown, one.now) for one in refusal.params["differences"]}  # type: ignore[attr-defined]
    assert told["licenses_assigned"] == ("2", "1")
    again = refusal.params["report"]
    assert world.services.imports.run(world.by, account, path, shown=again).value == again  # type: ignore[arg-type]


def test_what_a_month_costs_before_and_after_is_told(world: World, file: File) -> None:
    account = world.account("Contoso", ADA)
    world.assign(account, ADA)
    path = file(person(ADA, PREMIUM_NAME), person(BOB, PREMIUM_NAME))
    report = world.services.imports.preview(world.by, account, path)
    assert (report.cost(after=False), report.cost(after=True)) == (
        Cost(Decimal("26.40"), "USD", 0),
        Cost(Decimal("52.80"), "USD", 0),
    )
    world.to_purchase(account)
    report = world.services.imports.preview(world.by, account, path)
    assert (report.missing, report.cost(after=True)) == (1, Cost(Decimal("46.20"), "USD", 0))


def test_seats_without_a_price_are_counted_and_never_cost_nothing(world: World, file: File) -> None:
    account = world.services.accounts.create(world.by, "Tokai", "tokai.example", currency="JPY", activate=True).value.id
    report = world.services.imports.preview(world.by, account, file(person("aya@tokai.example", PREMIUM_NAME)))
    assert report.cost(after=True) == Cost(Decimal(0), "JPY", 1)


def test_a_price_that_changed_since_is_asked_again(world: World, file: File) -> None:
    account = world.account("Contoso", ADA)
    shown = world.services.imports.preview(world.by, account, file(person(ADA, PREMIUM_NAME)))
    dearer = tuple(replace(line, unit_price=Decimal("27.00")) for line in shown.totals)
    (found,) = differences(shown, replace(shown, totals=dearer))
    assert (found.what, found.shown, found.now) == ("price", "26.40 USD", "27.00 USD")


def test_a_file_that_changed_since_is_asked_again(world: World, file: File) -> None:
    account, path = world.account(), file(person(ADA, PREMIUM_NAME))
    shown = world.services.imports.preview(world.by, account, path)
    file(person(ADA, E3_NAME), person(CY))
    with refused("import_changed") as refusal:
        world.services.imports.run(world.by, account, path, shown=shown)
    assert "users_added" in {one.what for one in refusal.params["differences"]}  # type: ignore[attr-defined]


def test_seats_that_were_sold_meanwhile_are_asked_again(world: World, file: File) -> None:
    account = world.pool("Contoso", seats=2)
    path = file(person(ADA, PREMIUM_NAME))
    shown = world.services.imports.preview(world.by, account, path)
    world.give_back(account, 2)
    with refused("import_changed"):
        world.services.imports.run(world.by, account, path, shown=shown, add_seats=True)
    assert world.counts(account) == Counts(0, 0)


def test_an_existing_tenant_brings_its_service(world: World, file: File) -> None:
    account = world.account(active=False)
    path = file(person(ADA, PREMIUM_NAME))
    before = dump(world.store.path)
    shown = world.services.imports.preview(world.by, account, path, activate=True)
    assert dump(world.store.path) == before
    world.services.imports.run(world.by, account, path, activate=True, shown=shown)
    assert world.show(account).service_active
    assert world.licenses(account) == {ADA: (PREMIUM,)}
    actions = [row.action for row in world.services.audit.rows(world.by, account)]
    assert actions[:3] == ["user.added", "users.imported", "service.activated"]
    assert world.problems() == []


def test_a_service_that_is_active_stays_as_it_is(world: World, file: File) -> None:
    account = world.account()
    world.services.imports.run(world.by, account, file(person(ADA)), activate=True)
    actions = [row.action for row in world.services.audit.rows(world.by, account)]
    assert actions.count("service.activated") == 1


def test_progress_only_goes_on_and_reaches_the_end(world: World, tmp_path: Path) -> None:
    path = write(tmp_path / "users.csv", *(person(f"u{n}@contoso.example", PREMIUM_NAME) for n in range(2500)))
    said: list[int] = []
    world.services.imports.run(world.by, world.account(), path, progress=lambda done, _total: said.append(done))
    assert said == sorted(said)
    assert said[-1] == stages.WHOLE
    assert {stages.stage_at(done) for done in said} == set(Stage)


@pytest.mark.parametrize("stage", list(Stage))
def test_an_import_that_is_stopped_changed_nothing(world: World, tmp_path: Path, stage: Stage) -> None:
    path = write(tmp_path / "users.csv", *(person(f"u{n}@contoso.example", PREMIUM_NAME) for n in range(2500)))
    account = world.account(active=False)
    before = dump(world.store.path)

    def stop(done: int, _total: int) -> None:
        if stages.stage_at(done) is stage and done % 100:
            raise Stopped

    with pytest.raises(Stopped):
        world.services.imports.run(world.by, account, path, activate=True, progress=stop)
    assert dump(world.store.path) == before
    world.services.imports.run(world.by, account, path, activate=True)
    assert world.counts(account) == Counts(2500, 2500)
    assert world.problems() == []


def test_a_sample_shows_rows_whose_letters_could_be_wrong(world: World, file: File) -> None:
    plain = [person(f"u{n}@contoso.example", name=f"User {n}") for n in range(20)]
    path = file(*plain, person(ADA, name="Zoë"), person(BOB, name="Gone", deleted="2026-01-01"))
    sample = world.services.imports.inspect(world.by, world.account(), path)
    assert (sample.users, sample.deleted, sample.certain, sample.name) == (21, 1, True, "users.csv")
    assert "Zoë" in [row.display_name for row in sample.rows]
    assert len(sample.rows) == 6


def test_a_file_that_does_not_say_its_encoding_is_shown_in_the_likeliest(world: World, tmp_path: Path) -> None:
    path = tmp_path / "users.csv"
    path.write_bytes("Display name,User principal name,Licenses\nZoë,zoe@contoso.example,\n".encode("cp1250"))
    account = world.account()
    sample = world.services.imports.inspect(world.by, account, path)
    assert (sample.certain, sample.encoding, sample.rows[0].display_name) == (False, "windows-1252", "Zoë")
    said = world.services.imports.inspect(world.by, account, path, encoding="windows-1251")
    assert (said.certain, said.rows[0].display_name) == (True, "Zoл")


def test_a_mistake_in_the_file_is_told_by_the_sample(world: World, file: File) -> None:
    with refused("upn_invalid") as refusal:
        world.services.imports.inspect(world.by, world.account(), file(person(ADA), person("bob")))
    assert (refusal.params["row"], refusal.params["column"]) == (3, "User principal name")
