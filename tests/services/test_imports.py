"""Rule 15 on a real database: importing a tenant as it is today."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from cpdesk.base.errors import UserError
from cpdesk.domain.modes import Mode
from cpdesk.domain.operators import Role
from cpdesk.domain.user_import.report import ImportReport
from tests.support.exports import E3_NAME, PREMIUM_NAME, STORAGE_NAME, person, write
from tests.support.refusals import refused
from tests.support.world import E3, PREMIUM, STORAGE, Counts, World, dump

EXPORTS = Path(__file__).parents[1] / "data" / "exports"
ADA, BOB, CY = (f"{name}@contoso.example" for name in ("ada", "bob", "cy"))
ADA_ID, BOB_ID = (f"0000000{number}-1111-4222-8333-444455556666" for number in (1, 2))


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., Path]:
    """Writes an export with these people."""
    return lambda *people: write(tmp_path / "users.csv", *people)


def run(world: World, account: int, path: Path, *, add_seats: bool = False) -> ImportReport:
    return world.services.imports.run(world.by, account, path, add_seats=add_seats).value


def result(report: ImportReport) -> dict[str, object]:
    """What the report counts, zeros and empty lists left out."""
    return {name: value for name, value in report.plan.report().items() if value}


EVERY_SHAPE = [path.name for path in sorted(EXPORTS.iterdir()) if path.name != "duplicate.csv"]


@pytest.mark.parametrize("name", EVERY_SHAPE)
def test_every_shape_of_the_file_gives_the_same_tenant(world: World, name: str) -> None:
    account, reference = world.account("Contoso"), world.account("Fabrikam")
    run(world, reference, EXPORTS / "current.csv")
    run(world, account, EXPORTS / name)
    assert world.licenses(account)["maren.holt@nordlicht.example"] == (PREMIUM, "VISIOCLIENT")
    assert world.licenses(account)["tomasz@nordlicht.example"] == ("EMS", E3)
    known = world.licenses(reference)
    assert {upn: held for upn, held in world.licenses(account).items() if upn in known} == known


@pytest.mark.parametrize("name", EVERY_SHAPE)
def test_a_dry_run_says_what_the_import_then_does_and_changes_nothing(world: World, name: str) -> None:
    account = world.account()
    before = dump(world.store.path)
    preview = world.services.imports.preview(world.by, account, EXPORTS / name)
    assert dump(world.store.path) == before
    assert run(world, account, EXPORTS / name) == preview


@pytest.mark.parametrize("name", EVERY_SHAPE)
def test_the_same_file_again_changes_nothing(world: World, name: str) -> None:
    account = world.account()
    first = run(world, account, EXPORTS / name)
    before = dump(world.store.path)
    second = run(world, account, EXPORTS / name)
    assert dump(world.store.path) == before
    report = second.plan.report()
    unchanged = (report["added"], report["updated"], report["assigned"], report["unassigned"])
    assert unchanged == (0, 0, 0, 0)
    assert report["unchanged"] == first.plan.report()["added"]


def test_a_tenant_that_was_imported_can_be_switched(world: World) -> None:
    account = world.account()
    run(world, account, EXPORTS / "current.csv")
    before = world.licenses(account)
    row = world.to_purchase(account)
    assert row.seats == row.assigned == sum(len(held) for held in before.values())
    run(world, account, EXPORTS / "old.csv")
    assert world.licenses(account) == before


def test_a_upn_twice_in_one_file_is_an_error_of_that_file(world: World) -> None:
    account = world.account()
    before = dump(world.store.path)
    with refused("duplicate_upn_in_file") as refusal:
        run(world, account, EXPORTS / "duplicate.csv")
    assert refusal.params["file"] == "duplicate.csv"
    assert dump(world.store.path) == before


def test_users_are_added_with_their_licenses_in_usage_mode(world: World, file: Callable[..., Path]) -> None:
    account = world.account()
    report = run(world, account, file(person(ADA, PREMIUM_NAME, E3_NAME), person(BOB, PREMIUM_NAME), person(CY)))
    assert result(report) == {"added": 3, "assigned": 3}
    assert (world.counts(account), world.counts(account, E3)) == (Counts(2, 2), Counts(1, 1))
    assert world.licenses(account) == {ADA: (E3, PREMIUM), BOB: (PREMIUM,), CY: ()}


def test_for_users_in_the_file_its_licenses_are_the_whole_truth(world: World, file: Callable[..., Path]) -> None:
    account = world.account("Contoso", ADA, BOB)
    world.assign(account, ADA)
    world.assign(account, BOB)
    report = run(world, account, file(person(ADA.upper(), E3_NAME)))
    assert result(report) == {"updated": 1, "assigned": 1, "unassigned": 1}
    assert world.licenses(account) == {ADA: (E3,), BOB: (PREMIUM,)}
    assert world.counts(account) == Counts(1, 1)


def test_with_too_few_seats_nothing_is_changed_and_what_lacks_is_named(world: World, file: Callable[..., Path]) -> None:
    account = world.pool("Contoso", seats=1)
    path = file(person(ADA, PREMIUM_NAME, E3_NAME), person(BOB, PREMIUM_NAME), person(CY, PREMIUM_NAME))
    before = dump(world.store.path)
    with refused("import_lacks_seats") as refusal:
        run(world, account, path)
    assert refusal.params["missing"] == {PREMIUM_NAME: 2, E3_NAME: 1}
    assert dump(world.store.path) == before
    preview = world.services.imports.preview(world.by, account, path)
    assert preview.missing_seats == ((E3, 1), (PREMIUM, 2))


def test_the_seats_that_lack_are_bought_if_that_was_chosen(world: World, file: Callable[..., Path]) -> None:
    account = world.pool("Contoso", seats=1)
    report = run(world, account, file(person(ADA, PREMIUM_NAME, E3_NAME), person(BOB, PREMIUM_NAME)), add_seats=True)
    assert report.missing_seats == ((E3, 1), (PREMIUM, 1))
    assert (world.counts(account), world.counts(account, E3)) == (Counts(2, 2), Counts(1, 1))
    assert world.stored("SELECT sum(seats) FROM seat_entry WHERE kind = 'add'") == [(3,)]
    summary = next(row for row in world.services.audit.rows(world.by) if row.action == "users.imported")
    assert summary.after
    assert summary.after["seats_added"] == {E3: 1, PREMIUM: 1}


def test_no_seat_is_bought_that_is_not_needed(world: World, file: Callable[..., Path]) -> None:
    account = world.pool("Contoso", seats=3)
    run(world, account, file(person(ADA, PREMIUM_NAME)), add_seats=True)
    assert world.counts(account) == Counts(3, 1)


def test_a_license_moves_from_one_user_to_another_through_an_empty_pool(
    world: World, file: Callable[..., Path]
) -> None:
    account = world.pool("Contoso", ADA, BOB, seats=1)
    world.assign(account, BOB)
    report = run(world, account, file(person(ADA, PREMIUM_NAME), person(BOB)))
    assert result(report) == {"updated": 2, "assigned": 1, "unassigned": 1}
    assert (world.licenses(account), world.counts(account)) == ({ADA: (PREMIUM,), BOB: ()}, Counts(1, 1))


def test_two_users_swap_their_upns(world: World, file: Callable[..., Path]) -> None:
    account = world.account()
    run(world, account, file(person(ADA, PREMIUM_NAME, object_id=ADA_ID), person(BOB, object_id=BOB_ID)))
    report = run(world, account, file(person(BOB, PREMIUM_NAME, object_id=ADA_ID), person(ADA, object_id=BOB_ID)))
    assert result(report) == {"updated": 2}
    assert world.licenses(account) == {BOB: (PREMIUM,), ADA: ()}
    assert world.stored("SELECT object_id, upn FROM user ORDER BY id") == [(ADA_ID, BOB), (BOB_ID, ADA)]
    with refused("upn_taken"):
        world.user(account, ADA)


def test_a_freed_upn_can_go_to_a_new_user(world: World, file: Callable[..., Path]) -> None:
    account = world.account()
    run(world, account, file(person(ADA, PREMIUM_NAME, object_id=ADA_ID)))
    report = run(world, account, file(person(CY, PREMIUM_NAME, object_id=ADA_ID), person(ADA, object_id=BOB_ID)))
    assert result(report) == {"added": 1, "updated": 1}
    assert world.licenses(account) == {CY: (PREMIUM,), ADA: ()}


def test_a_upn_that_another_active_user_keeps_is_left_to_that_user(world: World, file: Callable[..., Path]) -> None:
    account = world.account()
    run(world, account, file(person(ADA, object_id=ADA_ID), person(BOB, object_id=BOB_ID)))
    report = run(world, account, file(person(ADA, PREMIUM_NAME, object_id=BOB_ID)))
    assert [skipped.reason for skipped in report.plan.skipped] == ["upn_in_use"]
    assert world.licenses(account) == {ADA: (), BOB: ()}


def test_a_user_who_was_deleted_here_comes_back_as_a_new_one(world: World, file: Callable[..., Path]) -> None:
    account = world.account()
    path = file(person(ADA, PREMIUM_NAME, object_id=ADA_ID))
    run(world, account, path)
    world.services.users.remove(world.by, account, ADA)
    assert result(run(world, account, path)) == {"added": 1, "assigned": 1}
    assert world.counts(account) == Counts(1, 1)
    assert world.stored("SELECT count(*), sum(deleted_at IS NULL) FROM user") == [(2, 1)]


def test_tenant_products_named_on_a_user_are_left_out_and_listed(world: World, file: Callable[..., Path]) -> None:
    account = world.pool("Contoso", seats=1)
    world.buy(account, 2, STORAGE)
    report = run(world, account, file(person(ADA, PREMIUM_NAME, STORAGE_NAME)))
    assert result(report) == {"added": 1, "assigned": 1, "not_assignable": [STORAGE_NAME]}
    assert world.counts(account, STORAGE) == Counts(2, 0)


def test_unknown_products_are_listed_and_nothing_is_unassigned_from_that_user(
    world: World, file: Callable[..., Path]
) -> None:
    account = world.account("Contoso", ADA, BOB)
    world.assign(account, ADA)
    world.assign(account, BOB)
    report = run(world, account, file(person(ADA, E3_NAME, "Wonder Suite E9"), person(BOB, "Wonder Suite E9")))
    assert result(report)["unknown_products"] == ["Wonder Suite E9"]
    assert world.licenses(account) == {ADA: (E3, PREMIUM), BOB: (PREMIUM,)}


def test_guests_and_blocked_users_are_imported_and_marked(world: World, file: Callable[..., Path]) -> None:
    account = world.pool("Contoso", seats=1)
    guest = "ada_fabrikam.example#EXT#@contoso.example"
    run(world, account, file(person(guest), person(BOB, PREMIUM_NAME, blocked=True)))
    rows = {row.upn: (row.guest, row.blocked) for row in world.services.users.rows(world.by, account)}
    assert rows == {guest: (True, False), BOB: (False, True)}
    forecast = world.services.modes.forecast(world.by, account, Mode.USAGE)
    assert [(holder.upn, holder.licenses) for holder in forecast.blocked] == [(BOB, (PREMIUM,))]


def test_deleted_rows_add_nobody_and_delete_nobody(world: World, file: Callable[..., Path]) -> None:
    account = world.account("Contoso", ADA)
    world.assign(account, ADA)
    stamp = "2026-10-01 08:00:00Z"
    report = run(world, account, file(person(ADA, deleted=stamp), person(BOB, PREMIUM_NAME, deleted=stamp)))
    assert [skipped.reason for skipped in report.plan.skipped] == ["active_here_deleted_in_file", "deleted_in_file"]
    assert world.licenses(account) == {ADA: (PREMIUM,)}


def test_accounts_do_not_meet_in_an_import(world: World, file: Callable[..., Path]) -> None:
    contoso, fabrikam = world.account("Contoso", ADA), world.account("Fabrikam", ADA)
    world.assign(contoso, ADA)
    path = file(person(ADA, E3_NAME, object_id=ADA_ID))
    run(world, fabrikam, path)
    assert (world.licenses(contoso), world.licenses(fabrikam)) == ({ADA: (PREMIUM,)}, {ADA: (E3,)})
    run(world, contoso, path)
    assert world.licenses(contoso) == {ADA: (E3,)}


def test_what_is_due_is_settled_before_the_file_is_weighed(world: World, file: Callable[..., Path]) -> None:
    account = world.pool("Contoso", seats=1)
    due = world.request_usage(account).pending
    assert due
    world.clock.set(due.due_at)
    run(world, account, file(person(ADA, PREMIUM_NAME), person(BOB, PREMIUM_NAME)))
    assert (world.mode(account), world.counts(account)) == (Mode.USAGE, Counts(2, 2))


def test_before_the_service_is_active_nothing_is_imported(world: World, file: Callable[..., Path]) -> None:
    account = world.account(active=False)
    with refused("service_not_active"):
        run(world, account, file(person(ADA)))
    with refused("service_not_active"):
        world.services.imports.preview(world.by, account, file(person(ADA)))


def test_an_import_is_audited_as_a_whole_and_user_by_user(world: World, file: Callable[..., Path]) -> None:
    account = world.account("Contoso", ADA)
    customer = world.operator(Role.CUSTOMER, account)
    path = file(person(ADA, PREMIUM_NAME), person(BOB), person(CY))
    before = len(world.services.audit.rows(world.by))
    world.services.imports.run(customer, account, path)
    entries = world.services.audit.rows(world.by)[: -before or None]
    actions = ["user.added", "user.added", "user.updated", "users.imported"]
    assert [entry.action for entry in entries] == actions
    assert {(entry.operator, entry.role) for entry in entries} == {(customer.email, "customer")}
    assert entries[-1].after
    assert (entries[-1].after["file"], entries[-1].after["added"]) == ("users.csv", 2)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b"\x00\x01\x02\x03" * 200, "file_binary"),
        (b"PK\x03\x04rest", "file_is_workbook"),
        (b"name,mail\nAda,ada@contoso.example\n", "columns_missing"),
        (b"Display name,User principal name,Licenses\n", "file_without_users"),
        (b"Display name,User principal name,Licenses\nZo\xeb,zoe@contoso.example,\n", "file_encoding_unknown"),
        (b"Display name,User principal name,Licenses\nAda,ada,\n", "upn_invalid"),
    ],
)
def test_a_file_that_is_no_export_is_refused_and_changes_nothing(
    world: World, tmp_path: Path, content: bytes, code: str
) -> None:
    account = world.account()
    before = dump(world.store.path)
    path = tmp_path / "users.csv"
    path.write_bytes(content)
    with refused(code) as refusal:
        run(world, account, path)
    assert refusal.params["file"] == "users.csv"
    assert dump(world.store.path) == before


def test_a_missing_file_is_refused(world: World, tmp_path: Path) -> None:
    account = world.account()
    with refused("file_missing"):
        run(world, account, tmp_path / "nowhere.csv")


@pytest.mark.parametrize("encoding", ["utf-7", "raw_unicode_escape", "unicode_escape", "utf-16-le", "cp1252", "idna"])
def test_no_encoding_turns_a_file_into_a_bug(world: World, tmp_path: Path, encoding: str) -> None:
    account = world.account()
    before = dump(world.store.path)
    path = tmp_path / "users.csv"
    path.write_bytes(
        b"Display name,User principal name,Licenses\n+2AA-,+2AA-@contoso.example,\n\\ud800,\\ud800@contoso.example,\n"
    )
    try:
        world.services.imports.run(world.by, account, path, encoding=encoding)
    except UserError:
        assert dump(world.store.path) == before


def test_a_large_file_is_one_transaction_with_true_counts(world: World, tmp_path: Path) -> None:
    account = world.account()
    people = [person(f"user{number}@contoso.example", PREMIUM_NAME, E3_NAME) for number in range(1500)]
    run(world, account, write(tmp_path / "users.csv", *people))
    assert (world.counts(account), world.counts(account, E3)) == (Counts(1500, 1500), Counts(1500, 1500))
    assert len({time for (time,) in world.stored("SELECT recorded_at FROM seat_entry")}) == 1


def test_a_copy_of_the_file_elsewhere_is_the_same_file(world: World, tmp_path: Path) -> None:
    account = world.account()
    run(world, account, EXPORTS / "current.csv")
    copied = Path(shutil.copy(EXPORTS / "current.csv", tmp_path / "anders name.csv"))
    assert run(world, account, copied).plan.report()["updated"] == 0
