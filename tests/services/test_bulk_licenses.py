"""Licenses given and taken as a file of user principal names and products says."""

import json
from pathlib import Path

import pytest

from cpdesk.base.errors import UserError
from cpdesk.base.messages import sentence
from cpdesk.domain.bulk.file import BulkChange, BulkFile
from cpdesk.domain.operators import Role
from tests.support.refusals import listed, refused
from tests.support.world import E3, PREMIUM, STORAGE, Counts, World, dump

ADA, BOB, CY = (f"{name}@contoso.example" for name in ("ada", "bob", "cy"))
PAIRS = "UserPrincipalName,SkuPartNumber\r\n"


@pytest.fixture
def usage(world: World) -> int:
    """Ada holds Premium."""
    account = world.account("Contoso", ADA, BOB, CY)
    world.assign(account, ADA)
    return account


@pytest.fixture
def pool(world: World, usage: int) -> int:
    """The same in Purchase Mode, with three seats of Premium and one of E3."""
    world.to_purchase(usage)
    world.buy(usage, 2)
    world.buy(usage, 1, E3)
    return usage


def file_of(world: World, text: str, change: BulkChange = BulkChange.ASSIGN) -> BulkFile:
    path = Path(world.folder) / "list.csv"
    path.write_bytes(text.encode())
    return world.services.bulk.read(path, change)


def assigned(*pairs: tuple[str, str]) -> str:
    return PAIRS + "".join(f"{upn},{product}\r\n" for upn, product in pairs)


def test_each_user_gets_what_the_rows_say(world: World, usage: int) -> None:
    text = assigned((BOB.upper(), PREMIUM.lower()), (BOB, "Office 365 E3"), (ADA, E3))
    report = world.services.bulk.run(world.by, usage, file_of(world, text)).value
    assert (report.changed, report.unchanged, report.users) == (3, 0, 2)
    assert world.licenses(usage) == {ADA: (E3, PREMIUM), BOB: (E3, PREMIUM), CY: ()}
    assert world.counts(usage, E3) == Counts(2, 2)
    assert [row.upn for row in report.rows] == [BOB, BOB, ADA]


def test_the_same_file_twice_changes_nothing_the_second_time(world: World, usage: int) -> None:
    file = file_of(world, assigned((ADA, PREMIUM), (BOB, PREMIUM), (BOB, PREMIUM)))
    first = world.services.bulk.run(world.by, usage, file)
    assert (first.value.changed, first.value.unchanged) == (1, 2)
    before = dump(world.store.path)
    second = world.services.bulk.run(world.by, usage, file)
    assert (second.value.changed, second.value.unchanged, second.topics) == (0, 3, frozenset())
    assert dump(world.store.path) == before


def test_what_was_given_is_taken_and_can_be_undone(world: World, pool: int) -> None:
    text = assigned((ADA, PREMIUM), (BOB, PREMIUM))
    done = world.services.bulk.run(world.by, pool, file_of(world, text, BulkChange.UNASSIGN), reason="INC-7")
    assert (done.value.changed, done.value.unchanged) == (1, 1)
    assert world.counts(pool) == Counts(3, 0)
    told = world.stored("SELECT reason, after FROM audit_entry WHERE action = 'license.changed'")
    assert [(reason, json.loads(after)) for reason, after in told] == [("INC-7", {"upn": ADA, "licenses": []})]
    assert done.undo is not None
    world.services.licenses.undo(world.by, done.undo)
    assert world.licenses(pool)[ADA] == (PREMIUM,)


def test_too_few_seats_are_refused_with_product_number_and_rows(world: World, pool: int) -> None:
    before = dump(world.store.path)
    text = assigned((ADA, E3), (ADA, PREMIUM), (BOB, E3), (CY, PREMIUM), (CY, E3))
    with refused("file_lacks_seats") as refusal:
        world.services.bulk.run(world.by, pool, file_of(world, text))
    (lacking,) = listed(refusal, "lacking")
    assert (lacking.part_number, lacking.missing, lacking.lacking_rows) == (E3, 2, (4, 6))
    assert "Office 365 E3: 2 seats are missing, for rows 4 and 6" in sentence("file_lacks_seats", **refusal.params)
    assert dump(world.store.path) == before


def test_all_problems_are_named_by_row_and_column_and_nothing_is_changed(world: World, usage: int) -> None:
    before = dump(world.store.path)
    text = assigned((BOB, PREMIUM), (BOB, "NOPE"), ("who@contoso.example", E3), ("no upn", E3), (CY, STORAGE), ("", E3))
    file = file_of(world, f"{text}{BOB}\r\n")
    with refused("file_has_problems") as refusal:
        world.services.bulk.run(world.by, usage, file)
    assert [(one.row, one.column, one.code) for one in listed(refusal, "problems")] == [
        (3, "SkuPartNumber", "unknown_product"),
        (4, "UserPrincipalName", "unknown_user"),
        (5, "UserPrincipalName", "bad_upn"),
        (6, "SkuPartNumber", "tenant_needs_purchase_mode"),
        (7, "UserPrincipalName", "upn_missing"),
        (8, "SkuPartNumber", "row_too_short"),
    ]
    text = sentence("file_has_problems", **refusal.params)
    assert text.startswith("list.csv has 6 problems. Nothing was changed.\nlist.csv, row 3, column SkuPartNumber: ")
    assert dump(world.store.path) == before


def test_the_preview_tells_the_same_and_changes_nothing(world: World, pool: int) -> None:
    before = dump(world.store.path)
    file = file_of(world, assigned((BOB, PREMIUM), (CY, E3)))
    report = world.services.bulk.preview(world.by, pool, file)
    assert [(one.part_number, one.count, one.missing) for one in report.products] == [(PREMIUM, 1, 0), (E3, 1, 0)]
    assert dump(world.store.path) == before
    world.assign(pool, CY, E3)
    with refused("bulk_changed"):
        world.services.bulk.run(world.by, pool, file, shown=report)
    now = world.services.bulk.preview(world.by, pool, file)
    assert world.services.bulk.run(world.by, pool, file, shown=now).value == now


def test_only_who_may_change_the_account_may(world: World, usage: int) -> None:
    other = world.account("Other", "eve@other.example")
    file = file_of(world, assigned(("eve@other.example", E3)))
    customer = world.operator(Role.CUSTOMER, usage)
    with refused("unknown_account"):
        world.services.bulk.preview(customer, other, file)
    with refused("unknown_account"):
        world.services.bulk.run(customer, other, file)
    with refused("not_allowed"):
        world.services.bulk.run(world.operator(Role.AUDITOR), other, file)


def test_a_suspended_account_allows_taking_only(world: World, usage: int) -> None:
    world.suspend(usage)
    with refused("account_suspended"):
        world.services.bulk.run(world.by, usage, file_of(world, assigned((BOB, PREMIUM))))
    taking = file_of(world, assigned((ADA, PREMIUM)), BulkChange.UNASSIGN)
    assert world.services.bulk.run(world.by, usage, taking).value.changed == 1


def test_a_long_change_can_be_stopped_and_nothing_is_changed(world: World, usage: int) -> None:
    before = dump(world.store.path)

    def stop(_done: int, _total: int) -> None:
        raise UserError("nothing_to_edit")

    with refused("nothing_to_edit"):
        world.services.bulk.run(world.by, usage, file_of(world, assigned((BOB, PREMIUM))), progress=stop)
    assert dump(world.store.path) == before
