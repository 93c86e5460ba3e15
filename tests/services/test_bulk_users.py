"""Users added, edited, deleted and brought back as a file says."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from cpdesk.domain.bulk.file import BulkChange
from cpdesk.domain.bulk.report import BulkOptions, BulkReport
from cpdesk.domain.rows import Done
from tests.support.refusals import listed, refused
from tests.support.world import E3, PREMIUM, Counts, World, dump

ADA, BOB, CY = (f"{name}@contoso.example" for name in ("ada", "bob", "cy"))


@pytest.fixture
def account(world: World) -> int:
    """Ada holds Premium."""
    number = world.account("Contoso", ADA, BOB, CY)
    world.assign(number, ADA)
    return number


def carry_out(world: World, account: int, change: BulkChange, text: str, **options: bool) -> Done[BulkReport]:
    path = Path(world.folder) / "list.csv"
    path.write_text(text, encoding="utf-8-sig")
    bulk = world.services.bulk
    return bulk.run(world.by, account, bulk.read(path, change), options=BulkOptions(**options), reason="HR-1")


def problems(world: World, account: int, change: BulkChange, text: str) -> list[tuple[int, str, str]]:
    before = dump(world.store.path)
    with refused("file_has_problems") as refusal:
        carry_out(world, account, change, text)
    assert dump(world.store.path) == before
    return [(one.row, one.column, one.code) for one in listed(refusal, "problems")]


def person(world: World, account: int, upn: str) -> Any:
    return world.services.users.find(world.by, account, upn).fields


NEW = (
    "User name;First Name;Last Name;Display Name;Job Title;Department;Usage location;Block credential\r\n"
    "zoë@contoso.example;Zoë;Poe;Zoë Poe;Analyst;Sales;us;WAHR\r\n"
    "dee@contoso.example;;;Dee;;;;\r\n"
)


def test_users_are_added_with_all_that_the_file_says(world: World, account: int) -> None:
    done = carry_out(world, account, BulkChange.ADD, NEW)
    assert (done.value.changed, done.value.unchanged) == (2, 0)
    zoe = person(world, account, "zoë@contoso.example")
    assert (zoe.display_name, zoe.job_title, zoe.usage_location, zoe.blocked) == ("Zoë Poe", "Analyst", "US", True)
    assert person(world, account, "dee@contoso.example").display_name == "Dee"
    actions = world.stored("SELECT action, reason FROM audit_entry ORDER BY id DESC LIMIT 2")
    assert actions == [("user.added", "HR-1")] * 2
    again = carry_out(world, account, BulkChange.ADD, NEW)
    assert (again.value.changed, again.value.unchanged) == (0, 2)


def test_who_is_there_otherwise_is_somebody_else(world: World, account: int) -> None:
    text = "UPN,Name,UsageLocation\nADA@contoso.example,Another Ada,\nx@contoso.example,X,Atlantis\nno upn,Y,\n"
    text += "z@contoso.example,,\nq@contoso.example,Q,\nQ@contoso.example,Q2,\n"
    assert problems(world, account, BulkChange.ADD, text) == [
        (2, "UPN", "upn_taken"),
        (3, "UsageLocation", "unknown_country"),
        (4, "UPN", "bad_upn"),
        (5, "Name", "text_empty"),
        (7, "UPN", "duplicate_upn_in_file"),
    ]


def test_what_the_file_says_is_changed_and_the_rest_stays(world: World, account: int) -> None:
    carry_out(world, account, BulkChange.EDIT, f"UPN,Department,Title\n{ADA},Sales,Analyst\n{BOB},Sales,\n")
    assert (person(world, account, ADA).department, person(world, account, ADA).display_name) == ("Sales", "Ada")
    again = carry_out(world, account, BulkChange.EDIT, f"UPN,Department,Title\n{ADA},Sales,\n{BOB},Legal,\n")
    assert [(row.upn, row.changed) for row in again.value.rows] == [(ADA, False), (BOB, True)]
    assert person(world, account, ADA).job_title == "Analyst"
    carry_out(world, account, BulkChange.EDIT, f"UPN,Title,Name\n{ADA},,\n", empty_clears=True)
    assert (person(world, account, ADA).job_title, person(world, account, ADA).display_name) == ("", "Ada")


def test_names_may_trade_places_and_are_found_under_the_new_one_again(world: World, account: int) -> None:
    swap = f"UPN,New UPN\n{ADA},{BOB}\n{BOB},{ADA}\n"
    assert carry_out(world, account, BulkChange.EDIT, swap).value.changed == 2
    assert world.licenses(account)[BOB] == (PREMIUM,)
    rename = f"UPN,New UPN\n{CY},cyd@contoso.example\n"
    assert carry_out(world, account, BulkChange.EDIT, rename).value.changed == 1
    again = carry_out(world, account, BulkChange.EDIT, rename).value
    assert (again.changed, again.rows[0].upn) == (0, "cyd@contoso.example")


def test_a_name_that_somebody_keeps_is_taken(world: World, account: int) -> None:
    text = f"UPN,New UPN\n{ADA},{BOB}\n{CY},new@contoso.example\n"
    assert problems(world, account, BulkChange.EDIT, text) == [(2, "New UPN", "upn_taken")]
    text = f"UPN,New UPN\n{ADA},new@contoso.example\n{CY},new@contoso.example\nnobody@contoso.example,x@y.example\n"
    assert problems(world, account, BulkChange.EDIT, text) == [
        (3, "New UPN", "upn_taken"),
        (4, "UPN", "unknown_user"),
    ]


def test_a_file_that_changes_nothing_says_which_columns_there_are(world: World, account: int) -> None:
    with refused("file_changes_nothing"):
        carry_out(world, account, BulkChange.EDIT, f"UPN,Salary\n{ADA},1\n")
    with refused("columns_missing") as refusal:
        carry_out(world, account, BulkChange.REMOVE, f"Mail\n{ADA}\n")
    assert refusal.params["columns"] == ["UserPrincipalName"]


def test_users_are_deleted_and_brought_back(world: World, account: int) -> None:
    whom = f"UPN\n{ADA}\n{BOB}\n{ADA}\n"
    removed = carry_out(world, account, BulkChange.REMOVE, whom)
    assert [(row.changed, row.licenses) for row in removed.value.rows] == [(True, (PREMIUM,)), (True, ()), (False, ())]
    assert world.counts(account) == Counts(0, 0)
    assert removed.undo is not None
    assert carry_out(world, account, BulkChange.REMOVE, whom).value.unchanged == 3
    back = carry_out(world, account, BulkChange.RESTORE, whom).value
    assert (back.changed, back.unchanged) == (2, 1)
    assert world.licenses(account) == {ADA: (PREMIUM,), BOB: (), CY: ()}
    assert carry_out(world, account, BulkChange.RESTORE, whom).value.unchanged == 3


def test_seats_that_become_free_can_leave_the_pool(world: World, account: int) -> None:
    world.to_purchase(account)
    kept = carry_out(world, account, BulkChange.REMOVE, f"UPN\n{BOB}\n").value
    assert (kept.released, kept.products) == (False, ())
    gone = carry_out(world, account, BulkChange.REMOVE, f"UPN\n{ADA}\n", release=True)
    assert [(one.part_number, one.count) for one in gone.value.products] == [(PREMIUM, 1)]
    assert (gone.value.released, world.counts(account)) == (True, Counts(0, 0))
    assert gone.undo is not None
    world.services.licenses.undo(world.by, gone.undo)
    assert world.counts(account) == Counts(1, 1)


def test_a_pool_that_lacks_seats_for_who_comes_back_is_told_by_rows(world: World, account: int) -> None:
    world.assign(account, BOB)
    world.assign(account, BOB, E3)
    world.to_purchase(account)
    whom = f"UPN\n{ADA}\n{BOB}\n"
    carry_out(world, account, BulkChange.REMOVE, whom)
    world.give_back(account, 1)
    with refused("file_lacks_seats") as refusal:
        carry_out(world, account, BulkChange.RESTORE, whom)
    assert [(one.part_number, one.missing, one.lacking_rows) for one in listed(refusal, "lacking")] == [
        (PREMIUM, 1, (3,))
    ]
    done = carry_out(world, account, BulkChange.RESTORE, whom, without_missing=True).value
    assert [(row.licenses, row.missing) for row in done.rows] == [
        ((PREMIUM,), ()),
        ((E3,), ("Microsoft 365 Business Premium",)),
    ]
    assert world.counts(account) == Counts(1, 1)


def test_who_was_never_there_or_is_long_gone_cannot_come_back(world: World, account: int) -> None:
    carry_out(world, account, BulkChange.REMOVE, f"UPN\n{ADA}\n")
    world.clock.advance(timedelta(days=31))
    text = f"UPN\n{ADA}\nnobody@contoso.example\nnothing\n"
    assert problems(world, account, BulkChange.RESTORE, text) == [
        (2, "UPN", "restore_too_late"),
        (3, "UPN", "no_deleted_user"),
        (4, "UPN", "bad_upn"),
    ]
    assert problems(world, account, BulkChange.REMOVE, "UPN\nnobody@contoso.example\n") == [(2, "UPN", "unknown_user")]


def test_a_broken_quotation_mark_ends_the_reading_and_is_told_with_what_came_before(world: World, account: int) -> None:
    text = f'UPN,Name\nno upn,A\n{CY},"broken\n'
    assert problems(world, account, BulkChange.ADD, text) == [(2, "UPN", "bad_upn"), (3, "Name", "unbalanced_quotes")]
