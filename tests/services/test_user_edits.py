"""Rule 14: changing what is known of a user, a rename among it."""

from dataclasses import replace

import pytest

from cpdesk.domain.people import UserDetails, UserFields, UserQuery
from tests.support.refusals import refused
from tests.support.world import PREMIUM, World, dump

ADA = "ada@contoso.example"
BOB = "bob@contoso.example"


@pytest.fixture
def account(world: World) -> int:
    account = world.account("Contoso", ADA, BOB)
    world.assign(account, ADA)
    return account


def ada(world: World, account: int) -> UserDetails:
    return world.services.users.find(world.by, account, ADA)


def edit(world: World, account: int, **changes: str | bool) -> UserDetails:
    known = ada(world, account)
    return world.services.users.edit(world.by, account, known.id, replace(known.fields, **changes)).value  # type: ignore[arg-type]


def test_everything_that_is_known_can_be_changed(world: World, account: int) -> None:
    changes: dict[str, str | bool] = {
        "display_name": "Ada Lovelace",
        "first_name": "Ada",
        "last_name": "Lovelace",
        "usage_location": "gb",
        "job_title": "Analyst",
        "department": "Engines",
        "blocked": True,
    }
    changed = edit(world, account, **changes)
    assert changed.fields == UserFields(upn=ADA, **(changes | {"usage_location": "GB"}))  # type: ignore[arg-type]
    assert ada(world, account) == changed
    assert edit(world, account, job_title=" ", blocked=False).fields.job_title == ""


def test_a_rename_keeps_the_user_and_the_licenses(world: World, account: int) -> None:
    before = ada(world, account)
    after = edit(world, account, upn=" Ada.Lovelace@contoso.example ")
    assert (after.id, after.licenses, after.fields.upn) == (before.id, before.licenses, "Ada.Lovelace@contoso.example")
    assert world.licenses(account)["Ada.Lovelace@contoso.example"] == (PREMIUM,)
    assert world.user(account, ADA) == ADA, "the old name is free again"


def test_a_name_counts_in_lists_at_once(world: World, account: int) -> None:
    edit(world, account, display_name="Zoë")
    ids = world.services.users.find_ids(world.by, account, UserQuery(text="ZOË"))
    assert ids == (ada(world, account).id,)
    assert world.services.users.find_ids(world.by, account, UserQuery())[-1:] == ids


def test_a_user_principal_name_belongs_to_one_active_user(world: World, account: int) -> None:
    with refused("upn_taken"):
        edit(world, account, upn=BOB.upper())
    assert edit(world, account, upn=ADA.upper()).fields.upn == ADA.upper(), "another spelling of the own one"
    world.services.users.remove(world.by, account, BOB)
    assert world.services.users.edit(
        world.by, account, world.services.users.find(world.by, account, ADA).id, UserFields("Ada", BOB)
    )


def test_a_guests_name_makes_a_guest(world: World, account: int) -> None:
    assert not ada(world, account).guest
    guest = edit(world, account, upn="ada_partner.example#EXT#@contoso.example")
    assert guest.guest


def test_what_makes_no_sense_changes_nothing(world: World, account: int) -> None:
    before = dump(world.store.path)
    for changes, code in (
        ({"upn": "ada"}, "bad_upn"),
        ({"display_name": " "}, "text_empty"),
        ({"usage_location": "Utopia"}, "unknown_country"),
        ({"department": "x" * 300}, "text_too_long"),
    ):
        with refused(code):
            edit(world, account, **changes)
    with refused("unknown_user"):
        world.services.users.edit(world.by, account, 4711, UserFields("Ada", ADA))
    assert dump(world.store.path) == before


def test_nothing_to_change_leaves_no_trace(world: World, account: int) -> None:
    before = dump(world.store.path)
    known = ada(world, account)
    done = world.services.users.edit(world.by, account, known.id, known.fields)
    assert (done.value, done.topics, done.undo) == (known, frozenset(), None)
    assert dump(world.store.path) == before


def test_the_log_tells_before_and_after_and_why(world: World, account: int) -> None:
    known = ada(world, account)
    fields = replace(known.fields, job_title="Analyst")
    world.services.users.edit(world.by, account, known.id, fields, reason="INC-9")
    entry = world.services.audit.rows(world.by, account)[0]
    assert (entry.action, entry.subject, entry.reason) == ("user.updated", f"user {known.id}", "INC-9")
    assert entry.before
    assert entry.after == entry.before | {"job_title": "Analyst"}


def test_a_new_user_may_come_with_all_that_is_known(world: World, account: int) -> None:
    fields = UserFields("", "", first_name="Cy", usage_location="us", blocked=True)
    row = world.services.users.add(world.by, account, "cy@contoso.example", "Cy", fields=fields).value
    assert row.blocked
    shown = world.services.users.show(world.by, account, row.id)
    assert shown.fields == UserFields("Cy", "cy@contoso.example", first_name="Cy", usage_location="US", blocked=True)
    with refused("unknown_country"):
        world.services.users.add(world.by, account, BOB, "Bob", fields=UserFields("", "", usage_location="XX"))
